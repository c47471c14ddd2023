// A conversation or one of its threads: the list above, the composer below.

import { Composer } from "./composer.mjs";
import { asker, complain, inWords, tell } from "./desk.mjs";
import { h } from "./dom.mjs";
import { MessageList } from "./messages.mjs";

const memories = new Map();

/** A pane that shows `channel` (or the thread `thread` of it); `refresh()` fetches it again. */
export function makeConversation({ reader, channel, thread, notice, openThread }) {
  const as = reader.me.id;
  const list = new MessageList({
    reader,
    where: { as, channel: channel.id },
    notice,
    openThread,
    intro: thread ? null : intro(reader, channel),
    inThread: Boolean(thread),
  });
  const composer = new Composer({
    id: thread ? "thread-composer" : "composer",
    label: thread
      ? "Reply…"
      : `Message ${channel.kind === "im" ? reader.bot.name : `#${channel.name}`}`,
    commands: thread ? [] : reader.commands,
    memory: memoryOf(`${as} ${channel.id} ${thread ?? ""}`),
    sent: send,
  });
  const node = h("div", { class: "conversation" }, list.node, composer.node);

  async function send(text) {
    list.toBottom();
    const reply = await tell("/desk/type", {
      as,
      channel: channel.id,
      text,
      thread_ts: thread ?? undefined,
    });
    if (!reply.ok) complain(reply, notice);
    return Boolean(reply.ok) || text.startsWith("/");
  }

  const refresh = asker(
    "/desk/messages",
    () => ({ channel: channel.id, as, thread_ts: thread }),
    (reply) => (reply.messages ? list.update(reply.messages) : notice(inWords(reply))),
  );

  return { node, refresh, focus: () => composer.focus(), stop: () => list.stop() };
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
