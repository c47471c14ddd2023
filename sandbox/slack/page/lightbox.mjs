// A picture large, over everything; Escape, its button and a click beside it close it.

import { h, icon } from "./dom.mjs";

/** Opens a picture; the keyboard stays inside until it is closed, then returns. */
export function enlarge({ address, alt, title, download }) {
  const dialog = h(
    "dialog",
    { class: "lightbox", "aria-label": title || alt || "Picture", data: { testid: "lightbox" } },
    h(
      "div",
      { class: "lightbox-head" },
      h("p", {}, title || alt),
      h(
        "a",
        {
          class: "button",
          href: `${address}${address.includes("?") ? "&" : "?"}download=1`,
          download: download ?? "",
        },
        icon("download"),
        "Download",
      ),
      h(
        "button",
        {
          type: "button",
          class: "button",
          "aria-label": "Close picture",
          autofocus: true,
          onclick: () => dialog.close(),
        },
        icon("close"),
      ),
    ),
    h("img", { src: address, alt }),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
