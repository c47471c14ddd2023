"""A checked document becomes a proposal that waits for a click, with the rows it rests on."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import Connection, Engine, insert
from sqlalchemy.exc import IntegrityError

from analytics.ledger import AccountNo
from bot.approvals.proposal import (
    Grain,
    LineKey,
    Proposal,
    ProposalLine,
    hash_of_payload,
    person_as_text,
)
from bot.approvals.question import PeriodsQuestion, Question
from bot.approvals.queue import get_proposal
from bot.approvals.sources import (
    BUDGETABLE,
    SourceRow,
    differences,
    fingerprint,
    read_rows,
    rows_as_json,
)
from bot.approvals.stored import proposal_as_row
from bot.audit import AuditEntry, record
from bot.errors import BotError, NotAllowed, NotUnderstood, OutOfDate
from bot.policy import Person, Policy
from bot.services import Services
from bot.store import tables
from bot.store.canonical import JSON, canonical, instant
from intacct.documents.budget_version import BudgetVersion
from intacct.read.budgets import BudgetQuestion


@dataclass(frozen=True, slots=True)
class Draft:
    """A document somebody wants in the books, and what it was made from.

    `rows` are the answers to `questions` as they were shown (see `sources`); `compared_with` is
    the budget of one of the questions, "" where there is no version before; `titles` are the
    accounts' names. Where income and expenses stand together, the amounts of the `turned` accounts
    are taken off, so that the lines shown add up; the document has them in their own sign.
    """

    asked_by: Person
    channel: str
    title: str
    document: BudgetVersion
    compared_with: str
    titles: Mapping[AccountNo, str]
    questions: tuple[Question, ...]
    rows: tuple[SourceRow, ...]
    grain: Grain = field(default_factory=Grain)
    turned: tuple[AccountNo, ...] = ()


def stage(services: Services, key: str, draft: Draft) -> Proposal:
    """The proposal for this key: the one staged before, or a new one, on record with its hashes.

    NotAllowed for somebody who may not ask, NotUnderstood for a document that will not do,
    OutOfDate where the books moved since the draft was made; the gateway's errors as is.
    """
    _refuse_unfit(services.policy, draft)
    id_ = proposal_id(key)
    if held := _staged(services.store, id_, key):
        return held
    periods = PeriodsQuestion(tuple(sorted({line.period for line in draft.document.lines})))
    questions = (*draft.questions, periods)
    rows = read_rows(services.books, questions)
    _refuse_moved(draft.rows, rows)
    _refuse_closed(periods, rows)
    proposal = _proposal(services, id_, key, replace(draft, questions=questions, rows=rows))
    try:
        with services.store.begin() as tx:
            _keep(tx, services, proposal, rows)
    except IntegrityError:  # somebody staged the same key meanwhile
        if held := _staged(services.store, id_, key):
            return held
        raise
    return proposal


def proposal_id(key: str) -> str:
    """The id a key always gets: PRP- and eight letters and digits of its hash."""
    digest = hashlib.sha256(key.encode()).digest()
    return "PRP-" + base64.b32encode(digest)[:8].decode()


def _staged(store: Engine, id_: str, key: str) -> Proposal | None:
    held = get_proposal(store, id_)
    if held and held.key != key:  # one chance in 10^12 for each pair of keys
        raise BotError("This could not be proposed. Ask for it again.")
    return held


def _refuse_unfit(policy: Policy, draft: Draft) -> None:
    if not policy.may_ask(draft.asked_by):
        raise NotAllowed("You may not propose budget versions; a forecast owner can.")
    if problems := draft.document.problems():
        more = f" ({len(problems) - 1} more like it.)" if problems[1:] else ""
        raise NotUnderstood(f"{problems[0].about}: {problems[0].sentence}{more}")
    if len(draft.document.lines) > policy.most_lines:
        raise NotUnderstood(
            f"This budget version has {len(draft.document.lines):,} lines; at most"
            f" {policy.most_lines:,} can be looked at in one proposal. Ask for fewer accounts,"
            " a shorter horizon or no dimension."
        )
    asked = {q.budget_id for q in draft.questions if isinstance(q, BudgetQuestion)}
    if draft.compared_with and draft.compared_with not in asked:
        raise ValueError(f"nobody asked for the lines of budget “{draft.compared_with}”")


def _refuse_moved(shown: Iterable[SourceRow], rows: Iterable[SourceRow]) -> None:
    moved = differences(shown, (row for row in rows if row.kind != "period"))
    if moved:
        raise OutOfDate(
            f"The books moved since this was shown ({len(moved):,} source figures)."
            f" {moved[0].sentence} Ask for the forecast again."
        )


def _refuse_closed(periods: PeriodsQuestion, rows: Iterable[SourceRow]) -> None:
    takes = {row.period for row in rows if row.kind == "period" and row.value == BUDGETABLE}
    if refused := [name for name in periods.names if name not in takes]:
        raise NotUnderstood(
            f"Intacct takes no budget for {', '.join(refused[:5])}"
            f"{f' and {len(refused) - 5} more' if refused[5:] else ''}. Choose other months, or"
            " have somebody open the reporting periods for budgets."
        )


def _proposal(services: Services, id_: str, key: str, draft: Draft) -> Proposal:
    made_at = services.clock()
    proposal = Proposal(
        id=id_,
        key=key,
        state="open",
        kind="budget version",
        asked_by=draft.asked_by,
        channel=draft.channel,
        title=draft.title,
        document=draft.document,
        lines=compared_lines(draft),
        compared_with=draft.compared_with,
        questions=draft.questions,
        payload_hash="",
        sources_hash=fingerprint(draft.rows),
        snapshot_id="SNP-" + id_.removeprefix("PRP-"),
        policy_version=services.policy.version,
        made_at=made_at,
        expires_at=_expiry(services, made_at),
        grain=_grain_of(draft),
        turned=draft.turned,
    )
    return replace(proposal, payload_hash=hash_of_payload(proposal))


def _grain_of(draft: Draft) -> Grain:
    """The draft's grain, of the locations that the version before has lines in."""
    there = {row.location for row in draft.rows if row.kind == "budget"}
    held = {place: by for place, by in sorted(draft.grain.entity_of.items()) if place in there}
    return replace(draft.grain, entity_of=held)


