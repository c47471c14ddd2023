// The small tools of a message: react, reply, read it as a notification, the app's shortcuts, change one's own words.

import { confirmed } from "./confirm.mjs";
import { complain, tell } from "./desk.mjs";
import { h, icon, put } from "./dom.mjs";
import { emoji } from "./emoji.mjs";
import { spokenText, notification } from "./notification.mjs";
import { menuButton } from "./popover.mjs";

const OFFERED = {
  white_check_mark: "Check mark",
  eyes: "Eyes: I look into it",
  "+1": "Thumbs up",
  tada: "Party",
  raised_hands: "Raised hands",
  x: "Cross",
};

/** The tools; they are there while one points at the message or the keyboard is in it. */
export function messageTools(message, { reader, surface, openThread, spoken }) {
  const posted = !message.ephemeral;
  const thread = message.thread_ts ?? message.ts;
  return h(
    "div",
    { class: "tools", role: "group", "aria-label": "Message actions" },
    posted && reactionMenu(surface),
    openThread && posted && tool("Reply in thread", "reply", { onclick: () => openThread(thread) }),
    asNotification(message, reader, surface, spoken),
    posted && more(message, reader, surface),
  );
}

function tool(label, drawing, properties) {
  return h(
    "button",
    { type: "button", class: "tool", title: label, "aria-label": label, ...properties },
    icon(drawing),
  );
}

/** Puts the person's emoji on a message, or takes it off. */
export async function react(surface, name) {
  const reply = await tell("/desk/react", { ...surface.where, name });
  if (!reply.ok) complain(reply, surface.notice);
}

function reactionMenu(surface) {
  const items = () =>
    Object.entries(OFFERED).map(([name, label]) => ({
      mark: h("span", { class: "menu-emoji", "aria-hidden": "true" }, emoji(name)),
      label,
      chosen: () => react(surface, name),
    }));
  return menuButton(tool("Add reaction", "smile"), items, "Reactions");
}

// Shows what a phone would show and a screen reader would say: the text alone, and the alternative texts.
function asNotification(message, reader, surface, spoken) {
  const button = tool("Notification text", "bell", {
    "aria-expanded": String(Boolean(surface.spoken)),
  });
  button.addEventListener("click", () => {
    surface.spoken = !surface.spoken;
    spoken.hidden = !surface.spoken;
    if (surface.spoken) put(spoken, notification(message, reader));
    button.setAttribute("aria-expanded", String(surface.spoken));
  });
  return button;
}

// The app's shortcuts on this message; and what one may do with one's own.
function more(message, reader, surface) {
  const offered = reader.shortcuts.map(({ name, description, callback_id: id }) => ({
    label: name,
    note: description,
    chosen: () => surface.shortcut(id),
  }));
  const own = message.user === reader.me.id && [
    { label: "Edit message", chosen: () => edit(message, reader, surface) },
    { label: "Delete message", chosen: () => remove(message, reader, surface) },
  ];
  const all = [...offered, ...(own || [])];
  if (!all.length) return null;
  const button = tool("More message actions", "more", { title: "More actions" });
  return menuButton(button, () => all, "Message shortcuts");
}

async function edit(message, reader, surface) {
  const field = h("textarea", { class: "field", rows: 4, "aria-label": "Message" });
  field.value = spokenText(message, reader);
  const yes = await confirmed({
    title: "Edit message",
    content: field,
    yes: "Save",
    no: "Cancel",
    style: "primary",
  });
  if (yes && field.value.trim()) await change("/desk/edit", surface, { text: field.value.trim() });
}

async function remove(message, reader, surface) {
  const yes = await confirmed({
    title: "Delete message",
    content: h("blockquote", {}, spokenText(message, reader)),
    yes: "Delete",
    no: "Cancel",
    style: "danger",
  });
  if (yes) await change("/desk/delete", surface, {});
}

async function change(path, surface, told) {
  const reply = await tell(path, { ...surface.where, ...told });
  if (!reply.ok) complain(reply, surface.notice);
}

/** A button that ends a message that is still being written. */
export function stopButton(surface) {
  const stop = async () => {
    button.setAttribute("aria-busy", "true");
    await change("/desk/stop", surface, {});
    button.removeAttribute("aria-busy");
  };
  const button = h(
    "button",
    { type: "button", class: "button small", onclick: stop },
    "Stop writing",
  );
  return button;
}
