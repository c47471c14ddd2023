"""What arrives from Slack: checked, put on the pile and on record before it is acknowledged."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from analytics.errors import LedgerError
from bot.commands import commands
from bot.desk.desk import Asked, Desk, note, take
from bot.desk.paper_windows import suggestions
from bot.desk.papers import paper
from bot.desk.windows import window
from bot.errors import BotError, explain
from bot.jobs.work import args_of
from bot.messages.message import Modal, Option
from bot.policy import Person
from bot.store.engine import reading

Body = Mapping[str, Any]  # Slack's payloads are open by nature

NO_RIGHTS = (
    "You may not ask for figures here. If you should, ask your finance administrator to add you "
    "to the policy."
)
NO_SAY = (
    "You may not see or decide this. If you should, ask your finance administrator to add you to "
    "the policy."
)
JOBS = {  # what a tap puts on the pile
    "forecast.save": "save",
    "proposal.approve": "click",
    "proposal.reject": "click",
    "proposal.review": "reviewed",
    "proposal.settle": "look again",
    "paper.export": "export",
}
FORMATS = {"csv", "xlsx", "rows"}
WINDOWS = (  # what a tap opens; a longer name is another button to the same window
    "paper.sources",
    "paper.table",
    "paper.entries",
    "paper.export",
    "forecast.sources",
    "proposal.lines",
    "proposal.review",
    "proposal.reject",
    "proposal.trail",
)

EXAMPLES: Final = {  # what anybody who may type the command can paste as it is
    "/forecast": ("/forecast revenue 12m by department", "/forecast expenses 6m"),
    "/audit": ("/audit verify",),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What is said back at once: a sentence only this person sees, or a window."""

    sentence: str = ""
    window: Modal | None = None


def typed(desk: Desk, body: Body) -> Taken:
    """A slash command: refused in a sentence, or on the pile."""
    services = desk.services
    command, words = body["command"], html.unescape(body.get("text", ""))[:1000]
    asked = _asked(desk, body, f"typed {command}", "", "answer")
    if not services.policy.may_type(command, asked.who):
        note(services, asked, f"was refused {command}")
        return Taken(NO_RIGHTS)
    if words.strip().casefold() in {"help", "?"}:
        note(services, asked, f"asked for help on {command}")
        return Taken(_help(command))
    try:
        commands()[command].parse(words, asked.at.date(), services.calendar)
    except (BotError, LedgerError) as error:
        note(services, asked, f"was not understood: {command}")
        return Taken(explain(error).sentence)
    here = body["channel_id"] in services.policy.finance_channels
    args = {"command": command, "words": words, "channel": body["channel_id"] if here else ""}
    take(services, _with(asked, args))
    elsewhere = not here and body.get("channel_name") != "directmessage"
    return Taken("I answer in our direct messages, where only you see it." if elsewhere else "")


def _help(command: str) -> str:
    """What to paste as it is, then all it takes."""
    said = " or ".join(EXAMPLES.get(command, ()))
    return f"{f'Type {said}. ' if said else ''}All it takes: {commands()[command].USAGE}"


def acted(desk: Desk, body: Body) -> Taken:
    """A tap: a window with what is already known, or work on the pile."""
    action = body["actions"][0]
    name, value = str(action["action_id"]), _carried(action)
    asked = _asked(desk, body, f"tapped {name}", value.split("|")[0], "")
    if not desk.services.policy.may_see(asked.who):
        note(desk.services, asked, f"was refused {name}")
        return Taken(NO_SAY)
    if opened := next((window for window in WINDOWS if name.startswith(window)), ""):
        note(desk.services, asked, f"opened {opened}")
        return _window(desk, opened, value)
    if name == "command.again":
        return _again(desk, asked, value)
    if job := JOBS.get(name):
        verdict = name.rsplit(".", 1)[-1]
        where = str((body.get("channel") or {}).get("id", ""))
        args = {"value": value, "verdict": verdict, "reason": "", "channel": where}
        take(desk.services, _with(asked, args, job))
        return Taken()
    note(desk.services, asked, f"tapped {name}, which no longer exists")
    return Taken("This button is from an older version. Type the command again.")


