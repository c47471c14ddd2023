// Files shared in a message: what they are, how large, and a way to have them.

import { h, icon } from "./dom.mjs";
import { picture } from "./images.mjs";
import { enlarge } from "./lightbox.mjs";

const KINDS = { csv: "sheet", tsv: "sheet", xlsx: "sheet", xls: "sheet", pdf: "page", zip: "pack" };

/** All files of a message; pictures as thumbnails, others as rows to download. */
export function files(list) {
  return h("div", { class: "files" }, list.map(file));
}

function file(told) {
  if (told.mode === "tombstone" || told.deleted) return row(told, "This file was deleted.", null);
  if (!told.mimetype) return row(told, "Processing…", null);
  if (told.mimetype.startsWith("image/")) return thumbnail(told);
  const kind = ending(told).toUpperCase();
  return row(told, [kind, bytes(told.size)].filter(Boolean).join(" · "), address(told));
}

function row(told, note, href) {
  const content = [
    h(
      "span",
      { class: `file-kind ${KINDS[ending(told)] ?? ""}`, "aria-hidden": "true" },
      href || !told.id ? ending(told).slice(0, 4).toUpperCase() || icon("file") : icon("file"),
    ),
    h("span", { class: "file-words" }, h("b", {}, label(told)), h("small", {}, note)),
  ];
  if (!href)
    return h(
      "div",
      { class: "file waiting", "aria-busy": note === "Processing…" ? "true" : null },
      content,
    );
  return h(
    "a",
    { class: "file", href, download: told.name, target: "_blank", rel: "noopener" },
    content,
    icon("download"),
  );
}

function thumbnail(told) {
  const name = label(told);
  const open = () =>
    enlarge({ address: address(told), alt: name, title: name, download: told.name });
  return h(
    "figure",
    { class: "picture" },
    h("figcaption", {}, name, h("small", {}, ` ${bytes(told.size)}`)),
    h(
      "span",
      { class: "enlargeable" },
      picture({ slack_file: { id: told.id } }, name, "file-image"),
      h("button", {
        type: "button",
        class: "enlarge",
        "aria-label": `Enlarge ${name}`,
        onclick: open,
      }),
    ),
  );
}

function address({ id }) {
  return `/files/${encodeURIComponent(id)}`;
}

function label({ title, name, id }) {
  return title || name || id || "File";
}

function ending({ filetype, name }) {
  return (filetype || (name ?? "").split(".").slice(1).at(-1) || "").toLowerCase();
}

/** 10,240 as "10 kB". */
export function bytes(size) {
  if (!size) return "";
  if (size < 1_000) return `${size} B`;
  if (size < 1_000_000) return `${Math.round(size / 1_000)} kB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}
