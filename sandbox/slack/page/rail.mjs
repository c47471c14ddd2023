// The left rail: the workspace, its channels, the direct messages with the app, and its Home where it has one.

import { h, icon, put } from "./dom.mjs";
import { appAvatar } from "./people.mjs";

/** Draws the rail; `unread` holds ids of channels with something new. */
export function drawRail(rail, reader, at, unread) {
  const channels = [...reader.channels.values()];
  const direct = channels.filter((channel) => channel.kind === "im");
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
      channels
        .filter((channel) => channel.kind === "channel")
        .map((channel) =>
          entry(
            reader,
            { channel: channel.id },
            icon("hash"),
            channel.name,
            at.channel === channel.id,
            unread.has(channel.id),
          ),
        ),
    ),
    group(
      "Direct messages",
      direct.map((channel) =>
        entry(
          reader,
          { channel: channel.id },
          appAvatar("small"),
          reader.bot.name,
          at.channel === channel.id,
          unread.has(channel.id),
        ),
      ),
    ),
    reader.bot.home &&
      group("Apps", [
        entry(
          reader,
          { channel: "home" },
          icon("home"),
          `${reader.bot.name} Home`,
          at.channel === "home",
          false,
        ),
      ]),
  );
}

function group(title, entries) {
  return (
    entries.length > 0 &&
    h("section", { class: "rail-group" }, h("h2", {}, title), h("ul", {}, entries))
  );
}

function entry(reader, to, mark, name, current, unread) {
  return h(
    "li",
    {},
    h(
      "a",
      {
        class: `rail-entry${unread ? " unread" : ""}`,
        href: reader.address(to),
        "aria-current": current ? "page" : null,
      },
      mark,
      h("span", { class: "rail-name" }, name),
      unread && h("span", { class: "dot", role: "img", "aria-label": "unread" }),
    ),
  );
}
