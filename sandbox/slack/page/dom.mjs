// Elements are built here, and text only ever enters them as text: nothing is parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. `on…` properties are listeners, `data` becomes dataset, false and null are left out. */
export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** An SVG element, with the same rules. */
export function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

/** Replaces everything inside a node. */
export function put(node, ...children) {
  node.replaceChildren(...children.flat(3).filter(Boolean));
  return node;
}

let counter = 0;

/** An id nobody else on the page has; for labels and descriptions. */
export function newId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** A line drawing of 20 by 20, hidden from screen readers: the button around it carries the name. */
export function icon(name) {
  const paths = ICONS[name].map((d) => svg("path", { d }));
  return svg("svg", { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true" }, paths);
}

const ICONS = {
  archive: ["M3.5 4.5h13v3.5h-13z", "M4.5 8v8h11V8M8.5 11h3"],
  back: ["M12 4l-6 6 6 6"],
  bell: [
    "M5 14.5h10c-1-1.2-1.4-2.4-1.4-4.6 0-2.5-1.4-4.4-3.6-4.4S6.4 7.4 6.4 9.9c0 2.2-.4 3.4-1.4 4.6z",
    "M8.6 17h2.8M10 3.5v2",
  ],
  bolt: ["M11 2.5L4.5 11.5H9l-.5 6 7-9.5H11z"],
  calendar: ["M4 5h12v11H4z", "M4 8.5h12M7 3v3M13 3v3"],
  check: ["M4 10.5l4 4 8-9"],
  close: ["M5 5l10 10M15 5L5 15"],
  clock: ["M10 3a7 7 0 1 0 .01 0z", "M10 6.5V10l2.5 1.8"],
  done: ["M10 3a7 7 0 1 0 .01 0z", "M7 10.2l2.1 2.1 4-4.4"],
  down: ["M5 8l5 5 5-5"],
  download: ["M10 3.5v8.5M6.5 9l3.5 3.5L13.5 9", "M4 16h12"],
  eye: ["M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5z", "M10 7.8a2.2 2.2 0 1 0 .01 0z"],
  failed: ["M10 3a7 7 0 1 0 .01 0z", "M10 6.5v4M10 13.2v.01"],
  file: ["M5 2.5h6.5L15.5 6.5v11H5z", "M11.5 2.5v4h4"],
  hash: ["M4 7.5h12.5M3.5 12.5H16M8.5 3.5l-2 13M13.5 3.5l-2 13"],
  home: ["M3.5 9.5L10 4l6.5 5.5", "M5.5 8.5V16h9V8.5"],
  image: ["M3.5 4.5h13v11h-13z", "M4 13.5l3.5-3.5 3 3 2-2 3.5 3.5M12.5 7.8h.01"],
  info: ["M10 3a7 7 0 1 0 .01 0z", "M10 9.2v4M10 6.6v.01"],
  lines: ["M3.5 5.5h13M3.5 10h13M3.5 14.5h8"],
  link: [
    "M8.5 11.5l3-3",
    "M9.5 6.5l1.5-1.5a2.9 2.9 0 0 1 4 4L13.5 10.5M10.5 13.5L9 15a2.9 2.9 0 0 1-4-4l1.5-1.5",
  ],
  lock: ["M5 9h10v7.5H5z", "M7 9V6.5a3 3 0 0 1 6 0V9"],
  menu: ["M3 5.5h14M3 10h14M3 14.5h14"],
  moon: ["M15.5 12.2A6.5 6.5 0 0 1 7.8 4.5a6.5 6.5 0 1 0 7.7 7.7z"],
  more: ["M4.5 10h.01M10 10h.01M15.5 10h.01"],
  next: ["M8 4l6 6-6 6"],
  play: ["M7.5 5v10l8-5z"],
  reply: ["M3.5 4.5h13v9H9l-3.5 3v-3h-2z"],
  ring: ["M10 3a7 7 0 1 0 .01 0z"],
  search: ["M8.8 3.5a5.3 5.3 0 1 0 .01 0z", "M12.7 12.7L16.5 16.5"],
  send: ["M3.5 10L16.5 4l-4 12.5-3-5z", "M9.5 11.5l7-7.5"],
  smile: ["M10 3a7 7 0 1 0 .01 0z", "M7 11.5c1.6 2.4 4.4 2.4 6 0M7.5 8v.01M12.5 8v.01"],
  sun: [
    "M10 6.8a3.2 3.2 0 1 0 .01 0z",
    "M10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M15.7 4.3l-1.3 1.3M5.6 14.4l-1.3 1.3",
  ],
  system: ["M3 4.5h14v9H3z", "M7.5 16.5h5"],
  thumbsdown: ["M6.5 11V4H4v7z", "M6.5 11l3 5.5c1.4 0 2-.8 1.7-2.2L10.6 11H15l1-4.5L15 4H6.5"],
  thumbsup: ["M6.5 9v7H4V9z", "M6.5 9l3-5.5c1.4 0 2 .8 1.7 2.2L10.6 9H15l1 4.5-1 2.5H6.5"],
  table: ["M3.5 4.5h13v11h-13z", "M3.5 8.5h13M8.5 8.5v7"],
  trash: ["M4 6h12M8 6V4h4v2M5.5 6l.8 10.5h7.4L14.5 6"],
  warning: ["M10 3.5L17.5 16.5h-15z", "M10 8v4M10 14.2v.01"],
};
