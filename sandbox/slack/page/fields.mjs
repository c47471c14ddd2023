// Fields people type into: texts, numbers, addresses, dates and times.

import { h } from "./dom.mjs";
import { press } from "./press.mjs";
import { secondsToWall, wallToSeconds } from "./time.mjs";

const KINDS = {
  email_text_input: { type: "email", inputmode: "email", autocomplete: "off" },
  number_input: { type: "text", inputmode: "decimal", autocomplete: "off" },
  plain_text_input: { type: "text", autocomplete: "off" },
  url_text_input: { type: "url", inputmode: "url", autocomplete: "off" },
};

/** One line or several; with `dispatch` it is sent on Enter, or on each character if the app asks so. */
export function textField(spot) {
  const { element, dispatch } = spot;
  const node = h(element.multiline ? "textarea" : "input", {
    class: "field",
    ...(element.multiline ? { rows: 4 } : KINDS[element.type]),
    ...naming(spot),
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    minlength: element.min_length,
  });
  node.value = element.initial_value ?? "";
  const moments = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const send = () => press(spot, { value: node.value || null }, node);
  if (dispatch && moments.includes("on_character_entered")) node.addEventListener("input", send);
  if (dispatch && moments.includes("on_enter_pressed")) {
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      send();
    });
  }
  const made = control(
    node,
    (value) => ({ value: value || null }),
    (state) => state.value ?? "",
  );
  if (!dispatch) node.addEventListener("change", () => remember(spot, made.read()));
  return made;
}

/** A day, as "YYYY-MM-DD". */
export function dateField(spot) {
  const node = moment(spot, "date", spot.element.initial_date);
  return sending(
    spot,
    control(
      node,
      (value) => ({ selected_date: value || null }),
      (state) => state.selected_date ?? "",
    ),
  );
}

/** A time of day, as "HH:mm". */
export function timeField(spot) {
  const node = moment(spot, "time", spot.element.initial_time);
  const zone = spot.element.timezone ?? spot.reader.me.tz;
  const read = (value) => ({ selected_time: value || null, timezone: zone });
  return sending(
    spot,
    control(node, read, (state) => state.selected_time ?? ""),
  );
}

/** An instant, typed in the person's own zone and kept as seconds since 1970. */
export function dateTimeField(spot) {
  const zone = spot.reader.me.tz;
  const initial = spot.element.initial_date_time;
  const node = moment(spot, "datetime-local", initial && secondsToWall(initial, zone));
  const read = (value) => ({ selected_date_time: value ? wallToSeconds(value, zone) : null });
  return sending(
    spot,
    control(node, read, (state) =>
      state.selected_date_time ? secondsToWall(state.selected_date_time, zone) : "",
    ),
  );
}

function moment(spot, type, initial) {
  const node = h("input", {
    class: "field moment",
    type,
    ...naming(spot),
    title: spot.element.placeholder?.text,
  });
  node.value = initial ?? "";
  return node;
}

function control(node, toValue, toText) {
  return {
    node,
    read: () => toValue(node.value.trim()),
    write: (state) => {
      node.value = toText(state);
    },
  };
}

const CALLED = {
  datepicker: "Date",
  datetimepicker: "Date and time",
  timepicker: "Time",
  plain_text_input: "Text",
};

/** The attributes that name a control: its label's id, or the placeholder where no label is. */
export function naming({ element, labelledBy, describedBy }) {
  return {
    "data-action-id": element.action_id,
    "aria-labelledby": labelledBy,
    "aria-describedby": describedBy,
    "aria-label": labelledBy
      ? null
      : (element.accessibility_label ??
        element.placeholder?.text ??
        CALLED[element.type] ??
        "Choose"),
    autofocus: element.focus_on_load,
  };
}

/** The control, sending its value whenever it changes; a declined confirmation restores the old one. */
export function sending(spot, control) {
  const { node, read, write } = control;
  let before = read();
  node.addEventListener("change", async () => {
    const sent = read();
    if (!spot.dispatch) return remember(spot, sent);
    if (await press(spot, sent, node)) before = sent;
    else write(before);
    return undefined;
  });
  return control;
}

/** Tells the workspace what a quiet input holds now; nothing is sent to the app. */
export function remember({ surface, block, element }, value) {
  surface.remember(block.block_id, element.action_id, value);
}
