"""The customers and the vendors of the books."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from analytics.ledger import Currency, Money
from analytics.ledger.party import Party
from intacct.client import Intacct
from intacct.condition import one_of
from intacct.read.query import rows
from intacct.read.setup import own_currency
from intacct.wire import amount_from, required_text, text_of, yes_or_no


def read_customers(books: Intacct, ids: Sequence[str] = ()) -> tuple[Party, ...]:
    """The customers by id, active or not, those of entities too; no ids means all."""
    return _parties(books, "CUSTOMER", ids)


def read_vendors(books: Intacct, ids: Sequence[str] = ()) -> tuple[Party, ...]:
    """The vendors by id, active or not, those of entities too; no ids means all."""
    return _parties(books, "VENDOR", ids)


def _parties(books: Intacct, name: str, ids: Sequence[str]) -> tuple[Party, ...]:
    key = f"{name}ID"
    fields = (key, "NAME", "TERMNAME", "CREDITLIMIT", "ONHOLD", "TOTALDUE", "CURRENCY")
    where = one_of(key, ids) if ids else None
    own = own_currency(books)
    found = rows(books, name, (*fields, "MEGAENTITYID", "STATUS"), where)
    parties = [_party(record, key, own) for record in found]
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
