// Tables: figures in columns, in a box of their own that scrolls.

import { h, icon } from "./dom.mjs";
import { richText, richTextWords } from "./richtext.mjs";

/** A table block; its first row is the heading. It scrolls inside its own box. */
export function table(block, reader) {
  const [heading, ...rows] = block.rows;
  const settings = heading.map((_, column) => block.column_settings?.[column] ?? {});
  const line = (cells, tag) =>
    h(
      "tr",
      {},
      cells.map((cell, column) =>
        h(
          tag,
          { class: cellClass(cell, settings[column]), scope: tag === "th" ? "col" : null },
          content(cell, reader),
        ),
      ),
    );
  const grid = h(
    "table",
    { class: "grid" },
    h("thead", {}, line(heading, "th")),
    h(
      "tbody",
      {},
      rows.map((row) => line(row, "td")),
    ),
  );
  return box(grid, "Table");
}

/** A table in a box of its own that scrolls; while there is more to the right, its edge fades and words say so. */
export function box(grid, label) {
  const inner = h("div", { class: "grid-box", role: "region", "aria-label": label }, grid);
  const more = h(
    "div",
    { class: "grid-more", "aria-hidden": "true" },
    "Scroll for more columns",
    icon("next"),
  );
  const settle = () => {
    const scrolls = inner.scrollWidth > inner.clientWidth + 1;
    if (scrolls) inner.tabIndex = 0;
    else inner.removeAttribute("tabindex");
    const goesOn = scrolls && inner.scrollLeft + inner.clientWidth < inner.scrollWidth - 1;
    inner.classList.toggle("goes-on", goesOn);
    inner.classList.toggle("moved", inner.scrollLeft > 1);
    more.classList.toggle("there", goesOn);
  };
  inner.addEventListener("scroll", settle, { passive: true });
  new ResizeObserver(settle).observe(inner);
  return h("div", { class: "grid-wrap" }, inner, more);
}

function cellClass(cell, setting) {
  const align = setting?.align ?? (cell.type === "raw_number" ? "right" : "left");
  return `align-${align}${setting?.is_wrapped ? " wrapped" : ""}`;
}

/** What a cell shows. */
export function content(cell, reader) {
  return cell.type === "rich_text" ? richText(cell, reader) : [words(cell)];
}

/** The same as plain words, for sorting and finding. */
export function words(cell) {
  if (cell.type === "rich_text") return richTextWords(cell);
  return cell.text ?? String(cell.value ?? "");
}
