// One message as a node: who, when, what was said, its files, replies and reactions.

import { attachments, surfaceBlocks } from "./blocks.mjs";
import { h, icon } from "./dom.mjs";
import { emoji } from "./emoji.mjs";
import { files } from "./files.mjs";
import { messageTools, react, stopButton } from "./message-tools.mjs";
import { mrkdwn } from "./mrkdwn.mjs";
import { notification } from "./notification.mjs";
import { author, nameOf } from "./people.mjs";
import { counted } from "./rows.mjs";
import { clock, instantOf, moment } from "./time.mjs";

/** A message; `led` messages carry the author's name, others follow the one above. */
export function messageNode(message, told) {
  const { reader, surface, led, openThread } = told;
  const who = author(message, reader);
  const at = instantOf(message.ts);
  const said = clock(at, reader.me.tz, false);
  const time = h(
    "time",
    { class: "when", datetime: at.toISOString(), title: moment(at, reader.me.tz) },
    led ? said : said.replace(/ [AP]M$/, ""),
  );
  const gone = message.subtype === "tombstone";
  const spoken = h("div", { class: "spoken", hidden: !surface.spoken });
  if (surface.spoken) spoken.append(notification(message, reader));
  return h(
    "article",
    {
      class: classes(message, led, reader),
      tabindex: "-1",
      "aria-label": `${who.name}, ${said}${message.ephemeral ? ", only visible to you" : ""}`,
      data: { testid: "message", ts: message.ts },
    },
    message.ephemeral && note("eye", "Only visible to you"),
    message.subtype === "thread_broadcast" && broadcast(message, told),
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
      gone ? h("div", { class: "deleted" }, "This message was deleted.") : body(message, told),
      spoken,
      openThread && replies(message, told, at),
    ),
    !gone && messageTools(message, { ...told, spoken }),
  );
}

function classes(message, led, reader) {
  const mentioned = message.user !== reader.me.id && message.text?.includes(`<@${reader.me.id}`);
  const states = {
    led,
    ephemeral: message.ephemeral,
    mentioned: mentioned && !message.ephemeral,
    streaming: isStreaming(message),
  };
  return ["message", ...Object.keys(states).filter((name) => states[name])].join(" ");
}

function isStreaming(message) {
  return message.streaming_state === "in_progress";
}

function note(drawing, ...words) {
  return h("div", { class: "only-you" }, icon(drawing), h("span", {}, words));
}

function broadcast(message, { openThread }) {
  if (!openThread) return note("hash", "Also sent to the channel");
  const open = () => openThread(message.thread_ts);
  return note(
    "reply",
    "Replied to ",
    h("button", { type: "button", class: "as-link", onclick: open }, "a thread"),
  );
}

function body(message, { reader, surface }) {
  const edited = message.edited && h("small", { class: "edited" }, " (edited)");
  const typed = Boolean(message.client_msg_id);
  const built = message.blocks?.length && !typed;
  const growing = isStreaming(message) && h("span", { class: "growing", "aria-hidden": "true" });
  const text = message.text && mrkdwn(message.text, reader);
  return [
    built
      ? h(
          "div",
          { class: "blocks" },
          surfaceBlocks(message.blocks, reader, surface),
          edited,
          growing,
        )
      : (text || growing) && h("div", { class: "text" }, text, edited, growing),
    growing && h("div", { class: "growing-foot" }, stopButton(surface)),
    message.attachments && attachments(message.attachments, reader, surface),
    message.files && files(message.files),
    message.reactions?.length > 0 && reactions(message.reactions, reader, surface),
  ];
}

function reactions(list, reader, surface) {
  return h(
    "ul",
    { class: "reactions", "aria-label": "Reactions" },
    list.map(({ name, count, users }) => {
      const people = (users ?? []).map((id) => nameOf(id, reader)).join(", ");
      const words = name.replaceAll("_", " ");
      const mine = Boolean(users?.includes(reader.me.id));
      return h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: "reaction",
            "aria-pressed": String(mine),
            "aria-label": `${words}, ${count}: ${people}`,
            title: `${people} · ${words}`,
            data: { reaction: name },
            onclick: () => react(surface, name),
          },
          emoji(name),
          h("span", {}, String(count)),
        ),
      );
    }),
  );
}

function replies(message, { reader, openThread }) {
  const count = message.reply_count ?? 0;
  if (!count) return null;
  const last = message.latest_reply && instantOf(message.latest_reply);
  return h(
    "button",
    {
      type: "button",
      class: "replies",
      "aria-label": counted(count),
      onclick: () => openThread(message.ts),
    },
    h(
      "span",
      { class: "faces", "aria-hidden": "true" },
      (message.reply_users ?? []).map((id) => author({ user: id }, reader).avatar("small")),
    ),
    h("span", {}, counted(count)),
    last && h("small", {}, `Last reply ${clock(last, reader.me.tz, false)}`),
  );
}
