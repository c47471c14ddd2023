"""How the bot stands with Intacct, from what is on record: nothing is asked of it to know."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from bot.audit import AuditRow, latest
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
