// The list of a conversation: what is near is drawn, changed in place, and kept where one reads.

import { h, icon, put } from "./dom.mjs";
import { messageNode } from "./message.mjs";
import { rowsOf } from "./rows.mjs";
import { makeSurface, restore, values } from "./surface.mjs";
import { earlier, followed, latest, later, settled } from "./span.mjs";

const NEAR_BOTTOM = 60; // pixels
const NEAR_EDGE = "1000px 0px";

/** A list for one conversation or thread; `update(messages)` shows them as they are now. */
export class MessageList {
  #told;
  #inner = h("div", {
    class: "messages",
    role: "log",
    "aria-live": "polite",
    "aria-label": "Messages",
  });
  #above = h("div", { class: "edge", "aria-hidden": "true" });
  #below = h("div", { class: "edge", "aria-hidden": "true" });
  #intro = h("div", {});
  #pill;
  #scroller;
  #growth = new ResizeObserver(() => this.#following && this.#keepDown());
  #edges;
  #all = [];
  #span = { from: 0, to: 0 };
  #shown = new Map();
  #typed = new Map();
  #following = true;

  constructor(told) {
    this.#told = told;
    this.#pill = h(
      "button",
      { type: "button", class: "pill", hidden: true, onclick: () => this.toBottom() },
      icon("down"),
      h("span", {}, "New messages"),
    );
    this.#scroller = h(
      "div",
      {
        class: "scroller",
        tabindex: "0",
        role: "region",
        "aria-label": "Conversation",
        onscroll: () => this.#scrolled(),
        onkeydown: (event) => this.#walk(event),
      },
      this.#intro,
      this.#above,
      this.#inner,
      this.#below,
    );
    this.node = h("div", { class: "list" }, this.#scroller, this.#pill);
    this.#growth.observe(this.#inner);
    this.#growth.observe(this.#scroller);
    this.#edges = new IntersectionObserver((seen) => this.#reach(seen), {
      root: this.#scroller,
      rootMargin: NEAR_EDGE,
    });
    this.#watch();
  }

  toBottom() {
    this.#following = true;
    this.#pill.hidden = true;
    this.#show(latest(this.#all.length));
    this.#keepDown();
  }

  focus() {
    this.#scroller.focus();
  }

  stop() {
    this.#growth.disconnect();
    this.#edges.disconnect();
  }

  update(messages) {
    const before = this.#all;
    this.#all = messages;
    const fresh = before.length > 0 && messages.at(-1)?.ts > before.at(-1).ts;
    if (this.#following) {
      this.#show(before.length ? followed(this.#span, messages.length) : latest(messages.length));
      this.#keepDown();
    } else {
      this.#show(settled(this.#span, before, messages));
      if (fresh) this.#pill.hidden = false;
    }
    this.#watch();
  }

  #keepDown() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const atEnd = this.#span.to === this.#all.length;
    this.#following = atEnd && scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    if (this.#following) this.#pill.hidden = true;
  }

  #reach(seen) {
    const near = seen.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
    if (near.includes(this.#above) && this.#span.from > 0) this.#move(earlier(this.#span));
    else if (near.includes(this.#below) && this.#span.to < this.#all.length)
      this.#move(later(this.#span, this.#all.length));
  }

  // Other messages come in at one edge; what one reads stays where it is on the screen.
  #move(span) {
    const top = this.#scroller.getBoundingClientRect().top;
    const anchor = [...this.#inner.children].find(
      (node) => node.dataset.ts && node.getBoundingClientRect().bottom > top,
    );
    const was = anchor?.getBoundingClientRect().top;
    this.#inner.setAttribute("aria-busy", "true");
    this.#show(span);
    const now = this.#inner.querySelector(`[data-ts="${anchor?.dataset.ts}"]`);
    if (now) this.#scroller.scrollTop += now.getBoundingClientRect().top - was;
    this.#inner.removeAttribute("aria-busy");
    this.#watch();
  }

  // An edge is told of once when it comes near; watched anew, one that is still near is told of again.
  #watch() {
    for (const edge of [this.#above, this.#below]) {
      this.#edges.unobserve(edge);
      this.#edges.observe(edge);
    }
  }

  #show(span) {
    this.#span = span;
    put(this.#intro, span.from === 0 && this.#told.intro);
    const wanted = rowsOf(this.#all.slice(span.from, span.to), this.#told);
    this.#dropAllBut(new Set(wanted.map((row) => row.name)));
    let before = null;
    for (const row of wanted.reverse()) {
      const node = this.#nodeOf(row);
      if (node.nextSibling !== before || node.parentNode !== this.#inner)
        this.#inner.insertBefore(node, before);
      before = node;
    }
  }

  #dropAllBut(names) {
    for (const [name, entry] of this.#shown) {
      if (names.has(name)) continue;
      if (entry.surface?.controls.size) this.#typed.set(name, values(entry.surface));
      entry.node.remove();
      this.#shown.delete(name);
    }
  }

  // The node of a row: the one that stands there if nothing changed, else a new one in its place.
  #nodeOf(row) {
    const old = this.#shown.get(row.name);
    if (old?.print === row.print) return old.node;
    const focused = old?.node.contains(document.activeElement) ? document.activeElement : null;
    const made = row.message ? this.#message(row, old) : { node: divider(row) };
    old?.node.replaceWith(made.node);
    if (focused) refocus(focused, made.node);
    this.#shown.set(row.name, { ...made, print: row.print });
    return made.node;
  }

  #message({ name, message, led }, old) {
    const { where, notice, ...told } = this.#told;
    const saved = old ? values(old.surface) : this.#typed.get(name);
    const surface = old?.surface ?? makeSurface({ ...where, message_ts: message.ts }, notice);
    const node = messageNode(message, { ...told, where, notice, surface, led });
    if (saved) restore(surface, saved);
    return { node, surface };
  }

  // Up and down go from message to message; one that is longer than the window is scrolled first.
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = event.target.closest?.(".message");
    if (!step || event.target !== (here ?? this.#scroller)) return;
    const all = [...this.#inner.querySelectorAll(".message")];
    const next = here ? all[all.indexOf(here) + step] : step < 0 && all.at(-1);
    if (!next || (here && this.#goesOn(here, step))) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  #goesOn(node, step) {
    const [box, view] = [node.getBoundingClientRect(), this.#scroller.getBoundingClientRect()];
    return step > 0 ? box.bottom > view.bottom + 2 : box.top < view.top - 2;
  }
}

function divider(row) {
  const className = row.fresh ? "day fresh" : "day";
  return h("div", { class: className, role: "separator" }, h("span", {}, row.words));
}

// The keyboard stays on what it was on: the same node, or the same control drawn anew, or the message.
function refocus(focused, node) {
  const same = Object.entries(focused.dataset).map(([name, value]) => {
    const attribute = `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return node.querySelector(`[${attribute}="${CSS.escape(value)}"]`);
  });
  const to = node.contains(focused) ? focused : (same.find(Boolean) ?? node);
  to.focus({ preventScroll: true });
}
