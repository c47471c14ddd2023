"""The payment terms of the books."""

from __future__ import annotations

from lxml import etree

from analytics.ledger.terms import Discount, Terms
from intacct.client import Intacct
from intacct.read.query import rows
from intacct.wire import amount_from, count_from, required_text, text_of, yes_or_no

_FIELDS = (
    *("NAME", "DESCRIPTION", "DUEDATE", "DUEFROM", "STATUS"),
    *("DISCDATE", "DISCFROM", "DISCAMOUNT", "DISCPERCAMN", "DISCFUDGE"),
)


def read_customer_terms(books: Intacct) -> tuple[Terms, ...]:
    """The terms customers pay by, in the order they were entered, active or not."""
    return tuple(map(_terms, rows(books, "ARTERM", _FIELDS)))


def read_vendor_terms(books: Intacct) -> tuple[Terms, ...]:
    """The terms we pay vendors by, in the order they were entered, active or not."""
    return tuple(map(_terms, rows(books, "APTERM", _FIELDS)))


def _terms(record: etree._Element) -> Terms:
    days = text_of(record, "DUEDATE")
    return Terms(
        record_no=required_text(record, "RECORDNO"),
        name=required_text(record, "NAME"),
        description=text_of(record, "DESCRIPTION"),
        due_days=count_from(days) if days else None,
        counted_from=text_of(record, "DUEFROM"),
        discount=_discount(record),
        active=yes_or_no(text_of(record, "STATUS")),
    )


def _discount(record: etree._Element) -> Discount | None:
    amount = text_of(record, "DISCAMOUNT")
    if not amount or not amount_from(amount):
        return None
    return Discount(
        days=count_from(text_of(record, "DISCDATE") or "0"),
        counted_from=text_of(record, "DISCFROM"),
        amount=amount_from(amount),
        percent="%" in text_of(record, "DISCPERCAMN"),
        grace_days=count_from(text_of(record, "DISCFUDGE") or "0"),
    )
