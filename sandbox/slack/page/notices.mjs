// What rang for this person: direct messages of the app, mentions, and calls to everybody; as a quiet list.

import { ask } from "./desk.mjs";
import { h, icon, put } from "./dom.mjs";
import { spokenText } from "./notification.mjs";
import { author } from "./people.mjs";
import { place } from "./popover.mjs";
import { clock, dayHeading, instantOf } from "./time.mjs";

const MOST = 30;

/** The bell and its list; `look(channels, here)` fetches what is new in those unread that one does not look at. */
export function makeNotices(reader) {
  const found = new Map();
  const looked = new Map();
  const count = h("span", { class: "count", hidden: true });
  const list = h("div", {
    class: "menu notices",
    popover: "auto",
    role: "dialog",
    "aria-label": "Notifications",
    tabindex: "-1",
  });
  const button = h(
    "button",
    {
      type: "button",
      class: "button quiet bell",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
    },
    icon("bell"),
    count,
  );
  button.addEventListener("click", () => {
    list.showPopover();
    place(list, button);
    (list.querySelector("a") ?? list).focus();
  });
  list.addEventListener("toggle", (event) =>
    button.setAttribute("aria-expanded", String(event.newState === "open")),
  );
  list.addEventListener("click", (event) => event.target.closest("a") && list.hidePopover());

  async function look(channels, here) {
    for (const channel of channels) {
      if (channel.id === here || !channel.unread || looked.get(channel.id) === channel.latest)
        continue;
      looked.set(channel.id, channel.latest);
      const { messages } = await ask("/desk/messages", { as: reader.me.id, channel: channel.id });
      for (const message of messages ?? [])
        if (message.ts > channel.last_read && rings(message, channel, reader))
          found.set(`${channel.id} ${message.ts}`, { channel, message });
    }
    show(channels);
  }

  function show(channels) {
    const readUpTo = new Map(channels.map((channel) => [channel.id, channel.last_read]));
    const all = [...found.values()]
      .sort((a, b) => (a.message.ts < b.message.ts ? 1 : -1))
      .slice(0, MOST);
    const isNew = ({ channel, message }) => message.ts > (readUpTo.get(channel.id) ?? "");
    const fresh = all.filter(isNew).length;
    count.hidden = fresh === 0;
    count.textContent = fresh;
    button.setAttribute("aria-label", fresh ? `Notifications, ${fresh} new` : "Notifications");
    button.title = "Notifications";
    put(
      list,
      h("h2", {}, "Notifications"),
      all.length
        ? h(
            "ul",
            {},
            all.map((one) => h("li", {}, entry(one, isNew(one), reader))),
          )
        : h(
            "p",
            { class: "menu-empty" },
            "Nothing rang. Direct messages and mentions appear here.",
          ),
    );
  }

  show([...reader.channels.values()]);
  return { node: h("span", { class: "menu-anchor" }, button, list), look };
}

// A direct message of the app rings, and so does one's name and a call to everybody; one's own words do not.
function rings(message, channel, reader) {
  if (message.user === reader.me.id || message.ephemeral || message.subtype === "tombstone")
    return false;
  const called = new RegExp(`<@${reader.me.id}|<!(here|channel|everyone)`);
  return channel.kind === "im" || called.test(message.text ?? "");
}

function entry({ channel, message }, fresh, reader) {
  const at = instantOf(message.ts);
  const who = author(message, reader);
  const where = channel.kind === "im" ? "Direct message" : `#${channel.name}`;
  return h(
    "a",
    { class: `notice${fresh ? " fresh" : ""}`, href: reader.address({ channel: channel.id }) },
    who.avatar("medium"),
    h(
      "span",
      { class: "notice-words" },
      h("b", {}, who.name),
      h(
        "small",
        {},
        `${where} · ${dayHeading(at, reader.me.tz)}, ${clock(at, reader.me.tz, false)}`,
      ),
      h("span", { class: "notice-text" }, spokenText(message, reader)),
    ),
    fresh && h("span", { class: "dot", role: "img", "aria-label": "new" }),
  );
}
