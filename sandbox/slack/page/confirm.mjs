// A question in a dialog of its own; Escape means no.

import { h, newId } from "./dom.mjs";

/** Asks; `{title, content, yes, no, style}`, resolved with true or false. Focus starts on the way back. */
export function confirmed({ title, content, yes, no, style }) {
  const opener = document.activeElement;
  return new Promise((resolve) => {
    const [name, words] = [newId("confirm"), newId("confirm")];
    const choose = (answer) => () => dialog.close(answer);
    const button = (label, answer, more) =>
      h("button", { type: "button", ...more, onclick: choose(answer) }, h("span", {}, label));
    const dialog = h(
      "dialog",
      {
        class: "confirm",
        "aria-labelledby": name,
        "aria-describedby": words,
        data: { testid: "confirm" },
      },
      h("h2", { id: name }, title),
      h("div", { class: "confirm-text text", id: words }, content),
      h(
        "div",
        { class: "dialog-foot" },
        button(no, "no", { class: "button", autofocus: true }),
        button(yes, "yes", { class: `button ${style}` }),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      // A tool that is hidden by now cannot have the keyboard back; its message can.
      if (document.activeElement === document.body) opener.closest(".message")?.focus();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
