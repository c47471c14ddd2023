// The bar above a conversation: what it is, who I act as, light or dark.

import { h, icon, put } from "./dom.mjs";
import { appAvatar, avatar } from "./people.mjs";
import { menuButton } from "./popover.mjs";
import { themeButton } from "./theme.mjs";
import { clock } from "./time.mjs";

/** Draws the bar; `become(person id)` changes who one acts as, `openRail()` shows the drawer of a phone. */
export function drawBar(bar, reader, channel, { become, openRail, notices }) {
  put(
    bar,
    h(
      "button",
      { type: "button", class: "button quiet drawer", "aria-label": "Channels", onclick: openRail },
      icon("menu"),
    ),
    heading(reader, channel),
    h("div", { class: "bar-tools" }, notices, themeButton(), personButton(reader, become)),
  );
}

function heading(reader, channel) {
  if (channel && channel.kind !== "im") return roomHeading(channel);
  return h(
    "div",
    { class: "place app-place" },
    h("h1", {}, appAvatar("small"), channel ? reader.bot.name : `${reader.bot.name} Home`),
    reader.bot.home ? tabs(reader, channel) : h("p", {}, "Direct message with the app"),
  );
}

function roomHeading(channel) {
  const members = channel.members?.length;
  const kind = KINDS.find(([is]) => channel[is])?.[1];
  const mark = channel.is_private
    ? icon("lock")
    : h("span", { class: "hash", "aria-hidden": "true" }, "#");
  return h(
    "div",
    { class: "place" },
    h("h1", {}, mark, channel.name),
    h("p", {}, [kind, members && `${members} members`, channel.topic].filter(Boolean).join(" · ")),
  );
}

const KINDS = [
  ["is_archived", "Archived"],
  ["is_ext_shared", "Shared with another workspace"],
  ["is_private", "Private"],
];

// The app has two tabs: what it shows of itself, and what one writes with it.
function tabs(reader, channel) {
  const direct = [...reader.channels.values()].find(({ kind }) => kind === "im");
  const tab = (label, to, current) =>
    h(
      "a",
      { href: reader.address({ channel: to }), "aria-current": current ? "page" : null },
      label,
    );
  return h(
    "nav",
    { class: "tabs", "aria-label": `${reader.bot.name} tabs` },
    tab("Home", "home", !channel),
    direct && reader.bot.messages_tab !== false && tab("Messages", direct.id, Boolean(channel)),
  );
}

function personButton(reader, become) {
  const [first, rest] = reader.me.real_name.split(/ (.*)/);
  const button = h(
    "button",
    {
      type: "button",
      class: "person",
      data: { testid: "person", person: reader.me.id },
      "aria-label": `Acting as ${reader.me.real_name}`,
    },
    avatar(reader.me, "medium"),
    h(
      "span",
      { class: "person-words" },
      h("small", {}, "Acting as"),
      h("b", {}, first, h("span", { class: "last-name" }, rest && ` ${rest}`)),
    ),
    icon("down"),
  );
  const items = () =>
    [...reader.people.values()].map((person) => ({
      label: person.real_name,
      note: [
        person.title,
        person.is_restricted && "guest",
        person.is_stranger && "another workspace",
        `${clock(new Date(), person.tz, false)} in ${person.tz.split("/").at(-1).replaceAll("_", " ")}`,
      ]
        .filter(Boolean)
        .join(" · "),
      mark: avatar(person, "medium"),
      checked: person.id === reader.me.id,
      chosen: () => become(person.id),
    }));
  return menuButton(button, items, "Act as");
}