def compared_lines(draft: Draft) -> tuple[ProposalLine, ...]:
    """The document's lines beside those of the version before, and the ones it leaves out.

    Left out are lines of the version before in the document's own periods, departments and
    locations: they go to nothing. What the document does not speak of is no part of it.
    """
    lines = draft.document.lines
    periods, departments, locations = (
        {line.period for line in lines},
        {line.department for line in lines},
        {line.location for line in lines},
    )
    old: dict[LineKey, Decimal] = defaultdict(Decimal)
    for row in draft.rows:
        if row.kind == "budget" and row.budget == draft.compared_with:
            place = draft.grain.place(row.account, row.period, row.department, row.location)
            _, period, department, location = place
            if period in periods and department in departments and location in locations:
                old[place] += Decimal(row.value)
    new = {line.place: line.amount for line in draft.document.lines}
    return tuple(
        _line(draft, key, old.get(key), new.get(key, Decimal(0)))
        for key in [*new, *sorted(old.keys() - new.keys())]
    )


def _line(draft: Draft, key: LineKey, old: Decimal | None, new: Decimal) -> ProposalLine:
    account, period, department, location = key
    number = AccountNo(account)
    if number in draft.turned:
        old, new = None if old is None else -old, -new
    title = draft.titles.get(number, "")
    return ProposalLine(number, title, period, department, location, old, new)


def _expiry(services: Services, made_at: datetime) -> datetime:
    """When its time is over, and at the latest when the month is: a new month, a new look."""
    last = services.calendar.of(made_at.astimezone(UTC).date()).last
    next_month = datetime.combine(last + timedelta(days=1), time(), UTC)
    return min(made_at + services.policy.proposal_life, next_month)


def _keep(
    tx: Connection, services: Services, proposal: Proposal, rows: tuple[SourceRow, ...]
) -> None:
    tx.execute(
        insert(tables.snapshot),
        {
            "id": proposal.snapshot_id,
            "at": instant(proposal.made_at),
            "body": canonical(rows_as_json(rows)),
        },
    )
    tx.execute(insert(tables.proposal), proposal_as_row(proposal))
    who = person_as_text(proposal.asked_by)
    body: dict[str, JSON] = {
        "payload": proposal.payload_hash,
        "sources": proposal.sources_hash,
        "document": proposal.document.budget_id,
        "lines": len(proposal.lines),
        "compared_with": proposal.compared_with,
        "policy": proposal.policy_version,
    }
    record(tx, services.audit_key, AuditEntry(proposal.made_at, who, "staged", proposal.id, body))
