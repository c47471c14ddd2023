// What a select offers: options of the app, people, channels, or whatever the app suggests while one types.

const LEAST_TYPED = 3;

const FIELDS = {
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  users_select: ["selected_user", "initial_user"],
  channels_select: ["selected_channel", "initial_channel"],
  conversations_select: ["selected_conversation", "initial_conversation"],
};

/** `{field, initial, many}`: where the value stands in the state, what it starts with, one or several. */
export function fieldOf(spot) {
  const { type } = spot.element;
  const many = type.startsWith("multi_");
  const [field, initial] = FIELDS[type.replace("multi_", "")].map((name) =>
    many ? `${name}s` : name,
  );
  const start = spot.element[initial] ?? here(spot, many);
  return { field, initial: start, many };
}

function here({ element, surface }, many) {
  const channel = element.default_to_current_conversation && surface.where.channel;
  if (!channel) return undefined;
  return many ? [channel] : channel;
}

/**
 * What fits what was typed, as groups of `{label?, choices}`, or a sentence why there is nothing.
 * @returns {Promise<{groups: Array, words?: string}>}
 */
export async function offers(spot, typed) {
  const { element, block, reader, surface } = spot;
  if (element.type.endsWith("external_select")) {
    const least = element.min_query_length ?? LEAST_TYPED;
    if (typed.length < least) return { groups: [], words: `Type ${least} or more characters` };
    const reply = await surface.options(block.block_id, element.action_id, typed);
    if (!reply.ok) return { groups: [], words: "The app did not answer in time" };
    return found(optionGroups(reply, reader), "");
  }
  return found(OFFERED[element.type.replace("multi_", "")](element, reader), typed);
}

function found(groups, typed) {
  const wanted = typed.toLowerCase();
  const fitting = groups
    .map((group) => ({
      ...group,
      choices: group.choices.filter((one) => one.label.toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.choices.length > 0);
  return { groups: fitting, words: fitting.length ? undefined : "Nothing found" };
}

const OFFERED = {
  static_select: optionGroups,
  users_select: (_, reader) => [ids(people(reader), reader)],
  channels_select: (_, reader) => [ids(channels(reader), reader)],
  conversations_select: ({ filter }, reader) => {
    const kinds = filter?.include ?? ["public", "private", "im"];
    const rooms = kinds.some((kind) => kind !== "im") ? channels(reader) : [];
    return [ids([...rooms, ...(kinds.includes("im") ? people(reader) : [])], reader)];
  },
};

function optionGroups({ options, option_groups: groups }, reader) {
  const choices = (list) => list.map((option) => asChoice(option, reader));
  if (!groups) return [{ choices: choices(options ?? []) }];
  return groups.map((group) => ({ label: group.label.text, choices: choices(group.options) }));
}

function people(reader) {
  return [...reader.people.keys()];
}

function channels(reader) {
  return [...reader.channels.values()].filter(({ kind }) => kind !== "im").map(({ id }) => id);
}

function ids(list, reader) {
  return { choices: list.map((id) => asChoice(id, reader)) };
}

/** `{key, value, label, note?}` of an option, or of the id of a person or a channel. */
export function asChoice(value, reader) {
  if (typeof value !== "string")
    return { key: value.value, value, label: value.text.text, note: value.description?.text };
  const channel = reader.channels.get(value);
  const label = channel ? `#${channel.name}` : (reader.people.get(value)?.real_name ?? value);
  return { key: value, value, label, note: reader.people.get(value)?.title };
}
