// Interactive elements of blocks: each is a control that can be read, restored and pressed.

import { checkboxes, radios } from "./choices.mjs";
import { h, icon, newId } from "./dom.mjs";
import { textObject } from "./mrkdwn.mjs";
import { picker } from "./picker.mjs";
import { menuButton } from "./popover.mjs";
import { press } from "./press.mjs";
import { imageElement } from "./images.mjs";
import { dateField, dateTimeField, textField, timeField } from "./fields.mjs";
import { fileField } from "./file-field.mjs";
import { richTextField } from "./rich-field.mjs";

const DRAW = {
  button,
  checkboxes,
  datepicker: dateField,
  datetimepicker: dateTimeField,
  email_text_input: textField,
  feedback_buttons: feedback,
  file_input: fileField,
  icon_button: iconButton,
  image: imageElement,
  number_input: textField,
  overflow,
  plain_text_input: textField,
  radio_buttons: radios,
  rich_text_input: richTextField,
  static_select: picker,
  timepicker: timeField,
  url_text_input: textField,
  workflow_button: button,
  users_select: picker,
  channels_select: picker,
  conversations_select: picker,
  external_select: picker,
  multi_static_select: picker,
  multi_external_select: picker,
  multi_users_select: picker,
  multi_channels_select: picker,
  multi_conversations_select: picker,
};

/**
 * The control of one element. A spot is `{element, block, reader, surface, dispatch, labelledBy}`;
 * with `dispatch` a change is sent at once, otherwise it only becomes part of the state.
 */
export function element(spot) {
  const draw = DRAW[spot.element.type];
  if (!draw)
    return h("span", { class: "unknown" }, `Element “${spot.element.type}” is not shown here`);
  const { node, read, write } = draw(spot);
  if (read)
    spot.surface.controls.set(`${spot.block.block_id}\n${spot.element.action_id}`, {
      spot,
      read,
      write,
      node,
    });
  return node;
}

function button(spot) {
  const {
    element: { text, style, action_id, url, accessibility_label },
    reader,
  } = spot;
  const node = h(
    "button",
    {
      type: "button",
      class: `button ${style ?? ""}`,
      "aria-label": accessibility_label,
      data: { actionId: action_id },
    },
    h("span", {}, textObject(text, reader)),
  );
  node.addEventListener("click", () => {
    if (url && /^https?:/i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
    press(spot, {}, node);
  });
  return { node };
}

function overflow(spot) {
  const { element, reader } = spot;
  const node = h(
    "button",
    {
      type: "button",
      class: "button more",
      "aria-label": "More actions",
      data: { actionId: element.action_id },
    },
    icon("more"),
  );
  const items = () =>
    element.options.map((option) => ({
      label: textObject(option.text, reader),
      note: option.description?.text,
      chosen: () => {
        if (option.url && /^https?:/i.test(option.url))
          window.open(option.url, "_blank", "noopener,noreferrer");
        press(spot, { selected_option: option }, node);
      },
    }));
  return {
    node: menuButton(node, items, "More actions"),
    read: () => ({ selected_option: null }),
    write: () => {},
  };
}

function feedback(spot) {
  const { element, reader } = spot;
  const side = (choice, drawing) => {
    const label = choice.accessibility_label ?? choice.text.text;
    const node = h(
      "button",
      {
        type: "button",
        class: "button quiet",
        "aria-pressed": "false",
        title: choice.text.text,
        "aria-label": label,
        data: { actionId: element.action_id },
      },
      icon(drawing),
    );
    node.addEventListener("click", async () => {
      if (!(await press(spot, { value: choice.value, text: choice.text }, node))) return;
      for (const other of node.parentElement.children)
        other.setAttribute("aria-pressed", String(other === node));
    });
    return node;
  };
  const group = newId("feedback");
  return {
    node: h(
      "span",
      { class: "feedback", role: "group", id: group, "aria-label": "Feedback" },
      side(element.positive_button, "thumbsup"),
      side(element.negative_button, "thumbsdown"),
    ),
    reader,
  };
}

function iconButton(spot) {
  const { element, reader } = spot;
  const seenBy = element.visible_to_user_ids;
  if (seenBy && !seenBy.includes(reader.me.id)) return { node: null };
  const label = element.accessibility_label ?? element.text.text;
  const node = h(
    "button",
    {
      type: "button",
      class: "button quiet",
      title: element.text.text,
      "aria-label": label,
      data: { actionId: element.action_id },
    },
    icon("trash"),
  );
  node.addEventListener("click", () =>
    press(spot, { value: element.value, text: element.text }, node),
  );
  return { node };
}
