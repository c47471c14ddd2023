// Where one types: messages, slash commands with their hints, and what was typed before.

import { h, icon, newId, put } from "./dom.mjs";
import { menuButton } from "./popover.mjs";
import { suggestions, usageOf } from "./suggest.mjs";

const MOST_HEIGHT = 180;

/** A composer: `label`, the `commands` it offers, a `memory` of typed lines, and `sent(text)`, true when it was taken. */
export class Composer {
  #told;
  #list = h("div", {
    class: "suggestions",
    role: "listbox",
    id: newId("suggestions"),
    "aria-label": "Commands",
    hidden: true,
  });
  #usage = h("div", { class: "suggestions usage", role: "status", hidden: true });
  #field;
  #button;
  #offers = [];
  #from = 0;
  #active = 0;
  #recalled = 0;
  #draft = "";

  constructor(told) {
    this.#told = told;
    this.#button = h(
      "button",
      {
        type: "button",
        class: "send",
        "aria-label": "Send",
        disabled: true,
        onclick: () => this.#send(),
      },
      icon("send"),
    );
    this.#field = h("textarea", {
      id: told.id,
      rows: 1,
      placeholder: told.label,
      "aria-label": told.label,
      "aria-controls": this.#list.id,
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
      data: { testid: told.id },
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#hide(),
    });
    this.node = h(
      "div",
      { class: "composer" },
      this.#list,
      this.#usage,
      h("div", { class: "composer-box" }, this.#shortcuts(), this.#field, this.#button),
      told.below,
    );
  }

  focus() {
    this.#field.focus();
  }

  // The app's global shortcuts, where it has declared any.
  #shortcuts() {
    const { reader, shortcut } = this.#told;
    if (!reader.globalShortcuts.length) return null;
    const button = h(
      "button",
      { type: "button", class: "composer-tool", title: "Shortcuts", "aria-label": "Shortcuts" },
      icon("bolt"),
    );
    const items = () =>
      reader.globalShortcuts.map(({ name, description, callback_id: id }) => ({
        label: name,
        note: description,
        chosen: () => shortcut(id),
      }));
    return menuButton(button, items, "Shortcuts");
  }

  #typed() {
    this.#recalled = 0;
    this.#changed();
  }

  #write(text) {
    this.#field.value = text;
    this.#changed();
  }

  #changed() {
    const { style, value, selectionStart } = this.#field;
    style.setProperty("height", "auto");
    style.setProperty("height", `${Math.min(this.#field.scrollHeight, MOST_HEIGHT)}px`);
    this.#button.disabled = !value.trim();
    const { commands, reader } = this.#told;
    const { offers, from } = suggestions(value.slice(0, selectionStart), commands, reader);
    this.#offer(offers, from);
    this.#draw();
  }

  #offer(offers, from) {
    this.#offers = offers;
    this.#from = from;
    this.#active = 0;
  }

  #draw() {
    const used = !this.#offers.length && usageOf(this.#field.value, this.#told.commands);
    this.#list.hidden = !this.#offers.length;
    this.#usage.hidden = !used;
    const names = this.#offers[0]?.insert[0] === "/" ? "Commands" : "Names";
    this.#list.setAttribute("aria-label", names);
    put(
      this.#list,
      this.#offers.map((one, index) => this.#row(one, index)),
    );
    if (used) put(this.#usage, h("b", {}, used.command), " ", used.usage_hint || used.description);
    if (this.#offers.length)
      this.#field.setAttribute("aria-activedescendant", `${this.#list.id}-${this.#active}`);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  #row({ insert, title, hint, note }, index) {
    const take = (event) => {
      event.preventDefault();
      this.#take(insert);
    };
    return h(
      "div",
      {
        class: "suggestion",
        role: "option",
        id: `${this.#list.id}-${index}`,
        "aria-selected": String(index === this.#active),
        onmousedown: take,
      },
      h("span", {}, h("b", {}, title), hint && h("span", { class: "usage-hint" }, ` ${hint}`)),
      note && h("small", {}, note),
    );
  }

  #take(insert) {
    const { value, selectionStart: to } = this.#field;
    this.#field.value = `${value.slice(0, this.#from)}${insert} ${value.slice(to)}`;
    const at = this.#from + insert.length + 1;
    this.#field.setSelectionRange(at, at);
    this.#changed();
    this.focus();
  }

  async #send() {
    const { memory, sent } = this.#told;
    const text = this.#field.value.trim();
    if (!text) return;
    if (memory.at(-1) !== text) memory.push(text);
    this.#recalled = 0;
    this.#write("");
    this.focus();
    if (!(await sent(text)) && !this.#field.value) this.#write(text);
  }

  #recall(step) {
    const { memory } = this.#told;
    if (this.#recalled === 0) this.#draft = this.#field.value;
    this.#recalled = Math.max(0, Math.min(memory.length, this.#recalled + step));
    this.#write(this.#recalled ? memory.at(-this.#recalled) : this.#draft);
    this.#hide();
  }

  #hide() {
    this.#offer([], 0);
    this.#list.hidden = true;
    this.#usage.hidden = true;
  }

  #move(step) {
    this.#active = (this.#active + step + this.#offers.length) % this.#offers.length;
    this.#draw();
    this.#list.children[this.#active].scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const act = (this.#offers.length && this.#keyInList(event.key)) || this.#keyInText(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // Enter takes a suggestion, but sends a command that is already written out.
  #keyInList(key) {
    const { insert } = this.#offers[this.#active];
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) return () => this.#move(step);
    if (key === "Escape") return () => this.#hide();
    const takes = key === "Tab" || (key === "Enter" && this.#field.value !== insert);
    return takes && (() => this.#take(insert));
  }

  #keyInText({ key, shiftKey }) {
    if (key === "Enter" && !shiftKey) return () => this.#send();
    if (key === "ArrowUp" && (!this.#field.value || this.#recalled)) return () => this.#recall(1);
    return key === "ArrowDown" && this.#recalled && (() => this.#recall(-1));
  }
}
