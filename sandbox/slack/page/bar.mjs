// The bar above a conversation: what it is, who I act as, light or dark.

import { h, icon, put } from "./dom.mjs";
import { appAvatar, avatar } from "./people.mjs";
import { menuButton } from "./popover.mjs";
import { themeButton } from "./theme.mjs";
import { clock } from "./time.mjs";

/** Draws the bar; `become(person id)` changes who one acts as, `openRail()` shows the drawer of a phone. */
export function drawBar(bar, reader, channel, { become, openRail }) {
  put(
    bar,
    h(
      "button",
      { type: "button", class: "button quiet drawer", "aria-label": "Channels", onclick: openRail },
      icon("menu"),
    ),
    heading(reader, channel),
    h("div", { class: "bar-tools" }, themeButton(), personButton(reader, become)),
  );
}

function heading(reader, channel) {
  if (channel?.kind === "channel") {
    const members = channel.members?.length;
    return h(
      "div",
      { class: "place" },
      h("h1", {}, h("span", { class: "hash", "aria-hidden": "true" }, "#"), channel.name),
      h("p", {}, [members && `${members} members`, channel.topic].filter(Boolean).join(" · ")),
    );
  }
  const title = channel ? reader.bot.name : `${reader.bot.name} Home`;
  return h(
    "div",
    { class: "place" },
    h("h1", {}, appAvatar("small"), title),
    h("p", {}, channel ? "Direct message with the app" : "What the app shows only to you"),
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
