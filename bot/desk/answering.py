"""A stored command becomes an answer: a word at once, progress while it takes, then the result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from analytics.errors import LedgerError
from bot.audit import AuditEntry, record
from bot.commands import commands
from bot.desk.desk import Desk, reference
from bot.desk.telling import tell
from bot.errors import BotError, NotDelivered, explain
from bot.jobs.work import Work
from bot.messages import send
from bot.messages.message import Button, Buttons, Message, says
from intacct.errors import Unreachable


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it was stored."""

    command: str
    words: str
    user: str
    team: str
    channel: str
    at: datetime


def typed_from(args: Any) -> Typed:  # the job's own JSON
    """The command that was stored."""
    return Typed(
        command=args["command"],
        words=args["words"],
        user=args["user"],
        team=args["team"],
        channel=args["channel"],
        at=datetime.fromisoformat(args["at"]),
    )


def answer(work: Work, desk: Desk) -> None:
    """Say that it is under way, run the command, say the result in the same place."""
    typed, key = typed_from(work.args), answer_key(work.key)
    where = typed.channel or typed.user
    send.post(desk.slack, key, where, _under_way(typed, "On it…"), about=work.key)

    def progress(words: str) -> None:
        send.change(desk.slack, key, _under_way(typed, words), soon=True)

    module = commands()[typed.command]
    services = replace(desk.services, progress=progress)
    request = module.parse(typed.words, typed.at.date(), services.calendar)
    try:
        answered = module.run(request, services)
    except Unreachable as error:  # nobody should stare at a message that does not move
        progress(explain(error).while_trying)
        raise
    send.change(desk.slack, key, module.show(answered))
    with services.store.begin() as tx:
        entry = AuditEntry(services.clock(), "bot", f"answered {typed.command}", work.key, {})
        record(tx, services.audit_key, entry)


def answer_failed(key: str, args: Any, desk: Desk, error: Exception) -> None:
    """Say in one sentence what went wrong and what to do, where the answer would have stood."""
    typed, sentence = typed_from(args), explain(error).sentence
    message = Message(
        title=f"{typed.command} {typed.words}".strip(),
        result=sentence,
        parts=()
        if isinstance(error, BotError | LedgerError)
        else (Buttons((Button("Try again", "command.again", key),)),),
        footer=f"reference {reference(key)}",
    )
    if not _says(desk, answer_key(key), message):
        tell(desk, key, args, message.title, sentence)


def _says(desk: Desk, key: str, message: Message) -> bool:
    """Whether the answer's own place says it: not where it was refused, or lets nobody in now."""
    try:
        send.change(desk.slack, key, message)
    except NotDelivered:
        return False
    return send.stands(desk.slack, key)


def answer_key(key: str) -> str:
    """The key of the message that answers the job with this key."""
    return f"answer:{key}"


def _under_way(typed: Typed, words: str) -> Message:
    asked = f"{typed.command} {typed.words}".strip()
    return Message(title=asked, result=words, parts=(says("Asked for; the result replaces this."),))
