// Pictures of blocks, elements and files: shown, still being processed, or not to be had; and videos as links.

import { h, icon } from "./dom.mjs";
import { enlarge } from "./lightbox.mjs";
import { link, textObject } from "./mrkdwn.mjs";

const TRIES = 12;
const BETWEEN_TRIES = 1_500; // milliseconds

/** Where the bytes of an image are: `slack_file` through this server, otherwise its address. */
function imageAddress({ slack_file: file, image_url: address }) {
  if (file?.id) return `/files/${encodeURIComponent(file.id)}`;
  return localAddress(file?.url ?? address ?? "");
}

// An address of this very server may name it differently (127.0.0.1, localhost); its files are local all the same.
function localAddress(address) {
  const path = /^https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(\/files\/.*)$/.exec(address);
  return path ? path[1] : address;
}

/** The picture, or its alternative text in a frame with the reason why it is not there. */
export function picture(source, alt, className) {
  const address = imageAddress(source);
  if (!/^(\/|data:)/.test(address)) return missing(alt, className, outside(address));
  const image = h("img", {
    class: className,
    src: address,
    alt,
    loading: "lazy",
    decoding: "async",
  });
  let tries = 0;
  let waiting = null;
  image.addEventListener("load", () => waiting?.replaceWith(image));
  image.addEventListener("error", () => {
    tries += 1;
    const frame =
      tries < TRIES
        ? missing(alt, `${className} processing`, "Still being processed…")
        : missing(alt, className, "This picture cannot be shown");
    (waiting ?? image).replaceWith(frame);
    waiting = frame;
    if (tries < TRIES) setTimeout(() => again(image, waiting, address), BETWEEN_TRIES);
  });
  return image;
}

// The frame may be off the page by now; then nobody waits for the picture.
function again(image, frame, address) {
  if (!frame.isConnected) return;
  image.loading = "eager";
  image.src = `${address}${address.includes("?") ? "&" : "?"}again=${Date.now()}`;
}

function missing(alt, className, why) {
  return h(
    "span",
    { class: `${className} missing`, role: "img", "aria-label": alt, title: why },
    icon("image"),
    h("span", { class: "missing-words" }, h("b", {}, alt || "Image"), h("small", {}, why)),
  );
}

function outside(address) {
  try {
    return `Not loaded from ${new URL(address).host}: this workspace stays offline`;
  } catch {
    return "This picture has no address";
  }
}

/** A picture that opens large. */
export function largePicture(source, alt, title) {
  const image = picture(source, alt, "wide-image");
  const address = imageAddress(source);
  if (image.tagName !== "IMG") return image;
  const opening = h("button", {
    type: "button",
    class: "enlarge",
    "aria-label": `Enlarge ${alt}`,
    onclick: () => enlarge({ address, alt, title }),
  });
  return h("span", { class: "enlargeable" }, image, opening);
}

/** The small image of a section or a context. */
export function imageElement({ element }) {
  return { node: picture(element, element.alt_text, "thumb") };
}

/** A video as its thumbnail and a link to it; it never plays here. */
export function video(block, reader) {
  const address = block.title_url ?? block.video_url;
  const from = [block.provider_name, block.author_name].filter(Boolean).join(" · ");
  const title = link(address, textObject(block.title, reader));
  title.classList.add("video-title");
  return h(
    "div",
    { class: "video" },
    h(
      "div",
      { class: "video-thumb" },
      picture({ image_url: block.thumbnail_url }, block.alt_text, "video-image"),
      h("span", { class: "video-play" }, icon("play")),
    ),
    h(
      "div",
      { class: "video-words" },
      from && h("small", {}, from),
      title,
      block.description && h("p", {}, textObject(block.description, reader)),
    ),
  );
}
