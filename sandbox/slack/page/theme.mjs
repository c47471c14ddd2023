// Light or dark: as the system has it, or as the reader chose.

import { h, icon, put } from "./dom.mjs";

const ORDER = ["system", "light", "dark"];
const DRAWING = { system: "system", light: "sun", dark: "moon" };

/** A button that goes round system, light and dark, and remembers. */
export function themeButton() {
  const button = h("button", { type: "button", class: "button quiet" });
  button.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length];
    localStorage.setItem("theme", next);
    apply(button);
  });
  apply(button);
  return button;
}

function current() {
  const kept = localStorage.getItem("theme");
  return ORDER.includes(kept) ? kept : "system";
}

function apply(button) {
  const theme = current();
  document.documentElement.dataset.theme = theme;
  button.setAttribute("aria-label", `Theme: ${theme}`);
  button.title = `Theme: ${theme}`;
  put(button, icon(DRAWING[theme]));
}
