"""A line of an invoice, adjustment or bill: an account, an amount, where it belongs and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lxml import etree

from analytics.ledger import AccountNo, Currency, Dimensions, Problem
from intacct.documents import checks
from intacct.documents.held import Expected, Lines
from intacct.documents.legacy import optional
from intacct.documents.places import (
    generic_fields,
    legacy_dimensions,
    legacy_places,
    own_dimensions,
)
from intacct.wire import amount_text, element

MOST_LINES: Final = 1000


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line in the document's currency; its amount has the sign the document gives it."""

    account: AccountNo
    amount: Decimal
    where: Dimensions = frozenset()
    memo: str = ""


def line_items(lines: Sequence[AccountLine]) -> list[etree._Element]:
    """The `lineitem` elements, in Intacct's order."""
    return [
        element(
            "lineitem",
            None,
            element("glaccountno", line.account),
            element("amount", amount_text(line.amount)),
            *optional("memo", line.memo),
            *legacy_places(line.where),
            *legacy_dimensions(line.where),
        )
        for line in lines
    ]


def total_of(lines: Sequence[AccountLine]) -> Decimal:
    """What the lines add up to."""
    return sum((line.amount for line in lines), Decimal(0))


def held_lines(name: str, lines: Sequence[AccountLine]) -> Lines:
    """What Intacct holds of them, as lines of this object."""
    each: list[dict[str, Expected]] = [
        {
            "ACCOUNTNO": line.account,
            "TRX_AMOUNT": line.amount,
            "ENTRYDESCRIPTION": line.memo,
            **generic_fields(line.where),
        }
        for line in lines
    ]
    return Lines(name, "RECORDKEY", tuple(each))


def line_problems(about: str, lines: Sequence[AccountLine], money: Currency) -> Iterator[Problem]:
    """What Intacct would refuse in the lines; legacy calls have no own dimensions."""
    if not 1 <= len(lines) <= MOST_LINES:
        yield Problem(about, f"There are {len(lines)} lines; it takes 1 to {MOST_LINES:,}.")
    for number, line in enumerate(lines, start=1):
        at = f"{about}, line {number}"
        yield from checks.wording(at, "The account", line.account, checks.LONGEST_KEY)
        yield from checks.amount(at, line.amount, money)
        yield from checks.places(at, line.where)
        yield from checks.optional_wording(at, "The memo", line.memo, checks.LONGEST_TEXT)
        for name in own_dimensions(line.where):
            yield Problem(at, f"The call has no place for the dimension {name}; leave it out.")
