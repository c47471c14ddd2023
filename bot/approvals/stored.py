"""A proposal as a row of its table, and back; what is fixed is read from the payload alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict, cast

from sqlalchemy import Connection, RowMapping, update

from analytics.ledger import AccountNo
from bot.approvals.proposal import (
    Ending,
    Kind,
    Proposal,
    SourceDifference,
    State,
    grain_from_json,
    line_from_json,
    payload,
    person_as_text,
    person_from_text,
)
from bot.approvals.question import question_from_json
from bot.errors import Altered
from bot.store import tables
from bot.store.canonical import JSON, canonical, instant, read_instant
from intacct.documents.as_json import from_json
from intacct.documents.budget_version import BudgetVersion


class ProposalRow(TypedDict):
    """The columns of the table, as they are written."""

    id: str
    kind: str
    state: str
    team: str
    asked_by: str
    channel: str
    title: str
    body: str
    payload_hash: str
    sources_hash: str
    snapshot_id: str
    policy_version: int
    made_at: str
    expires_at: str
    decided_by: str | None
    decided_at: str | None
    reason: str | None
    record_no: str | None


def proposal_as_row(proposal: Proposal) -> ProposalRow:
    """The row; columns that repeat the payload are there to be searched."""
    return {
        "id": proposal.id,
        "kind": proposal.kind,
        "state": proposal.state,
        "team": proposal.asked_by.team,
        "asked_by": proposal.asked_by.user,
        "channel": proposal.channel,
        "title": proposal.title,
        "body": canonical(
            {"payload": payload(proposal), "ending": _ending_as_json(proposal.ending)}
        ),
        "payload_hash": proposal.payload_hash,
        "sources_hash": proposal.sources_hash,
        "snapshot_id": proposal.snapshot_id,
        "policy_version": proposal.policy_version,
        "made_at": instant(proposal.made_at),
        "expires_at": instant(proposal.expires_at),
        "decided_by": person_as_text(proposal.decided_by) if proposal.decided_by else None,
        "decided_at": instant(proposal.decided_at) if proposal.decided_at else None,
        "reason": proposal.reason or None,
        "record_no": proposal.record_no or None,
    }


def proposal_from_row(row: RowMapping) -> Proposal:
    """The proposal; Altered where the row cannot be read as one."""
    try:
        body = json.loads(row["body"])
        if body["payload"]["id"] != row["id"]:
            raise ValueError("another proposal's body")
        return _proposal(row, body["payload"], body["ending"])
    except (KeyError, ValueError, TypeError, ArithmeticError) as error:
        raise Altered(f"{row['id']} is not stored the way it was proposed") from error


def _proposal(row: RowMapping, fixed: Mapping[str, JSON], ending: Mapping[str, JSON]) -> Proposal:
    return Proposal(
        id=str(fixed["id"]),
        key=str(fixed["key"]),
        state=cast("State", row["state"]),  # the table's own check
        kind=_kind(fixed["kind"]),
        asked_by=person_from_text(str(fixed["asked_by"])),
        channel=str(fixed["channel"]),
        title=str(fixed["title"]),
        document=_document(fixed["document"]),
        lines=tuple(line_from_json(_entry(line)) for line in _list(fixed["lines"])),
        compared_with=str(fixed["compared_with"]),
        questions=tuple(question_from_json(_entry(q)) for q in _list(fixed["questions"])),
        payload_hash=row["payload_hash"],
        sources_hash=str(fixed["sources_hash"]),
        snapshot_id=str(fixed["snapshot_id"]),
        policy_version=int(str(fixed["policy_version"])),
        made_at=read_instant(str(fixed["made_at"])),
        expires_at=read_instant(str(fixed["expires_at"])),
        decided_by=person_from_text(row["decided_by"]) if row["decided_by"] else None,
        decided_at=read_instant(row["decided_at"]) if row["decided_at"] else None,
        reason=row["reason"] or "",
        record_no=row["record_no"] or "",
        ending=_ending_from_json(ending),
        grain=grain_from_json(_entry(fixed["grain"])) if "grain" in fixed else None,
        turned=tuple(AccountNo(account) for account in texts(fixed.get("turned", ()))),
    )


def differences_as_json(differences: Iterable[SourceDifference]) -> list[JSON]:
    """Each as a list of three texts."""
    return [[difference.what, difference.was, difference.now] for difference in differences]


def differences_from_json(raw: JSON) -> tuple[SourceDifference, ...]:
    """The differences that were written; TypeError for anything else."""
    return tuple(SourceDifference(*texts(difference)) for difference in _list(raw))


def texts(raw: JSON) -> tuple[str, ...]:
    """A list of texts; TypeError where it is no list."""
    return tuple(map(str, _list(raw)))


def _ending_as_json(ending: Ending) -> dict[str, JSON]:
    return {
        "sentence": ending.sentence,
        "differences": differences_as_json(ending.differences),
        "undo": ending.undo,
    }


def _ending_from_json(raw: Mapping[str, JSON]) -> Ending:
    moved = differences_from_json(raw["differences"])
    return Ending(str(raw["sentence"]), moved, str(raw["undo"]))


def _document(raw: JSON) -> BudgetVersion:
    document = from_json(raw)
    if not isinstance(document, BudgetVersion):
        raise ValueError("a budget version is expected here")
    return document


def _kind(raw: JSON) -> Kind:
    if raw != "budget version":
        raise ValueError(f"no kind we know: {raw}")
    return "budget version"


def _list(raw: JSON) -> Sequence[JSON]:
    if isinstance(raw, str) or not isinstance(raw, Sequence):
        raise TypeError("a list is expected here")
    return raw


def _entry(raw: JSON) -> Mapping[str, JSON]:
    if not isinstance(raw, Mapping):
        raise TypeError("an object is expected here")
    return raw


def change(tx: Connection, after: Proposal, *was: State) -> bool:
    """Put the proposal into its new state if it is still in one of the old ones; True if it was."""
    row = proposal_as_row(after)
    changed = tx.execute(
        update(tables.proposal)
        .where(tables.proposal.c.id == after.id, tables.proposal.c.state.in_(was))
        .values(
            state=row["state"],
            body=row["body"],
            decided_by=row["decided_by"],
            decided_at=row["decided_at"],
            reason=row["reason"],
            record_no=row["record_no"],
        )
    )
    return changed.rowcount == 1


def end_unreadable(tx: Connection, proposal_id: str, state: State, *was: State) -> bool:
    """End a proposal whose row cannot be read; what is stored stays as it is, for evidence."""
    changed = tx.execute(
        update(tables.proposal)
        .where(tables.proposal.c.id == proposal_id, tables.proposal.c.state.in_(was))
        .values(state=state)
    )
    return changed.rowcount == 1
