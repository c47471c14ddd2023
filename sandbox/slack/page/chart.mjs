// data_visualization: line, bar, area and pie, drawn at the width there is.

import { chartTable } from "./chart-table.mjs";
import { h, newId, put, svg } from "./dom.mjs";
import { slices } from "./pie.mjs";
import { linearScale, said, shortNumber } from "./scale.mjs";

const HEIGHT = 260;
const MARKS = [
  "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0",
  "M-3.2-3.2h6.4v6.4h-6.4z",
  "M0-4.4L4.2 3.2h-8.4z",
  "M0-4.6L4.6 0L0 4.6L-4.6 0z",
  "M-4.2-3.2h8.4L0 4.4z",
  "M-1.3-4h2.6v8h-2.6zM-4-1.3h8v2.6h-8z",
];

/** A figure with its title, the drawing, and a legend. It is drawn again when its width changes. */
export function chartFigure(told) {
  const block = { ...told, chart: inCategoryOrder(told.chart) };
  const title = newId("chart");
  const drawing = h("div", { class: "chart-drawing" });
  const figure = h(
    "figure",
    { class: "chart", "aria-labelledby": title },
    h("figcaption", { id: title }, block.title),
    drawing,
    legend(block.chart),
    chartTable(block),
  );
  let drawn = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (width && width !== drawn) put(drawing, draw(block, width));
    drawn = width;
  }).observe(drawing);
  return figure;
}

// Points come in any order; their labels say where they belong.
function inCategoryOrder(chart) {
  if (chart.type === "pie") return chart;
  const { categories } = chart.axis_config;
  const place = (one) => categories.indexOf(one.label);
  const sorted = (data) => [...data].sort((a, b) => place(a) - place(b));
  return { ...chart, series: chart.series.map((one) => ({ ...one, data: sorted(one.data) })) };
}

function draw(block, width) {
  return block.chart.type === "pie" ? pie(block, width) : axes(block, width);
}

function canvas(block, width, height, ...content) {
  const [title, words] = [newId("title"), newId("words")];
  return svg(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-labelledby": `${title} ${words}`,
    },
    svg("title", { id: title }, block.title),
    svg("desc", { id: words }, inWords(block.chart)),
    content,
  );
}

function inWords(chart) {
  if (chart.type === "pie")
    return `Pie chart. ${chart.segments.map((s) => `${s.label}: ${said(s.value)}`).join("; ")}.`;
  const lines = chart.series.map(
    (series) =>
      `${series.name}: ${series.data.map((p) => `${p.label} ${said(p.value)}`).join(", ")}`,
  );
  const axis = chart.axis_config;
  const named = [axis.y_label, axis.x_label].filter(Boolean).join(" by ");
  return `${chart.type[0].toUpperCase()}${chart.type.slice(1)} chart${named ? ` of ${named}` : ""}. ${lines.join(". ")}.`;
}

function legend(chart) {
  const entries =
    chart.type === "pie" ? chart.segments.map((s) => s.label) : chart.series.map((s) => s.name);
  if (chart.type !== "pie" && entries.length === 1) return null;
  const total = chart.type === "pie" && chart.segments.reduce((sum, s) => sum + s.value, 0);
  return h(
    "ul",
    { class: "legend" },
    entries.map((name, index) =>
      h(
        "li",
        {},
        key(chart.type, index),
        name,
        total &&
          h(
            "span",
            { class: "share" },
            `${said(chart.segments[index].value)} · ${((100 * chart.segments[index].value) / total).toFixed(1)} %`,
          ),
      ),
    ),
  );
}

function key(type, index) {
  const mark = type === "line" ? MARKS[index % MARKS.length] : "M-5-5h10v10h-10z";
  return svg(
    "svg",
    {
      class: `key series-${index}`,
      viewBox: "-9 -7 18 14",
      width: 18,
      height: 14,
      "aria-hidden": "true",
    },
    type === "line" && svg("path", { class: "stroke", d: "M-9 0h18" }),
    svg("path", { class: "fill", d: mark }),
  );
}

function pie(block, width) {
  const { height, content } = slices(block.chart.segments, width);
  return canvas(block, width, height, content);
}

