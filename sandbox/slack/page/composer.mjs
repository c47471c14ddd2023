// Where one types: messages, slash commands with their hints, and what was typed before.

import { h, icon, newId, put } from "./dom.mjs";

const MOST_HEIGHT = 180;

/** A composer: `label`, the `commands` it offers, a `memory` of typed lines, and `sent(text)`, true when it was taken. */
export class Composer {
  #commands;
  #memory;
  #sent;
  #list = h("div", {
    class: "suggestions",
    role: "listbox",
    id: newId("commands"),
    "aria-label": "Commands",
    hidden: true,
  });
  #field;
  #button = h(
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
  #shown = [];
  #active = 0;
  #recalled = 0;
  #draft = "";

  constructor({ label, commands, memory, sent, id }) {
    this.#commands = commands;
    this.#memory = memory;
    this.#sent = sent;
    this.#field = h("textarea", {
      id,
      rows: 1,
      placeholder: label,
      "aria-label": label,
      "aria-controls": this.#list.id,
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
      data: { testid: id },
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
    });
    this.node = h(
      "div",
      { class: "composer" },
      this.#list,
      h("div", { class: "composer-box" }, this.#field, this.#button),
    );
  }

  focus() {
    this.#field.focus();
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
    const { style, value } = this.#field;
    style.setProperty("height", "auto");
    style.setProperty("height", `${Math.min(this.#field.scrollHeight, MOST_HEIGHT)}px`);
    this.#button.disabled = !value.trim();
    const isWord = /^\/\S*$/.test(value);
    this.#shown = isWord
      ? this.#commands.filter(({ command }) => command.startsWith(value.toLowerCase()))
      : [];
    this.#active = 0;
    this.#drawList();
  }

  #drawList() {
    const used = this.#commands.find(({ command }) => this.#field.value.startsWith(`${command} `));
    this.#list.hidden = !this.#shown.length && !used;
    if (this.#shown.length)
      put(
        this.#list,
        this.#shown.map((one, index) => this.#suggestion(one, index)),
      );
    else if (used)
      put(
        this.#list,
        h(
          "div",
          { class: "usage" },
          h("b", {}, used.command),
          " ",
          used.usage_hint || used.description,
        ),
      );
    if (this.#shown.length)
      this.#field.setAttribute("aria-activedescendant", this.#list.children[this.#active].id);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  #suggestion({ command, description, usage_hint: hint }, index) {
    const take = (event) => {
      event.preventDefault();
      this.#complete(command);
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
      h("span", {}, h("b", {}, command), hint && h("span", { class: "usage-hint" }, ` ${hint}`)),
      h("small", {}, description),
    );
  }

  #complete(command) {
    this.#write(`${command} `);
    this.focus();
  }

  async #send() {
    const text = this.#field.value.trim();
    if (!text) return;
    if (this.#memory.at(-1) !== text) this.#memory.push(text);
    this.#recalled = 0;
    this.#write("");
    this.focus();
    if (!(await this.#sent(text)) && !this.#field.value) this.#write(text);
  }

  #recall(step) {
    if (this.#recalled === 0) this.#draft = this.#field.value;
    this.#recalled = Math.max(0, Math.min(this.#memory.length, this.#recalled + step));
    this.#write(this.#recalled ? this.#memory.at(-this.#recalled) : this.#draft);
    this.#hideList();
  }

  #hideList() {
    this.#shown = [];
    this.#drawList();
  }

  #move(step) {
    this.#active = (this.#active + step + this.#shown.length) % this.#shown.length;
    this.#drawList();
    this.#list.children[this.#active].scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const act = (this.#shown.length && this.#keyInList(event.key)) || this.#keyInText(event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  // Enter takes a suggestion, but sends a command that is already written out.
  #keyInList(key) {
    const { command } = this.#shown[this.#active];
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) return () => this.#move(step);
    if (key === "Escape") return () => this.#hideList();
    const takes = key === "Tab" || (key === "Enter" && this.#field.value !== command);
    return takes && (() => this.#complete(command));
  }

  #keyInText({ key, shiftKey }) {
    if (key === "Enter" && !shiftKey) return () => this.#send();
    if (key === "ArrowUp" && (!this.#field.value || this.#recalled)) return () => this.#recall(1);
    return key === "ArrowDown" && this.#recalled && (() => this.#recall(-1));
  }
}
