// Who somebody is on the page: a name, initials on a colour, and the app's own mark.

import { h, svg } from "./dom.mjs";

const SLACKBOT = "USLACKBOT";

/** The avatar of a person: initials, with a colour that stays theirs. */
export function avatar(person, size) {
  const initials = person.real_name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0])
    .join("")
    .toUpperCase();
  return h(
    "span",
    { class: `avatar ${size} tone-${person.tone ?? 5}`, "aria-hidden": "true" },
    initials,
  );
}

/** The avatar of the app: two lines that agree. */
export function appAvatar(size) {
  return h(
    "span",
    { class: `avatar ${size} app`, "aria-hidden": "true" },
    svg("svg", { viewBox: "0 0 32 32" }, svg("path", { d: "M8.5 12.5h15M8.5 19.5h15" })),
  );
}

/** The author of a message: `{name, isApp, avatar(size)}`. */
export function author(message, reader) {
  const isApp = Boolean(message.bot_id) || message.user === reader.bot.user_id;
  if (isApp)
    return {
      key: `app ${message.username ?? ""}`,
      name: message.username ?? reader.bot.name,
      isApp,
      avatar: appAvatar,
    };
  const person = reader.people.get(message.user) ?? {
    id: message.user ?? SLACKBOT,
    real_name: message.user === SLACKBOT ? "Slackbot" : (message.username ?? message.user),
  };
  return { key: person.id, name: person.real_name, isApp, avatar: (size) => avatar(person, size) };
}

/** The name of anybody by id. */
export function nameOf(id, reader) {
  return author({ user: id }, reader).name;
}
