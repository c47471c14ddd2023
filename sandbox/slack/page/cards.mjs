// Cards, rows of cards, and containers that can be folded.

import { h, icon, put } from "./dom.mjs";
import { picture } from "./images.mjs";
import { textObject } from "./mrkdwn.mjs";
import { richText } from "./richtext.mjs";

/** One card: picture, icon, title, text, and its buttons at the foot. */
export function card(block, reader, surface, inside) {
  return h(
    "article",
    { class: "card" },
    block.hero_image && picture(block.hero_image, block.hero_image.alt_text, "hero"),
    (block.title || block.icon || block.subtitle) && head(block, reader),
    block.body && h("div", { class: "card-body text" }, textObject(block.body, reader)),
    block.actions &&
      h(
        "div",
        { class: "card-foot" },
        inside([{ type: "actions", block_id: block.block_id, elements: block.actions }]),
      ),
  );
}

function head(block, reader) {
  return h(
    "div",
    { class: "card-head" },
    block.icon && picture(block.icon, block.icon.alt_text, "card-icon"),
    h(
      "div",
      { class: "card-words" },
      block.title && h("div", { class: "card-title text" }, textObject(block.title, reader)),
      block.subtitle &&
        h("div", { class: "card-subtitle text" }, textObject(block.subtitle, reader)),
    ),
  );
}

/** Cards side by side; buttons appear where there is more to either side. */
export function carousel(block, reader, surface, inside) {
  const track = h(
    "div",
    { class: "carousel", tabindex: "0", role: "region", "aria-label": "Cards" },
    block.elements.map((one) => card(one, reader, surface, inside)),
  );
  const step = (label, drawing, direction) =>
    h(
      "button",
      {
        type: "button",
        class: `carousel-step ${drawing}`,
        "aria-label": label,
        hidden: true,
        onclick: () => track.scrollBy({ left: direction * track.clientWidth * 0.8 }),
      },
      icon(drawing),
    );
  const [back, on] = [step("Cards before", "back", -1), step("More cards", "next", 1)];
  const settle = () => {
    back.hidden = track.scrollLeft < 4;
    on.hidden = track.scrollLeft + track.clientWidth > track.scrollWidth - 4;
  };
  track.addEventListener("scroll", settle, { passive: true });
  new ResizeObserver(settle).observe(track);
  return h("div", { class: "carousel-box" }, back, track, on);
}

/** A framed group of blocks with a title; folded away on request. */
export function container(block, reader, surface, inside) {
  const title = block.rich_text_title
    ? richText(block.rich_text_title, reader)
    : textObject(block.title, reader);
  const words = [
    block.icon && picture(block.icon, block.icon.alt_text, "card-icon"),
    h(
      "span",
      { class: "card-words" },
      h("span", { class: "card-title" }, title),
      block.subtitle && h("span", { class: "card-subtitle" }, textObject(block.subtitle, reader)),
    ),
  ];
  const body = h("div", { class: "container-body" }, inside(block.child_blocks ?? []));
  const ruled = block.has_header_divider ? " ruled" : "";
  const className = `container ${block.width ?? "standard"}${ruled}`;
  if (!block.is_collapsible)
    return h("section", { class: className }, h("div", { class: "card-head" }, words), body);
  return h(
    "details",
    { class: className, open: !block.default_collapsed },
    h("summary", { class: "card-head" }, words, icon("down")),
    body,
  );
}

const NARROW = 480;
const SIDES = new Set(["left", "center", "right"]);

/** Rows of items side by side; where there is no room, the app's fallback, or the items one by one. */
export function layout(block, reader, surface, inside) {
  const node = h("div", {
    class: `layout lines-${block.grid_lines ?? "none"}`,
    role: "group",
    "aria-label": block.label,
  });
  let narrow = null;
  const show = (isNarrow) => {
    if (isNarrow === narrow) return;
    narrow = isNarrow;
    put(
      node,
      block.is_label_visible && h("div", { class: "layout-label" }, block.label),
      isNarrow && block.fallback?.length ? inside(block.fallback) : rows(block, inside),
    );
  };
  show(matchMedia(`(max-width: ${NARROW - 1}px)`).matches);
  new ResizeObserver(
    ([{ contentRect }]) => contentRect.width && show(contentRect.width < NARROW),
  ).observe(node);
  return node;
}

function rows(block, inside) {
  return block.rows.map(({ items }) =>
    h(
      "div",
      { class: "layout-row" },
      items.map(({ blocks, width, align }) => {
        const side = SIDES.has(align) ? ` align-${align}` : "";
        return h("div", { class: `layout-item ${width ?? "standard"}${side}` }, inside(blocks));
      }),
    ),
  );
}
