// The panel of a thread beside its channel; on a phone it takes the whole screen.

import { h, icon } from "./dom.mjs";

/** The panel: what it is, the way out, and the conversation itself. */
export function threadPanel(channel, reader, conversation, close) {
  return [
    h(
      "header",
      { class: "bar" },
      h(
        "div",
        { class: "place" },
        h("h2", {}, "Thread"),
        h("p", {}, channel.kind === "im" ? reader.bot.name : `#${channel.name}`),
      ),
      h(
        "button",
        { type: "button", class: "button quiet", "aria-label": "Close thread", onclick: close },
        icon("close"),
      ),
    ),
    conversation,
  ];
}
