"""How a customer's money came, and the one account it went to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from analytics.ledger import Problem
from intacct.documents import checks
from intacct.documents.legacy import optional
from intacct.wire import element

Method = Literal[
    "Printed Check", "Cash", "EFT", "Credit Card", "Online Charge Card", "Online ACH Debit"
]


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """A way of paying, and a bank account, an account for undeposited funds, or a summary."""

    method: Method
    bank: str = ""
    undeposited: str = ""
    batch: str = ""


def money_elements(money: MoneyIn) -> list[etree._Element]:
    """The elements that name it, the same in a payment and in an advance."""
    return [
        *optional("FINANCIALENTITY", money.bank),
        *optional("UNDEPOSITEDACCOUNTNO", money.undeposited),
        *optional("PRBATCH", money.batch),
        element("PAYMENTMETHOD", money.method),
    ]


def held_money(money: MoneyIn) -> dict[str, str]:
    """What Intacct holds of it; the summary is named by Intacct where none was given."""
    named = {
        "FINANCIALENTITY": money.bank,
        "UNDEPOSITEDACCOUNTNO": money.undeposited,
        "PRBATCH": money.batch,
        "PAYMENTMETHOD": money.method,
    }
    return {field: text for field, text in named.items() if text}


def money_problems(about: str, money: MoneyIn) -> Iterator[Problem]:
    """Exactly one account is named, and can be sent."""
    places = [place for place in (money.bank, money.undeposited, money.batch) if place]
    if len(places) != 1:
        words = "Name one of a bank account, an account for undeposited funds or a summary"
        yield Problem(about, f"{words}; {len(places)} are named.")
    for place in places:
        yield from checks.wording(about, "Where the money went", place, checks.LONGEST_KEY)
