// A list that opens at a button: arrow keys move, Escape and a click elsewhere close it.

import { h, newId } from "./dom.mjs";

/** A button and the menu it opens. `items` are `{label, note?, mark?, checked?, chosen}`; made anew at every opening. */
export function menuButton(button, items, label) {
  const menu = h("div", {
    class: "menu",
    id: newId("menu"),
    role: "menu",
    popover: "auto",
    "aria-label": label,
  });
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    menu.replaceChildren(...items().map((item) => menuItem(item, menu, button)));
    menu.showPopover();
    place(menu, button);
    (menu.querySelector('[aria-checked="true"]') ?? menu.firstElementChild)?.focus();
  });
  menu.addEventListener("keydown", (event) => moveFocus(event, menu));
  menu.addEventListener("toggle", (event) =>
    button.setAttribute("aria-expanded", String(event.newState === "open")),
  );
  return h("span", { class: "menu-anchor" }, button, menu);
}

function menuItem({ label, note, mark, checked, chosen }, menu, button) {
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const choose = () => {
    menu.hidePopover();
    button.focus();
    chosen();
  };
  return h(
    "button",
    {
      type: "button",
      class: "menu-item",
      role,
      tabindex: "-1",
      "aria-checked": checked === undefined ? null : String(checked),
      onclick: choose,
    },
    mark,
    h("span", { class: "menu-words" }, h("span", {}, label), note && h("small", {}, note)),
  );
}

function moveFocus(event, menu) {
  const all = [...menu.children];
  const at = all.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[to].focus();
}

/** Puts an open popover under its anchor, or above it where there is no room. */
export function place(popover, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = popover.getBoundingClientRect();
  const below = at.bottom + 6 + size.height < innerHeight || at.top < size.height;
  const top = below ? at.bottom + 6 : at.top - size.height - 6;
  const left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8));
  popover.style.setProperty("top", `${Math.max(8, top)}px`);
  popover.style.setProperty("left", `${left}px`);
}
