// Instants, said in the zone of the person who reads.

const DAY = 86_400_000;

/** The instant of a `ts`; the string itself stays the message's name. */
export function instantOf(ts) {
  return new Date(Number(ts.split(".")[0]) * 1000);
}

/** "14:05" or "2:05 PM", as people there write it. */
export function clock(instant, zone, seconds) {
  const hour = zone.startsWith("America/") ? "numeric" : "2-digit";
  return format(instant, zone, {
    hour,
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
  });
}

/** The heading of a day: Today, Yesterday, or its date. */
export function dayHeading(instant, zone) {
  return (
    near(instant, zone) ??
    format(instant, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" })
  );
}

/** Two instants with the same number are on the same day there. */
export function dayNumber(instant, zone) {
  return Date.parse(isoDay(instant, zone)) / DAY;
}

/** The full moment, for a tooltip. */
export function moment(instant, zone) {
  return format(instant, zone, { dateStyle: "full", timeStyle: "long" });
}

/** Slack's date tokens: `{date_short_pretty} {time}` in the reader's zone. */
export function fillDateTokens(template, seconds, zone) {
  const instant = new Date(seconds * 1000);
  return template.replace(/\{(\w+)\}/g, (whole, token) =>
    Object.hasOwn(TOKENS, token) ? TOKENS[token](instant, zone) : whole,
  );
}

const LONG = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };
const FULL = { weekday: "long", ...LONG };

const TOKENS = {
  date_num: isoDay,
  date: (at, zone) => format(at, zone, LONG),
  date_short: (at, zone) => format(at, zone, SHORT),
  date_long: (at, zone) => format(at, zone, FULL),
  date_pretty: (at, zone) => near(at, zone)?.toLowerCase() ?? format(at, zone, LONG),
  date_short_pretty: (at, zone) => near(at, zone)?.toLowerCase() ?? format(at, zone, SHORT),
  date_long_pretty: (at, zone) => near(at, zone)?.toLowerCase() ?? format(at, zone, FULL),
  day_divider_pretty: dayHeading,
  time: (at, zone) => clock(at, zone, false),
  time_secs: (at, zone) => clock(at, zone, true),
  ago,
};

function near(instant, zone) {
  const distance = dayNumber(instant, zone) - dayNumber(new Date(), zone);
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[distance];
}

function ago(instant) {
  const minutes = Math.round((Date.now() - instant) / 60_000);
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return relative.format(-minutes, "minute");
  if (Math.abs(minutes) < 1440) return relative.format(-Math.round(minutes / 60), "hour");
  return relative.format(-Math.round(minutes / 1440), "day");
}

function isoDay(instant, zone) {
  return formatter("en-CA", { timeZone: zone, dateStyle: "short" }).format(instant);
}

const formatters = new Map();

// Making a formatter takes a thousand times as long as using one.
function formatter(language, options) {
  const key = `${language}${JSON.stringify(options)}`;
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(language, options));
  return formatters.get(key);
}

function format(instant, zone, options) {
  const language = zone.startsWith("America/") ? "en-US" : "en-GB";
  return formatter(language, { timeZone: zone, ...options }).format(instant);
}

/** "2026-06-30T09:15" on the wall there, as whole seconds since 1970. */
export function wallToSeconds(wall, zone) {
  const asUtc = Date.parse(`${wall}:00Z`);
  const guess = asUtc - zoneOffset(asUtc, zone);
  return Math.round((asUtc - zoneOffset(guess, zone)) / 1000);
}

/** The same way back, for the initial value of a field. */
export function secondsToWall(seconds, zone) {
  const at = seconds * 1000;
  return new Date(at + zoneOffset(at, zone)).toISOString().slice(0, 16);
}

function zoneOffset(at, zone) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return wall - Math.floor(at / 1000) * 1000;
}
