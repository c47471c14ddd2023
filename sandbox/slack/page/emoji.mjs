// Emoji: the marks of state are drawn, so that they are there without an emoji font; others are characters.

import { svg } from "./dom.mjs";

const EMOJI = {
  "+1": "👍",
  "-1": "👎",
  alarm_clock: "⏰",
  arrow_down: "⬇",
  arrow_right: "➡",
  arrow_up: "⬆",
  bank: "🏦",
  bar_chart: "📊",
  bell: "🔔",
  bulb: "💡",
  calendar: "📅",
  chart_with_downwards_trend: "📉",
  chart_with_upwards_trend: "📈",
  clipboard: "📋",
  clock3: "🕒",
  dollar: "💵",
  eyes: "👀",
  exclamation: "❗",
  file_folder: "📁",
  gear: "⚙",
  hand: "✋",
  heart: "❤",
  heavy_check_mark: "✔",
  hourglass: "⌛",
  hourglass_flowing_sand: "⏳",
  inbox_tray: "📥",
  information_source: "ℹ",
  large_blue_circle: "🔵",
  large_green_circle: "🟢",
  large_orange_circle: "🟠",
  large_yellow_circle: "🟡",
  link: "🔗",
  lock: "🔒",
  mag: "🔍",
  memo: "📝",
  moneybag: "💰",
  no_entry: "⛔",
  outbox_tray: "📤",
  page_facing_up: "📄",
  paperclip: "📎",
  pencil2: "✏",
  point_right: "👉",
  pray: "🙏",
  pushpin: "📌",
  question: "❓",
  raised_hands: "🙌",
  receipt: "🧾",
  red_circle: "🔴",
  repeat: "🔁",
  rocket: "🚀",
  rotating_light: "🚨",
  shield: "🛡",
  sparkles: "✨",
  stopwatch: "⏱",
  tada: "🎉",
  thinking_face: "🤔",
  thumbsdown: "👎",
  thumbsup: "👍",
  "+1": "👍",
  "-1": "👎",
  unlock: "🔓",
  warning: "⚠",
  wave: "👋",
  white_check_mark: "✅",
  white_circle: "⚪",
  x: "❌",
  zap: "⚡",
  zzz: "💤",
};

const DISC = "M10 2.5a7.5 7.5 0 1 0 .01 0z";
const SQUARE =
  "M4.5 2h11A2.5 2.5 0 0 1 18 4.5v11a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 2 15.5v-11A2.5 2.5 0 0 1 4.5 2z";
const CHART = "M3 3v14h14";

// Each is a filled shape in a colour, and a line upon it.
const DRAWN = {
  bar_chart: ["#3f7de0", "M4 17V9h3v8zM8.5 17V4h3v13zM13 17v-6h3v6z", ""],
  chart_with_downwards_trend: ["none", "", `${CHART}M6 6l4 5 2.5-2L17 14`, "#cf4040"],
  chart_with_upwards_trend: ["none", "", `${CHART}M6 13l4-4 2.5 2L17 5`, "#2a9d6f"],
  heavy_check_mark: ["none", "", "M4 10.5l4 4.5 8-10", "#2a9d6f"],
  hourglass: ["none", "", "M5 3h10M5 17h10M6 3c0 6 8 8 8 14M14 3c0 6-8 8-8 14", "#b07d2b"],
  hourglass_flowing_sand: [
    "none",
    "",
    "M5 3h10M5 17h10M6 3c0 6 8 8 8 14M14 3c0 6-8 8-8 14",
    "#b07d2b",
  ],
  information_source: ["#3f7de0", DISC, "M10 9v5M10 6v.01"],
  large_blue_circle: ["#3f7de0", DISC, ""],
  large_green_circle: ["#2a9d6f", DISC, ""],
  large_orange_circle: ["#e58a2b", DISC, ""],
  large_yellow_circle: ["#e9bd2f", DISC, ""],
  lock: ["#b07d2b", "M4.5 9h11v8h-11z", "M7 9V6.5a3 3 0 0 1 6 0V9", "#b07d2b"],
  no_entry: ["#cf4040", DISC, "M6.5 10h7"],
  red_circle: ["#cf4040", DISC, ""],
  warning: ["#e9a72f", "M10 2.5L18.5 17.5h-17z", "M10 8v4M10 14.5v.01", "#3b2a05"],
  white_check_mark: ["#2a9d6f", SQUARE, "M6 10.5l3 3 5.5-7"],
  white_circle: ["#aab3af", DISC, ""],
  x: ["none", "", "M4.5 4.5l11 11M15.5 4.5l-11 11", "#cf4040"],
};

const NAME_OF = Object.fromEntries(
  Object.entries(EMOJI).map(([name, character]) => [character, name]),
);
const FOUND = new RegExp(`:([a-z0-9_+-]+):|(${Object.keys(NAME_OF).join("|")})\\uFE0F?`, "gu");

/** The mark for a name: drawn, a character, or the name between colons. */
export function emoji(name) {
  if (!Object.hasOwn(EMOJI, name)) return `:${name}:`;
  return Object.hasOwn(DRAWN, name) ? drawing(name) : EMOJI[name];
}

/** Plain text as nodes, with its `:names:` and emoji shown. */
export function withEmoji(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(FOUND)) {
    const name = match[1] ?? NAME_OF[match[2]];
    if (!Object.hasOwn(EMOJI, name)) continue;
    nodes.push(text.slice(from, match.index), emoji(name));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

function drawing(name) {
  const [fill, shape, line, stroke] = DRAWN[name];
  return svg(
    "svg",
    { class: "emoji", viewBox: "0 0 20 20", role: "img", "aria-label": name.replaceAll("_", " ") },
    shape && svg("path", { d: shape, fill }),
    line &&
      svg("path", {
        d: line,
        fill: "none",
        stroke: stroke ?? "#fff",
        "stroke-width": 2.2,
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
      }),
  );
}
