// The list of a conversation: grouped, divided by days, changed in place, and kept where one reads.

import { h, icon } from "./dom.mjs";
import { instantOf, messageNode } from "./message.mjs";
import { author } from "./people.mjs";
import { makeSurface, restore, values } from "./surface.mjs";
import { dayHeading, dayNumber } from "./time.mjs";

const GROUP_MILLISECONDS = 300_000;
const NEAR_BOTTOM = 60;

/** A list for one conversation or thread; `update(messages)` shows them as they are now. */
export class MessageList {
  #told;
  #inner = h("div", {
    class: "messages",
    role: "log",
    "aria-live": "polite",
    "aria-label": "Messages",
  });
  #pill = h(
    "button",
    { type: "button", class: "pill", hidden: true, onclick: () => this.toBottom() },
    icon("down"),
    "New messages",
  );
  #scroller;
  #growth = new ResizeObserver(() => this.#following && this.toBottom());
  #shown = new Map();
  #following = true;

  constructor(told) {
    this.#told = told;
    this.#scroller = h(
      "div",
      {
        class: "scroller",
        tabindex: "0",
        role: "region",
        "aria-label": "Conversation",
        onscroll: () => this.#scrolled(),
      },
      told.intro,
      this.#inner,
    );
    this.node = h("div", { class: "list" }, this.#scroller, this.#pill);
    this.#growth.observe(this.#inner);
    this.#growth.observe(this.#scroller);
  }

  toBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#pill.hidden = true;
    this.#following = true;
  }

  stop() {
    this.#growth.disconnect();
  }

  update(messages) {
    const wanted = rows(messages, this.#told);
    const fresh =
      this.#shown.size > 0 && wanted.some((row) => row.message && !this.#shown.has(row.name));
    this.#dropAllBut(new Set(wanted.map((row) => row.name)));
    let before = null;
    for (const row of wanted.reverse()) {
      const node = this.#settled(row);
      if (node.nextSibling !== before || node.parentNode !== this.#inner)
        this.#inner.insertBefore(node, before);
      before = node;
    }
    if (this.#following) this.toBottom();
    else if (fresh) this.#pill.hidden = false;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    if (this.#following) this.#pill.hidden = true;
  }

  #dropAllBut(names) {
    for (const [name, entry] of this.#shown) {
      if (names.has(name)) continue;
      entry.node.remove();
      this.#shown.delete(name);
    }
  }

  // The node of a row: the one that stands there if nothing changed, else a new one in its place.
  #settled(row) {
    const old = this.#shown.get(row.name);
    if (old?.print === row.print) return old.node;
    const made = row.message
      ? this.#message(row, old)
      : { node: h("div", { class: "day", role: "separator" }, h("span", {}, row.words)) };
    if (old) swap(old.node, made.node);
    this.#shown.set(row.name, { ...made, print: row.print });
    return made.node;
  }

  #message({ message, led }, old) {
    const { where, notice, reader, openThread } = this.#told;
    const surface = makeSurface({ ...where, message_ts: message.ts }, notice);
    const node = messageNode(message, { reader, surface, led, openThread });
    if (old?.surface) restore(surface, values(old.surface));
    return { node, surface };
  }
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

// Messages with the dividers between them; `print` tells whether a row must be drawn again.
function rows(messages, { reader, inThread }) {
  const all = [];
  let above = null;
  messages.forEach((message, index) => {
    const at = instantOf(message.ts);
    const day = dayNumber(at, reader.me.tz);
    const here = {
      day,
      at,
      key: author(message, reader).key,
      ephemeral: Boolean(message.ephemeral),
    };
    const newDay = above?.day !== day;
    if (newDay) all.push(divider(`day ${day}`, dayHeading(at, reader.me.tz)));
    if (inThread && index === 1)
      all.push(
        divider("replies", messages.length === 2 ? "1 reply" : `${messages.length - 1} replies`),
      );
    const led = newDay || (inThread && index === 1) || !follows(here, above) || isCard(message);
    all.push({
      name: `${here.ephemeral} ${message.ts}`,
      message,
      led,
      print: `${led}${JSON.stringify(message)}`,
    });
    above = here;
  });
  return all;
}

function divider(name, words) {
  return { name, words, print: words };
}

function follows(here, above) {
  return (
    above.key === here.key &&
    here.at - above.at <= GROUP_MILLISECONDS &&
    !here.ephemeral &&
    !above.ephemeral
  );
}

// What the app builds of blocks stands by itself, under its name and time.
function isCard(message) {
  return Boolean(message.bot_id && message.blocks?.length);
}