function axes(block, width) {
  const { chart } = block;
  const { categories, x_label: xLabel, y_label: yLabel } = chart.axis_config;
  const values = chart.series.flatMap((series) => series.data.map((point) => point.value));
  const scale = linearScale(values, chart.type !== "line");
  const widest = Math.max(...scale.ticks.map((tick) => shortNumber(tick, scale.step).length));
  const frame = {
    left: 12 + widest * 7,
    right: width - 12,
    top: yLabel ? 26 : 12,
    bottom: HEIGHT - (xLabel ? 46 : 28),
  };
  const y = (value) =>
    frame.bottom - ((value - scale.low) / (scale.high - scale.low)) * (frame.bottom - frame.top);
  const slot = (frame.right - frame.left) / categories.length;
  const x = (index) => frame.left + slot * (index + 0.5);
  const place = { chart, frame, x, y, slot, zero: y(Math.max(scale.low, Math.min(0, scale.high))) };
  return canvas(
    block,
    width,
    HEIGHT,
    gridlines(scale, frame, y),
    yLabel && svg("text", { class: "axis-name", x: 2, y: 13 }, yLabel),
    xLabel &&
      svg(
        "text",
        {
          class: "axis-name",
          x: (frame.left + frame.right) / 2,
          y: HEIGHT - 6,
          "text-anchor": "middle",
        },
        xLabel,
      ),
    categoryNames(categories, place),
    chart.series.map((series, index) => DRAW[chart.type](series, index, place)),
    svg("path", { class: "axis", d: `M${frame.left} ${place.zero}H${frame.right}` }),
    columns(categories, place, width),
  );
}

function gridlines(scale, frame, y) {
  return scale.ticks.map((tick) => [
    svg("path", { class: "gridline", d: `M${frame.left} ${crisp(y(tick))}H${frame.right}` }),
    svg(
      "text",
      { class: "tick", x: frame.left - 8, y: y(tick) + 4, "text-anchor": "end" },
      shortNumber(tick, scale.step),
    ),
  ]);
}

function categoryNames(categories, { x, slot, frame }) {
  const longest = Math.max(...categories.map((name) => name.length));
  const every = Math.max(1, Math.ceil((longest * 6.4 + 10) / slot));
  return categories.map(
    (name, index) =>
      index % every === 0 &&
      svg(
        "text",
        { class: "tick", x: x(index), y: frame.bottom + 17, "text-anchor": "middle" },
        name,
      ),
  );
}

const DRAW = { line, area, bar };

function points(series, { x, y }) {
  return series.data.map((point, index) => [x(index).toFixed(1), y(point.value).toFixed(1)]);
}

function line(series, index, place) {
  const at = points(series, place);
  return svg(
    "g",
    { class: `series-${index}` },
    svg("path", { class: "stroke", d: `M${at.map((p) => p.join(" ")).join("L")}` }),
    at.map(([px, py]) =>
      svg("path", {
        class: "fill mark",
        d: MARKS[index % MARKS.length],
        transform: `translate(${px} ${py})`,
      }),
    ),
  );
}

function area(series, index, place) {
  const at = points(series, place);
  const top = at.map((p) => p.join(" ")).join("L");
  return svg(
    "g",
    { class: `series-${index}` },
    svg("path", {
      class: "wash",
      d: `M${at[0][0]} ${place.zero}L${top}L${at.at(-1)[0]} ${place.zero}Z`,
    }),
    svg("path", { class: "stroke", d: `M${top}` }),
  );
}

function bar(series, index, { chart, x, y, slot, zero }) {
  const wide = Math.min(46, (slot * 0.72) / chart.series.length);
  const gap = Math.min(2, wide * 0.1);
  return svg(
    "g",
    { class: `series-${index}` },
    series.data.map((point, at) => {
      const left = x(at) - (wide * chart.series.length) / 2 + wide * index + gap / 2;
      const tip = y(point.value);
      return svg("path", { class: "fill", d: roundedBar(left, wide - gap, zero, tip) });
    }),
  );
}

function roundedBar(left, wide, zero, tip) {
  const up = Math.sign(zero - tip);
  const r = Math.min(3, wide / 2, Math.abs(zero - tip));
  return `M${left} ${zero}V${tip + up * r}Q${left} ${tip} ${left + r} ${tip}H${left + wide - r}Q${left + wide} ${tip} ${left + wide} ${tip + up * r}V${zero}Z`;
}

// Pointing at a category shows its figures.
function columns(categories, { chart, x, slot, frame }, width) {
  return categories.map((name, index) => {
    const rows = chart.series.map((series) => `${series.name}: ${said(series.data[index].value)}`);
    const wide = 16 + 6.7 * Math.max(name.length, ...rows.map((row) => row.length));
    const left = Math.max(2, Math.min(x(index) - wide / 2, width - wide - 2));
    return svg(
      "g",
      { class: "column" },
      svg("rect", {
        class: "hit",
        x: x(index) - slot / 2,
        y: frame.top,
        width: slot,
        height: frame.bottom - frame.top,
      }),
      svg(
        "g",
        { class: "tip", transform: `translate(${left} ${frame.top})` },
        svg("rect", { class: "tip-box", width: wide, height: 26 + rows.length * 16, rx: 6 }),
        svg("text", { class: "tip-name", x: 8, y: 17 }, name),
        rows.map((row, at) => svg("text", { class: "tip-row", x: 8, y: 35 + at * 16 }, row)),
      ),
    );
  });
}

function crisp(value) {
  return Math.round(value) + 0.5;
}
