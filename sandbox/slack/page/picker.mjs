// Choices one searches for: several of a list, or whatever the app suggests while typing.

import { h, icon, newId, put } from "./dom.mjs";
import { naming, remember } from "./fields.mjs";
import { place } from "./popover.mjs";
import { press } from "./press.mjs";

const PLURAL = {
  external_select: { field: "selected_option", initial: "initial_option" },
  multi_static_select: { field: "selected_options", initial: "initial_options" },
  multi_external_select: { field: "selected_options", initial: "initial_options" },
  multi_users_select: { field: "selected_users", initial: "initial_users" },
  multi_channels_select: { field: "selected_channels", initial: "initial_channels" },
  multi_conversations_select: { field: "selected_conversations", initial: "initial_conversations" },
};

/** A search box with its list; chosen things stand before it as chips. */
export function picker(spot) {
  const { element } = spot;
  const many = element.type.startsWith("multi_");
  const { field, initial } = PLURAL[element.type];
  const state = { chosen: asList(element[initial]).map((value) => asChoice(value, spot.reader)), shown: [], active: 0 };
  const chips = h("span", { class: "chips" });
  const list = h("div", { class: "menu", role: "listbox", id: newId("list"), popover: "manual" });
  const input = h("input", { class: "picker-input", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", ...naming(spot), placeholder: element.placeholder?.text });
  const node = h("div", { class: "field picker" }, chips, input, list);
  const read = () => ({ [field]: many ? state.chosen.map((choice) => choice.value) : (state.chosen[0]?.value ?? null) });

  function write(saved) {
    state.chosen = asList(saved[field]).map((value) => asChoice(value, spot.reader));
    drawChips();
  }

  async function change(chosen) {
    const before = state.chosen;
    state.chosen = chosen;
    drawChips();
    if (!spot.dispatch) return remember(spot, read());
    if (await press(spot, read(), input)) return undefined;
    state.chosen = before;
    return drawChips();
  }

  function drawChips() {
    put(chips, state.chosen.map((choice) =>
      h("span", { class: "chip" }, choice.label,
        h("button", { type: "button", "aria-label": `Remove ${choice.label}`, onclick: () => change(without(state.chosen, choice)) }, icon("close")))));
  }

  async function open() {
    const typed = input.value.trim();
    const found = await choices(spot, typed);
    if (typed !== input.value.trim() || document.activeElement !== input) return;
    const taken = new Set(state.chosen.map((choice) => choice.key));
    state.shown = found.filter((choice) => !taken.has(choice.key));
    state.active = 0;
    drawList();
  }

  function drawList() {
    put(list, state.shown.length ? state.shown.map(row) : h("p", { class: "menu-empty" }, "Nothing found"));
    if (!list.matches(":popover-open")) list.showPopover();
    place(list, node);
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-activedescendant", state.shown.length ? `${list.id}-${state.active}` : "");
  }

  function row(choice, index) {
    const choose = (event) => {
      event.preventDefault();
      pick(choice);
    };
    return h("div", { class: "menu-item", role: "option", id: `${list.id}-${index}`, "aria-selected": String(index === state.active), onmousedown: choose }, choice.label);
  }

  function pick(choice) {
    input.value = "";
    close();
    change(many ? [...state.chosen, choice] : [choice]);
  }

  function close() {
    if (list.matches(":popover-open")) list.hidePopover();
    input.setAttribute("aria-expanded", "false");
  }

  function key(event) {
    const isOpen = list.matches(":popover-open");
    if (event.key === "Escape" && isOpen) close();
    else if (event.key === "Enter" && isOpen && state.shown.length) pick(state.shown[state.active]);
    else if (event.key === "Backspace" && !input.value && state.chosen.length) return change(state.chosen.slice(0, -1));
    else if (event.key === "ArrowDown" && !isOpen) open();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && state.shown.length) {
      state.active = (state.active + (event.key === "ArrowDown" ? 1 : -1) + state.shown.length) % state.shown.length;
      drawList();
      list.children[state.active].scrollIntoView({ block: "nearest" });
    } else return undefined;
    event.preventDefault();
    return event.stopPropagation();
  }

  input.addEventListener("focus", open);
  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", key);
  drawChips();
  return { node, read, write };
}

async function choices(spot, typed) {
  const { element, block, reader, surface } = spot;
  if (element.type.endsWith("external_select")) {
    if (typed.length < (element.min_query_length ?? 3)) return [];
    const reply = await surface.options(block.block_id, element.action_id, typed);
    return flatOptions(reply).map((option) => asChoice(option, reader));
  }
  const all = { multi_static_select: () => flatOptions(element), multi_users_select: () => [...reader.people.keys()], multi_channels_select: () => channelIds(reader), multi_conversations_select: () => [...channelIds(reader), ...reader.people.keys()] }[element.type]();
  const wanted = typed.toLowerCase();
  return all.map((value) => asChoice(value, reader)).filter((choice) => choice.label.toLowerCase().includes(wanted));
}

function flatOptions({ options, option_groups: groups }) {
  return options ?? (groups ?? []).flatMap((group) => group.options);
}

function channelIds(reader) {
  return [...reader.channels.values()].filter((channel) => channel.kind === "channel").map((channel) => channel.id);
}

function asChoice(value, reader) {
  if (typeof value !== "string") return { key: value.value, value, label: value.text.text };
  const channel = reader.channels.get(value);
  return { key: value, value, label: channel ? `#${channel.name}` : (reader.people.get(value)?.real_name ?? value) };
}

function asList(value) {
  return Array.isArray(value) ? value : [value].filter(Boolean);
}

function without(chosen, gone) {
  return chosen.filter((choice) => choice !== gone);
}
