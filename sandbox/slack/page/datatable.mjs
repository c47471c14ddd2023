// data_table: rows one sorts by a heading, finds by a word, and turns through in pages.

import { h, icon, newId, put } from "./dom.mjs";
import { box, content, words } from "./tables.mjs";

const PAGE = 5;

/** A data_table block: caption, filter, sorting and pages of `page_size` rows (five if unset). */
export function dataTable(block, reader) {
  const [heading, ...rows] = block.rows;
  const told = {
    heading,
    rows,
    size: block.page_size ?? PAGE,
    named: block.row_header_column_index ?? 0,
    numeric: heading.map((_, column) => rows.every((row) => row[column].type === "raw_number")),
    reader,
  };
  const view = { sorted: null, down: false, page: 0, wanted: "" };
  const body = h("tbody");
  const foot = h("div", { class: "pager" });
  const heads = heading.map((cell, column) =>
    columnHead(cell, told.numeric[column], () => sortBy(column)),
  );

  function sortBy(column) {
    const same = view.sorted === column;
    const off = same && view.down;
    Object.assign(view, { sorted: off ? null : column, down: same && !view.down, page: 0 });
    draw();
  }

  function draw() {
    const found = matching(rows, view);
    const shown = found.slice(view.page * told.size, (view.page + 1) * told.size);
    put(
      body,
      shown.length ? shown.map((row) => line(row, told)) : nothing(heading.length, view.wanted),
    );
    heads.forEach((head, column) => head.setAttribute("aria-sort", order(view, column)));
    if (rows.length > told.size) put(foot, pager(view, told.size, found.length, rows.length, turn));
  }

  function turn(page) {
    view.page = page;
    draw();
  }

  draw();
  const caption = newId("caption");
  const grid = h(
    "table",
    { class: "grid", "aria-labelledby": caption },
    h("thead", {}, h("tr", {}, heads)),
    body,
  );
  const find = (wanted) => {
    Object.assign(view, { wanted, page: 0 });
    draw();
  };
  return h(
    "div",
    { class: "data-table" },
    h(
      "div",
      { class: "data-head" },
      h("div", { class: "data-caption", id: caption }, block.caption),
      rows.length > told.size && filter(block.caption, find),
    ),
    box(grid, block.caption),
    rows.length > told.size && foot,
  );
}

function filter(caption, find) {
  return h(
    "label",
    { class: "data-filter" },
    icon("search"),
    h("input", {
      type: "search",
      placeholder: "Filter",
      "aria-label": `Filter ${caption}`,
      oninput: (event) => find(event.target.value.trim().toLowerCase()),
    }),
  );
}

function columnHead(cell, numeric, onclick) {
  const sort = h(
    "button",
    { type: "button", class: "sort", onclick },
    words(cell),
    h("span", { class: "arrow", "aria-hidden": "true" }),
  );
  return h("th", { scope: "col", class: numeric ? "align-right" : "align-left" }, sort);
}

function order({ sorted, down }, column) {
  if (column !== sorted) return "none";
  return down ? "descending" : "ascending";
}

function line(row, { named, numeric, reader }) {
  return h(
    "tr",
    {},
    row.map((cell, column) =>
      h(
        column === named ? "th" : "td",
        {
          scope: column === named ? "row" : null,
          class: numeric[column] ? "align-right" : "align-left",
        },
        content(cell, reader),
      ),
    ),
  );
}

function nothing(columns, wanted) {
  return h(
    "tr",
    {},
    h("td", { class: "grid-nothing", colspan: columns }, `Nothing contains “${wanted}”`),
  );
}

function matching(rows, { sorted, down, wanted }) {
  const found = wanted
    ? rows.filter((row) => row.some((cell) => words(cell).toLowerCase().includes(wanted)))
    : [...rows];
  if (sorted === null) return found;
  return found.sort((a, b) => (down ? -1 : 1) * compare(a[sorted], b[sorted]));
}

function compare(left, right) {
  if (left.type === "raw_number" && right.type === "raw_number") return left.value - right.value;
  return words(left).localeCompare(words(right), "en", { numeric: true });
}

function pager({ page, wanted }, size, count, all, turn) {
  const last = Math.max(0, Math.ceil(count / size) - 1);
  const range = count
    ? `${page * size + 1}–${Math.min(count, (page + 1) * size)} of ${count}`
    : "0 rows";
  return [
    h("span", { role: "status" }, wanted ? `${range} (${all} in all)` : range),
    step("Previous page", "back", page === 0, () => turn(page - 1)),
    step("Next page", "next", page === last, () => turn(page + 1)),
  ];
}

// The keyboard stays on the same arrow, or goes to the other one at the end of the way.
function step(label, drawing, off, go) {
  const again = (event) => {
    const box = event.currentTarget.closest(".pager");
    go();
    const same = box.querySelector(`[aria-label="${label}"]:not(:disabled)`);
    (same ?? box.querySelector("button:not(:disabled)"))?.focus();
  };
  return h(
    "button",
    { type: "button", class: "page-turn", "aria-label": label, disabled: off, onclick: again },
    icon(drawing),
  );
}
