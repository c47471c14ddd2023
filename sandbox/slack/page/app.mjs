// The page: reads its address, draws that place for that person, and fetches again what is said to have changed.

import { drawBar } from "./bar.mjs";
import { makeConversation } from "./conversation.mjs";
import { ask, asker, inWords, listen, tell } from "./desk.mjs";
import { put } from "./dom.mjs";
import { makeHome } from "./home.mjs";
import { Modal } from "./modal.mjs";
import { makeNotices } from "./notices.mjs";
import { addressOf, FIRST_PERSON, readPlace } from "./place.mjs";
import { drawRail } from "./rail.mjs";
import { makeReader } from "./reader.mjs";
import { threadPanel } from "./thread.mjs";
import { toast } from "./toast.mjs";

const [app, rail, bar, paneBox, threadBox, scrim] = [
  "app",
  "rail",
  "bar",
  "pane",
  "thread",
  "scrim",
].map((id) => document.getElementById(id));
const modal = new Modal(toast);
const now = { reader: null, at: {}, pane: null, thread: null, notices: null, stop: () => {} };

// Slack forgets what only one person saw when that person reloads; a link followed is no reload.
const reloaded = [performance.getEntriesByType("navigation")[0]?.type === "reload"];

async function arrive() {
  const wanted = readPlace();
  if (wanted.as !== now.at.as || !now.reader) {
    if (!(await become(wanted.as))) return;
  }
  const { reader } = now;
  const channel = found(wanted.channel, reader);
  const place = { as: reader.me.id, channel, thread: channel === "home" ? null : wanted.thread };
  if (addressOf(place) !== location.hash) history.replaceState(null, "", addressOf(place));
  go(place);
}

// `im` stands for whoever's own direct messages with the app; anything unknown for the first channel.
function found(wanted, reader) {
  if (wanted === "home" || reader.channels.has(wanted)) return wanted;
  const all = [...reader.channels.values()];
  return (wanted === "im" ? all.find((channel) => channel.kind === "im") : all[0]).id;
}

// Everything of the person before is dropped; false if this one could not be read.
async function become(person) {
  now.stop();
  modal.vanish();
  const state = await ask("/desk/state", {
    as: person ?? localStorage.getItem("as") ?? FIRST_PERSON,
  });
  if (!state.me) {
    localStorage.removeItem("as");
    toast(inWords(state));
    return false;
  }
  if (reloaded.shift()) await tell("/desk/reload", { as: state.me.id });
  localStorage.setItem("as", state.me.id);
  const reader = makeReader(state);
  const stop = listen(state.me.id, hear);
  Object.assign(now, { reader, at: {}, notices: makeNotices(reader), stop });
  refreshViews();
  return true;
}

function go(place) {
  const before = now.at;
  now.at = place;
  app.classList.remove("rail-open");
  const channel = now.reader.channels.get(place.channel);
  const elsewhere = place.as !== before.as || place.channel !== before.channel;
  if (elsewhere) showPane(place, channel);
  if (elsewhere || place.thread !== before.thread) showThread(place, channel);
  drawRail(rail, now.reader, place);
}

function showPane(place, channel) {
  now.pane?.stop();
  const { reader } = now;
  const become = (as) =>
    location.assign(addressOf({ as, channel: channel?.kind === "im" ? "im" : place.channel }));
  drawBar(bar, reader, channel, { become, openRail, notices: now.notices.node });
  const name = channel && (channel.kind === "im" ? reader.bot.name : `#${channel.name}`);
  document.title = `${name ?? "Home"} · ${reader.team.name}`;
  const openThread = (thread) => location.assign(addressOf({ ...now.at, thread }));
  now.pane = channel
    ? makeConversation({ reader, channel, notice: toast, openThread })
    : makeHome(reader, toast);
  put(paneBox, now.pane.node);
  if (!channel || channel.kind === "im")
    tell("/desk/home/open", { as: place.as, tab: channel ? "messages" : "home" });
  now.pane.refresh();
  if (channel && matchMedia("(hover: hover)").matches) now.pane.focus();
}

function showThread(place, channel) {
  now.thread?.stop();
  now.thread = null;
  threadBox.hidden = !place.thread;
  app.classList.toggle("with-thread", Boolean(place.thread));
  if (!place.thread) return put(threadBox);
  const { reader } = now;
  now.thread = makeConversation({ reader, channel, thread: place.thread, notice: toast });
  put(threadBox, threadPanel(channel, reader, now.thread.node, closeThread));
  now.thread.refresh();
  return now.thread.focus();
}

// The keyboard returns to the message whose thread it was.
function closeThread() {
  const parent = now.at.thread;
  location.assign(addressOf({ ...now.at, thread: null }));
  paneBox.querySelector(`[data-ts="${CSS.escape(parent)}"]`)?.focus({ preventScroll: true });
}

function hear(event) {
  const here = event.channel === now.at.channel;
  if (event.type === "notice") toast(event.text);
  if (event.type === "views" || event.type === "again") refreshViews();
  if (event.type === "home" && now.at.channel === "home") now.pane?.refresh();
  if ((event.type === "message" && here) || event.type === "again") {
    now.pane?.refresh();
    now.thread?.refresh();
  }
  if (event.type === "assistant" && here) {
    now.pane?.hearAssistant?.();
    now.thread?.hearAssistant();
  }
  if (["message", "read", "again"].includes(event.type)) refreshUnread();
}

const refreshUnread = asker(
  "/desk/state",
  () => ({ as: now.reader.me.id }),
  (state) => {
    if (state.me?.id !== now.reader.me.id) return;
    for (const channel of state.channels) now.reader.channels.set(channel.id, channel);
    drawRail(rail, now.reader, now.at);
    now.notices.look(state.channels, document.hidden ? null : now.at.channel);
  },
);

const refreshViews = asker(
  "/desk/views",
  () => ({ as: now.reader.me.id }),
  (reply) => reply.stack && modal.show(reply.stack, now.reader),
);

function openRail() {
  app.classList.add("rail-open");
  rail.querySelector("a")?.focus();
}

function closeRail() {
  if (!app.classList.contains("rail-open")) return false;
  app.classList.remove("rail-open");
  bar.querySelector(".drawer")?.focus();
  return true;
}

// The skip link moves the keyboard and leaves the address alone, which says where we are.
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  now.pane?.focus();
});
scrim.addEventListener("click", closeRail);
// Dialogs and menus take Escape before it comes here.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || closeRail()) return;
  if (document.querySelector(":popover-open:not(.toasts), dialog[open]")) return;
  if (now.at.thread && threadBox.contains(document.activeElement)) closeThread();
});
document.addEventListener("visibilitychange", () => document.hidden || now.pane?.refresh());
addEventListener("hashchange", arrive);
arrive();
