"""What was open on each invoice line on a day: what is open now, less what happened since."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sandbox.intacct.asked import CREDITS
from sandbox.intacct.open_items import OpenLine, lines_of
from sandbox.intacct.work import Work

Move = tuple[int, int | None, int]  # invoice, line where it is known, paid on it
# A payment after the day had not happened; one reversed since had.
SINCE = """
SELECT d.*, p.REVERSEDDATE, p.RECEIPTDATE FROM ARPYMTDETAIL d
JOIN ARPYMT p ON p.RECORDNO = d.PAYMENTKEY
WHERE (p.STATE = 'Posted' AND p.RECEIPTDATE > ?)
   OR (p.STATE = 'Reversed' AND p.RECEIPTDATE <= ? AND p.REVERSEDDATE > ?)
"""
INVOICES = """
SELECT * FROM ARINVOICE
WHERE STATE NOT IN ('Draft', 'Reversal') AND {day} <= ?
  AND (STATE <> 'Reversed' OR REVERSEDDATE > ?)
  AND (? = '' OR MEGAENTITYID IS NULL OR MEGAENTITYID = ?)
ORDER BY CUSTOMERID, RECORDNO
"""


def open_on(work: Work, day: str, dated_by: str) -> Iterator[tuple[sqlite3.Row, list[OpenLine]]]:
    """Every invoice of which something was open on the day, with its lines as they were."""
    moves = _moves(work, day)
    entity = work.caller.entity
    for row in work.books.rows(INVOICES.format(day=dated_by), [day, day, entity, entity]):
        if not row["TRX_TOTALDUE"] and row["RECORDNO"] not in moves and row["STATE"] != "Reversed":
            continue
        lines = lines_of(work, "ARINVOICE", row["RECORDNO"])
        for _, entry, paid in moves.get(row["RECORDNO"], ()):
            lines = _paid(lines, entry, paid)
        if [line for line in lines if line.open]:
            yield row, lines


def _moves(work: Work, day: str) -> Mapping[int, list[Move]]:
    """What brings each invoice from now back to the day."""
    found: dict[int, list[Move]] = defaultdict(list)
    for row in work.books.rows(SINCE, [day, day, day]):
        sign = 1 if row["REVERSEDDATE"] else -1
        amounts = ("TRX_PAYMENTAMOUNT", "TRX_DISCOUNTAMOUNT")
        used = sum(row[name] or 0 for name in amounts)
        for credit in CREDITS.values():
            part = row[credit.amount] or 0
            used += part
            if part and credit.object == "ARINVOICE":
                key = row[credit.key]
                found[key].append((key, row[credit.entry], -sign * part))
        if row["RECORDKEY"] is not None:
            key = row["RECORDKEY"]
            found[key].append((key, row["ENTRYKEY"], sign * used))
    return found


def _paid(lines: list[OpenLine], entry: int | None, paid: int) -> list[OpenLine]:
    """The lines after so much was paid: on one of them, or down them, or back up from the last."""
    if entry is not None:
        return [replace(one, paid=one.paid + paid) if one.line == entry else one for one in lines]
    made, left = [], paid
    for one in lines if paid > 0 else list(reversed(lines)):
        part = max(min(left, one.open), 0) if paid > 0 else min(max(left, -one.paid), 0)
        made.append(replace(one, paid=one.paid + part))
        left -= part
    return made if paid > 0 else list(reversed(made))
