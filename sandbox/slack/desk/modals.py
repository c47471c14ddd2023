"""Submitting and closing modals, and opening the Home."""

from __future__ import annotations

from sandbox.slack.accepting import accepted_view
from sandbox.slack.blocks.catalog import MODAL
from sandbox.slack.blocks.walk import find, walk
from sandbox.slack.delivery import deliver, deliver_event
from sandbox.slack.desk.clicking import remember, with_files
from sandbox.slack.desk.required import problems_of
from sandbox.slack.desk.who import TROUBLE, failed, person_of, view_of
from sandbox.slack.payloads import event, response_url, view_closed, view_submission
from sandbox.slack.reply import Reply
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused
from sandbox.slack.workspace import PEOPLE


async def submit(slack: Slack, told: Json) -> Json:
    """Sends a modal's values and does what the acknowledgement says."""
    person = person_of(told)
    view = view_of(slack, person, str(told.get("view_id")))
    typed = slack.views.typed.setdefault(view["id"], {})
    for block_id, actions in (told.get("values") or {}).items():
        for action_id, value in actions.items():
            found = find(view["blocks"], action_id, block_id)
            if found is None:
                raise Refused("action_not_found")
            remember(typed, *found, with_files(slack, person, value))
    slack.views.keep_typed(view["id"])
    state = slack.views.told(view)["state"]["values"]
    if errors := problems_of(view["blocks"], state):
        return {"ok": False, "errors": errors}
    urls = _response_urls(slack, person, view, state)
    reply = await deliver(slack, "interaction", view_submission(slack, person, view, urls))
    if not reply.ok:
        return failed(slack, person, reply, TROUBLE)
    return _follow(slack, person, view, reply)


def _response_urls(slack: Slack, person: str, view: Json, state: Json) -> list[Json]:
    """An address for each channel picked in a select that asked for one."""
    urls = []
    for block_id, actions in state.items():
        for action_id, entry in actions.items():
            found = find(view["blocks"], action_id, block_id)
            channel = entry.get("selected_conversation") or entry.get("selected_channel")
            if found and found[1].get("response_url_enabled") and channel:
                urls.append(
                    {
                        "block_id": block_id,
                        "action_id": action_id,
                        "channel_id": channel,
                        "response_url": response_url(slack, "app", person, channel),
                    }
                )
    return urls


def _follow(slack: Slack, person: str, view: Json, reply: Reply) -> Json:
    """Closes, shows errors, updates, pushes or clears, as the bot answered."""
    answer = reply.json() or {}
    action = answer.get("response_action")
    try:
        if action == "errors":
            return _errors(view, answer)
        if action == "update":
            slack.views.replace(view, _sent(slack, answer))
        elif action == "push":
            slack.views.push(person, _sent(slack, answer))
        elif action in ("clear", None):
            slack.views.close(person, view["id"], everything=action == "clear")
        else:
            raise Refused("invalid_response_action")
    except Refused as refused:
        slack.notice(person, TROUBLE)
        return {**refused.answer(), "ok": False}
    slack.listeners.tell([person], {"type": "views"})
    return {"ok": True}


def _sent(slack: Slack, answer: Json) -> Json:
    return accepted_view(slack, answer.get("view"), MODAL)


def _errors(view: Json, answer: Json) -> Json:
    """Field errors; only input blocks can carry one."""
    inputs = {block["block_id"] for _, block in walk(view["blocks"]) if block["type"] == "input"}
    errors = answer.get("errors")
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise Refused("invalid_errors")
    return {"ok": False, "errors": errors}


async def close(slack: Slack, told: Json) -> Json:
    """Closes the top modal, or all; those that asked to know are told."""
    person = person_of(told)
    view = view_of(slack, person, str(told.get("view_id")))
    everything = bool(told.get("all") or view["clear_on_close"])
    states = {each["id"]: slack.views.told(each) for each in slack.views.stack(person)}
    closed = slack.views.close(person, view["id"], everything=everything)
    slack.listeners.tell([person], {"type": "views"})
    for each in closed:
        if each["notify_on_close"]:
            body = view_closed(person, states[each["id"]], is_cleared=everything)
            await deliver(slack, "interaction", body)
    return {"ok": True}


async def open_home(slack: Slack, told: Json) -> Json:
    """Tells the bot that a person looks at its Home or its messages."""
    person = person_of(told)
    if PEOPLE[person].stranger:
        raise Refused("not_enabled")
    ts = slack.stamps.next()
    inner: Json = {
        "type": "app_home_opened",
        "user": person,
        "channel": PEOPLE[person].dm,
        "tab": str(told.get("tab") or "home"),
        "event_ts": ts,
    }
    if home := slack.views.home(person):
        inner["view"] = slack.views.told(home)
    if slack.manifest.hears("app_home_opened"):
        await deliver_event(slack, event(slack, inner))
    return {"ok": True}