def _again(desk: Desk, asked: Asked, value: str) -> Taken:
    """The same command once more: for somebody who may type it, and once for each failure."""
    services = desk.services
    with reading(services.store) as tx:
        args = args_of(tx, value)
    if args is None or not services.policy.may_type(str(args["command"]), asked.who):
        note(services, asked, "was refused command.again")
        return Taken(NO_RIGHTS)
    asker = {name: asked.args[name] for name in ("user", "team", "response_url")}
    take(services, replace(asked, key=f"{value}:again", job="answer", args={**args, **asker}))
    return Taken()


def submitted(desk: Desk, body: Body) -> dict[str, str]:
    """A window sent back: work on the pile; the texts that are missing, by their field."""
    view = body["view"]
    name, value = str(view["callback_id"]), str(view["private_metadata"])
    asked = _asked(desk, body, f"sent {name}", value, "")
    if not desk.services.policy.may_see(asked.who):
        note(desk.services, asked, f"was refused {name}")
        return {"format": NO_SAY} if name == "paper.export" else {}
    if name not in JOBS:
        note(desk.services, asked, f"sent {name}, which asks for nothing")
        return {}
    reason = str(_typed_into(view, "reason") or "").strip()
    if name == "proposal.reject" and not reason:
        return {"reason": "Say why, so that the person who asked knows what to change."}
    args = {"value": value, "verdict": name.rsplit(".", 1)[-1], "reason": reason}
    if name == "paper.export":
        args["format"] = _chosen_in(view, "format")
        if args["format"] not in FORMATS:
            return {"format": "Choose what the file shall be."}
    take(desk.services, _with(asked, args, JOBS[name]))
    return {}


def suggested(desk: Desk, body: Body) -> tuple[Option, ...]:
    """The options of a list that is too long to show, for what was typed into it; only to look at,
    so it is not on record. None for a person without rights."""
    user = body["user"]
    who = Person(str(user.get("team_id") or body["team"]["id"]), str(user["id"]))
    about = str((body.get("view") or {}).get("private_metadata", ""))
    action = str(body["action_id"])
    if not desk.services.policy.may_see(who) or not action.startswith(WINDOWS):
        return ()
    try:
        return suggestions(paper(desk, about), action, str(body.get("value") or ""))
    except BotError:
        return ()


def _carried(action: Body) -> str:
    """What a button carries, or the option that was chosen."""
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or "")


def _window(desk: Desk, name: str, value: str) -> Taken:
    try:
        return Taken(window=window(desk, name, value))
    except BotError as error:
        return Taken(explain(error).sentence)


def _asked(desk: Desk, body: Body, did: str, about: str, job: str) -> Asked:
    """Slack's own id for it: the trigger that comes with every command, tap and window."""
    user = body.get("user_id") or body["user"]["id"]
    # The person's own workspace: in a channel shared with others it is not the channel's.
    team = body.get("team_id") or body["user"].get("team_id") or body["team"]["id"]
    at = desk.services.clock()
    key = f"slack:{body['trigger_id']}"
    args = {
        "team": team,
        "user": user,
        "at": at.isoformat(),
        "response_url": body.get("response_url", ""),
    }
    return Asked(key, Person(str(team), str(user)), did, about or key, job, args, at)


def _with(asked: Asked, args: Mapping[str, Any], job: str = "") -> Asked:
    return Asked(
        asked.key,
        asked.who,
        asked.did,
        asked.about,
        job or asked.job,
        {**asked.args, **args},
        asked.at,
    )


def _chosen_in(view: Body, name: str) -> str:
    chosen = view["state"]["values"].get(name, {}).get(name, {}).get("selected_option") or {}
    return str(chosen.get("value", ""))


def _typed_into(view: Body, name: str) -> str | None:
    found: str | None = view["state"]["values"].get(name, {}).get(name, {}).get("value")
    return found
