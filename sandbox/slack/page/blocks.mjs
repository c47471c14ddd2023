// Blocks as nodes: one function per block type of messages, modals and the Home tab.

import { card, carousel, container, layout } from "./cards.mjs";
import { chartFigure } from "./chart.mjs";
import { valueProblem } from "./complete.mjs";
import { dataTable } from "./datatable.mjs";
import { h, icon, newId } from "./dom.mjs";
import { element } from "./elements.mjs";
import { largePicture, picture, video } from "./images.mjs";
import { markdown } from "./markdown.mjs";
import { mrkdwn, textObject } from "./mrkdwn.mjs";
import { showProblem } from "./problem.mjs";
import { richText } from "./richtext.mjs";
import { table } from "./tables.mjs";
import { plan, taskCard } from "./tasks.mjs";

const DRAW = {
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  context_actions: actions,
  data_table: dataTable,
  data_visualization: chartFigure,
  divider: () => h("hr"),
  header: (block, reader) =>
    h(
      "h3",
      { class: "header", "aria-level": block.level ? block.level + 2 : null },
      textObject(block.text, reader),
    ),
  image,
  input,
  layout,
  markdown: (block) => h("div", { class: "text markdown" }, markdown(block.text)),
  plan,
  rich_text: (block, reader) => h("div", { class: "text" }, richText(block, reader)),
  section,
  table,
  task_card: taskCard,
  video,
};

/** The blocks of a whole surface; those that have not changed stay the nodes they are, as the reader left them. */
export function surfaceBlocks(list, reader, surface) {
  return surface.draw(list, (block) => blocks([block], reader, surface)[0]);
}

/** All blocks of a surface, each in its own box. Controls are registered with the surface. */
export function blocks(list, reader, surface) {
  return list.map((block) =>
    h(
      "div",
      { class: `block block-${block.type}`, data: { blockId: block.block_id ?? "" } },
      drawn(block, reader, surface),
    ),
  );
}

function drawn(block, reader, surface) {
  const draw = DRAW[block.type];
  const inside = (list) => blocks(list, reader, surface);
  return draw
    ? draw(block, reader, surface, inside)
    : h("p", { class: "unknown" }, `Block “${block.type}” is not shown here`);
}

function section(block, reader, surface) {
  const aside =
    block.accessory &&
    element({ element: block.accessory, block, reader, surface, dispatch: true });
  return [
    h(
      "div",
      { class: "section-words" },
      block.text && h("div", { class: "text" }, textObject(block.text, reader)),
      block.fields &&
        h(
          "div",
          { class: "fields" },
          block.fields.map((field) => h("div", { class: "text" }, textObject(field, reader))),
        ),
    ),
    aside && h("div", { class: "accessory" }, aside),
  ];
}

function actions(block, reader, surface) {
  return block.elements.map((one) =>
    element({ element: one, block, reader, surface, dispatch: true }),
  );
}

function context(block, reader) {
  return block.elements.map((one) =>
    one.type === "image"
      ? picture(one, one.alt_text, "icon-image")
      : h("span", { class: "text" }, textObject(one, reader)),
  );
}

function image(block, reader) {
  return h(
    "figure",
    { class: "picture" },
    block.title && h("figcaption", {}, textObject(block.title, reader)),
    largePicture(block, block.alt_text, block.title?.text),
  );
}

function input(block, reader, surface) {
  const [label, hint, error] = [newId("label"), newId("hint"), newId("error")];
  const describedBy = block.hint ? `${hint} ${error}` : error;
  const control = element({
    element: block.element,
    block,
    reader,
    surface,
    dispatch: block.dispatch_action === true,
    labelledBy: label,
    describedBy,
  });
  control?.addEventListener("change", () => {
    const held = surface.controls.get(`${block.block_id}\n${block.element.action_id}`);
    const box = control.closest(".block-input");
    if (held && box) showProblem(box, valueProblem(block.element, held.read()) ?? "");
  });
  return [
    h(
      "div",
      { class: "label", id: label },
      textObject(block.label, reader),
      block.optional && h("span", { class: "optional" }, " (optional)"),
    ),
    control,
    block.hint && h("div", { class: "hint", id: hint }, textObject(block.hint, reader)),
    h("div", { class: "field-error", id: error, role: "alert" }),
  ];
}

const LEVELS = {
  default: ["lines", "Note"],
  info: ["info", "Information"],
  success: ["done", "Success"],
  warning: ["warning", "Warning"],
  error: ["failed", "Error"],
};

function alert(block, reader) {
  const level = block.level in LEVELS ? block.level : "default";
  const [drawing, words] = LEVELS[level];
  return h(
    "div",
    { class: `alert ${level}`, role: level === "error" ? "alert" : "note" },
    icon(drawing),
    h("span", { class: "spoken-only" }, `${words}: `),
    h("div", { class: "text" }, textObject(block.text, reader)),
  );
}

/** Older attachments: a coloured bar with blocks or text. */
export function attachments(list, reader, surface) {
  return list.map((attachment) => {
    const node = h(
      "div",
      { class: "attachment" },
      attachment.pretext && h("div", { class: "text" }, mrkdwn(attachment.pretext, reader)),
      attachment.title && h("div", { class: "card-title" }, attachment.title),
      attachment.blocks
        ? blocks(attachment.blocks, reader, surface)
        : h("div", { class: "text" }, mrkdwn(attachment.text ?? attachment.fallback, reader)),
    );
    if (attachment.color)
      node.style.setProperty(
        "--bar",
        attachment.color.startsWith("#") ? attachment.color : `#${attachment.color}`,
      );
    return node;
  });
}
