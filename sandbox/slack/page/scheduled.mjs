// Messages the app will post here later.

import { asker } from "./desk.mjs";
import { h, icon, put } from "./dom.mjs";
import { clock, dayHeading } from "./time.mjs";

/** A line that says how many wait, and lists them on request. */
export function makeScheduled(where, reader) {
  const node = h("div", { class: "scheduled" });
  const when = (seconds) => {
    const at = new Date(seconds * 1000);
    return `${dayHeading(at, reader.me.tz)}, ${clock(at, reader.me.tz, false)}`;
  };
  const row = ({ post_at: at, text }) =>
    h("li", {}, h("b", {}, when(at)), h("span", {}, text || "A message without text"));

  let shown = "[]";

  function show(reply) {
    const waiting = (reply.scheduled ?? []).filter(({ channel }) => channel === where.channel);
    const print = JSON.stringify(waiting);
    if (print === shown) return;
    shown = print;
    const words =
      waiting.length === 1 ? "1 message is scheduled" : `${waiting.length} messages are scheduled`;
    put(
      node,
      waiting.length > 0 &&
        h(
          "details",
          {},
          h("summary", {}, icon("clock"), h("span", {}, words), icon("down")),
          h("ul", {}, waiting.map(row)),
        ),
    );
  }

  return { node, refresh: asker("/desk/scheduled", () => where, show) };
}
