// Images of blocks and elements: a file of this workspace, or an address; with words where it cannot be shown.

import { h } from "./dom.mjs";

/** Where the bytes of an image are: `slack_file` through this server, otherwise its address. */
export function imageAddress({ slack_file: file, image_url: address }) {
  if (file?.id) return `/files/${encodeURIComponent(file.id)}`;
  return localAddress(file?.url ?? address ?? "");
}

// An address of this very server may name it differently (127.0.0.1, localhost); its files are local all the same.
function localAddress(address) {
  const path = /^https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(\/files\/.*)$/.exec(address);
  return path ? path[1] : address;
}

/** The picture, or its alternative text in a frame when it does not load. */
export function picture(source, alt, className) {
  const image = h("img", { class: className, src: imageAddress(source), alt, loading: "lazy" });
  image.addEventListener("error", () =>
    image.replaceWith(
      h("span", { class: `${className} missing`, role: "img", "aria-label": alt }, alt || "Image"),
    ),
  );
  return image;
}

/** The small image of a section or a context. */
export function imageElement({ element }) {
  return { node: picture(element, element.alt_text, "thumb") };
}
