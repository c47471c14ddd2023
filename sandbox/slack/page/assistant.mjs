// What the app says of itself in a direct message: that it is at work, and what one could ask.

import { asker } from "./desk.mjs";
import { h, icon, put } from "./dom.mjs";

const EVERY = 2_500; // milliseconds a loading message stays
const NOTHING = { status: "", loading_messages: [], prompts: { title: "", prompts: [] } };

/** The status line and the suggested prompts of a direct message or one of its threads. */
export function makeAssistant({ where, thread, reader, ask }) {
  const status = h("div", { class: "assistant-status", role: "status" });
  const prompts = h("div", { class: "prompts" });
  const node = h("div", { class: "assistant" }, prompts, status);
  let shown = JSON.stringify(NOTHING);
  let turning = null;

  function show(reply) {
    const told = { ...NOTHING, ...reply };
    const print = JSON.stringify(told);
    if (print === shown) return;
    shown = print;
    clearInterval(turning);
    showStatus(told);
    put(prompts, told.prompts?.prompts?.length > 0 && suggestions(told.prompts, ask));
  }

  function showStatus({ status: words, loading_messages: loading }) {
    if (!words) return put(status);
    const all = loading?.length ? loading : [`${reader.bot.name} ${words}`];
    let at = 0;
    const line = h("span", {}, all[0]);
    put(status, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), line);
    if (all.length > 1)
      turning = setInterval(() => {
        at = (at + 1) % all.length;
        line.textContent = all[at];
        if (!node.isConnected) clearInterval(turning);
      }, EVERY);
    return status;
  }

  const refresh = asker("/desk/assistant", () => ({ ...where, thread_ts: thread }), show);
  refresh();
  return { node, refresh };
}

function suggestions({ title, prompts }, ask) {
  return h(
    "div",
    { role: "group", "aria-label": title || "Suggested questions" },
    title && h("p", { class: "prompts-title" }, title),
    h(
      "div",
      { class: "prompts-row" },
      prompts.map((prompt) =>
        h(
          "button",
          {
            type: "button",
            class: "prompt",
            title: prompt.message,
            onclick: () => ask(prompt.message),
          },
          h("span", {}, prompt.title),
          icon("next"),
        ),
      ),
    ),
  );
}
