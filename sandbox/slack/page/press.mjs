// A click on its way to the app: confirmed first, sent once, and shown as waiting until acknowledged.

import { confirmed } from "./confirm.mjs";
import { complain } from "./desk.mjs";
import { textObject } from "./mrkdwn.mjs";

/** Sends an element's value; true when the app acknowledged. A declined confirmation sends nothing. */
export async function press(spot, value, waiting) {
  const { element, block, surface } = spot;
  if (waiting.getAttribute("aria-busy") === "true") return false;
  if (element.confirm && !(await asked(element.confirm, spot.reader))) return false;
  waiting.setAttribute("aria-busy", "true");
  const reply = await surface.act(block.block_id, element.action_id, value);
  waiting.removeAttribute("aria-busy");
  if (!reply.ok) complain(reply, surface.notice);
  return Boolean(reply.ok);
}

function asked(confirm, reader) {
  return confirmed({
    title: textObject(confirm.title, reader),
    content: textObject(confirm.text, reader),
    yes: textObject(confirm.confirm, reader),
    no: textObject(confirm.deny, reader),
    style: confirm.style === "danger" ? "danger" : "primary",
  });
}
