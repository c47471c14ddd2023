// Short notices above everything, also above an open dialog.

import { h } from "./dom.mjs";

const SECONDS = 7;

/** Shows a sentence for some seconds; the same sentence twice at once is one. */
export function toast(text) {
  const region = document.getElementById("toasts");
  if ([...region.children].some((shown) => shown.textContent === text)) return;
  const node = h("div", { class: "toast", data: { testid: "toast" } }, text);
  region.append(node);
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
  setTimeout(() => {
    node.remove();
    if (!region.children.length) region.hidePopover();
  }, SECONDS * 1000);
}
