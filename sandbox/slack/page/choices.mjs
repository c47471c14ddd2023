// Choices from a list that is known: selects, radio buttons, checkboxes.

import { h, newId } from "./dom.mjs";
import { textObject } from "./mrkdwn.mjs";
import { naming, sending } from "./fields.mjs";

/** A select of one: of options, people, channels or conversations. */
export function nativeSelect(spot) {
  const { element } = spot;
  const kind = SOURCES[element.type];
  const groups = kind.groups(spot);
  const byKey = new Map(
    groups.flatMap((group) => group.choices).map((choice) => [choice.key, choice.value]),
  );
  const select = h(
    "select",
    { class: "field select", ...naming(spot) },
    h("option", { value: "" }, element.placeholder?.text ?? "Choose…"),
    groups.map(({ label, choices }) => {
      const options = choices.map((choice) => h("option", { value: choice.key }, choice.label));
      return label ? h("optgroup", { label }, options) : options;
    }),
  );
  select.value = kind.key(element[kind.initial]) ?? "";
  const read = () => ({ [kind.field]: byKey.get(select.value) ?? null });
  const write = (state) => {
    select.value = kind.key(state[kind.field]) ?? "";
  };
  return sending(spot, { node: select, read, write });
}

const people = ({ reader }) => [
  {
    choices: [...reader.people.values()].map((p) => ({
      key: p.id,
      value: p.id,
      label: p.real_name,
    })),
  },
];
const channels = ({ reader }) => [
  {
    choices: [...reader.channels.values()]
      .filter((c) => c.kind === "channel")
      .map((c) => ({ key: c.id, value: c.id, label: `#${c.name}` })),
  },
];
const conversations = (spot) => [...channels(spot), ...people(spot)];
const id = (value) => value;

const SOURCES = {
  static_select: {
    groups: optionGroups,
    field: "selected_option",
    initial: "initial_option",
    key: (option) => option?.value,
  },
  users_select: { groups: people, field: "selected_user", initial: "initial_user", key: id },
  channels_select: {
    groups: channels,
    field: "selected_channel",
    initial: "initial_channel",
    key: id,
  },
  conversations_select: {
    groups: conversations,
    field: "selected_conversation",
    initial: "initial_conversation",
    key: id,
  },
};

function optionGroups({ element }) {
  const choices = (options) =>
    options.map((option) => ({ key: option.value, value: option, label: option.text.text }));
  if (element.option_groups)
    return element.option_groups.map((group) => ({
      label: group.label.text,
      choices: choices(group.options),
    }));
  return [{ choices: choices(element.options) }];
}

/** Radio buttons: one of up to ten. */
export function radios(spot) {
  const chosen = spot.element.initial_option ? [spot.element.initial_option] : [];
  return boxes(
    spot,
    "radio",
    chosen,
    (options) => ({ selected_option: options[0] ?? null }),
    (state) => [state.selected_option].filter(Boolean),
  );
}

/** Checkboxes: any of up to ten. */
export function checkboxes(spot) {
  const chosen = spot.element.initial_options ?? [];
  return boxes(
    spot,
    "checkbox",
    chosen,
    (options) => ({ selected_options: options }),
    (state) => state.selected_options ?? [],
  );
}

function boxes(spot, type, chosen, toValue, fromState) {
  const { element, reader, labelledBy, describedBy } = spot;
  const name = newId("choice");
  const inputs = element.options.map((option) =>
    h("input", { type, name, value: option.value, data: { actionId: element.action_id } }),
  );
  const rows = element.options.map((option, index) =>
    h(
      "label",
      { class: "choice" },
      inputs[index],
      h(
        "span",
        { class: "choice-words" },
        h("span", {}, textObject(option.text, reader)),
        option.description && h("small", {}, textObject(option.description, reader)),
      ),
    ),
  );
  const node = h(
    "div",
    {
      class: "choices",
      role: type === "radio" ? "radiogroup" : "group",
      "aria-labelledby": labelledBy,
      "aria-describedby": describedBy,
      "aria-label": labelledBy ? null : "Choices",
    },
    rows,
  );
  const mark = (options) => {
    const values = new Set(options.map((option) => option.value));
    for (const input of inputs) input.checked = values.has(input.value);
  };
  mark(chosen);
  const read = () => toValue(element.options.filter((_, index) => inputs[index].checked));
  return sending(spot, { node, read, write: (state) => mark(fromState(state)) });
}
