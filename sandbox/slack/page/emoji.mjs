// The emoji names finance messages use, and the name itself for all others.

const EMOJI = {
  alarm_clock: "⏰", arrow_down: "⬇️", arrow_right: "➡️", arrow_up: "⬆️", bank: "🏦", bar_chart: "📊",
  bell: "🔔", bulb: "💡", calendar: "📅", chart_with_downwards_trend: "📉",
  chart_with_upwards_trend: "📈", clipboard: "📋", clock3: "🕒", dollar: "💵", eyes: "👀",
  exclamation: "❗", file_folder: "📁", gear: "⚙️", hand: "✋", heavy_check_mark: "✔️",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", inbox_tray: "📥", information_source: "ℹ️",
  large_blue_circle: "🔵", large_green_circle: "🟢", large_orange_circle: "🟠", large_yellow_circle: "🟡",
  link: "🔗", lock: "🔒", mag: "🔍", memo: "📝", moneybag: "💰", no_entry: "⛔", outbox_tray: "📤",
  page_facing_up: "📄", paperclip: "📎", pencil2: "✏️", point_right: "👉", pushpin: "📌", question: "❓",
  receipt: "🧾", red_circle: "🔴", repeat: "🔁", rotating_light: "🚨", shield: "🛡️", sparkles: "✨",
  stopwatch: "⏱️", tada: "🎉", thumbsdown: "👎", thumbsup: "👍", "+1": "👍", "-1": "👎", unlock: "🔓",
  warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", x: "❌", zap: "⚡", zzz: "💤",
};

/** The character for a name, or the name between colons. */
export function emoji(name) {
  return EMOJI[name] ?? `:${name}:`;
}

/** Plain text with its `:names:` shown. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
}
