"""How much of each document drafts of payments have selected."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sandbox.company.values import Value, amount
from sandbox.intacct.asked import AMOUNTS, TARGETS, Asked
from sandbox.intacct.document_lines import in_books
from sandbox.intacct.trail import update
from sandbox.intacct.work import Work

# Money, credits and a discount said in money; what a term will let off is not known before.
SUM = " + ".join(f"COALESCE(d.{name}, 0)" for name in AMOUNTS)
KEYS = {name: key for key, _, name in TARGETS}


def refresh_selected(work: Work, details: Iterable[Asked]) -> None:
    """The selected totals of every document the details name follow the drafts there are."""
    for name, number in dict.fromkeys((one.object, one.record) for one in details):
        document = work.books.row(
            f"SELECT EXCHANGE_RATE FROM {name} WHERE RECORDNO = ?",  # noqa: S608 - our own names
            [number],
        )
        if document is None:
            continue
        row = work.books.row(
            f"SELECT COALESCE(SUM({SUM}), 0) FROM ARPYMTDETAIL d "  # noqa: S608 - our own names
            f"JOIN ARPYMT p ON p.RECORDNO = d.PAYMENTKEY WHERE d.{KEYS[name]} = ? "
            "AND p.STATE = 'Draft'",
            [number],
        )
        trx = int(row[0]) if row else 0
        base = in_books(trx, Decimal(document[0] or 1))
        changes: dict[str, Value] = {
            "TOTALSELECTED": amount(base),
            "TRX_TOTALSELECTED": amount(trx),
        }
        update(work, name, number, changes)
