// Blocks as nodes: one function per block type of messages, modals and the Home tab.

import { chartFigure } from "./chart.mjs";
import { h, icon, newId } from "./dom.mjs";
import { element } from "./elements.mjs";
import { picture } from "./images.mjs";
import { markdown } from "./markdown.mjs";
import { link, mrkdwn, textObject } from "./mrkdwn.mjs";
import { richText } from "./richtext.mjs";
import { dataTable, table } from "./tables.mjs";

const DRAW = {
  actions,
  alert,
  card,
  carousel: (block, reader, surface) =>
    h(
      "div",
      { class: "carousel", tabindex: "0", role: "region", "aria-label": "Cards" },
      block.elements.map((one) => card(one, reader, surface)),
    ),
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
  layout: (block, reader, surface) => h("div", {}, blocks(block.fallback ?? [], reader, surface)),
  markdown: (block) => h("div", { class: "text markdown" }, markdown(block.text)),
  plan,
  rich_text: (block, reader) => h("div", { class: "text" }, richText(block, reader)),
  section,
  table,
  task_card: taskCard,
  video: (block, reader) =>
    h(
      "div",
      { class: "text" },
      link(block.title_url ?? block.video_url, textObject(block.title, reader)),
    ),
};

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
  return draw
    ? draw(block, reader, surface)
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
    picture(block, block.alt_text, "wide-image"),
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
  default: "lines",
  info: "lines",
  success: "check",
  warning: "warning",
  error: "warning",
};

function alert(block, reader) {
  const level = block.level in LEVELS ? block.level : "default";
  return h(
    "div",
    { class: `alert ${level}`, role: level === "error" ? "alert" : "note" },
    icon(LEVELS[level]),
    h("div", { class: "text" }, textObject(block.text, reader)),
  );
}

function card(block, reader, surface) {
  return h(
    "article",
    { class: "card" },
    block.hero_image && picture(block.hero_image, block.hero_image.alt_text, "hero"),
    (block.title || block.icon) &&
      h(
        "div",
        { class: "card-head" },
        block.icon && picture(block.icon, block.icon.alt_text, "card-icon"),
        h(
          "div",
          {},
          block.title && h("div", { class: "card-title text" }, textObject(block.title, reader)),
          block.subtitle &&
            h("div", { class: "card-subtitle text" }, textObject(block.subtitle, reader)),
        ),
      ),
    block.body && h("div", { class: "text" }, textObject(block.body, reader)),
    block.actions &&
      h(
        "div",
        { class: "block-actions" },
        actions({ ...block, elements: block.actions }, reader, surface),
      ),
  );
}

function container(block, reader, surface) {
  const title = block.rich_text_title
    ? richText(block.rich_text_title, reader)
    : textObject(block.title, reader);
  const head = [
    block.icon && picture(block.icon, block.icon.alt_text, "card-icon"),
    h(
      "span",
      { class: "card-words" },
      h("span", { class: "card-title" }, title),
      block.subtitle && h("span", { class: "card-subtitle" }, textObject(block.subtitle, reader)),
    ),
  ];
  const inside = h(
    "div",
    { class: "container-body" },
    blocks(block.child_blocks ?? [], reader, surface),
  );
  const className = `container ${block.width ?? "standard"}${block.has_header_divider ? " ruled" : ""}`;
  if (!block.is_collapsible)
    return h("section", { class: className }, h("div", { class: "card-head" }, head), inside);
  return h(
    "details",
    { class: className, open: !block.default_collapsed },
    h("summary", { class: "card-head" }, head, icon("down")),
    inside,
  );
}

const TASKS = { pending: "more", in_progress: "more", complete: "check", error: "warning" };

function taskCard(block, reader) {
  return h(
    "div",
    { class: `task ${block.status}` },
    icon(TASKS[block.status] ?? "more"),
    h(
      "div",
      {},
      h("div", { class: "card-title" }, block.title),
      [block.details, block.output].map(
        (part) => part && h("div", { class: "text" }, richText(part, reader)),
      ),
    ),
  );
}

function plan(block, reader) {
  const title = typeof block.title === "string" ? block.title : textObject(block.title, reader);
  return [
    h("div", { class: "card-title" }, title),
    (block.tasks ?? []).map((task) => taskCard(task, reader)),
  ];
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
