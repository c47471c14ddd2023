// Messages as rows of a list: grouped by author, divided by days, and by what is unread.

import { author } from "./people.mjs";
import { dayHeading, dayNumber, instantOf } from "./time.mjs";

const GROUP_MILLISECONDS = 300_000;

/** Rows with the dividers between them; `print` tells whether a row must be drawn again. */
export function rowsOf(messages, { reader, thread, readUpTo }) {
  const all = [];
  let above = null;
  let unread = false;
  messages.forEach((message) => {
    const here = standing(message, reader);
    const newDay = above?.day !== here.day;
    const firstReply = Boolean(thread) && above?.ts === thread;
    if (newDay) all.push(divider(`day ${here.day}`, dayHeading(here.at, reader.me.tz)));
    if (firstReply && above.replies) all.push(divider("replies", counted(above.replies)));
    const firstNew = !unread && isNew(message, readUpTo, reader) && above !== null;
    if (firstNew) all.push({ ...divider("new", "New"), fresh: true });
    unread ||= firstNew;
    const led = newDay || firstReply || firstNew || !follows(here, above) || here.alone;
    const print = `${led}${JSON.stringify(message)}`;
    all.push({ name: `${here.ephemeral} ${message.ts}`, message, led, print });
    above = here;
  });
  return all;
}

function standing(message, reader) {
  const at = instantOf(message.ts);
  return {
    at,
    ts: message.ts,
    day: dayNumber(at, reader.me.tz),
    key: author(message, reader).key,
    ephemeral: Boolean(message.ephemeral),
    replies: message.reply_count ?? 0,
    alone: isCard(message) || Boolean(message.subtype),
  };
}

function isNew({ ts, user }, readUpTo, reader) {
  return Boolean(readUpTo) && ts > readUpTo && user !== reader.me.id;
}

function divider(name, words) {
  return { name, words, print: words };
}

/** "1 reply", "4 replies". */
export function counted(replies) {
  return replies === 1 ? "1 reply" : `${replies} replies`;
}

function follows(here, above) {
  return (
    above.key === here.key &&
    here.at - above.at <= GROUP_MILLISECONDS &&
    !here.ephemeral &&
    !above.ephemeral &&
    !above.alone
  );
}

// What the app builds of blocks stands by itself, under its name and time.
function isCard(message) {
  return Boolean(message.bot_id && message.blocks?.length);
}
