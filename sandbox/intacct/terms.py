"""Payment terms: written by their own calls, and when and how much they let be paid."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from sandbox.company.objects.receivables import TERM_STARTS
from sandbox.company.store import insert
from sandbox.company.values import Value
from sandbox.intacct.legacy import Called, key_answer, layout, read_call
from sandbox.intacct.refusal import ALREADY_THERE, COULD_NOT, Complaint, Refused
from sandbox.intacct.rights import permit
from sandbox.intacct.trail import leave_trail, new_record, update
from sandbox.intacct.work import FunctionAnswer, Work

# What is inside due and discount is not in the vendor's public tables; these are our choice.
INSIDE = {
    "due": layout("days:number! from"),
    "discount": layout("days:number! from amount:number! unit gracedays:number calcon"),
    "penalty": layout("types amount:number unit gracedays:number"),
}
CREATE = layout("name! description status due discount penalty", **INSIDE)
UPDATE = layout("name description status due discount penalty", **INSIDE)
MONTHS_LATER = {start: months for months, start in enumerate(list(TERM_STARTS)[1:])}


@dataclass(frozen=True, slots=True)
class Discount:
    """What is let off an invoice that is paid by a day, grace included."""

    until: str
    grace_until: str
    hundredths: int


def create_arterm(work: Work, call: etree._Element) -> FunctionAnswer:
    """A new term for customers."""
    return _create(work, call, "ARTERM")


def update_arterm(work: Work, call: etree._Element) -> FunctionAnswer:
    """A term for customers changed; its `key` is its name."""
    return _update(work, call, "ARTERM")


def create_apterm(work: Work, call: etree._Element) -> FunctionAnswer:
    """A new term for vendors."""
    return _create(work, call, "APTERM")


def update_apterm(work: Work, call: etree._Element) -> FunctionAnswer:
    """A term for vendors changed; its `key` is its name."""
    return _update(work, call, "APTERM")


def active_term(work: Work, table: str, name: str) -> Mapping[str, Value]:
    """The term of this name; Refused where there is none or it is inactive."""
    row = work.books.row(
        f"SELECT * FROM {table} WHERE NAME = ? AND STATUS IS NOT 'inactive'",  # noqa: S608 - one of two
        [name],
    )
    if row is None:
        raise Refused(_wrong(f"Term '{name}' does not exist or is inactive."))
    return dict(row)


def due_day(term: Mapping[str, Value], day: str) -> str:
    """When a document of this day is due under the term."""
    return _later(day, int(str(term["DUEDATE"] or 0)), str(term["DUEFROM"] or ""))


def discount(term: Mapping[str, Value], day: str, total: int) -> Discount | None:
    """What the term lets off a document of this day and total in hundredths, if anything."""
    if not term["DISCAMOUNT"]:
        return None
    until = _later(day, int(str(term["DISCDATE"] or 0)), str(term["DISCFROM"] or ""))
    grace = date.fromisoformat(until) + timedelta(days=int(str(term["DISCFUDGE"] or 0)))
    figure = Decimal(str(term["DISCAMOUNT"]))
    # DISCAMOUNT is percent points of the document, or an amount of money.
    share = figure * total / 100 if term["DISCPERCAMN"] == "%" else figure * 100
    whole = int(share.quantize(Decimal(1), ROUND_HALF_UP))
    return Discount(until, grace.isoformat(), min(whole, total))


def _later(day: str, days: int, start: str) -> str:
    first = date.fromisoformat(day)
    if start not in MONTHS_LATER:
        return (first + timedelta(days=days)).isoformat()
    index = first.year * 12 + first.month - 1 + MONTHS_LATER[start]
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(max(days, 1), calendar.monthrange(year, month)[1])).isoformat()


def _create(work: Work, call: etree._Element, table: str) -> FunctionAnswer:
    permit(work, table, "CREATE")
    called = read_call(work, call, CREATE)
    name = called.text("name")
    if work.books.row(f"SELECT 1 FROM {table} WHERE NAME = ?", [name]):  # noqa: S608 - one of two
        text = f"Another Term with the given value(s) {name}  already exists"
        raise Refused(Complaint(ALREADY_THERE, "", text, "Use a unique value instead."))
    row = {**new_record(work), "NAME": name, **_columns(called)}
    insert(work.books.connection, table, [row])
    number = _number(work, table, name)
    leave_trail(work, table, number, "create")
    return key_answer(number)


def _update(work: Work, call: etree._Element, table: str) -> FunctionAnswer:
    permit(work, table, "UPDATE")
    called = read_call(work, call, UPDATE)
    name = called.attributes.get("key", "") or called.text("name")
    number = _number(work, table, name)
    if not number:
        raise Refused(Complaint(f"Cannot update non-existing {table} with NAME={name}."))
    update(work, table, number, _columns(called))
    leave_trail(work, table, number, "modify")
    return key_answer(number)


def _columns(called: Called) -> dict[str, Value]:
    columns: dict[str, Value] = {}
    if called.sent("description"):
        columns["DESCRIPTION"] = called.text("description") or None
    if called.text("status") not in ("", "active", "inactive"):
        raise Refused(_wrong(f"status cannot be '{called.text('status')}'."))
    if called.text("status"):
        columns["STATUS"] = called.text("status")
    if (due := called.part("due")) is not None:
        columns |= {"DUEDATE": _days(due, "days"), "DUEFROM": _start(due)}
    if (off := called.part("discount")) is not None:
        columns |= {
            "DISCDATE": _days(off, "days"),
            "DISCFROM": _start(off),
            "DISCAMOUNT": off.number("amount"),
            "DISCPERCAMN": off.text("unit", "%"),
            "DISCFUDGE": _days(off, "gracedays"),
            "DISCCALCON": off.text("calcon") or None,
        }
    return columns


def _start(called: Called) -> str:
    start = called.text("from", next(iter(TERM_STARTS)))
    if start not in TERM_STARTS:
        raise Refused(_wrong(f"from cannot be '{start}'."))
    return start


def _days(called: Called, name: str) -> int | None:
    figure = called.number(name)
    if figure is not None and (figure != int(figure) or figure < 0):
        raise Refused(_wrong(f"{name} must be a whole number of days."))
    return None if figure is None else int(figure)


def _number(work: Work, table: str, name: str) -> int:
    row = work.books.row(f"SELECT RECORDNO FROM {table} WHERE NAME = ?", [name])  # noqa: S608 - one of two
    return int(row[0]) if row else 0


def _wrong(text: str) -> Complaint:
    return Complaint(COULD_NOT, "", text)
