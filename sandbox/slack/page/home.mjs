// The App Home: the view the app published for this person.

import { surfaceBlocks } from "./blocks.mjs";
import { asker } from "./desk.mjs";
import { h, put } from "./dom.mjs";
import { makeSurface, restore, values } from "./surface.mjs";

/** A Home pane; `refresh()` shows what is published now, or says that nothing is. */
export function makeHome(reader, notice) {
  const inner = h("div", { class: "home", data: { testid: "home" } });
  const node = h(
    "div",
    { class: "scroller", tabindex: "0", role: "region", "aria-label": "App Home" },
    inner,
  );
  const shown = { print: null, id: null, surface: null };

  function update(view) {
    const print = JSON.stringify(view);
    if (print === shown.print) return;
    const saved = shown.surface ? values(shown.surface) : view?.state?.values;
    shown.print = print;
    if (!view) shown.surface = null;
    else if (shown.id !== view.id)
      shown.surface = makeSurface({ as: reader.me.id, view_id: view.id }, notice);
    shown.id = view?.id;
    put(
      inner,
      view
        ? surfaceBlocks(view.blocks, reader, shown.surface)
        : h("p", { class: "nothing" }, `${reader.bot.name} shows nothing here.`),
    );
    if (saved && view) restore(shown.surface, saved);
  }

  const refresh = asker(
    "/desk/home",
    () => ({ as: reader.me.id }),
    (reply) => update(reply.view ?? null),
  );
  return { node, refresh, focus: () => node.focus(), stop: () => {} };
}
