"""What is still open on a document, line by line, and how its totals and its customer's follow."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from sandbox.company.shape import DIMENSIONS
from sandbox.company.values import Value, amount
from sandbox.intacct.trail import update
from sandbox.intacct.work import Work

# The object that holds the lines of each open document; an overpayment is open as a whole.
LINES: Mapping[str, str] = MappingProxyType(
    {
        "ARINVOICE": "ARINVOICEITEM",
        "ARADJUSTMENT": "ARADJUSTMENTITEM",
        "ARADVANCE": "ARADVANCEITEM",
        "APBILL": "APBILLITEM",
    }
)
DEAD = ("Draft", "Reversed", "Reversal")
OWED = (("ARINVOICE", 1), ("ARADJUSTMENT", 1), ("ARADVANCE", -1), ("ARPYMT", -1))


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One line of a document in hundredths, and where its open amount stands in the ledger."""

    object: str
    record: int
    line: int
    entered: int
    base_entered: int
    paid: int
    account: str | None
    location: str
    dimensions: tuple[tuple[str, str], ...]

    @property
    def open(self) -> int:
        """What is open on it, in the document's currency."""
        return self.entered - self.paid

    def base_of(self, paid: int) -> int:
        """How much of its amount in the books is paid when this much of its own is.

        It depends on nothing but what is paid in all, so that nothing is lost between payments.
        """
        if not self.entered:
            return 0
        share = Decimal(paid) * self.base_entered / self.entered
        return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def document(work: Work, name: str, number: int) -> sqlite3.Row | None:
    """The document with this record number, if the caller may see it."""
    return work.books.row(
        f"SELECT * FROM {name} WHERE RECORDNO = ? "  # noqa: S608 - our own names
        "AND (? = '' OR MEGAENTITYID IS NULL OR MEGAENTITYID = ?)",
        [number, work.caller.entity, work.caller.entity],
    )


def lines_of(work: Work, name: str, number: int) -> list[OpenLine]:
    """The document's lines in their order."""
    if name == "ARPYMT":
        return _overpayment(work, number)
    rows = work.books.rows(
        f"SELECT * FROM {LINES[name]} WHERE RECORDKEY = ? ORDER BY LINE_NO",  # noqa: S608 - our own names
        [number],
    )
    kept = "ACCOUNTNO" if name == "ARADVANCE" else "OFFSETGLACCOUNTNO"
    return [
        OpenLine(
            name,
            number,
            row["RECORDNO"],
            row["TRX_AMOUNT"] or 0,
            row["AMOUNT"] or 0,
            row["TRX_TOTALPAID"] or 0,
            row[kept],
            row["LOCATIONID"] or "",
            tuple((one, row[one]) for one in DIMENSIONS if one != "LOCATIONID" and row[one]),
        )
        for row in rows
    ]


def take(work: Work, line: OpenLine, trx: int) -> int:
    """Pays so much on a line, or gives back a negative amount; the difference in the books."""
    paid = line.paid + trx
    before, after = line.base_of(line.paid), line.base_of(paid)
    if line.object != "ARPYMT":
        changes: dict[str, Value] = {"TRX_TOTALPAID": amount(paid), "TOTALPAID": amount(after)}
        update(work, LINES[line.object], line.line, changes)
    else:
        columns = ("TRX_TOTALPAID", "TOTALPAID", "TRX_TOTALDUE", "TOTALDUE")
        parts = (trx, after - before, -trx, before - after)
        _add(work, line.record, dict(zip(columns, parts, strict=True)))
    return after - before


def refresh(work: Work, name: str, number: int, day: str) -> None:
    """The document's totals and state follow its lines; `day` is when it was paid, if it is."""
    row = work.books.row(f"SELECT * FROM {name} WHERE RECORDNO = ?", [number])  # noqa: S608 - our own names
    if row is None or row["STATE"] in DEAD:
        return
    if name == "ARPYMT":
        kind = "rp" if row["TRX_TOTALDUE"] else "ro"
        update(work, name, number, {"RECORDTYPE": kind})
        return
    lines = lines_of(work, name, number)
    entered, paid = sum(line.entered for line in lines), sum(line.paid for line in lines)
    base = sum(line.base_entered for line in lines)
    base_paid = sum(line.base_of(line.paid) for line in lines)
    update(
        work,
        name,
        number,
        {
            **totals(base, base_paid),
            **totals(entered, paid, "TRX_"),
            "STATE": _state(entered, paid),
            "WHENPAID": day if paid and paid == entered else None,
        },
    )


def totals(entered: int, paid: int, prefix: str = "") -> dict[str, Value]:
    """Entered, paid and due of a document that is in the books."""
    return {
        f"{prefix}TOTALENTERED": amount(entered),
        f"{prefix}TOTALPAID": amount(paid),
        f"{prefix}TOTALDUE": amount(entered - paid),
    }


def refresh_customer(work: Work, customer: str) -> None:
    """What the customer owes: invoices and adjustments less advances and overpayments."""
    due = 0
    for name, sign in OWED:
        row = work.books.row(
            f"SELECT COALESCE(SUM(TOTALDUE), 0) FROM {name} "  # noqa: S608 - our own names
            "WHERE CUSTOMERID = ? AND STATE NOT IN ('Draft', 'Reversed', 'Reversal')",
            [customer],
        )
        due += sign * (int(row[0]) if row else 0)
    found = work.books.row("SELECT RECORDNO FROM CUSTOMER WHERE CUSTOMERID = ?", [customer])
    if found is not None:
        update(work, "CUSTOMER", found[0], {"TOTALDUE": amount(due)})


def next_number(work: Work) -> int:
    """The next record number: every document of receivables draws from the same ones."""
    highest = "SELECT MAX(COALESCE((SELECT MAX(RECORDNO) FROM {0}), 0))"
    numbers = [work.books.row(highest.format(name)) for name, _ in OWED]
    # The trail remembers what was deleted, so that no number is given twice.
    trail = "SELECT COALESCE(MAX(CAST(OBJECTKEY AS INTEGER)), 0) FROM AUDITHISTORY "
    kinds = ", ".join(f"'{name.lower()}'" for name, _ in OWED)
    numbers.append(work.books.row(f"{trail} WHERE OBJECTTYPE IN ({kinds})"))
    return max(int(row[0]) for row in numbers if row) + 1


def _state(entered: int, paid: int) -> str:
    if not entered:
        return "No Value"
    if paid == entered:
        return "Paid"
    return "Partially Paid" if paid else "Posted"


def _overpayment(work: Work, number: int) -> list[OpenLine]:
    row = work.books.row("SELECT * FROM ARPYMT WHERE RECORDNO = ?", [number])
    if row is None or not row["TRX_OVERPAYMENTAMOUNT"]:
        return []
    over, base = row["TRX_OVERPAYMENTAMOUNT"], row["OVERPAYMENTAMOUNT"]
    paid = over - (row["TRX_TOTALDUE"] or 0)
    department = row["OVERPAYMENTDEPARTMENTID"]
    where = (("DEPARTMENTID", department),) if department else ()
    place = row["OVERPAYMENTLOCATIONID"] or ""
    return [OpenLine("ARPYMT", number, 0, over, base, paid, None, place, where)]


def _add(work: Work, number: int, changes: Mapping[str, int]) -> None:
    row = work.books.row("SELECT * FROM ARPYMT WHERE RECORDNO = ?", [number])
    kept = {name: (row[name] if row else 0) or 0 for name in changes}
    update(work, "ARPYMT", number, {n: amount(kept[n] + by) for n, by in changes.items()})
