// table and data_table: figures in columns, sorted by a click on the heading, in pages.

import { h, put } from "./dom.mjs";
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

/** A data_table block: caption, sorting and pages of `page_size` rows (five if unset). */
export function dataTable(block, reader) {
  const [heading, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const view = { sorted: null, down: false, page: 0 };
  const numeric = heading.map((_, column) =>
    rows.every((row) => row[column].type === "raw_number"),
  );
  const body = h("tbody");
  const pager = h("div", { class: "pager" });
  const heads = heading.map((cell, column) =>
    h(
      "th",
      { scope: "col", class: numeric[column] ? "align-right" : "align-left" },
      h(
        "button",
        { type: "button", class: "sort", onclick: () => sortBy(column) },
        words(cell),
        h("span", { class: "arrow", "aria-hidden": "true" }),
      ),
    ),
  );

  function sortBy(column) {
    view.down = view.sorted === column ? !view.down : false;
    view.sorted = column;
    view.page = 0;
    draw();
  }

  function turn(page) {
    view.page = page;
    draw();
  }

  function draw() {
    const ordered = view.sorted === null ? rows : inOrder(rows, view);
    const shown = ordered.slice(view.page * size, (view.page + 1) * size);
    put(
      body,
      shown.map((row) => dataRow(row, block, numeric, reader)),
    );
    heads.forEach((head, column) => {
      const order = column === view.sorted ? (view.down ? "descending" : "ascending") : "none";
      head.setAttribute("aria-sort", order);
    });
    if (rows.length > size) put(pager, pagerParts(view.page, size, rows.length, turn));
  }

  draw();
  const caption = h("caption", {}, block.caption);
  const grid = h("table", { class: "grid" }, caption, h("thead", {}, h("tr", {}, heads)), body);
  return h("div", { class: "data-table" }, box(grid, block.caption), rows.length > size && pager);
}

function dataRow(row, block, numeric, reader) {
  const naming = block.row_header_column_index ?? 0;
  return h(
    "tr",
    {},
    row.map((cell, column) =>
      h(
        column === naming ? "th" : "td",
        {
          scope: column === naming ? "row" : null,
          class: numeric[column] ? "align-right" : "align-left",
        },
        content(cell, reader),
      ),
    ),
  );
}

function pagerParts(page, size, count, turn) {
  const last = Math.ceil(count / size) - 1;
  const step = (label, to, off) => {
    const again = () => {
      const pager = document.activeElement.closest(".pager");
      turn(to);
      (
        pager.querySelector(`[aria-label="${label}"]:not(:disabled)`) ??
        pager.querySelector("button:not(:disabled)")
      )?.focus();
    };
    return h(
      "button",
      { type: "button", class: "page-turn", "aria-label": label, disabled: off, onclick: again },
      label === "Next page" ? "›" : "‹",
    );
  };
  return [
    h(
      "span",
      { "aria-live": "polite" },
      `${page * size + 1}–${Math.min(count, (page + 1) * size)} of ${count}`,
    ),
    step("Previous page", page - 1, page === 0),
    step("Next page", page + 1, page === last),
  ];
}

function inOrder(rows, { sorted, down }) {
  const order = (a, b) => {
    const [left, right] = [a[sorted], b[sorted]];
    if (left.type === "raw_number" && right.type === "raw_number") return left.value - right.value;
    return words(left).localeCompare(words(right), "en", { numeric: true });
  };
  return [...rows].sort((a, b) => (down ? order(b, a) : order(a, b)));
}

/** A table in a box of its own that scrolls; its right edge fades while there is more. */
export function box(grid, label) {
  const node = h(
    "div",
    { class: "grid-box", tabindex: "0", role: "region", "aria-label": label },
    grid,
  );
  const fade = () =>
    node.classList.toggle("goes-on", node.scrollLeft + node.clientWidth < node.scrollWidth - 1);
  node.addEventListener("scroll", fade, { passive: true });
  new ResizeObserver(fade).observe(node);
  return node;
}

function cellClass(cell, setting) {
  const align = setting?.align ?? (cell.type === "raw_number" ? "right" : "left");
  return `align-${align}${setting?.is_wrapped ? " wrapped" : ""}`;
}

function content(cell, reader) {
  return cell.type === "rich_text" ? richText(cell, reader) : [words(cell)];
}

function words(cell) {
  if (cell.type === "rich_text") return richTextWords(cell);
  return cell.text ?? String(cell.value ?? "");
}
