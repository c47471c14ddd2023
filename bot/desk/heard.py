"""What happens in Slack unasked: a Home is opened, somebody writes to the bot."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from analytics.errors import LedgerError
from bot.commands import commands
from bot.desk.desk import Asked, Desk, take
from bot.desk.edge import EXAMPLES, NO_RIGHTS
from bot.errors import BotError, explain
from bot.jobs.work import Work
from bot.messages import send
from bot.messages.message import Bold, Message, Paragraph, says
from bot.policy import Person

Body = Mapping[str, Any]  # Slack's payloads are open by nature

WHERE: Final = (
    "Paste it into the message field of this conversation or of a channel; Slack takes no commands "
    "inside a thread."
)
MOST: Final = 300  # characters of what was written that are looked at
_MENTION = re.compile(r"^\s*(<@\w+(\|[^>]*)?>[\s,:]*)+")


def heard(desk: Desk, body: Body) -> None:
    """Put on the pile what needs an answer, once for each event however often it is delivered.

    Messages of bots, our own, edited and deleted ones are none of these, and neither are those in
    channels.
    """
    event = body["event"]
    if event["type"] == "app_home_opened" and event.get("tab") == "home":
        take(desk.services, _asked(desk, body, "opened the Home", "home", {}))
    elif event["type"] == "message" and _from_a_person(event):
        where = {"channel": event["channel"], "thread": event.get("thread_ts") or event["ts"]}
        words = _words(event)
        kept = words if _command(words) in commands() else ""  # nothing else people write is kept
        asked = _asked(desk, body, "wrote a message", "help", {**where, "words": kept})
        take(desk.services, asked)


def help_out(work: Work, desk: Desk) -> None:
    """One answer in the message's own thread: what can be asked, and how."""
    args: Any = work.args
    who, words = Person(args["team"], args["user"]), str(args["words"])
    message = helpful(desk, who, words)
    send.answer(desk.slack, f"help:{work.key}", args["channel"], args["thread"], message)


def helpful(desk: Desk, who: Person, words: str) -> Message:
    """The command these words are when they begin with one's name; otherwise what there is."""
    policy = desk.services.policy
    if not policy.may_see(who):
        return Message("Tieout", NO_RIGHTS)
    may_type = [name for name in EXAMPLES if policy.may_type(name, who)]
    if _command(words) in may_type:
        return _as_a_command(desk, _command(words), words.partition(" ")[2])
    examples = [example for name in may_type for example in EXAMPLES[name]]
    return Message(
        title="What you can ask",
        result=f"I answer commands, such as {examples[0]}",
        parts=(
            says(Bold("These work as they stand"), *(f"\n{example}" for example in examples)),
            says(WHERE),
            says(Bold("All they take"), *(f"\n{commands()[name].USAGE}" for name in may_type)),
            says(_HOME),
        ),
    )


_HOME: Final = "What waits for you, and what you asked for, is on my Home tab."


def _as_a_command(desk: Desk, command: str, rest: str) -> Message:
    """Words that begin with a command's name: what to type, or what it does not understand."""
    services = desk.services
    asked = f"{command} {rest}".strip()
    try:
        commands()[command].parse(rest, services.clock().date(), services.calendar)
    except (BotError, LedgerError) as error:
        why = f"Type {commands()[command].USAGE}" if rest == "help" else explain(error).sentence
        return Message(
            title=f"How to ask for {command}",
            result=why,
            parts=(says("For example:"), *map(_shown, EXAMPLES[command]), says(WHERE)),
        )
    return Message(
        title="That is a command",
        result=says("To ask for this, type ", Bold(asked)),
        parts=(says(WHERE),),
    )


def _shown(example: str) -> Paragraph:
    return says(Bold(example))


def _from_a_person(event: Body) -> bool:
    """New words of a person to the bot alone; a file may come with them."""
    new = event.get("subtype") in {None, "", "file_share"}
    own = event.get("channel_type") == "im" and event.get("user") and not event.get("bot_id")
    return bool(new and own and not event.get("edited"))


def _command(words: str) -> str:
    """The command that the first word would name, with its stroke or without."""
    return f"/{words.partition(' ')[0].casefold().lstrip('/')}"


def _words(event: Body) -> str:
    said = _MENTION.sub("", html.unescape(str(event.get("text") or "")))
    return " ".join(said.split())[:MOST]


def _asked(desk: Desk, body: Body, did: str, job: str, args: Mapping[str, Any]) -> Asked:
    """Under Slack's own id of the event, which every delivery of it carries."""
    event = body["event"]
    team = event.get("user_team") or event.get("team") or body["team_id"]
    key, at = f"event:{body['event_id']}", desk.services.clock()
    who = Person(str(team), str(event["user"]))
    told = {"team": who.team, "user": who.user, "at": at.isoformat(), **args}
    return Asked(key, who, did, key, job, told, at)
