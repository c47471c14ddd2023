// Where the page is: person, conversation and thread, kept in the address so that a link opens the same.

/** Whom a visitor acts as who has not chosen anybody. */
export const FIRST_PERSON = "U01ANA";

/** `#as=U02BEN&channel=C01FINANCE&thread=…`; the channel may be `home`. */
export function readPlace() {
  const found = new URLSearchParams(location.hash.slice(1));
  return { as: found.get("as"), channel: found.get("channel"), thread: found.get("thread") };
}

/** The address of a place; what is not named stays out. */
export function addressOf({ as, channel, thread }) {
  const parts = new URLSearchParams();
  if (as) parts.set("as", as);
  if (channel) parts.set("channel", channel);
  if (thread) parts.set("thread", thread);
  return `#${parts}`;
}
