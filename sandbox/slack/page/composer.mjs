// Where one types: messages, slash commands with their hints, and what was typed before.

import { h, icon, newId, put } from "./dom.mjs";

/** A composer; `sent(text)` resolves to true when the text was taken. Typed lines are remembered per `memory` list. */
export function makeComposer({ label, commands, memory, sent, id }) {
  const list = h("div", { class: "suggestions", role: "listbox", id: newId("commands"), "aria-label": "Commands", hidden: true });
  const field = h("textarea", {
    id, rows: 1, placeholder: label, "aria-label": label, "aria-controls": list.id,
    "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", data: { testid: id },
  });
  const button = h("button", { type: "button", class: "send", "aria-label": "Send", disabled: true, onclick: send }, icon("send"));
  const node = h("div", { class: "composer" }, list, h("div", { class: "composer-box" }, field, button));
  const state = { shown: [], active: 0, recalled: 0, draft: "" };

  function changed() {
    field.style.setProperty("height", "auto");
    field.style.setProperty("height", `${Math.min(field.scrollHeight, 180)}px`);
    button.disabled = !field.value.trim();
    const word = /^\/\S*$/.test(field.value) ? field.value.toLowerCase() : null;
    state.shown = word === null ? [] : commands.filter(({ command }) => command.startsWith(word));
    state.active = 0;
    drawList();
  }

  function drawList() {
    const used = commands.find(({ command }) => field.value.startsWith(`${command} `));
    list.hidden = !state.shown.length && !used;
    if (state.shown.length) put(list, state.shown.map(suggestion));
    else if (used) put(list, h("div", { class: "usage" }, h("b", {}, used.command), " ", used.usage_hint || used.description));
    const active = state.shown.length ? `${list.id}-${state.active}` : null;
    if (active) field.setAttribute("aria-activedescendant", active);
    else field.removeAttribute("aria-activedescendant");
  }

  function suggestion({ command, description, usage_hint: hint }, index) {
    const take = (event) => {
      event.preventDefault();
      complete(command);
    };
    return h("div", { class: "suggestion", role: "option", id: `${list.id}-${index}`, "aria-selected": String(index === state.active), onmousedown: take },
      h("span", {}, h("b", {}, command), hint && h("span", { class: "usage-hint" }, ` ${hint}`)), h("small", {}, description));
  }

  function complete(command) {
    write(`${command} `);
    field.focus();
  }

  function write(text) {
    field.value = text;
    changed();
  }

  async function send() {
    const text = field.value.trim();
    if (!text) return;
    if (memory.at(-1) !== text) memory.push(text);
    state.recalled = 0;
    write("");
    field.focus();
    if (!(await sent(text)) && !field.value) write(text);
  }

  function recall(step) {
    if (state.recalled === 0) state.draft = field.value;
    state.recalled = Math.max(0, Math.min(memory.length, state.recalled + step));
    write(state.recalled ? memory[memory.length - state.recalled] : state.draft);
    state.shown = [];
    drawList();
  }

  function move(step) {
    state.active = (state.active + step + state.shown.length) % state.shown.length;
    drawList();
    list.children[state.active].scrollIntoView({ block: "nearest" });
  }

  function key(event) {
    if (event.isComposing) return;
    const chosen = state.shown[state.active]?.command;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && state.shown.length) state.shown = [];
    else if (chosen && step) return keep(event, () => move(step));
    else if (chosen && (event.key === "Tab" || (event.key === "Enter" && field.value !== chosen))) return keep(event, () => complete(chosen));
    else if (event.key === "Enter" && !event.shiftKey) return keep(event, send);
    else if (event.key === "ArrowUp" && (!field.value || state.recalled)) return keep(event, () => recall(1));
    else if (event.key === "ArrowDown" && state.recalled) return keep(event, () => recall(-1));
    else return;
    drawList();
  }

  field.addEventListener("input", () => {
    state.recalled = 0;
    changed();
  });
  field.addEventListener("keydown", key);
  return { node, focus: () => field.focus() };
}

function keep(event, action) {
  event.preventDefault();
  action();
}
