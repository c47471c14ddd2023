// Everything the page knows for the person one acts as: people, channels, commands, the app.

import { addressOf } from "./place.mjs";

const TONES = 6;

/** The state of the workspace as this person may see it, ready to look things up in. */
export function makeReader(state) {
  const people = state.people.map((person, index) => ({
    ...person,
    real_name: person.real_name ?? person.name,
    tone: index % TONES,
  }));
  const ofType = (type) => (state.shortcuts ?? []).filter((shortcut) => shortcut.type === type);
  return {
    me: people.find((person) => person.id === state.me.id),
    team: state.team,
    bot: {
      ...state.bot,
      user_id: state.bot.user_id ?? state.bot.id,
      name: state.bot.real_name ?? state.bot.name,
      handle: state.bot.name.toLowerCase(),
    },
    shortcuts: ofType("message"),
    globalShortcuts: ofType("global"),
    commands: [...state.commands].sort((a, b) => a.command.localeCompare(b.command)),
    people: new Map(people.map((person) => [person.id, person])),
    channels: new Map(state.channels.map((channel) => [channel.id, channel])),
    address: (to) => addressOf({ as: state.me.id, ...to }),
  };
}
