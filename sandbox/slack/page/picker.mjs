// A select one searches in: one choice or several, moved through with the arrow keys.

import { h, icon, newId, put } from "./dom.mjs";
import { naming, remember } from "./fields.mjs";
import { asChoice, fieldOf, offers } from "./offers.mjs";
import { place } from "./popover.mjs";
import { press } from "./press.mjs";

/** A search box with its list; several chosen things stand before it as chips, one stands in it. */
export function picker(spot) {
  return new Picker(spot);
}

class Picker {
  #spot;
  #field;
  #many;
  #chosen;
  #shown = [];
  #active = 0;
  #chips = h("span", { class: "chips" });
  #list = h("div", { class: "menu", role: "listbox", id: newId("list"), popover: "manual" });
  #input;

  constructor(spot) {
    const { field, initial, many } = fieldOf(spot);
    this.#spot = spot;
    this.#field = field;
    this.#many = many;
    this.#input = h("input", {
      class: "picker-input",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
      "aria-autocomplete": "list",
      ...naming(spot),
      placeholder: spot.element.placeholder?.text ?? "Choose…",
      onfocus: () => this.#fromItsStart(),
      onclick: () => this.#isOpen() || this.#open(""),
      oninput: () => this.#open(this.#input.value.trim()),
      onblur: () => this.#leave(),
      onkeydown: (event) => this.#key(event),
    });
    this.#list.setAttribute("aria-label", this.#input.getAttribute("aria-label") ?? "Choices");
    const arrow = h("span", { class: "picker-arrow", "aria-hidden": "true" }, icon("down"));
    this.node = h(
      "div",
      { class: `field picker${many ? "" : " one"}` },
      this.#chips,
      this.#input,
      arrow,
      this.#list,
    );
    this.node.addEventListener("mousedown", (event) => {
      if (event.target !== this.node && !arrow.contains(event.target)) return;
      event.preventDefault();
      this.#input.focus();
      this.#input.click();
    });
    this.read = () => this.#value();
    this.write = (state) => this.#show(this.#asChoices(state[field]));
    this.#show(this.#asChoices(initial));
  }

  #value() {
    const values = this.#chosen.map((choice) => choice.value);
    return { [this.#field]: this.#many ? values : (values[0] ?? null) };
  }

  #asChoices(value) {
    const values = Array.isArray(value) ? value : [value].filter(Boolean);
    return values.map((one) => asChoice(one, this.#spot.reader));
  }

  #show(chosen) {
    this.#chosen = chosen;
    this.node.classList.toggle("filled", chosen.length > 0);
    if (!this.#many) this.#input.value = chosen[0]?.label ?? "";
    const remove = (choice) => () => this.#change(chosen.filter((one) => one !== choice));
    const clear = (choice) =>
      h(
        "button",
        {
          type: "button",
          class: "picker-clear",
          "aria-label": `Remove ${choice.label}`,
          onclick: remove(choice),
        },
        icon("close"),
      );
    put(
      this.#chips,
      this.#many &&
        chosen.map((choice) => h("span", { class: "chip" }, choice.label, clear(choice))),
    );
  }

  // All of it, so that typing replaces it; a long name shows how it begins, not how it ends.
  #fromItsStart() {
    this.#input.setSelectionRange(0, this.#input.value.length, "backward");
    requestAnimationFrame(() => {
      this.#input.scrollLeft = 0;
    });
  }

  async #change(chosen) {
    const before = this.#chosen;
    this.#show(chosen);
    if (!this.#spot.dispatch) remember(this.#spot, this.#value());
    else if (!(await press(this.#spot, this.#value(), this.#input))) this.#show(before);
  }

  // An empty search shows everything; only the app's own suggestions wait for typing.
  async #open(typed) {
    const { groups, words } = await offers(this.#spot, typed);
    if (document.activeElement !== this.#input || (typed && typed !== this.#input.value.trim()))
      return;
    const taken = new Set(this.#many ? this.#chosen.map((choice) => choice.key) : []);
    const free = groups.map((group) => ({
      ...group,
      choices: group.choices.filter(({ key }) => !taken.has(key)),
    }));
    this.#shown = free.flatMap((group) => group.choices);
    this.#active = Math.max(
      0,
      this.#shown.findIndex(({ key }) => key === this.#chosen[0]?.key),
    );
    this.#drawList(free, words ?? (this.#shown.length ? "" : "Everything is chosen"));
  }

  #drawList(groups, words) {
    let at = 0;
    const rows = (choices) =>
      choices.map((choice) => {
        at += 1;
        return this.#row(choice, at - 1);
      });
    put(
      this.#list,
      groups.map(({ label, choices }) =>
        label && choices.length
          ? h(
              "div",
              { role: "group", "aria-label": label },
              h("div", { class: "menu-group" }, label),
              rows(choices),
            )
          : rows(choices),
      ),
      words && h("p", { class: "menu-empty", role: "status" }, words),
    );
    if (!this.#isOpen()) this.#list.showPopover();
    this.#list.style.setProperty("min-width", `${this.node.getBoundingClientRect().width}px`);
    place(this.#list, this.node);
    this.#input.setAttribute("aria-expanded", "true");
    this.#mark();
  }

  #row(choice, index) {
    const choose = (event) => {
      event.preventDefault();
      this.#pick(choice);
    };
    return h(
      "div",
      { class: "menu-item", role: "option", id: `${this.#list.id}-${index}`, onmousedown: choose },
      h(
        "span",
        { class: "menu-words" },
        h("span", {}, choice.label),
        choice.note && h("small", {}, choice.note),
      ),
    );
  }

  #mark() {
    this.#list.querySelectorAll('[role="option"]').forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === this.#active));
      if (index === this.#active) row.scrollIntoView({ block: "nearest" });
    });
    const row = this.#shown.length ? `${this.#list.id}-${this.#active}` : "";
    this.#input.setAttribute("aria-activedescendant", row);
  }

  #pick(choice) {
    const most = this.#spot.element.max_selected_items ?? Infinity;
    this.#close();
    if (!this.#many) return this.#change([choice]);
    this.#input.value = "";
    return this.#change([...this.#chosen, choice].slice(-most));
  }

  #isOpen() {
    return this.#list.matches(":popover-open");
  }

  #close() {
    if (this.#isOpen()) this.#list.hidePopover();
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  // What was typed and not chosen is gone; an emptied box means nothing is chosen.
  #leave() {
    this.#close();
    if (!this.#many && !this.#input.value.trim() && this.#chosen.length) this.#change([]);
    else if (!this.#many) this.#input.value = this.#chosen[0]?.label ?? "";
    else this.#input.value = "";
  }

  #key(event) {
    const opens = event.key === "ArrowDown" || event.key === "ArrowUp";
    const act = this.#isOpen() ? this.#keyWhenOpen(event.key) : opens && (() => this.#open(""));
    const back =
      event.key === "Backspace" && this.#many && !this.#input.value && this.#chosen.length;
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    } else if (back) this.#change(this.#chosen.slice(0, -1));
    else if (event.key === "Enter") event.preventDefault();
  }

  #keyWhenOpen(key) {
    const count = this.#shown.length;
    if (key === "Escape") return () => this.#close();
    if (!count) return undefined;
    if (key === "Enter") return () => this.#pick(this.#shown[this.#active]);
    const to = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: Math.min(count - 1, this.#active + 8),
      PageUp: Math.max(0, this.#active - 8),
    }[key];
    return to === undefined ? undefined : () => this.#move((to + count) % count);
  }

  #move(to) {
    this.#active = to;
    this.#mark();
  }
}
