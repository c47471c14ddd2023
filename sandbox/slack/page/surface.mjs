// A place blocks stand in (one message, one view): where its clicks go and what its controls hold.

import { ask, complain, tell } from "./desk.mjs";

/** `where` says what is clicked: `{as, channel, message_ts}` or `{as, view_id}`. */
export function makeSurface(where, notice) {
  let kept = new Map();
  let remembered = Promise.resolve();
  const send = (blockId, actionId, value) =>
    tell("/desk/act", { ...where, block_id: blockId, action_id: actionId, value });
  const surface = {
    controls: new Map(),
    notice,
    where,
    // Draws a list of blocks with `drawn`; a block that is as it was keeps its node and its controls.
    draw: (list, drawn) => {
      const before = kept;
      kept = new Map();
      const all = list.map((block, index) => {
        const name = block.block_id ?? index;
        const print = JSON.stringify(block);
        const old = before.get(name);
        if (old?.print === print) kept.set(name, old);
        else {
          surface.controls = new Map();
          const node = drawn(block);
          kept.set(name, { print, node, controls: surface.controls });
        }
        return kept.get(name);
      });
      surface.controls = new Map(all.flatMap(({ controls }) => [...controls]));
      return all.map(({ node }) => node);
    },
    // What was filled in before a click arrives before it, so that the click carries it.
    act: async (blockId, actionId, value) => {
      await remembered;
      return send(blockId, actionId, value);
    },
    remember: (blockId, actionId, value) => {
      remembered = remembered.then(() => send(blockId, actionId, value));
    },
    shortcut: async (callbackId) => {
      const reply = await tell("/desk/shortcut", { ...where, callback_id: callbackId });
      if (!reply.ok) complain(reply, notice);
    },
    options: (blockId, actionId, typed) =>
      ask("/desk/options", { ...where, block_id: blockId, action_id: actionId, value: typed }),
  };
  return surface;
}

/** Slack's state: `{block_id: {action_id: {type, …}}}` of everything that holds a value. */
export function values({ controls }) {
  const state = {};
  for (const { spot, read } of controls.values()) {
    state[spot.block.block_id] ??= {};
    state[spot.block.block_id][spot.element.action_id] = { type: spot.element.type, ...read() };
  }
  return state;
}

/** Gives a redrawn surface what was typed before, where block and action have kept their ids and type. */
export function restore(surface, saved) {
  for (const { spot, write } of surface.controls.values()) {
    const before = saved[spot.block.block_id]?.[spot.element.action_id];
    if (before && before.type === spot.element.type) write(before);
  }
}
