"""`get_araging`: what customers owe on a day, by the age of their invoices."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from lxml import etree

from sandbox.company.values import amount
from sandbox.intacct.legacy import Called, layout, read_call
from sandbox.intacct.open_items import OpenLine
from sandbox.intacct.open_on import open_on
from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused
from sandbox.intacct.reply import child, data
from sandbox.intacct.rights import permit_reading
from sandbox.intacct.shown import american
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import record

DEFAULT = "0-30,31-60,61-90,91-120,121-"
PERIOD = re.compile(r"(\d{1,5})-(\d{1,5})?")
CALL = layout(
    "agingperiods customerid invoiceno locationid departmentid asofdate:date useduedate:flag"
    " showdetails:flag useglpostdate:flag showzerowithactivity:flag"
)
BELOW = """
WITH RECURSIVE BELOW(ID) AS (
    SELECT ? UNION SELECT x.{0}ID FROM {0} x JOIN BELOW b ON x.PARENTID = b.ID
) SELECT ID FROM BELOW
"""


@dataclass(frozen=True, slots=True)
class Aged:
    """One invoice with what is open of it in hundredths of the books' currency, and its age."""

    row: sqlite3.Row
    hundredths: int
    days: int


def get_araging(work: Work, call: etree._Element) -> FunctionAnswer:
    """What each customer owes in each aging period; an invoice not due yet is nothing days old.

    It holds invoices and nothing else, so that its totals are those of their TOTALDUE.
    """
    permit_reading(work, "ARINVOICE", "get_araging")
    called = read_call(work, call, CALL)
    periods = _periods(called.text("agingperiods", DEFAULT))
    _check(work, called)
    aged = _aged(work, called)
    customers = [one for one in aged if aged[one]]
    if called.flag("showzerowithactivity"):
        customers = sorted({*customers, *_active(work, called)})
    answer = data("araging", len(customers))
    for customer in customers:
        part = child(answer, "araging")
        child(part, "customerid", customer)
        for period, first, last in periods:
            _period(
                part, period, [one for one in aged[customer] if first <= one.days <= last], called
            )
    return answer


def _period(parent: etree._Element, period: str, aged: list[Aged], called: Called) -> None:
    part = child(parent, "aging")
    child(part, "agingperiod", period)
    child(part, "totalamount", format(amount(sum(one.hundredths for one in aged)), "f"))
    if not called.flag("showdetails"):
        return
    details = child(part, "agingdetails")
    for one in aged:
        fields = (
            ("invoiceno", one.row["RECORDID"] or ""),
            ("invoicekey", str(one.row["RECORDNO"])),
            ("invoicedate", american(one.row["WHENCREATED"])),
            ("duedate", american(one.row["WHENDUE"]) if one.row["WHENDUE"] else ""),
            ("age", str(one.days)),
            ("totalamount", format(amount(one.hundredths), "f")),
        )
        details.append(record("agingdetail", fields))


def _aged(work: Work, called: Called) -> dict[str, list[Aged]]:
    day, dated_by = _day(work, called), _dated_by(called)
    posted_by = "WHENPOSTED" if called.flag("useglpostdate") else "WHENCREATED"
    places, departments = _below(work, called, "LOCATION"), _below(work, called, "DEPARTMENT")
    found: dict[str, list[Aged]] = defaultdict(list)
    for row, lines in open_on(work, day, posted_by):
        if called.text("customerid", row["CUSTOMERID"]) != row["CUSTOMERID"]:
            continue
        if called.text("invoiceno", row["RECORDID"] or "") != (row["RECORDID"] or ""):
            continue
        open_still = sum(
            line.base_entered - line.base_of(line.paid)
            for line in lines
            if _within(line, places, departments)
        )
        since = row[dated_by] or row["WHENCREATED"]
        days = (date.fromisoformat(day) - date.fromisoformat(since)).days
        if open_still:
            found[row["CUSTOMERID"]].append(Aged(row, open_still, max(days, 0)))
    return found


def _within(line: OpenLine, places: set[str] | None, departments: set[str] | None) -> bool:
    department = dict(line.dimensions).get("DEPARTMENTID", "")
    return (places is None or line.location in places) and (
        departments is None or department in departments
    )


def _below(work: Work, called: Called, name: str) -> set[str] | None:
    """A location or a department with everything below it; nothing where none is named."""
    id_ = called.text(f"{name.lower()}id") or (work.caller.entity if name == "LOCATION" else "")
    if not id_:
        return None
    return {row[0] for row in work.books.rows(BELOW.format(name), [id_])}


def _check(work: Work, called: Called) -> None:
    for name, table in (
        ("customerid", "CUSTOMER"),
        ("locationid", "LOCATION"),
        ("departmentid", "DEPARTMENT"),
    ):
        id_ = called.text(name)
        if id_ and not work.books.row(f"SELECT 1 FROM {table} WHERE {name.upper()} = ?", [id_]):  # noqa: S608 - our own names
            raise _refused(f"{table.title()} '{id_}' does not exist.")
    several = len(work.books.rows("SELECT DISTINCT CURRENCY FROM LOCATIONENTITY")) > 1
    if several and not called.text("locationid") and not work.caller.entity:
        raise _refused("locationid is required where entities have different base currencies.")


def _active(work: Work, called: Called) -> list[str]:
    """The customers that were ever invoiced up to the day, in what the call is about."""
    rows = work.books.rows(
        "SELECT DISTINCT i.CUSTOMERID FROM ARINVOICE i "
        "JOIN ARINVOICEITEM l ON l.RECORDKEY = i.RECORDNO "
        "WHERE i.STATE <> 'Draft' AND i.WHENCREATED <= ? "
        "AND (? = '' OR i.CUSTOMERID = ?)",
        [_day(work, called), called.text("customerid"), called.text("customerid")],
    )
    return [row[0] for row in rows]


def _day(work: Work, called: Called) -> str:
    return called.text("asofdate") or work.books.now()[:10]


def _dated_by(called: Called) -> str:
    if called.flag("useduedate"):
        return "WHENDUE"
    return "WHENPOSTED" if called.flag("useglpostdate") else "WHENCREATED"


def _periods(words: str) -> list[tuple[str, int, int]]:
    """The periods by their names, with their first and last day of age."""
    found = []
    for word in words.replace(" ", "").split(","):
        matched = PERIOD.fullmatch(word)
        if matched is None:
            raise _refused(f"'{word}' is not an aging period.")
        first, last = int(matched[1]), int(matched[2] or 10**6)
        if last < first:
            raise _refused(f"The aging period '{word}' ends before it begins.")
        found.append((word, first, last))
    return found


def _refused(text: str) -> Refused:
    return Refused(Complaint(COULD_NOT, "", text))
