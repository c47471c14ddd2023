// The modal: the top view of the person's stack, its fields and their errors.

import { blocks } from "./blocks.mjs";
import { complain, inWords, tell } from "./desk.mjs";
import { h, icon, put } from "./dom.mjs";
import { textObject } from "./mrkdwn.mjs";
import { makeSurface, restore, values } from "./surface.mjs";
import { fieldProblems } from "./complete.mjs";

/** The one dialog of the page; `show(stack)` after every change of the stack. */
export function makeModal(notice) {
  const open = { dialog: null, view: null, surface: null, reader: null };

  function show(stack, reader) {
    const view = stack.at(-1);
    if (!view) return vanish();
    if (open.view?.id === view.id && open.view.hash === view.hash) return undefined;
    const saved = open.view?.id === view.id ? values(open.surface) : (kept.get(view.id) ?? view.state?.values);
    if (open.view && open.view.id !== view.id) kept.set(open.view.id, values(open.surface));
    const focused = open.dialog?.contains(document.activeElement) ? document.activeElement.dataset.actionId : null;
    open.surface = makeSurface({ as: reader.me.id, view_id: view.id }, notice);
    open.dialog ??= makeDialog();
    Object.assign(open, { view, reader });
    put(open.dialog, form(view, stack.length, reader));
    if (saved) restore(open.surface, saved);
    if (!open.dialog.open) open.dialog.showModal();
    startingPoint(open.dialog, focused)?.focus();
    return undefined;
  }

  const kept = new Map();

  function vanish() {
    open.dialog?.close();
    open.dialog?.remove();
    Object.assign(open, { dialog: null, view: null, surface: null });
    kept.clear();
  }

  function makeDialog() {
    const dialog = h("dialog", { class: "modal", data: { testid: "modal" } });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      leave(false);
    });
    document.body.append(dialog);
    return dialog;
  }

  async function leave(all) {
    const reply = await tell("/desk/close", { as: open.reader.me.id, view_id: open.view.id, all });
    if (!reply.ok) complain(reply, notice);
  }

  function form(view, depth, reader) {
    const title = h("h2", { id: "modal-title" }, textObject(view.title, reader));
    open.dialog.setAttribute("aria-labelledby", "modal-title");
    const closing = h("button", { type: "button", class: "button", onclick: () => leave(false) }, view.close ? textObject(view.close, reader) : "Close");
    const submit = view.submit && h("button", { type: "submit", class: "button primary" }, h("span", {}, textObject(view.submit, reader)));
    const node = h("form", { class: "dialog-form", novalidate: true },
      h("div", { class: "dialog-head" },
        depth > 1 && h("button", { type: "button", class: "button quiet", "aria-label": "Back", onclick: () => leave(false) }, icon("back")),
        title,
        h("button", { type: "button", class: "button quiet", "aria-label": "Close window", onclick: () => leave(depth > 1) }, icon("close"))),
      h("div", { class: "dialog-body" }, h("div", { class: "dialog-error", role: "alert" }), blocks(view.blocks, reader, open.surface)),
      h("div", { class: "dialog-foot" }, closing, submit));
    node.addEventListener("submit", (event) => {
      event.preventDefault();
      if (submit) hand(node, submit);
    });
    return node;
  }

  async function hand(node, submit) {
    const state = values(open.surface);
    const problems = fieldProblems(open.view.blocks, state);
    say(node, problems, "");
    if (Object.keys(problems).length || submit.getAttribute("aria-busy") === "true") return;
    submit.setAttribute("aria-busy", "true");
    const reply = await tell("/desk/submit", { as: open.reader.me.id, view_id: open.view.id, values: state });
    submit.removeAttribute("aria-busy");
    if (!reply.ok) say(node, reply.errors ?? {}, reply.errors ? "" : inWords(reply));
  }

  return { show, vanish };
}

function say(form, errors, general) {
  form.querySelector(".dialog-error").textContent = general;
  let first = null;
  for (const box of form.querySelectorAll(".block-input")) {
    const words = errors[box.dataset.blockId] ?? "";
    const field = box.querySelector("[data-action-id]");
    box.querySelector(".field-error").textContent = words;
    box.classList.toggle("wrong", Boolean(words));
    field?.setAttribute("aria-invalid", String(Boolean(words)));
    if (words) first ??= field;
  }
  first?.focus();
}

function startingPoint(dialog, actionId) {
  const same = actionId && dialog.querySelector(`[data-action-id="${CSS.escape(actionId)}"]`);
  return same || dialog.querySelector("[autofocus]") || dialog.querySelector(".dialog-body :is(input, select, textarea):not([type=hidden])") || dialog.querySelector(".dialog-foot .button:last-child");
}
