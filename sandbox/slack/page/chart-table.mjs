// The figures of a chart as a table, on request.

import { h, icon } from "./dom.mjs";
import { said } from "./scale.mjs";
import { box } from "./tables.mjs";

/** A button, and the table it shows. */
export function chartTable(block) {
  const holder = h("div", { class: "chart-table", hidden: true });
  const words = h("span", {}, "Show as table");
  const button = h(
    "button",
    { type: "button", class: "button quiet chart-switch", "aria-expanded": "false" },
    icon("table"),
    words,
  );
  button.addEventListener("click", () => {
    if (!holder.firstChild) holder.append(box(grid(block.chart), `${block.title}, figures`));
    holder.hidden = !holder.hidden;
    button.setAttribute("aria-expanded", String(!holder.hidden));
    words.textContent = holder.hidden ? "Show as table" : "Hide the table";
  });
  return [button, holder];
}

function grid(chart) {
  const [heading, rows] = chart.type === "pie" ? shares(chart) : lines(chart);
  const head = heading.map((name, column) => h("th", { scope: "col", class: side(column) }, name));
  const row = (cells) =>
    h(
      "tr",
      {},
      cells.map((cell, column) =>
        h(column ? "td" : "th", { scope: column ? null : "row", class: side(column) }, cell),
      ),
    );
  return h(
    "table",
    { class: "grid" },
    h("thead", {}, h("tr", {}, head)),
    h("tbody", {}, rows.map(row)),
  );
}

function side(column) {
  return column ? "align-right" : "align-left";
}

function shares({ segments }) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const rows = segments.map(({ label, value }) => [
    label,
    said(value),
    `${((100 * value) / total).toFixed(1)} %`,
  ]);
  return [["Part", "Value", "Share"], rows];
}

function lines({ series, axis_config: axis }) {
  const heading = [axis.x_label ?? "Category", ...series.map(({ name }) => name)];
  const rows = axis.categories.map((category, index) => [
    category,
    ...series.map(({ data }) =>
      said((data.find(({ label }) => label === category) ?? data[index]).value),
    ),
  ]);
  return [heading, rows];
}
