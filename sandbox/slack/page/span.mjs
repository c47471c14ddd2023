// Which part of a long conversation is drawn: the latest, moved by the edge one comes near to.

const FIRST = 40;
const STEP = 20;
const MOST = 120;

/** The end of a conversation of `count` messages. */
export function latest(count) {
  return { from: Math.max(0, count - FIRST), to: count };
}

/** More from before; what is far below leaves. */
export function earlier({ from, to }) {
  const first = Math.max(0, from - STEP);
  return { from: first, to: Math.min(to, first + MOST) };
}

/** More from after; what is far above leaves. */
export function later({ from, to }, count) {
  const end = Math.min(count, to + STEP);
  return { from: Math.max(from, end - MOST), to: end };
}

/** The end again after messages came: what is drawn above it stays, as long as it is not too much. */
export function followed({ from }, count) {
  const { from: first } = latest(count);
  return { from: Math.max(0, count - MOST, Math.min(from, first)), to: count };
}

/** The same part after messages came and went: it starts where it started, and reaches the end if it did. */
export function settled({ from, to }, before, messages) {
  const first = before[from]?.ts;
  const start = Math.max(
    0,
    messages.findIndex(({ ts }) => ts >= first),
  );
  const end = to === before.length ? messages.length : start + (to - from);
  return { from: start, to: Math.min(messages.length, Math.max(end, start + FIRST)) };
}
