// The modal: the top view of the person's stack, its fields and their errors.

import { surfaceBlocks } from "./blocks.mjs";
import { complain, inWords, tell } from "./desk.mjs";
import { h, icon, put } from "./dom.mjs";
import { textObject } from "./mrkdwn.mjs";
import { makeSurface, restore, values } from "./surface.mjs";
import { fieldProblems } from "./complete.mjs";
import { showProblem } from "./problem.mjs";

/** The one dialog of the page; `show(stack, reader)` after every change of the stack. */
export class Modal {
  #notice;
  #dialog = null;
  #view = null;
  #surface = null;
  #reader = null;
  #covered = new Map();

  constructor(notice) {
    this.#notice = notice;
  }

  show(stack, reader) {
    const view = stack.at(-1);
    if (!view) this.vanish();
    else if (this.#view?.id !== view.id || this.#view.hash !== view.hash)
      this.#draw(view, stack.length, reader);
  }

  vanish() {
    this.#dialog?.close();
    this.#dialog?.remove();
    this.#dialog = this.#view = this.#surface = null;
    this.#covered.clear();
  }

  #draw(view, depth, reader) {
    const saved = this.#filledIn(view);
    const focused = this.#dialog?.contains(document.activeElement)
      ? document.activeElement.dataset.actionId
      : null;
    if (this.#view?.id !== view.id)
      this.#surface = makeSurface({ as: reader.me.id, view_id: view.id }, this.#notice);
    this.#view = view;
    this.#reader = reader;
    this.#dialog ??= this.#made();
    put(this.#dialog, this.#form(view, depth));
    restore(this.#surface, saved);
    if (!this.#dialog.open) this.#dialog.showModal();
    startingPoint(this.#dialog, focused)?.focus();
  }

  // What the person typed: in this view a moment ago, before another covered it, or as the workspace remembers.
  #filledIn(view) {
    const typed = this.#view && values(this.#surface);
    if (this.#view?.id === view.id) return typed;
    if (typed) this.#covered.set(this.#view.id, typed);
    return this.#covered.get(view.id) ?? view.state?.values ?? {};
  }

  #made() {
    const dialog = h("dialog", {
      class: "modal",
      "aria-labelledby": "modal-title",
      data: { testid: "modal" },
    });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#leave(false);
    });
    document.body.append(dialog);
    return dialog;
  }

  async #leave(all) {
    const reply = await tell("/desk/close", {
      as: this.#reader.me.id,
      view_id: this.#view.id,
      all,
    });
    // Closed twice is closed.
    if (!reply.ok && reply.error !== "view_not_found") complain(reply, this.#notice);
  }

  #form(view, depth) {
    const submit =
      view.submit &&
      h(
        "button",
        { type: "submit", class: "button primary" },
        h("span", {}, textObject(view.submit, this.#reader)),
      );
    const form = h(
      "form",
      { class: "dialog-form", novalidate: true },
      this.#head(view, depth),
      h(
        "div",
        { class: "dialog-body" },
        h("div", { class: "dialog-error", role: "alert" }),
        surfaceBlocks(view.blocks, this.#reader, this.#surface),
      ),
      h(
        "div",
        { class: "dialog-foot" },
        h(
          "button",
          { type: "button", class: "button", onclick: () => this.#leave(false) },
          view.close ? textObject(view.close, this.#reader) : "Close",
        ),
        submit,
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (submit) this.#submit(form, submit);
    });
    return form;
  }

  #head(view, depth) {
    const quiet = (label, drawing, onclick) =>
      h(
        "button",
        { type: "button", class: "button quiet", "aria-label": label, onclick },
        icon(drawing),
      );
    return h(
      "div",
      { class: "dialog-head" },
      depth > 1 && quiet("Back", "back", () => this.#leave(false)),
      h("h2", { id: "modal-title" }, textObject(view.title, this.#reader)),
      quiet("Close window", "close", () => this.#leave(depth > 1)),
    );
  }

  async #submit(form, button) {
    const state = values(this.#surface);
    const problems = fieldProblems(this.#view.blocks, state);
    say(form, problems, "");
    if (Object.keys(problems).length || button.getAttribute("aria-busy") === "true") return;
    this.#wait(form, button, true);
    const reply = await tell("/desk/submit", {
      as: this.#reader.me.id,
      view_id: this.#view.id,
      values: state,
    });
    this.#wait(form, button, false);
    if (!reply.ok) say(form, reply.errors ?? {}, reply.errors ? "" : inWords(reply));
  }

  // While the app answers, nothing can be changed, and the button says so.
  #wait(form, button, waits) {
    form.classList.toggle("waits", waits);
    form.querySelector(".dialog-body").toggleAttribute("inert", waits);
    if (waits) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

function say(form, errors, general) {
  form.querySelector(".dialog-error").textContent = general;
  let first = null;
  for (const box of form.querySelectorAll(".block-input")) {
    const field = showProblem(box, errors[box.dataset.blockId] ?? "");
    first ??= field;
  }
  first?.focus();
  first?.closest(".block")?.scrollIntoView({ block: "nearest" });
}

// Where the keyboard was, or where the app wants it, or the first field, or the last button.
function startingPoint(dialog, actionId) {
  const same = actionId && dialog.querySelector(`[data-action-id="${CSS.escape(actionId)}"]`);
  return (
    same ||
    dialog.querySelector("[autofocus]") ||
    dialog.querySelector(".dialog-body .block-input :is(input, select, textarea)") ||
    dialog.querySelector(".dialog-foot .button:last-child")
  );
}
