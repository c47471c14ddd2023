"""What waits for a click: the document, what it changes line by line, and the hashes that bind it.

open ──▶ approved ──▶ committed        approved, written, read back
  │          ├──────▶ unsettled ─▶ committed     nobody could say; found later
  │          ├──────▶ failed           Intacct refused it, or holds another under its name
  │          └──────▶ stale            the books moved between the click and the write
  │                   (failed and stale become committed where Intacct holds it after all)
  ├──▶ rejected                        a person said no
  ├──▶ stale                           the books moved since it was shown
  ├──▶ expired                         its time, or its month, is over
  └──▶ failed                          what is stored is not what was proposed
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal, cast

from analytics.ledger import AccountNo
from bot.approvals.question import Question, question_as_json
from bot.policy import Person
from bot.store.canonical import JSON, canonical, instant
from intacct.documents.as_json import as_json
from intacct.documents.budget_version import BudgetVersion

State = Literal[
    "open", "approved", "rejected", "stale", "expired", "committed", "failed", "unsettled"
]
Kind = Literal["budget version"]
LineKey = tuple[str, str, str, str]  # account, period, department, location


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One line before and after; `old` is None where the version before has no such line."""

    account: AccountNo
    title: str
    period: str
    department: str
    location: str
    old: Decimal | None
    new: Decimal

    @property
    def key(self) -> LineKey:
        """What makes the line this line and no other."""
        return (self.account, self.period, self.department, self.location)

    @property
    def change(self) -> Decimal:
        """New less old; a line that was not there counts as nothing."""
        return self.new - (self.old or Decimal(0))

    @property
    def percent(self) -> Decimal | None:
        """The change in percent of the old amount, None where there is nothing to compare with."""
        return self.change * 100 / abs(self.old) if self.old else None


@dataclass(frozen=True, slots=True)
class SourceDifference:
    """One source figure that is no longer what it was when it was shown."""

    what: str
    was: str
    now: str

    @property
    def sentence(self) -> str:
        """The difference in words."""
        return f"{self.what}: was {self.was}, now {self.now}."


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended: the plain sentence, which sources had moved, and how to undo what was done."""

    sentence: str = ""
    differences: tuple[SourceDifference, ...] = ()
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Grain:
    """How coarse a document is: what its lines add up, the version before may keep apart.

    `entity_of` names the location whose line holds each location below it; with
    `departments_together` a line holds all departments.
    """

    entity_of: Mapping[str, str] = field(default_factory=dict)
    departments_together: bool = False

    def place(self, account: str, period: str, department: str, location: str) -> LineKey:
        """The document's place that a line of the version before belongs to."""
        held_by = self.entity_of.get(location, location)
        return (account, period, "" if self.departments_together else department, held_by)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document that waits for a decision, or what became of it.

    `key` is the cause it was staged for; `compared_with` names the budget version that the old
    amounts come from, "" where there was none; `grain` says which of that version's lines a line
    was compared with, None where an older version staged it. The amounts of `lines` add
    up: those of `turned` accounts, which the document has in their own sign, are taken off.
    """

    id: str
    key: str
    state: State
    kind: Kind
    asked_by: Person
    channel: str
    title: str
    document: BudgetVersion
    lines: tuple[ProposalLine, ...]
    compared_with: str
    questions: tuple[Question, ...]
    payload_hash: str
    sources_hash: str
    snapshot_id: str
    policy_version: int
    made_at: datetime
    expires_at: datetime
    decided_by: Person | None = None
    decided_at: datetime | None = None
    reason: str = ""
    record_no: str = ""
    ending: Ending = Ending()
    grain: Grain | None = None
    turned: tuple[AccountNo, ...] = ()


def sha256(text: str) -> str:
    """The SHA-256 of the text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def payload(proposal: Proposal) -> dict[str, JSON]:
    """Everything that is fixed when a proposal is staged, and that an approval is bound to."""
    some = {} if proposal.grain is None else {"grain": _grain_as_json(proposal.grain)}
    if proposal.turned:
        some["turned"] = list(proposal.turned)
    return some | {
        "id": proposal.id,
        "key": proposal.key,
        "kind": proposal.kind,
        "asked_by": person_as_text(proposal.asked_by),
        "channel": proposal.channel,
        "title": proposal.title,
        "document": cast("JSON", as_json(proposal.document)),  # nothing but JSON values
        "lines": [_line_as_json(line) for line in proposal.lines],
        "compared_with": proposal.compared_with,
        "questions": [question_as_json(question) for question in proposal.questions],
        "sources_hash": proposal.sources_hash,
        "snapshot_id": proposal.snapshot_id,
        "policy_version": proposal.policy_version,
        "made_at": instant(proposal.made_at),
        "expires_at": instant(proposal.expires_at),
    }


def hash_of_payload(proposal: Proposal) -> str:
    """What the payload hashes to now; `payload_hash` is what it hashed to when it was staged."""
    return sha256(canonical(payload(proposal)))


def person_as_text(who: Person) -> str:
    """Workspace and user in one word, as the audit table names people."""
    return f"{who.team}/{who.user}"


def person_from_text(text: str) -> Person:
    """The person named by such a word."""
    team, _, user = text.partition("/")
    return Person(team, user)


def _grain_as_json(grain: Grain) -> JSON:
    return {
        "locations": [[place, held_by] for place, held_by in sorted(grain.entity_of.items())],
        "departments_together": grain.departments_together,
    }


def grain_from_json(raw: Mapping[str, object]) -> Grain:
    """The grain that was written; ValueError where it is none."""
    match raw:
        case {"locations": list(places), "departments_together": bool(together)}:
            return Grain({str(place): str(by) for place, by in places}, together)
    raise ValueError("this does not say which lines were compared")


def _line_as_json(line: ProposalLine) -> dict[str, JSON]:
    return {
        "account": line.account,
        "title": line.title,
        "period": line.period,
        "department": line.department,
        "location": line.location,
        "old": None if line.old is None else str(line.old),
        "new": str(line.new),
    }


def line_from_json(raw: Mapping[str, object]) -> ProposalLine:
    """The line that was written."""
    return ProposalLine(
        account=AccountNo(str(raw["account"])),
        title=str(raw["title"]),
        period=str(raw["period"]),
        department=str(raw["department"]),
        location=str(raw["location"]),
        old=None if raw["old"] is None else Decimal(str(raw["old"])),
        new=Decimal(str(raw["new"])),
    )
