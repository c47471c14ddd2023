"""Bills changed, taken back by their opposite, or deleted while that is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sandbox.company.schema import OBJECTS
from sandbox.company.store import insert
from sandbox.company.values import Stored, Value, amount
from sandbox.intacct.bill_lines import BillLine, keep_lines, kept_lines
from sandbox.intacct.bills import (
    JOURNAL,
    check_number,
    completed,
    document_number,
    drafted,
    owned,
    refresh_vendor,
    submit,
    vendor_of,
)
from sandbox.intacct.born import check_own
from sandbox.intacct.master_kind import Row, complaint
from sandbox.intacct.refusal import Refused
from sandbox.intacct.shown import american
from sandbox.intacct.subledger import AP, batch_of, check_open, control_account, erase, reverse
from sandbox.intacct.trail import leave_trail, update
from sandbox.intacct.work import Work

UNTOUCHED = ("Draft", "Posted", "No Value")
# What may change on a bill that something was paid on: nothing the ledger holds.
HARMLESS = frozenset(
    {"DESCRIPTION", "DOCNUMBER", "SUPDOCID", "WHENDUE", "PAYMENTPRIORITY", "ONHOLD"}
    | {"RECPAYMENTDATE", "EXTERNALID", "RECORDNO"}
)
POSTED = ("WHENPOSTED", "WHENCREATED", "CURRENCY", "EXCHANGE_RATE", "RECORDID", "VENDORID")


def change_bill(
    work: Work,
    row: Row,
    sent: Mapping[str, Value],
    lines: Sequence[BillLine] | None,
    *,
    submitted: bool,
) -> None:
    """The bill with the sent columns, and with these lines if any are given.

    What is in the ledger is taken out and posted anew where the change reaches it.
    """
    number = int(row["RECORDNO"] or 0)
    check_own(row["MODULEKEY"], f"Bill {row['RECORDID']}")
    _check_changeable(row, sent, lines)
    if sent.get("VENDORID", row["VENDORID"]) != row["VENDORID"] and row["STATE"] != "Draft":
        raise Refused(complaint(f"The vendor of bill {row['RECORDID']} cannot be changed."))
    draft = row["STATE"] == "Draft" and not submitted
    if row["STATE"] in UNTOUCHED:
        _rewrite(work, row, sent, lines, draft=draft)
    else:
        update(work, "APBILL", number, sent)
    leave_trail(work, "APBILL", number, "modify")


def delete_bill(work: Work, number: int) -> None:
    """A draft, or where the company lets it a bill nothing was paid on, is gone."""
    row = _kept(work, number)
    unpaid = work.settings.unpaid_may_be_deleted and row["STATE"] in UNTOUCHED
    if (row["STATE"] != "Draft" and not unpaid) or row["TOTALSELECTED"]:
        text = f"Bill {row['RECORDID']} is {row['STATE']} and cannot be deleted."
        raise Refused(complaint(text))
    if row["STATE"] != "Draft" and (batch := _batch(work, row)):
        erase(work, batch, AP)
    work.books.run("DELETE FROM APBILLITEM WHERE RECORDKEY = ?", [number])
    work.books.run("DELETE FROM APBILL WHERE RECORDNO = ?", [number])
    refresh_vendor(work, str(row["VENDORID"]))
    leave_trail(work, "APBILL", number, "delete")


def reverse_bill_on(work: Work, number: int, day: str) -> int:
    """The opposite bill on a day; both are settled by each other. Its record number."""
    row = _kept(work, number)
    if row["STATE"] not in ("Posted", "No Value") or row["TOTALSELECTED"]:
        text = f"Bill {row['RECORDID']} is {row['STATE']} and cannot be reversed."
        raise Refused(complaint(text))
    if day < str(row["WHENPOSTED"] or row["WHENCREATED"]):
        told = american(str(row["WHENPOSTED"] or row["WHENCREATED"]))
        raise Refused(complaint(f"datereversed: Date must be on or after {told}."))
    batch = _batch(work, row)
    if not batch:
        check_open(work, AP, day, [])
    written = reverse(work, batch, AP, day) if batch else None
    opposite = _insert_opposite(work, row, day, written)
    changes: dict[str, Value] = {"STATE": "Reversed", "REVERSEDDATE": day, "REVERSEDKEY": opposite}
    update(work, "APBILL", number, changes | _settled(row, 1))
    refresh_vendor(work, str(row["VENDORID"]))
    leave_trail(work, "APBILL", number, "modify")
    leave_trail(work, "APBILL", opposite, "create")
    return opposite


def _kept(work: Work, number: int) -> Row:
    row = work.books.row(
        "SELECT * FROM APBILL WHERE RECORDNO = ? "
        "AND (? = '' OR MEGAENTITYID IS NULL OR MEGAENTITYID = ?)",
        [number, work.caller.entity, work.caller.entity],
    )
    if row is None:
        raise Refused(complaint(f"Bill with record number {number} does not exist."))
    check_own(row["MODULEKEY"], f"Bill {row['RECORDID']}")
    return dict(row)


def _batch(work: Work, row: Row) -> int | None:
    return batch_of(work, AP, JOURNAL, row)


def _check_changeable(
    row: Row, sent: Mapping[str, Value], lines: Sequence[BillLine] | None
) -> None:
    if row["STATE"] in UNTOUCHED and not row["TOTALSELECTED"]:
        return
    settled = row["STATE"] not in (*UNTOUCHED, "Selected", "Partially Paid")
    if settled or lines is not None or set(sent) - HARMLESS:
        text = f"Bill {row['RECORDID']} is {row['STATE']} and cannot be changed."
        raise Refused(complaint(text))


def _rewrite(
    work: Work,
    row: Row,
    sent: Mapping[str, Value],
    lines: Sequence[BillLine] | None,
    *,
    draft: bool,
) -> None:
    number, was_draft = int(row["RECORDNO"] or 0), row["STATE"] == "Draft"
    vendor = vendor_of(work, str(sent.get("VENDORID", row["VENDORID"]) or ""), draft=draft)
    kept = kept_lines(work, number, control_account(work, AP, vendor))
    new = list(kept if lines is None else lines)
    before = {name: _value(name, row[name]) for name in OBJECTS["APBILL"].fields}
    columns = completed(work, before | _followers(before, sent) | dict(sent), new, draft=draft)
    check_number(work, columns, number)
    changed = {n: v for n, v in columns.items() if v != before[n]}
    if was_draft or lines is not None or set(changed) & set(POSTED):
        batch = None if was_draft else _batch(work, row)
        if batch:
            erase(work, batch, AP)
        keep_lines(work, number, new, columns)
        again: dict[str, Value] = {"STATE": "Draft", "PRBATCHKEY": None}
        update(work, "APBILL", number, {**changed, **drafted(new, columns), **again})
        if not draft:
            submit(work, number, nogl=not was_draft and not batch)
        return
    update(work, "APBILL", number, changed)


def _followers(before: Mapping[str, Value], sent: Mapping[str, Value]) -> dict[str, Value]:
    """The columns to work out anew, because what they follow from was sent."""
    anew = ["BASECURR"]
    if before["CURRENCY"] == before["BASECURR"]:
        anew += ["CURRENCY", "EXCHANGE_RATE"]
    if "WHENCREATED" in sent:
        anew.append("WHENPOSTED")
    if {"WHENCREATED", "TERMNAME"} & set(sent) and sent.get("TERMNAME", before["TERMNAME"]):
        anew += ["WHENDUE", "WHENDISCOUNT"]
    return dict.fromkeys(anew)


def _value(name: str, kept: Stored) -> Value:
    """A kept column as it would be written again."""
    field = OBJECTS["APBILL"].fields[name]
    if kept is None or field.kind.value in ("TEXT", "ENUM", "DATE", "TIMESTAMP"):
        return kept
    if field.kind.value == "BOOLEAN":
        return bool(kept)
    return amount(int(kept)) if field.kind.value == "CURRENCY" else Decimal(str(kept))


def _insert_opposite(work: Work, row: Row, day: str, batch: int | None) -> int:
    """A copy of the bill with every amount turned round."""
    number = document_number(work)
    fields = OBJECTS["APBILL"].fields
    copied = {
        name: _value(name, row[name])
        for name, field in fields.items()
        if not field.same_as and "TOTAL" not in name
    }
    made: dict[str, Value] = {
        **copied,
        **owned(work),
        "RECORDNO": number,
        "RECORDID": f"{row['RECORDID'] or row['RECORDNO']} - Reversed",
        "STATE": "Reversal",
        "SYSTEMGENERATED": True,
        "WHENCREATED": day,
        "WHENPOSTED": day,
        "REVERSALDATE": day,
        "REVERSALKEY": row["RECORDNO"],
        "PRBATCHKEY": batch,
        **_settled(row, -1),
    }
    insert(work.books.connection, "APBILL", [made])
    turned = [
        replace(line, item=replace(line.item, trx=-line.item.trx, number=None))
        for line in kept_lines(work, int(row["RECORDNO"] or 0), "")
    ]
    keep_lines(work, number, turned, made)
    return number


def _settled(row: Row, sign: int) -> dict[str, Value]:
    zero = Decimal(0)
    entered = {n: sign * amount(int(row[n] or 0)) for n in ("TOTALENTERED", "TRX_TOTALENTERED")}
    return {
        **entered,
        "TOTALPAID": entered["TOTALENTERED"],
        "TRX_TOTALPAID": entered["TRX_TOTALENTERED"],
        **dict.fromkeys(("TOTALDUE", "TRX_TOTALDUE", "TOTALSELECTED"), zero),
        "TRX_TOTALSELECTED": zero,
    }
