// rich_text blocks: sections, lists, quotes and preformatted text.

import { h } from "./dom.mjs";
import { emoji } from "./emoji.mjs";
import { badge, channelLink, link, mention } from "./mrkdwn.mjs";
import { fillDateTokens, moment } from "./time.mjs";

/** The nodes of a rich_text block. */
export function richText(block, reader) {
  return block.elements.map((element) => part(element, reader));
}

/** The same words as one line, for sorting and for screen readers. */
export function richTextWords(block) {
  const words = (element) => element.text ?? element.url ?? element.name ?? element.user_id ?? "";
  return block.elements
    .flatMap((element) =>
      (element.elements ?? []).map((e) => (e.elements ?? [e]).map(words).join("")),
    )
    .join(" ");
}

function part(element, reader) {
  const inside = () => element.elements.map((leaf) => styled(leaf, reader));
  switch (element.type) {
    case "rich_text_list": {
      const items = element.elements.map((item) => h("li", {}, part(item, reader)));
      const tag = element.style === "ordered" ? "ol" : "ul";
      const list = h(
        tag,
        { class: "rich-list", start: element.offset ? element.offset + 1 : null },
        items,
      );
      list.style.setProperty("--indent", element.indent ?? 0);
      return list;
    }
    case "rich_text_preformatted":
      return h("pre", { class: "code" }, h("code", {}, inside()));
    case "rich_text_quote":
      return h("blockquote", {}, inside());
    default:
      return h("span", { class: "rich-section" }, inside());
  }
}

function styled(element, reader) {
  const style = element.style ?? {};
  let node = leaf(element, reader);
  if (style.underline) node = h("u", {}, node);
  if (style.highlight || style.client_highlight) node = h("mark", {}, node);
  if (style.code) node = h("code", { class: "code" }, node);
  if (style.strike) node = h("s", {}, node);
  if (style.italic) node = h("em", {}, node);
  if (style.bold) node = h("strong", {}, node);
  return node;
}

function leaf(element, reader) {
  switch (element.type) {
    case "link":
      return link(element.url, [element.text || element.url]);
    case "user":
      return mention(reader, element.user_id);
    case "channel":
      return channelLink(reader, element.channel_id);
    case "broadcast":
      return badge(`@${element.range}`);
    case "usergroup":
      return badge("@group");
    case "team":
      return badge("@team");
    case "emoji":
      return emoji(element.name);
    case "color":
      return swatch(element.value);
    case "date": {
      const at = new Date(element.timestamp * 1000);
      const said = fillDateTokens(element.format, element.timestamp, reader.me.tz);
      const time = h("time", { datetime: at.toISOString(), title: moment(at, reader.me.tz) }, said);
      return element.url ? link(element.url, [time]) : time;
    }
    default:
      return element.text ?? "";
  }
}

function swatch(value) {
  const square = h("span", { class: "swatch", "aria-hidden": "true" });
  square.style.setProperty("background", value);
  return h("span", {}, square, value);
}
