// Choices that all stand there: radio buttons and checkboxes.

import { h, newId } from "./dom.mjs";
import { textObject } from "./mrkdwn.mjs";
import { sending } from "./fields.mjs";

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
