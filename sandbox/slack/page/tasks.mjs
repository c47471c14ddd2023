// Progress of longer work: tasks with their state, alone or in a plan.

import { h, icon } from "./dom.mjs";
import { link } from "./mrkdwn.mjs";
import { richText } from "./richtext.mjs";

const STATES = {
  pending: ["ring", "Waiting"],
  in_progress: ["ring", "In progress"],
  complete: ["done", "Done"],
  error: ["failed", "Failed"],
};

/** One task: its state as a mark and in words, details, output and sources. */
export function taskCard(block, reader) {
  const state = Object.hasOwn(STATES, block.status) ? block.status : "pending";
  const [drawing, words] = STATES[state];
  const part = (content, className) =>
    content && h("div", { class: `text ${className}` }, richText(content, reader));
  return h(
    "div",
    { class: `task ${state}` },
    h("span", { class: "task-mark" }, icon(drawing)),
    h(
      "div",
      { class: "task-words" },
      h(
        "div",
        { class: "task-title" },
        block.title,
        h("span", { class: "spoken-only" }, `, ${words}`),
      ),
      part(block.details, "task-details"),
      part(block.output, "task-output"),
      block.sources?.length > 0 && sources(block.sources),
    ),
  );
}

function sources(list) {
  return h(
    "ul",
    { class: "task-sources", "aria-label": "Sources" },
    list.map(({ url, text }) => h("li", {}, link(url, [text || new URL(url).host]))),
  );
}

/** A plan: its title, how much of it is done, and its tasks in order. */
export function plan(block, reader) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter(({ status }) => status === "complete").length;
  const title = typeof block.title === "string" ? block.title : block.title?.text;
  return h(
    "details",
    { class: "plan", open: true },
    h(
      "summary",
      { class: "card-head" },
      h("span", { class: "card-title" }, title),
      tasks.length > 0 && h("span", { class: "plan-count" }, `${done} of ${tasks.length} done`),
      icon("down"),
    ),
    h(
      "ol",
      { class: "plan-tasks" },
      tasks.map((task) => h("li", {}, taskCard(task, reader))),
    ),
  );
}
