// The App Home: the view the app published for this person.

import { blocks } from "./blocks.mjs";
import { h, put } from "./dom.mjs";
import { makeSurface, restore, values } from "./surface.mjs";

/** A Home pane; `update(view)` shows what is published now, or says that nothing is. */
export function makeHome(reader, notice) {
  const inner = h("div", { class: "home", data: { testid: "home" } });
  const node = h(
    "div",
    { class: "scroller", tabindex: "0", role: "region", "aria-label": "App Home" },
    inner,
  );
  const shown = { print: null, surface: null };

  function update(view) {
    const print = JSON.stringify(view);
    if (print === shown.print) return;
    const saved = shown.surface ? values(shown.surface) : view?.state?.values;
    shown.print = print;
    shown.surface = view && makeSurface({ as: reader.me.id, view_id: view.id }, notice);
    put(
      inner,
      view
        ? blocks(view.blocks, reader, shown.surface)
        : h("p", { class: "nothing" }, `${reader.bot.name} shows nothing here.`),
    );
    if (saved && view) restore(shown.surface, saved);
  }

  return { node, update, stop: () => {} };
}
