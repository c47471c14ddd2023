// The list of a conversation: grouped, divided by days, changed in place, and kept where one reads.

import { h, icon } from "./dom.mjs";
import { instantOf, messageNode } from "./message.mjs";
import { author } from "./people.mjs";
import { makeSurface, restore, values } from "./surface.mjs";
import { dayHeading, dayNumber } from "./time.mjs";

const GROUP_SECONDS = 300;
const NEAR_BOTTOM = 60;

/** A list for one conversation or thread; `update(messages)` shows them as they are now. */
export function makeList({ reader, where, notice, openThread, intro, inThread }) {
  const inner = h("div", { class: "messages", role: "log", "aria-live": "polite", "aria-label": "Messages" });
  const pill = h("button", { type: "button", class: "pill", hidden: true, onclick: () => toBottom() }, icon("down"), "New messages");
  const scroller = h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Conversation" }, intro, inner);
  const node = h("div", { class: "list" }, scroller, pill);
  const shown = new Map();
  let following = true;

  scroller.addEventListener("scroll", () => {
    following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM;
    if (following) pill.hidden = true;
  }, { passive: true });
  const growth = new ResizeObserver(() => following && toBottom());
  growth.observe(inner);
  growth.observe(scroller);

  function toBottom() {
    scroller.scrollTop = scroller.scrollHeight;
    pill.hidden = true;
    following = true;
  }

  function update(messages) {
    const fresh = shown.size > 0 && messages.some((message) => !shown.has(nameOf(message)));
    const wanted = rows(messages, reader, inThread);
    const names = new Set(wanted.map((row) => row.name));
    for (const [name, entry] of shown) {
      if (names.has(name)) continue;
      entry.node.remove();
      shown.delete(name);
    }
    let before = null;
    for (const row of wanted.reverse()) {
      const current = settle(row);
      if (current.nextSibling !== before || current.parentNode !== inner) inner.insertBefore(current, before);
      before = current;
    }
    if (following) toBottom();
    else if (fresh) pill.hidden = false;
  }

  // The node of a row: the one that stands there if nothing changed, else a new one in its place.
  function settle(row) {
    const old = shown.get(row.name);
    if (old?.print === row.print) return old.node;
    const made = row.message ? drawMessage(row, old) : { node: h("div", { class: "day", role: "separator" }, h("span", {}, row.day)) };
    if (old) swap(old.node, made.node);
    shown.set(row.name, { ...made, print: row.print });
    return made.node;
  }

  function drawMessage({ message, led }, old) {
    const surface = makeSurface({ ...where, message_ts: message.ts }, notice);
    const made = messageNode(message, { reader, surface, led, openThread });
    if (old?.surface) restore(surface, values(old.surface));
    return { node: made, surface };
  }

  return { node, update, toBottom, stop: () => growth.disconnect() };
}

// Puts the new node where the old one is and keeps the keyboard where it was.
function swap(old, made) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(made);
  if (!focused) return;
  const id = focused.dataset.actionId;
  const same = id && made.querySelector(`[data-action-id="${CSS.escape(id)}"]`);
  (same || made).focus({ preventScroll: true });
}

function nameOf(message) {
  return `${message.ephemeral ? "e" : "m"}${message.ts}`;
}

function rows(messages, reader, inThread) {
  const all = [];
  let above = null;
  for (const message of messages) {
    const at = instantOf(message.ts);
    const day = dayNumber(at, reader.me.tz);
    if (!above || above.day !== day) all.push({ name: `d${day}`, day: dayHeading(at, reader.me.tz), print: dayHeading(at, reader.me.tz) });
    const key = author(message, reader).key;
    const led = !above || above.day !== day || above.key !== key || at - above.at > GROUP_SECONDS * 1000 || Boolean(message.ephemeral) || above.ephemeral;
    all.push({ name: nameOf(message), message, led, print: `${led}${JSON.stringify(message)}` });
    above = { day, key, at, ephemeral: Boolean(message.ephemeral) };
    if (inThread && all.length === 2 && messages.length > 1) {
      all.push({ name: "replies", day: countOf(messages.length - 1), print: countOf(messages.length - 1) });
      above.key = null;
    }
  }
  return all;
}

function countOf(replies) {
  return `${replies} ${replies === 1 ? "reply" : "replies"}`;
}
