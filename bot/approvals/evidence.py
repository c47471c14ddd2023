"""What the audit table says of a proposal: what was staged, who approved, which clicks came in.

Only rows that carry our seal count, so a row somebody else wrote is no evidence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, Engine, select

from bot.approvals.proposal import Proposal, hash_of_payload, person_as_text
from bot.approvals.queue import source_rows
from bot.approvals.sources import fingerprint
from bot.audit import AuditRow, seal
from bot.errors import Altered
from bot.policy import Person
from bot.services import Services
from bot.settings import Secret
from bot.store import tables
from bot.store.canonical import JSON
from bot.store.engine import reading


def sealed_rows(tx: Connection, key: Secret, about: str) -> tuple[AuditRow, ...]:
    """The audit rows about this proposal that carry our seal, oldest first."""
    audit = tables.audit
    columns = (getattr(audit.c, name) for name in AuditRow.__slots__)
    query = select(*columns).where(audit.c.about == about).order_by(audit.c.seq)
    rows = (AuditRow(*row) for row in tx.execute(query))
    return tuple(row for row in rows if seal(key, row) == row.mac)


def body_of(row: AuditRow) -> Mapping[str, JSON]:
    """What the row was recorded with."""
    body: Mapping[str, JSON] = json.loads(row.body)
    return body


def asked_on_record(services: Services, key: str, who: Person, about: str, verdict: str) -> bool:
    """Whether the edge put this very request of this person on record when Slack delivered it.

    A row put into the outbox by somebody else has no such entry, and approves nothing.
    """
    with reading(services.store) as tx:
        rows = sealed_rows(tx, services.audit_key, about)
    return any(
        row.who == person_as_text(who)
        and body_of(row).get("request") == key
        and body_of(row).get("verdict") == verdict
        for row in rows
    )


def why_altered(services: Services, proposal: Proposal) -> str:
    """What about the proposal is not as it was staged, "" where all of it is."""
    with reading(services.store) as tx:
        rows = sealed_rows(tx, services.audit_key, proposal.id)
    staged = [body_of(row) for row in rows if row.did == "staged"]
    if len(staged) != 1:
        return "its staging is not on record"
    if hash_of_payload(proposal) != staged[0]["payload"]:
        return "the document or its lines are not the ones that were proposed"
    if proposal.payload_hash != staged[0]["payload"]:
        return "its stored hash is not the one on record"
    try:
        shown = fingerprint(source_rows(services.store, proposal))
    except Altered as error:
        return str(error)
    if shown != staged[0]["sources"]:
        return "the source rows stored with it are not the ones that were shown"
    return ""


def approval_on_record(services: Services, proposal: Proposal) -> bool:
    """Whether the approval it claims is on record, by that person and for that payload."""
    if proposal.decided_by is None:
        return False
    with reading(services.store) as tx:
        rows = sealed_rows(tx, services.audit_key, proposal.id)
    return any(
        row.did == "approved"
        and row.who == person_as_text(proposal.decided_by)
        and body_of(row).get("payload") == proposal.payload_hash
        for row in rows
    )


def last_of(store: Engine, key: Secret, about: str, *did: str) -> str:
    """Which of these things was done last, "" where none was."""
    with reading(store) as tx:
        rows = sealed_rows(tx, key, about)
    return next((row.did for row in reversed(rows) if row.did in did), "")
