// The left rail: the workspace, its channels, the direct messages with the app, and its Home where it has one.

import { h, icon, put } from "./dom.mjs";
import { appAvatar } from "./people.mjs";

const MARKS = [
  ["is_archived", "archive"],
  ["is_ext_shared", "link"],
  ["is_private", "lock"],
];

/** Draws the rail; a channel with something unread is bold, a direct message says how many. */
export function drawRail(rail, reader, at) {
  const channels = [...reader.channels.values()];
  const here = (id) => at.channel === id;
  const unread = (channel) => (here(channel.id) ? 0 : (channel.unread ?? 0));
  const rooms = channels.filter(({ kind }) => kind !== "im");
  put(
    rail,
    h(
      "div",
      { class: "workspace" },
      h("span", { class: "workspace-mark", "aria-hidden": "true" }, reader.team.name[0]),
      h("span", {}, h("b", {}, reader.team.name), h("small", {}, "Local Slack")),
    ),
    group(
      "Channels",
      rooms.map((channel) =>
        entry(reader.address({ channel: channel.id }), icon(markOf(channel)), channel.name, {
          current: here(channel.id),
          unread: unread(channel),
          dim: channel.is_archived,
        }),
      ),
    ),
    group(
      "Direct messages",
      channels
        .filter(({ kind }) => kind === "im")
        .map((channel) =>
          entry(reader.address({ channel: channel.id }), appAvatar("small"), reader.bot.name, {
            current: here(channel.id),
            unread: unread(channel),
            counted: true,
          }),
        ),
    ),
    reader.bot.home &&
      group("Apps", [
        entry(reader.address({ channel: "home" }), icon("home"), `${reader.bot.name} Home`, {
          current: here("home"),
          unread: 0,
        }),
      ]),
  );
}

function markOf(channel) {
  return MARKS.find(([is]) => channel[is])?.[1] ?? "hash";
}

function group(title, entries) {
  return (
    entries.length > 0 &&
    h("section", { class: "rail-group" }, h("h2", {}, title), h("ul", {}, entries))
  );
}

function entry(href, mark, name, { current, unread, counted, dim }) {
  const states = `${unread ? " unread" : ""}${dim ? " dim" : ""}`;
  return h(
    "li",
    {},
    h(
      "a",
      { class: `rail-entry${states}`, href, "aria-current": current ? "page" : null },
      mark,
      h("span", { class: "rail-name" }, name),
      unread > 0 && unreadMark(unread, counted),
    ),
  );
}

function unreadMark(unread, counted) {
  if (!counted) return h("span", { class: "dot", role: "img", "aria-label": "unread" });
  return h(
    "span",
    { class: "count" },
    String(unread),
    h("span", { class: "spoken-only" }, " unread"),
  );
}
