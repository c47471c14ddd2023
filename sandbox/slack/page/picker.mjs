// Choices one searches for: several of a list, or whatever the app suggests while typing.

import { h, icon, newId, put } from "./dom.mjs";
import { naming, remember } from "./fields.mjs";
import { place } from "./popover.mjs";
import { press } from "./press.mjs";

const FIELDS = {
  external_select: { field: "selected_option", initial: "initial_option" },
  multi_static_select: { field: "selected_options", initial: "initial_options" },
  multi_external_select: { field: "selected_options", initial: "initial_options" },
  multi_users_select: { field: "selected_users", initial: "initial_users" },
  multi_channels_select: { field: "selected_channels", initial: "initial_channels" },
  multi_conversations_select: { field: "selected_conversations", initial: "initial_conversations" },
};

/** A search box with its list; chosen things stand before it as chips. */
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
    const { field, initial } = FIELDS[spot.element.type];
    this.#spot = spot;
    this.#field = field;
    this.#many = spot.element.type.startsWith("multi_");
    this.#chosen = this.#asChoices(spot.element[initial]);
    this.#input = h("input", {
      class: "picker-input",
      role: "combobox",
      autocomplete: "off",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
      "aria-autocomplete": "list",
      ...naming(spot),
      placeholder: spot.element.placeholder?.text,
      onfocus: () => this.#open(),
      oninput: () => this.#open(),
      onblur: () => this.#close(),
      onkeydown: (event) => this.#key(event),
    });
    this.node = h("div", { class: "field picker" }, this.#chips, this.#input, this.#list);
    this.read = () => this.#value();
    this.write = (state) => this.#show(this.#asChoices(state[field]));
    this.#show(this.#chosen);
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
    put(
      this.#chips,
      chosen.map((choice) =>
        h(
          "span",
          { class: "chip" },
          choice.label,
          h(
            "button",
            {
              type: "button",
              "aria-label": `Remove ${choice.label}`,
              onclick: () => this.#change(chosen.filter((one) => one !== choice)),
            },
            icon("close"),
          ),
        ),
      ),
    );
  }

  async #change(chosen) {
    const before = this.#chosen;
    this.#show(chosen);
    if (!this.#spot.dispatch) remember(this.#spot, this.#value());
    else if (!(await press(this.#spot, this.#value(), this.#input))) this.#show(before);
  }

  async #open() {
    const typed = this.#input.value.trim();
    const found = await choices(this.#spot, typed);
    if (typed !== this.#input.value.trim() || document.activeElement !== this.#input) return;
    const taken = new Set(this.#chosen.map((choice) => choice.key));
    this.#shown = found.filter((choice) => !taken.has(choice.key));
    this.#active = 0;
    this.#drawList();
  }

  #drawList() {
    const rows = this.#shown.map((choice, index) => this.#row(choice, index));
    put(this.#list, rows.length ? rows : h("p", { class: "menu-empty" }, "Nothing found"));
    if (!this.#isOpen()) this.#list.showPopover();
    place(this.#list, this.node);
    this.#input.setAttribute("aria-expanded", "true");
    this.#input.setAttribute("aria-activedescendant", rows.length ? rows[this.#active].id : "");
  }

  #row(choice, index) {
    const choose = (event) => {
      event.preventDefault();
      this.#pick(choice);
    };
    return h(
      "div",
      {
        class: "menu-item",
        role: "option",
        id: `${this.#list.id}-${index}`,
        "aria-selected": String(index === this.#active),
        onmousedown: choose,
      },
      choice.label,
    );
  }

  #pick(choice) {
    this.#input.value = "";
    this.#close();
    this.#change(this.#many ? [...this.#chosen, choice] : [choice]);
  }

  #isOpen() {
    return this.#list.matches(":popover-open");
  }

  #close() {
    if (this.#isOpen()) this.#list.hidePopover();
    this.#input.setAttribute("aria-expanded", "false");
  }

  #key(event) {
    const act = this.#isOpen()
      ? this.#keyWhenOpen(event.key)
      : event.key === "ArrowDown" && (() => this.#open());
    const back = event.key === "Backspace" && !this.#input.value && this.#chosen.length;
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    } else if (back) this.#change(this.#chosen.slice(0, -1));
  }

  #keyWhenOpen(key) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (key === "Escape") return () => this.#close();
    if (!this.#shown.length) return undefined;
    if (key === "Enter") return () => this.#pick(this.#shown[this.#active]);
    return step && (() => this.#move(step));
  }

  #move(step) {
    this.#active = (this.#active + step + this.#shown.length) % this.#shown.length;
    this.#drawList();
    this.#list.children[this.#active].scrollIntoView({ block: "nearest" });
  }
}

async function choices({ element, block, reader, surface }, typed) {
  if (element.type.endsWith("external_select")) {
    if (typed.length < (element.min_query_length ?? 3)) return [];
    const reply = await surface.options(block.block_id, element.action_id, typed);
    return flatOptions(reply).map((option) => asChoice(option, reader));
  }
  const wanted = typed.toLowerCase();
  const offered = OFFERED[element.type](element, reader).map((value) => asChoice(value, reader));
  return offered.filter((choice) => choice.label.toLowerCase().includes(wanted));
}

const OFFERED = {
  multi_static_select: flatOptions,
  multi_users_select: (_, reader) => [...reader.people.keys()],
  multi_channels_select: (_, reader) => channelIds(reader),
  multi_conversations_select: (_, reader) => [...channelIds(reader), ...reader.people.keys()],
};

function flatOptions({ options, option_groups: groups }) {
  return options ?? (groups ?? []).flatMap((group) => group.options);
}

function channelIds(reader) {
  return [...reader.channels.values()]
    .filter((channel) => channel.kind === "channel")
    .map((channel) => channel.id);
}

function asChoice(value, reader) {
  if (typeof value !== "string") return { key: value.value, value, label: value.text.text };
  const channel = reader.channels.get(value);
  return {
    key: value,
    value,
    label: channel ? `#${channel.name}` : (reader.people.get(value)?.real_name ?? value),
  };
}
