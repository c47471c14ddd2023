// What the composer offers while one types: commands after a slash, people after an @, channels after a #.

const MOST = 8;

/**
 * Offers for the text before the cursor: `{offers, from}`; taking one replaces everything from `from` on.
 * An offer is `{insert, title, hint, note}`.
 */
export function suggestions(before, commands, reader) {
  if (/^\/\S*$/.test(before))
    return { from: 0, offers: fittingCommands(before.toLowerCase(), commands) };
  const name = /(?:^|\s)([@#])([\w-]*)$/.exec(before);
  if (!name) return { from: 0, offers: [] };
  const [, sign, typed] = name;
  const offers =
    sign === "@" ? people(typed.toLowerCase(), reader) : channels(typed.toLowerCase(), reader);
  return { from: before.length - typed.length - 1, offers: offers.slice(0, MOST) };
}

function fittingCommands(typed, commands) {
  return commands
    .filter(({ command }) => command.startsWith(typed))
    .map(({ command, description, usage_hint: hint }) => ({
      insert: command,
      title: command,
      hint,
      note: description,
    }));
}

function people(typed, reader) {
  const app = { name: reader.bot.handle, real_name: reader.bot.name, title: "App" };
  return [app, ...reader.people.values()]
    .filter(({ name, real_name: full }) =>
      [name, ...full.toLowerCase().split(" ")].some((word) => word.startsWith(typed)),
    )
    .map(({ name, real_name: full, title }) => ({
      insert: `@${name}`,
      title: full,
      hint: `@${name}`,
      note: title,
    }));
}

function channels(typed, reader) {
  return [...reader.channels.values()]
    .filter(({ kind, name }) => kind !== "im" && name.startsWith(typed))
    .map(({ name, topic }) => ({ insert: `#${name}`, title: `#${name}`, note: topic }));
}

/** The hint for a command that is already written out, if it is one. */
export function usageOf(text, commands) {
  return commands.find(({ command }) => text.startsWith(`${command} `));
}
