"""The customers and the vendors of the books."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from lxml import etree

from analytics.ledger import Currency, Money
from analytics.ledger.party import Party
from intacct.client import Intacct
from intacct.condition import one_of
from intacct.read.query import rows
from intacct.read.setup import own_currency
from intacct.wire import amount_from, required_text, text_of, yes_or_no

PARTY_FIELDS: Final = (
    *("NAME", "TERMNAME", "CREDITLIMIT", "ONHOLD", "TOTALDUE", "CURRENCY"),
    *("MEGAENTITYID", "STATUS"),
)


def read_customers(books: Intacct, ids: Sequence[str] = ()) -> tuple[Party, ...]:
    """The customers by id, active or not, those of entities too; no ids means all."""
    return _parties(books, "CUSTOMER", ids)


def read_vendors(books: Intacct, ids: Sequence[str] = ()) -> tuple[Party, ...]:
    """The vendors by id, active or not, those of entities too; no ids means all."""
    return _parties(books, "VENDOR", ids)


def _parties(books: Intacct, name: str, ids: Sequence[str]) -> tuple[Party, ...]:
    where = one_of(f"{name}ID", ids) if ids else None
    found = rows(books, name, (f"{name}ID", *PARTY_FIELDS), where)
    return parties_in(name, found, own_currency(books))


def parties_in(
    name: str, records: Iterable[etree._Element], own: Callable[[], Currency]
) -> tuple[Party, ...]:
    """The parties that these records of CUSTOMER or VENDOR are, by id."""
    parties = [_party(record, f"{name}ID", own) for record in records]
    return tuple(sorted(parties, key=lambda party: party.id))


def _party(record: etree._Element, key: str, own: Callable[[], Currency]) -> Party:
    currency = Currency(text_of(record, "CURRENCY")) or own()
    limit = text_of(record, "CREDITLIMIT")
    return Party(
        record_no=required_text(record, "RECORDNO"),
        id=required_text(record, key),
        name=text_of(record, "NAME"),
        terms=text_of(record, "TERMNAME"),
        credit_limit=Money(amount_from(limit), currency) if limit else None,
        on_hold=yes_or_no(text_of(record, "ONHOLD")),
        total_due=Money(amount_from(text_of(record, "TOTALDUE") or "0"), currency),
        currency=currency,
        entity=text_of(record, "MEGAENTITYID"),
        active=yes_or_no(text_of(record, "STATUS")),
    )
