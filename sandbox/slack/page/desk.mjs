// What the page asks of the local Slack, and what it is told.

const UNREACHABLE = { ok: false, error: "unreachable" };

/** A GET with its JSON answer; `{ok: false, error}` if there was none. */
export async function ask(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, value);
  }
  return answer(`${path}?${query}`, { cache: "no-store" });
}

/** Asks at every call and shows the answer; calls that come while one is asked become one more question. */
export function asker(path, parameters, show) {
  let asking = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      show(await ask(path, parameters()));
    } while (again);
    asking = null;
  };
  return () => {
    if (asking) again = true;
    asking ??= run();
    return asking;
  };
}

/** A POST of JSON with its JSON answer; it comes when the app has acknowledged. */
export async function tell(path, body) {
  return answer(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Uploads a file as this person; `{ok, file}`. It is seen by others once it is shared. */
export async function upload(person, file) {
  const query = new URLSearchParams({ as: person, name: file.name });
  return answer(`/desk/upload?${query}`, { method: "POST", body: file });
}

async function answer(address, options) {
  try {
    const response = await fetch(address, options);
    const body = await response.json();
    return response.ok || "ok" in body
      ? body
      : { ...body, ok: false, error: body.error ?? `http_${response.status}` };
  } catch {
    return UNREACHABLE;
  }
}

/**
 * Calls back with every event for this person, and with `{type: "again"}` whenever the connection
 * stands anew: what happened before it stood was not heard.
 */
export function listen(person, heard) {
  const source = new EventSource(`/desk/events?as=${encodeURIComponent(person)}`);
  source.onmessage = (message) => heard(JSON.parse(message.data));
  source.onopen = () => heard({ type: "again" });
  return () => source.close();
}

/** Failures of which the workspace itself tells the person, by a notice or a message. */
const SAID_ELSEWHERE = new Set([
  "dispatch_failed",
  "not_interactive",
  "operation_timeout",
  "not_a_command",
  "not_supported_in_threads",
]);

/** Calls `notice` with a failure, unless the workspace says it already. */
export function complain(reply, notice) {
  if (!SAID_ELSEWHERE.has(reply.error)) notice(inWords(reply));
}

/** A failed answer in words for the person who waits. */
export function inWords(reply) {
  return WORDS[reply.error] ?? `That did not work (${reply.error ?? "no reason given"}).`;
}

const WORDS = {
  unreachable: "The local Slack does not answer. Is it still running?",
  channel_not_found: "You are not in this conversation.",
  message_not_found: "This message is no longer there.",
  view_not_found: "This window is no longer open.",
  action_not_found: "This button is no longer there.",
  dispatch_failed: "The app did not answer. Nothing was done by this click.",
  operation_timeout: "The app took longer than three seconds to answer.",
};
