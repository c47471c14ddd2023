// A message as a phone shows it and a screen reader says it: its text alone, and the texts of its pictures.

import { h } from "./dom.mjs";
import { mrkdwn } from "./mrkdwn.mjs";
import { appAvatar, author } from "./people.mjs";
import { clock, instantOf } from "./time.mjs";

/** A card like that of a phone, with the alternative texts below it. */
export function notification(message, reader) {
  const who = author(message, reader);
  const alts = alternativeTexts(message);
  return h(
    "div",
    { class: "as-notification" },
    h(
      "div",
      { class: "phone-note" },
      who.isApp ? appAvatar("small") : who.avatar("small"),
      h(
        "div",
        {},
        h("b", {}, who.name),
        h("small", {}, clock(instantOf(message.ts), reader.me.tz, false)),
        h(
          "p",
          {},
          spokenText(message, reader) || "This message has no text: nothing would be said.",
        ),
      ),
    ),
    alts.length > 0 &&
      h(
        "ul",
        { class: "alts", "aria-label": "Alternative texts" },
        alts.map((words) => h("li", {}, h("b", {}, "Picture: "), words || "no alternative text")),
      ),
  );
}

/** The `text` of a message as plain words: names and dates as the reader sees them. */
export function spokenText(message, reader) {
  const said = h("span", {}, mrkdwn(message.text ?? "", reader));
  for (const drawn of said.querySelectorAll("[role=img]"))
    drawn.replaceWith(`:${drawn.getAttribute("aria-label").replaceAll(" ", "_")}:`);
  return said.textContent.trim();
}

function alternativeTexts(told) {
  if (Array.isArray(told)) return told.flatMap(alternativeTexts);
  if (!told || typeof told !== "object") return [];
  const own = told.type === "image" || "alt_text" in told ? [told.alt_text] : [];
  return [...own, ...Object.values(told).flatMap(alternativeTexts)];
}
