"""The reporting periods of the books."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from analytics.ledger import Period
from intacct.client import Intacct
from intacct.read.query import rows
from intacct.wire import date_from, required_text, text_of, yes_or_no

PERIOD_FIELDS: Final = ("NAME", "START_DATE", "END_DATE", "BUDGETING", "STATUS")


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """A period by the name Intacct knows it by; only budgetable ones take budget lines."""

    name: str
    period: Period
    budgetable: bool


def read_periods(books: Intacct) -> tuple[ReportingPeriod, ...]:
    """All periods that have both ends, the earliest first; inactive ones take no budget lines.

    Periods that move with the day, like the current month, have no fixed ends and are left out.
    """
    return periods_in(rows(books, "REPORTINGPERIOD", PERIOD_FIELDS))


def periods_in(records: Iterable[etree._Element]) -> tuple[ReportingPeriod, ...]:
    """The periods that these records of REPORTINGPERIOD are; see `read_periods`."""
    periods = [
        ReportingPeriod(
            name=required_text(record, "NAME"),
            period=Period(
                date_from(text_of(record, "START_DATE")), date_from(text_of(record, "END_DATE"))
            ),
            budgetable=yes_or_no(text_of(record, "BUDGETING"))
            and yes_or_no(text_of(record, "STATUS")),
        )
        for record in records
        if text_of(record, "START_DATE") and text_of(record, "END_DATE")
    ]
    return tuple(sorted(periods, key=lambda known: (known.period, known.name)))
