"""What a person clicks or picks: found in the current message or view, then sent to the bot."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.slack.blocks.catalog import MESSAGE
from sandbox.slack.blocks.shape import Place, Shape, items
from sandbox.slack.blocks.texts import OPTION_GROUP, PLAIN_OPTION
from sandbox.slack.blocks.walk import find
from sandbox.slack.delivery import deliver
from sandbox.slack.desk.sharing import chosen
from sandbox.slack.desk.who import failed, failure_of, person_of, spot_of
from sandbox.slack.methods.files import told_file
from sandbox.slack.payloads import Spot, block_actions, block_suggestion, shortcut
from sandbox.slack.state import Slack
from sandbox.slack.typed import FIELDS, Typed, filled_in
from sandbox.slack.wire import Json, Refused

NO_ANSWER = "Oh no, something went wrong. Please try that again."
STATUS = "Darn – that didn’t work. This app responded with Status Code {}."
NOT_CONFIGURED = "This app is not configured to handle interactive responses."
MOST_OPTIONS = 100
WRITTEN = ("value", "rich_text_value", "files")  # fields of inputs, whose clicks say nothing else


def _one_list(value: Json, place: Place) -> Iterator[str]:
    if ("options" in value) == ("option_groups" in value):
        yield place.problem("must provide exactly one of options and option_groups")


SUGGESTED = Shape(
    {},
    {
        "options": items(PLAIN_OPTION, 0, MOST_OPTIONS),
        "option_groups": items(OPTION_GROUP, 0, MOST_OPTIONS),
    },
    (_one_list,),
)
BUTTONS = ("button", "icon_button", "workflow_button")
BUTTON_SAYS = ("text", "value", "style", "url", "icon", "confirm")
PICKER_SAYS = ("placeholder", "confirm")  # besides what it started with


async def act(slack: Slack, told: Json) -> Json:
    """Delivers a click or a pick; a quiet input is only remembered."""
    spot = spot_of(slack, told)
    block, element = _element(spot, told)
    value = told.get("value") if isinstance(told.get("value"), dict) else {}
    if element["type"] in FIELDS:
        value = with_files(slack, spot.person, value or {})
        remember(typed_at(slack, spot), block, element, value)
        if spot.channel is None:
            slack.views.keep_typed(spot.subject["id"])
    action = _action(element, block, value or {}, slack.stamps.next())
    if block["type"] == "input" and not block.get("dispatch_action"):
        return {"ok": True}
    if not slack.manifest.interactive:
        slack.notice(spot.person, NOT_CONFIGURED)
        return {"ok": False, "error": "not_interactive"}
    reply = await deliver(slack, "interaction", block_actions(slack, spot, action))
    if reply.ok:
        return {"ok": True}
    text = NO_ANSWER if reply.status is None else STATUS.format(reply.status)
    return failed(slack, spot.person, reply, text)


async def options(slack: Slack, told: Json) -> Json:
    """Asks the bot for the options of an external select."""
    spot = spot_of(slack, told)
    block, element = _element(spot, told)
    if element["type"] not in ("external_select", "multi_external_select"):
        raise Refused("not_an_external_select")
    typed = str(told.get("value") or "")
    body = block_suggestion(slack, spot, block["block_id"], element["action_id"], typed)
    reply = await deliver(slack, "options", body)
    answer = reply.json() or {}
    if not reply.ok or list(SUGGESTED(answer, Place("", MESSAGE, slack.files.image_ready))):
        error = "invalid_options" if reply.ok else failure_of(reply)
        return {"ok": False, "error": error, "options": []}
    return {"ok": True, **{k: answer[k] for k in ("options", "option_groups") if k in answer}}


async def use_shortcut(slack: Slack, told: Json) -> Json:
    """Runs a shortcut from the manifest, on a message or anywhere."""
    person = person_of(told)
    callback_id = str(told.get("callback_id"))
    spot = spot_of(slack, told) if told.get("message_ts") else None
    kind = "message" if spot else "global"
    known = {(one.get("callback_id"), one.get("type")) for one in slack.manifest.shortcuts}
    if slack.manifest.commands is not None and (callback_id, kind) not in known:
        raise Refused("shortcut_not_found")
    if not slack.manifest.interactive:
        slack.notice(person, NOT_CONFIGURED)
        return {"ok": False, "error": "not_interactive"}
    reply = await deliver(slack, "interaction", shortcut(slack, person, callback_id, spot))
    return {"ok": True} if reply.ok else failed(slack, person, reply, NO_ANSWER)


def typed_at(slack: Slack, spot: Spot) -> Typed:
    """What this person filled in here so far."""
    if spot.channel is None:
        return slack.views.typed.setdefault(spot.subject["id"], {})
    return slack.typed.setdefault((spot.person, spot.subject["ts"]), {})


def remember(typed: Typed, block: Json, element: Json, value: Json) -> None:
    """Keeps what was filled in for `state.values`."""
    typed.setdefault(block["block_id"], {})[element["action_id"]] = filled_in(element, value)


def with_files(slack: Slack, person: str, value: Json) -> Json:
    """A value whose files are told in full; they are the person's own."""
    if not isinstance(value.get("files"), list):
        return value
    files = chosen(slack, person, value["files"])
    return {**value, "files": [told_file(slack, file) for file in files]}


def _element(spot: Spot, told: Json) -> tuple[Json, Json]:
    found = find(spot.blocks, str(told.get("action_id")), told.get("block_id"))
    if found is None:
        raise Refused("action_not_found")
    return found


def _action(element: Json, block: Json, value: Json, ts: str) -> Json:
    """One entry of `actions`, with the value field of its type."""
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": ts,
    }
    if element["type"] in BUTTONS:
        return action | {k: element[k] for k in BUTTON_SAYS if k in element}
    if element["type"] == "feedback_buttons":
        return action | _feedback(element, value)
    if element["type"] == "overflow":
        confirm = {"confirm": element["confirm"]} if "confirm" in element else {}
        return action | confirm | {"selected_option": _chosen(element["options"], value)}
    return action | _picked(element, value)


def _feedback(element: Json, value: Json) -> Json:
    for name in ("positive_button", "negative_button"):
        if element[name]["value"] == value.get("value"):
            return {"text": element[name]["text"], "value": element[name]["value"]}
    raise Refused("invalid_value")


def _chosen(offered: list[Json], value: Json) -> Json:
    wanted = (value.get("selected_option") or {}).get("value")
    for option in offered:
        if option["value"] == wanted:
            return option
    raise Refused("invalid_value")


def _picked(element: Json, value: Json) -> Json:
    """The value field of a picker, and what the app wrote on it."""
    name, start = FIELDS[element["type"]]
    if name not in value:
        raise Refused("missing_value")
    written = () if name in WRITTEN else (start, *PICKER_SAYS)
    says = {key: element[key] for key in written if key in element}
    return says | {key: each for key, each in filled_in(element, value).items() if key != "type"}
