"""Whether what our own tables hold is on record: a row put in beside the bot has no audit row."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select

from bot.approvals.evidence import body_of
from bot.audit import AuditRow, seal
from bot.settings import Secret
from bot.store import tables
from bot.store.engine import reading


def unaccounted(store: Engine, key: Secret) -> tuple[str, ...]:
    """What is not on record, in sentences: proposals nobody staged, receipts nobody committed.

    A receipt counts only with the record number it was committed under. Only rows with our seal
    are evidence; whether the chain between them holds is for `bot.audit.verify`.
    """
    with reading(store) as tx:
        staged = {row.about for row in _sealed(tx, key, "staged")}
        committed = {_committed(row) for row in _sealed(tx, key, "committed")}
        proposals = tx.execute(select(tables.proposal.c.id).order_by(tables.proposal.c.id))
        receipts = tx.execute(select(tables.receipt).order_by(tables.receipt.c.key))
        return (
            *(
                f"Proposal {id_} is not on record as staged."
                for id_ in proposals.scalars()
                if id_ not in staged
            ),
            *(
                f"Receipt {row.key} of {row.proposal} (record number {row.record_no}) is not on"
                " record as committed."
                for row in receipts
                if (row.proposal, row.key, row.record_no) not in committed
            ),
        )


def _sealed(tx: Connection, key: Secret, did: str) -> list[AuditRow]:
    columns = (getattr(tables.audit.c, name) for name in AuditRow.__slots__)
    rows = tx.execute(select(*columns).where(tables.audit.c.did == did))
    return [row for row in (AuditRow(*found) for found in rows) if seal(key, row) == row.mac]


def _committed(row: AuditRow) -> tuple[str, str, str]:
    """The proposal, the key of its receipt, and the record number."""
    body = body_of(row)
    return row.about, str(body.get("key")), str(body.get("record_no"))
