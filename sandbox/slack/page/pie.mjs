// A pie as a ring: one slice per segment, clockwise from the top.

import { svg } from "./dom.mjs";
import { said } from "./scale.mjs";

const HEIGHT = 220;
const RADIUS = 96;

/** `{height, content}`: the slices, in the middle of the width there is. */
export function slices(segments, width) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  const ends = segments.map((_, index) => part(segments.slice(0, index + 1), total));
  const drawn = segments.map(({ label, value }, index) =>
    svg(
      "g",
      { class: `series-${index}` },
      svg(
        "path",
        { class: "fill slice", d: slice(ends[index - 1] ?? 0, ends[index], RADIUS) },
        svg("title", {}, `${label}: ${said(value)}`),
      ),
    ),
  );
  const centre = `translate(${width / 2} ${HEIGHT / 2})`;
  return { height: HEIGHT, content: svg("g", { transform: centre }, drawn) };
}

function part(segments, total) {
  return segments.reduce((sum, { value }) => sum + value, 0) / total;
}

function slice(from, to, radius) {
  const inner = radius * 0.56;
  if (to - from > 0.9999)
    return `M0-${radius}A${radius} ${radius} 0 1 1-.01-${radius}ZM0-${inner}A${inner} ${inner} 0 1 0 .01-${inner}Z`;
  const point = (turn, r) =>
    `${(r * Math.sin(2 * Math.PI * turn)).toFixed(2)} ${(-r * Math.cos(2 * Math.PI * turn)).toFixed(2)}`;
  const large = to - from > 0.5 ? 1 : 0;
  return `M${point(from, radius)}A${radius} ${radius} 0 ${large} 1 ${point(to, radius)}L${point(to, inner)}A${inner} ${inner} 0 ${large} 0 ${point(from, inner)}Z`;
}
