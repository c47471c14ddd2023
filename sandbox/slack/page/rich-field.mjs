// A field for formatted text: bold, italic, struck and code, kept as a rich_text block.

import { h } from "./dom.mjs";
import { naming, remember } from "./fields.mjs";
import { richTextWords } from "./richtext.mjs";

const MARKS = [
  ["bold", "B", "strong", "b"],
  ["italic", "I", "em", "i"],
  ["strike", "S", "s", "x"],
  ["code", "<>", "code", "e"],
];

/** A text of several lines with four marks; each mark is a button and a key with Control. */
export function richTextField(spot) {
  const { element } = spot;
  const words = element.initial_value ? richTextWords(element.initial_value) : "";
  const node = h("textarea", {
    class: "field rich-field",
    rows: 4,
    ...naming(spot),
    placeholder: element.placeholder?.text,
    onkeydown: (event) => byKey(event, node),
  });
  node.value = words;
  const toolbar = h(
    "div",
    { class: "rich-tools", role: "toolbar", "aria-label": "Formatting" },
    MARKS.map(([name, label, , key]) =>
      h(
        "button",
        {
          type: "button",
          class: `tool rich-${name}`,
          "aria-label": name,
          title: `${name} (Ctrl+${key.toUpperCase()})`,
          onclick: () => wrap(node, SIGNS[name]),
        },
        label,
      ),
    ),
  );
  const read = () => ({
    rich_text_value: node.value.trim() ? asRichText(node.value.trim()) : null,
  });
  node.addEventListener("change", () => remember(spot, read()));
  return {
    node: h("div", { class: "rich-box" }, toolbar, node),
    read,
    write: (state) => {
      node.value = state.rich_text_value ? asMarked(state.rich_text_value) : "";
    },
  };
}

const SIGNS = { bold: "*", italic: "_", strike: "~", code: "`" };

function byKey(event, node) {
  const mark = (event.ctrlKey || event.metaKey) && MARKS.find(([, , , key]) => key === event.key);
  if (!mark) return;
  event.preventDefault();
  wrap(node, SIGNS[mark[0]]);
}

function wrap(node, sign) {
  const { selectionStart: from, selectionEnd: to, value } = node;
  node.setRangeText(`${sign}${value.slice(from, to)}${sign}`, from, to, "end");
  if (from === to) node.setSelectionRange(from + 1, from + 1);
  node.focus();
}

const PIECE = /\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~|`([^`\n]+)`/g;

/** What was typed as a rich_text block: one section, its marked pieces styled. */
function asRichText(text) {
  const elements = [];
  let from = 0;
  const plain = (words) => words && elements.push({ type: "text", text: words });
  for (const match of text.matchAll(PIECE)) {
    plain(text.slice(from, match.index));
    const index = match.slice(1).findIndex((words) => words !== undefined);
    elements.push({ type: "text", text: match[index + 1], style: { [MARKS[index][0]]: true } });
    from = match.index + match[0].length;
  }
  plain(text.slice(from));
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

function asMarked({ elements }) {
  const piece = ({ text = "", style = {} }) => {
    const name = Object.keys(SIGNS).find((mark) => style[mark]);
    return name ? `${SIGNS[name]}${text}${SIGNS[name]}` : text;
  };
  return elements.map((part) => (part.elements ?? []).map(piece).join("")).join("\n");
}
