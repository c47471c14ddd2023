// Everything the page knows for the person one acts as: people, channels, commands, the app.

import { addressOf } from "./place.mjs";

/** The state of the workspace as this person may see it, ready to look things up in. */
export function makeReader(state) {
  return {
    me: state.me,
    team: state.team,
    bot: { ...state.bot, user_id: state.bot.user_id ?? state.bot.id, name: state.bot.real_name ?? state.bot.name },
    commands: [...state.commands].sort((a, b) => a.command.localeCompare(b.command)),
    people: new Map(state.people.map((person) => [person.id, { ...person, real_name: person.real_name ?? person.name }])),
    channels: new Map(state.channels.map((channel) => [channel.id, channel])),
    address: (to) => addressOf({ as: state.me.id, ...to }),
  };
}
