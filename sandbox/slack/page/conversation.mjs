// A conversation or one of its threads: the list above, what goes on, the composer below.

import { makeAssistant } from "./assistant.mjs";
import { Composer } from "./composer.mjs";
import { asker, complain, inWords, tell } from "./desk.mjs";
import { h } from "./dom.mjs";
import { MessageList } from "./messages.mjs";
import { makeScheduled } from "./scheduled.mjs";

const memories = new Map();

/** A pane that shows `channel` (or the thread `thread` of it); `refresh()` fetches it again. */
export function makeConversation({ reader, channel, thread, notice, openThread }) {
  const where = { as: reader.me.id, channel: channel.id };
  const list = new MessageList({
    reader,
    where,
    notice,
    openThread,
    thread,
    readUpTo: thread ? null : channel.last_read,
    intro: thread ? null : intro(reader, channel),
  });
  const broadcast = thread && channel.kind !== "im" ? alsoToChannel(channel) : null;
  const composer = closedBecause(reader, channel)
    ? { node: closed(closedBecause(reader, channel)), focus: () => list.focus() }
    : new Composer({
        id: thread ? "thread-composer" : "composer",
        label: thread ? "Reply…" : `Message ${placeName(reader, channel)}`,
        reader,
        commands: thread ? [] : reader.commands,
        memory: memoryOf(`${where.as} ${channel.id} ${thread ?? ""}`),
        sent: send,
        shortcut: (id) => report(tell("/desk/shortcut", { as: where.as, callback_id: id })),
        below: broadcast?.node,
      });
  const scheduled = thread ? null : makeScheduled(where, reader);
  const assistant = makeAssistant({ where, thread, reader, ask: (words) => send(words) });
  const node = h(
    "div",
    { class: "conversation" },
    list.node,
    h("div", { class: "goings-on" }, assistant.node, scheduled?.node),
    composer.node,
  );

  async function report(answer) {
    const reply = await answer;
    if (!reply.ok) complain(reply, notice);
    return reply;
  }

  async function send(text) {
    list.toBottom();
    const reply_broadcast = broadcast?.taken() || undefined;
    const told = { ...where, text, thread_ts: thread ?? undefined, reply_broadcast };
    const reply = await report(tell("/desk/type", told));
    return Boolean(reply.ok) || text.startsWith("/");
  }

  const refreshList = asker(
    "/desk/messages",
    () => ({ ...where, thread_ts: thread }),
    (reply) => {
      if (!reply.messages) return notice(inWords(reply));
      list.update(reply.messages);
      return markRead(reply.messages.at(-1)?.ts);
    },
  );
  let marked = channel.last_read ?? "";

  // Read is what was on the screen of somebody who looks.
  function markRead(ts) {
    if (thread || !ts || ts <= marked || document.visibilityState !== "visible") return;
    marked = ts;
    tell("/desk/mark", { ...where, ts });
  }

  function refresh() {
    scheduled?.refresh();
    return refreshList();
  }

  return {
    node,
    refresh,
    hearAssistant: assistant.refresh,
    focus: () => composer.focus(),
    stop: () => list.stop(),
  };
}

function placeName(reader, channel) {
  return channel.kind === "im" ? reader.bot.name : `#${channel.name}`;
}

function closedBecause(reader, channel) {
  if (channel.is_archived) return `#${channel.name} is archived. It can be read, not written to.`;
  const readOnly = channel.kind === "im" && reader.bot.messages_read_only;
  return readOnly ? "Sending messages to this app has been turned off." : null;
}

function closed(words) {
  return h("div", { class: "composer" }, h("p", { class: "composer-closed" }, words));
}

function alsoToChannel(channel) {
  const box = h("input", { type: "checkbox" });
  const node = h("label", { class: "also" }, box, `Also send to #${channel.name}`);
  const taken = () => {
    const was = box.checked;
    box.checked = false;
    return was;
  };
  return { node, taken };
}

function memoryOf(key) {
  if (!memories.has(key)) memories.set(key, []);
  return memories.get(key);
}

function intro(reader, channel) {
  const words =
    channel.kind === "im"
      ? [
          `This is the beginning of your direct messages with ${reader.bot.name}.`,
          "Type / for its commands.",
        ]
      : [
          `This is the beginning of #${channel.name}.`,
          channel.topic || "Type / for the commands of the app.",
        ];
  return h("div", { class: "intro" }, h("h2", {}, words[0]), h("p", {}, words[1]));
}
