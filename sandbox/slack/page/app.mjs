// The page: reads its address, draws that place for that person, and fetches again what is said to have changed.

import { drawBar } from "./bar.mjs";
import { makeConversation } from "./conversation.mjs";
import { ask, asker, inWords, listen, tell } from "./desk.mjs";
import { h, icon, put } from "./dom.mjs";
import { makeHome } from "./home.mjs";
import { Modal } from "./modal.mjs";
import { addressOf, FIRST_PERSON, readPlace } from "./place.mjs";
import { drawRail } from "./rail.mjs";
import { makeReader } from "./reader.mjs";
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
const now = { reader: null, at: {}, pane: null, thread: null, stop: () => {}, unread: new Set() };

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
  Object.assign(now, {
    reader: makeReader(state),
    at: {},
    unread: new Set(),
    stop: listen(state.me.id, hear),
  });
  refreshViews();
  return true;
}

function go(place) {
  const before = now.at;
  now.at = place;
  now.unread.delete(place.channel);
  app.classList.remove("rail-open");
  const channel = now.reader.channels.get(place.channel);
  if (place.as !== before.as || place.channel !== before.channel) showPane(place, channel);
  if (place.as !== before.as || place.channel !== before.channel || place.thread !== before.thread)
    showThread(place, channel);
  drawRail(rail, now.reader, place, now.unread);
}

function showPane(place, channel) {
  now.pane?.stop();
  drawBar(bar, now.reader, channel, {
    become: (as) =>
      location.assign(addressOf({ as, channel: channel?.kind === "im" ? "im" : place.channel })),
    openRail,
  });
  document.title = `${channel ? (channel.kind === "im" ? now.reader.bot.name : `#${channel.name}`) : "Home"} · ${now.reader.team.name}`;
  now.pane = channel
    ? makeConversation({
        reader: now.reader,
        channel,
        notice: toast,
        openThread: (thread) => location.assign(addressOf({ ...now.at, thread })),
      })
    : homePane();
  put(paneBox, now.pane.node);
  if (!channel || channel.kind === "im")
    tell("/desk/home/open", { as: place.as, tab: channel ? "messages" : "home" });
  now.pane.refresh();
  if (channel && matchMedia("(hover: hover)").matches) now.pane.focus();
}

function homePane() {
  const { reader } = now;
  const home = makeHome(reader, toast);
  const published = () => ({ as: reader.me.id });
  const refresh = asker("/desk/home", published, (reply) => home.update(reply.view ?? null));
  return { ...home, refresh, focus: () => home.node.focus() };
}

function showThread(place, channel) {
  now.thread?.stop();
  now.thread = null;
  threadBox.hidden = !place.thread;
  app.classList.toggle("with-thread", Boolean(place.thread));
  if (!place.thread) return put(threadBox);
  now.thread = makeConversation({
    reader: now.reader,
    channel,
    thread: place.thread,
    notice: toast,
  });
  const closing = h(
    "button",
    { type: "button", class: "button quiet", "aria-label": "Close thread", onclick: closeThread },
    icon("close"),
  );
  put(
    threadBox,
    h(
      "header",
      { class: "bar" },
      h(
        "div",
        { class: "place" },
        h("h2", {}, "Thread"),
        h("p", {}, channel.kind === "im" ? now.reader.bot.name : `#${channel.name}`),
      ),
      closing,
    ),
    now.thread.node,
  );
  now.thread.refresh();
  return now.thread.focus();
}

function closeThread() {
  location.assign(addressOf({ ...now.at, thread: null }));
}

function hear(event) {
  if (event.type === "notice") toast(event.text);
  if (event.type === "views" || event.type === "again") refreshViews();
  if (event.type === "home" && now.at.channel === "home") now.pane?.refresh();
  if (event.type === "message" && event.channel !== now.at.channel) markUnread(event.channel);
  else if (event.type === "message" || event.type === "again") {
    now.pane?.refresh();
    now.thread?.refresh();
  }
}

function markUnread(channel) {
  if (!now.reader.channels.has(channel)) return;
  now.unread.add(channel);
  drawRail(rail, now.reader, now.at, now.unread);
}

const refreshViews = asker(
  "/desk/views",
  () => ({ as: now.reader.me.id }),
  (reply) => reply.stack && modal.show(reply.stack, now.reader),
);

function openRail() {
  app.classList.add("rail-open");
  rail.querySelector("a")?.focus();
}

// The skip link moves the keyboard and leaves the address alone, which says where we are.
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  now.pane?.focus();
});
scrim.addEventListener("click", () => app.classList.remove("rail-open"));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") app.classList.remove("rail-open");
});
addEventListener("hashchange", arrive);
arrive();
