// One message as a node: who, when, what was said, its files, replies and reactions.

import { attachments, blocks } from "./blocks.mjs";
import { h, icon } from "./dom.mjs";
import { emoji } from "./emoji.mjs";
import { picture } from "./images.mjs";
import { mrkdwn } from "./mrkdwn.mjs";
import { author } from "./people.mjs";
import { menuButton } from "./popover.mjs";
import { clock, moment } from "./time.mjs";

/** The instant of a `ts`; the string itself stays the message's name. */
export function instantOf(ts) {
  return new Date(Number(ts.split(".")[0]) * 1000);
}

/** A message; `led` messages carry the author's name, others follow the one above. */
export function messageNode(message, { reader, surface, led, openThread }) {
  const who = author(message, reader);
  const at = instantOf(message.ts);
  const said = clock(at, reader.me.tz, false);
  const time = h(
    "time",
    { class: "when", datetime: at.toISOString(), title: moment(at, reader.me.tz) },
    led ? said : said.replace(/ [AP]M$/, ""),
  );
  return h(
    "article",
    {
      class: `message${led ? " led" : ""}${message.ephemeral ? " ephemeral" : ""}`,
      tabindex: "-1",
      "aria-label": `${who.name}, ${said}`,
      data: { testid: "message", ts: message.ts },
    },
    message.ephemeral && h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
    h("div", { class: "gutter" }, led ? who.avatar("large") : time),
    h(
      "div",
      { class: "said" },
      led &&
        h(
          "div",
          { class: "by" },
          h("span", { class: "name" }, who.name),
          who.isApp && h("span", { class: "badge" }, "APP"),
          time,
        ),
      body(message, reader, surface),
      openThread && replies(message, openThread),
    ),
    tools(message, { reader, surface, openThread }),
  );
}

function body(message, reader, surface) {
  const edited = message.edited && h("small", { class: "edited" }, " (edited)");
  const typed = Boolean(message.client_msg_id);
  const shown =
    message.blocks?.length && !typed
      ? [h("div", { class: "blocks" }, blocks(message.blocks, reader, surface)), edited]
      : message.text && [h("div", { class: "text" }, mrkdwn(message.text, reader), edited)];
  const spoken = h(
    "p",
    { class: "spoken", hidden: true },
    h("b", {}, "Notification text: "),
    message.text || "none",
  );
  return [
    shown,
    spoken,
    message.attachments && attachments(message.attachments, reader, surface),
    message.files && h("div", { class: "files" }, message.files.map(file)),
    message.reactions && h("div", { class: "reactions" }, message.reactions.map(reaction)),
  ];
}

function file({ id, name, title, mimetype, size }) {
  const address = `/files/${encodeURIComponent(id)}`;
  const label = title || name;
  const row = h(
    "a",
    { class: "file", href: address, download: name, target: "_blank", rel: "noopener" },
    icon("file"),
    h(
      "span",
      {},
      h("b", {}, label),
      h(
        "small",
        {},
        [mimetype, size && `${Math.max(1, Math.round(size / 1024)).toLocaleString("en-US")} kB`]
          .filter(Boolean)
          .join(" · "),
      ),
    ),
  );
  if (!mimetype?.startsWith("image/")) return row;
  return h(
    "figure",
    { class: "picture" },
    h("figcaption", {}, label),
    picture({ slack_file: { id } }, label, "wide-image"),
  );
}

function reaction({ name, count, users }) {
  return h(
    "span",
    { class: "reaction", title: (users ?? []).join(", ") },
    emoji(name),
    ` ${count}`,
  );
}

function replies(message, openThread) {
  const count = message.reply_count ?? 0;
  if (!count) return null;
  return h(
    "button",
    { type: "button", class: "replies", onclick: () => openThread(message.ts) },
    icon("reply"),
    `${count} ${count === 1 ? "reply" : "replies"}`,
  );
}

function tools(message, { reader, surface, openThread }) {
  const spoken = h(
    "button",
    {
      type: "button",
      class: "tool",
      title: "Notification text",
      "aria-label": "Notification text",
      "aria-expanded": "false",
    },
    icon("lines"),
  );
  spoken.addEventListener("click", () => {
    const line = spoken.closest(".message").querySelector(".spoken");
    line.hidden = !line.hidden;
    spoken.setAttribute("aria-expanded", String(!line.hidden));
  });
  const reply =
    openThread &&
    !message.ephemeral &&
    h(
      "button",
      {
        type: "button",
        class: "tool",
        title: "Reply in thread",
        "aria-label": "Reply in thread",
        onclick: () => openThread(message.ts),
      },
      icon("reply"),
    );
  return h(
    "div",
    { class: "tools" },
    reply,
    spoken,
    reader.shortcuts.length > 0 && !message.ephemeral && shortcuts(reader, surface),
  );
}

// The app's shortcuts on this message.
function shortcuts(reader, surface) {
  const button = h(
    "button",
    { type: "button", class: "tool", title: "More actions", "aria-label": "More message actions" },
    icon("more"),
  );
  const items = () =>
    reader.shortcuts.map(({ name, description, callback_id: id }) => ({
      label: name,
      note: description,
      chosen: () => surface.shortcut(id),
    }));
  return menuButton(button, items, "Message shortcuts");
}
