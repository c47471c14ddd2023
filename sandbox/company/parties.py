"""Customers as a file lists them, and the terms they and their open items name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sandbox.company.csv_rows import Malformed, read_cells, read_currency, read_days, read_id
from sandbox.company.open_items import OpenItem
from sandbox.company.values import Value, amount

REQUIRED = ("cust_number",)
OPTIONAL = ("base_name", "terms", "term_days", "currency")


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer; what the file leaves blank is empty, days of a term it does not say are None."""

    line: int
    id: str
    name: str = ""
    term: str = ""
    days: int | None = None
    currency: str = ""


def read_customers(lines: Iterable[str]) -> Iterator[Customer]:
    """The rows of a CSV with a header, in its order; the first bad one raises Malformed."""
    seen: set[str] = set()
    for line, (number, name, term, days, currency) in read_cells(lines, REQUIRED, OPTIONAL):
        id_ = read_id(number, "cust_number", line)
        if id_ in seen:
            raise Malformed(f"line {line}: customer {id_} is listed a second time")
        seen.add(id_)
        yield Customer(
            line,
            id_,
            name.strip(),
            term.strip(),
            read_days(days, line),
            read_currency(currency, line) if currency.strip() else "",
        )


def named(items: Iterable[OpenItem]) -> list[Customer]:
    """The customers that open items name, in order of appearance, where no file lists them."""
    first: dict[str, OpenItem] = {}
    for item in items:
        first.setdefault(item.customer, item)
    return [Customer(item.line, id_, term=item.term, days=item.days) for id_, item in first.items()]


def customer_rows(
    customers: Sequence[Customer], items: Sequence[OpenItem], at: datetime
) -> list[dict[str, Value]]:
    """The customers with what they owe.

    A customer without a name has the one its first open item gives, or else its number.
    """
    owed, names, currencies = Counter[str](), dict[str, str](), dict[str, str]()
    last: dict[str, date] = {}
    for item in items:
        owed[item.customer] += item.hundredths
        currencies[item.customer] = item.currency
        last[item.customer] = max(item.issued, last.get(item.customer, item.issued))
        if item.name:
            names.setdefault(item.customer, item.name)
    return [
        {
            "CUSTOMERID": one.id,
            "NAME": one.name or names.get(one.id) or one.id,
            "ENTITY": f"C{one.id}",
            "TERMNAME": one.term or None,
            "TOTALDUE": amount(owed[one.id]),
            "ONHOLD": False,
            "ONETIME": False,
            "CURRENCY": currencies.get(one.id) or one.currency or None,
            "LASTINVOICEDDATE": last.get(one.id),
            "STATUS": "active",
            "WHENCREATED": at,
            "WHENMODIFIED": at,
        }
        for one in customers
    ]


def term_rows(
    customers: Iterable[Customer], items: Iterable[OpenItem], at: datetime
) -> list[dict[str, Value]]:
    """Every term that is named, with the days it most often has (of equals, the fewest)."""
    days: Mapping[str, Counter[int]] = defaultdict(Counter)
    said = [(one.term, one.days) for one in customers] + [(one.term, one.days) for one in items]
    for term, length in said:
        if term:
            days[term].update([] if length is None else [length])
    return [
        {
            "NAME": name,
            "DESCRIPTION": name,
            "DUEDATE": min(counts, key=lambda day: (-counts[day], day)) if counts else None,
            "DUEFROM": "from invoice/bill date",
            "STATUS": "active",
            "WHENCREATED": at,
            "WHENMODIFIED": at,
        }
        for name, counts in sorted(days.items())
    ]
