// The markdown block: standard Markdown as nodes, block by block and then inline.

import { h } from "./dom.mjs";
import { withEmoji } from "./emoji.mjs";
import { link } from "./mrkdwn.mjs";
import { box } from "./tables.mjs";

/** The nodes of a Markdown text. HTML in it stays text. */
export function markdown(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const nodes = [];
  for (let at = 0; at < lines.length;) {
    const [node, next] = block(lines, at);
    if (node) nodes.push(node);
    at = next;
  }
  return nodes;
}

const FENCE = /^\s*```/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const QUOTE = /^\s*> ?/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

function block(lines, at) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  if (FENCE.test(line)) return fence(lines, at);
  if (RULE.test(line)) return [h("hr"), at + 1];
  const heading = HEADING.exec(line);
  if (heading)
    return [
      h(
        "p",
        {
          class: `md-h md-h${heading[1].length}`,
          role: "heading",
          "aria-level": heading[1].length + 2,
        },
        inline(heading[2]),
      ),
      at + 1,
    ];
  if (QUOTE.test(line)) return quote(lines, at);
  if (ITEM.test(line)) return list(lines, at);
  if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "")) return table(lines, at);
  return paragraph(lines, at);
}

function fence(lines, at) {
  let end = at + 1;
  while (end < lines.length && !FENCE.test(lines[end])) end += 1;
  return [h("pre", { class: "code" }, h("code", {}, lines.slice(at + 1, end).join("\n"))), end + 1];
}

function quote(lines, at) {
  let end = at;
  while (end < lines.length && QUOTE.test(lines[end])) end += 1;
  const inside = lines
    .slice(at, end)
    .map((line) => line.replace(QUOTE, ""))
    .join("\n");
  return [h("blockquote", {}, markdown(inside)), end];
}

function list(lines, at) {
  const [, indent, number] = ITEM.exec(lines[at]);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]);
    if (!item || item[1].length < indent.length) break;
    if (item[1].length > indent.length) {
      const [inner, next] = list(lines, end);
      items.at(-1).append(inner);
      end = next;
    } else if (Boolean(item[2]) !== Boolean(number)) break;
    else {
      items.push(listItem(item[3]));
      end += 1;
    }
  }
  return [h(number ? "ol" : "ul", { start: number && number !== "1" ? number : null }, items), end];
}

// "- [x] done" is a box that is ticked; it cannot be changed here.
function listItem(text) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  if (!task) return h("li", {}, inline(text));
  const done = task[1] !== " ";
  const mark = h(
    "span",
    { class: "md-box", role: "img", "aria-label": done ? "done" : "open" },
    done ? "✓" : "",
  );
  return h("li", { class: "md-task" }, mark, h("span", {}, inline(task[2])));
}

function table(lines, at) {
  const aligns = cells(lines[at + 1]).map((rule) =>
    /:$/.test(rule) ? (/^:/.test(rule) ? "center" : "right") : "left",
  );
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const row = (line, tag) =>
    h(
      "tr",
      {},
      cells(line).map((cell, index) =>
        h(
          tag,
          { class: `align-${aligns[index] ?? "left"}`, scope: tag === "th" ? "col" : null },
          inline(cell),
        ),
      ),
    );
  const body = lines.slice(at + 2, end).map((line) => row(line, "td"));
  const grid = h(
    "table",
    { class: "grid" },
    h("thead", {}, row(lines[at], "th")),
    h("tbody", {}, body),
  );
  return [box(grid, "Table"), end];
}

function cells(line) {
  return line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

function paragraph(lines, at) {
  let end = at + 1;
  const goesOn = (line) =>
    line.trim() && ![FENCE, HEADING, RULE, ITEM, QUOTE].some((start) => start.test(line));
  while (end < lines.length && goesOn(lines[end])) end += 1;
  return [h("p", {}, inline(lines.slice(at, end).join("\n"))), end];
}

const PIECE =
  /\\([\\`*_{}[\]()#+.!~|>-])|`([^`]+)`|!?\[([^\]]+)\]\(([^()\s]+(?:\([^()\s]*\))?)\)|\*\*(?=\S)(.+?\S?)\*\*|__(?=\S)(.+?\S?)__|(?<!\w)[*_](?=\S)(.+?)[*_](?!\w)|~~(.+?)~~|(https?:\/\/[^\s<>]+[^\s<>.,;:!?)])/g;

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(PIECE)) {
    if (match.index > from) nodes.push(...withEmoji(text.slice(from, match.index)));
    nodes.push(piece(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(...withEmoji(text.slice(from)));
  return nodes;
}

function piece([, escaped, code, label, address, strong, strong2, em, strike, bare]) {
  if (escaped !== undefined) return escaped;
  if (code !== undefined) return h("code", { class: "code" }, code);
  if (label !== undefined) return link(address, inline(label));
  if (strong !== undefined || strong2 !== undefined)
    return h("strong", {}, inline(strong ?? strong2));
  if (em !== undefined) return h("em", {}, inline(em));
  if (strike !== undefined) return h("s", {}, inline(strike));
  return link(bare, [bare]);
}
