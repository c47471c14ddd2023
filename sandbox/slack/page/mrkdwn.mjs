// Slack's mrkdwn as nodes: bold, italic, strike, code, quotes, links, mentions and dates.

import { h } from "./dom.mjs";
import { withEmoji } from "./emoji.mjs";
import { fillDateTokens, moment } from "./time.mjs";

/** A text object: mrkdwn is interpreted, plain_text only gets its emoji. */
export function textObject(object, reader) {
  if (!object) return [];
  if (typeof object === "string") return withEmoji(object);
  if (object.type === "mrkdwn") return mrkdwn(object.text, reader);
  return object.emoji === false ? [object.text] : withEmoji(object.text);
}

/** The nodes of one mrkdwn text. Line ends are kept by the style sheet (pre-wrap). */
export function mrkdwn(text, reader) {
  return String(text ?? "")
    .split(/```\n?([\s\S]*?)\n?```\n?/)
    .flatMap((part, index) => {
      if (index % 2) return [h("pre", { class: "code" }, h("code", {}, unescape(part)))];
      return quotesAndLines(part, reader);
    });
}

function quotesAndLines(text, reader) {
  const runs = [];
  for (const line of text.split("\n")) {
    const quoted = /^(&gt;|>) ?/.exec(line);
    const last = runs.at(-1);
    const content = quoted ? line.slice(quoted[0].length) : line;
    if (last && last.quoted === Boolean(quoted)) last.lines.push(content);
    else runs.push({ quoted: Boolean(quoted), lines: [content] });
  }
  return runs.flatMap(({ quoted, lines }) => {
    const nodes = inline(lines.join("\n"), reader);
    return quoted ? [h("blockquote", {}, nodes)] : nodes;
  });
}

// A mark opens at a word's edge, does not touch a space inside, and closes at a word's edge.
const PIECE = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\p{L}\\p{N}*])\\*(?=\\S)([^*\\n]*[^*\\s])\\*(?![\\p{L}\\p{N}*])",
    "(?<![\\p{L}\\p{N}_])_(?=\\S)([^_\\n]*[^_\\s])_(?![\\p{L}\\p{N}_])",
    "(?<![\\p{L}\\p{N}~])~(?=\\S)([^~\\n]*[^~\\s])~(?![\\p{L}\\p{N}~])",
    "(https?:\\/\\/[^\\s<>|]+[^\\s<>|.,;:!?)\\]*_~`])",
  ].join("|"),
  "gu",
);

function inline(text, reader) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(PIECE)) {
    if (match.index > from) nodes.push(...plain(text.slice(from, match.index)));
    nodes.push(piece(match, reader));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(...plain(text.slice(from)));
  return nodes;
}

function piece([, code, angle, bold, italic, strike, address], reader) {
  if (code !== undefined) return h("code", { class: "code" }, unescape(code));
  if (angle !== undefined) return special(angle, reader);
  if (bold !== undefined) return h("strong", {}, inline(bold, reader));
  if (italic !== undefined) return h("em", {}, inline(italic, reader));
  if (strike !== undefined) return h("s", {}, inline(strike, reader));
  return link(unescape(address), [unescape(address)]);
}

function special(inside, reader) {
  const [target, label] = splitOnce(inside, "|");
  if (target.startsWith("@")) return mention(reader, target.slice(1), label);
  if (target.startsWith("#")) return channelLink(reader, target.slice(1), label);
  if (target.startsWith("!date^")) return dateToken(target, label, reader);
  if (target.startsWith("!subteam^")) return badge(label ?? "@group");
  if (target.startsWith("!")) return badge(label ?? `@${target.slice(1).split("^")[0]}`);
  return link(unescape(target), label ? inline(label, reader) : [unescape(target)]);
}

function dateToken(target, label, reader) {
  const [, seconds, template, address] = target.split("^");
  const instant = new Date(Number(seconds) * 1000);
  if (Number.isNaN(instant.getTime())) return h("span", {}, plain(label ?? target));
  const said = fillDateTokens(unescape(template), Number(seconds), reader.me.tz);
  const node = h(
    "time",
    { datetime: instant.toISOString(), title: moment(instant, reader.me.tz) },
    said,
  );
  return address ? link(address, [node]) : node;
}

/** `@Ana Ruiz`, marked when it is the reader. */
export function mention(reader, id, label) {
  const person = reader.people.get(id);
  const name = person?.real_name ?? (id === reader.bot.user_id ? reader.bot.name : label) ?? id;
  return h("span", { class: id === reader.me.id ? "mention me" : "mention" }, `@${name}`);
}

/** `#finance`, which opens it. */
export function channelLink(reader, id, label) {
  const channel = reader.channels.get(id);
  if (!channel) return badge(`#${label || "private-channel"}`);
  return h("a", { class: "mention", href: reader.address({ channel: id }) }, `#${channel.name}`);
}

/** A highlighted word that rings people: `@channel`. */
export function badge(text) {
  return h("span", { class: "mention" }, unescape(text));
}

/** A link that leaves the page; only web and mail addresses become one. */
export function link(address, content) {
  if (!/^(https?:|mailto:|\/files\/)/i.test(address)) return h("span", {}, content);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, content);
}

function plain(text) {
  return withEmoji(unescape(text));
}

function unescape(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
