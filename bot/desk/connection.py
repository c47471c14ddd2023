"""How the bot stands with Intacct, from what is on record: nothing is asked of it to know."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from bot.audit import AuditRow, latest
from bot.messages.message import Bold, Moment, Paragraph, Span, says
from bot.services import Services
from bot.staged.marks import marks, oldest
from bot.staged.masters import entities
from bot.store.canonical import JSON, instant, read_instant
from bot.store.usage import Usage, usage

CALLS: Final = 200  # how far back is looked for the last answer
_NO_WORD: Final = {"NoTurn", "Busy"}  # says nothing about whether it can be reached
_SILENT: Final = {"Unreachable", "OffLine", "Garbled", "OutcomeUnknown", "unfinished"}
_LOCKED_OUT: Final = {"NotSignedIn", "NotAuthorised", "CompanyExpired"}

Trouble = Literal["", "silent", "locked out"]


@dataclass(frozen=True, slots=True)
class Line:
    """The last answer of Intacct, and since when there is trouble, where there is."""

    answered_at: datetime | None = None
    trouble: Trouble = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """Which company is asked, how the line to it is, and how old the copy of its books is.

    `copied_at` is None where there is no copy; `behind` is one that answers nothing for now.
    """

    company: str
    entity: str
    line: Line
    copied_at: datetime | None
    behind: bool
    used: Usage

    def steady(self) -> list[JSON]:
        """What of it is worth telling again: not each call, each copy and each count."""
        since = instant(self.line.since) if self.line.since else ""
        copied = self.copied_at is not None
        return [self.entity, self.line.trouble, since, copied, self.behind, self.used.percent]


def connection(services: Services) -> Connection:
    """As it stands now, from our own store."""
    store = services.store
    held = marks(store)
    names = {entity.id: entity.label for entity in entities(store)}
    return Connection(
        company=services.company,
        entity=names.get(services.default_entity, services.default_entity),
        line=line_in(latest(store, "intacct", CALLS)),
        copied_at=oldest(held) if held else None,
        behind=any(mark.behind for mark in held.values()),
        used=usage(store, services.company, services.monthly_allowance),
    )


def line_in(calls: Sequence[AuditRow]) -> Line:
    """What the calls, newest first, say of the line; a refused question is an answer too."""
    since, trouble = None, _trouble("")
    for call in calls:
        outcome, at = str(json.loads(call.body).get("outcome", "")), read_instant(call.at)
        if outcome in _NO_WORD:
            continue
        if not (found := _trouble(outcome)):
            return Line(at, trouble, since)
        since, trouble = at, trouble or found
    return Line(None, trouble, since)


def _trouble(outcome: str) -> Trouble:
    if outcome in _SILENT:
        return "silent"
    return "locked out" if outcome in _LOCKED_OUT else ""


def in_words(found: Connection) -> Paragraph:
    """How Intacct answers, how old the copy is, what the month took, and which company it is."""
    entity = f" · entity {found.entity} unless you name another" if found.entity else ""
    return says(
        *_line_in_words(found.line),
        *_copy_in_words(found),
        _use(found.used),
        f"\nCompany {found.company}{entity}.",
    )


def _use(used: Usage) -> str:
    month = f"{date.fromisoformat(f'{used.month}-01'):%B %Y}"
    return (
        f"\n{used.billed:,} of {used.allowance:,} Intacct transactions ({used.percent} %) in "
        f"{month}; at this pace {used.projected:,} by its end."
    )


def _line_in_words(line: Line) -> tuple[Span, ...]:
    last: tuple[Span, ...] = (
        ("; its last answer came ", Moment(line.answered_at), ".") if line.answered_at else (".",)
    )
    if line.trouble and line.since:
        what = "does not answer" if line.trouble == "silent" else "does not let the bot in"
        return (Bold(f"Sage Intacct {what}"), " since ", Moment(line.since), *last)
    if line.answered_at:
        return ("Sage Intacct answers", *last)
    return ("Sage Intacct was not asked anything yet.",)


def _copy_in_words(found: Connection) -> tuple[Span, ...]:
    if found.copied_at is None:
        return ("\nThere is no copy of the books; every question goes to Intacct.",)
    if found.behind:
        return ("\nThe copy of the books is behind; it is read again before it answers.",)
    return ("\nThe copy of the books is of ", Moment(found.copied_at), ".")
