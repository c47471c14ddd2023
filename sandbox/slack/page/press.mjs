// A click on its way to the app: confirmed first, sent once, and shown as waiting until acknowledged.

import { complain } from "./desk.mjs";
import { h, newId } from "./dom.mjs";
import { textObject } from "./mrkdwn.mjs";

/** Sends an element's value; true when the app acknowledged. A declined confirmation sends nothing. */
export async function press(spot, value, waiting) {
  const { element, block, surface } = spot;
  if (waiting.getAttribute("aria-busy") === "true") return false;
  if (element.confirm && !(await confirmed(element.confirm, spot.reader))) return false;
  waiting.setAttribute("aria-busy", "true");
  const reply = await surface.act(block.block_id, element.action_id, value);
  waiting.removeAttribute("aria-busy");
  if (!reply.ok) complain(reply, surface.notice);
  return Boolean(reply.ok);
}

/** Asks in a dialog of its own; focus starts on the way back. */
function confirmed(confirm, reader) {
  return new Promise((resolve) => {
    const title = newId("confirm");
    const choose = (answer) => () => {
      dialog.returnValue = answer;
      dialog.close(answer);
    };
    const style = confirm.style === "danger" ? "danger" : "primary";
    const dialog = h(
      "dialog",
      { class: "confirm", "aria-labelledby": title, data: { testid: "confirm" } },
      h("h2", { id: title }, textObject(confirm.title, reader)),
      h("div", { class: "confirm-text text" }, textObject(confirm.text, reader)),
      h(
        "div",
        { class: "dialog-foot" },
        h(
          "button",
          { type: "button", class: "button", autofocus: true, onclick: choose("no") },
          textObject(confirm.deny, reader),
        ),
        h(
          "button",
          { type: "button", class: `button ${style}`, onclick: choose("yes") },
          textObject(confirm.confirm, reader),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
