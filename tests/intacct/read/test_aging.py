"""The aging Intacct works out, on paper as the gateway writes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import AsOf, Currency, Money
from intacct.errors import Garbled
from intacct.read.aging import AgingQuestion, read_aging, totals
from tests.intacct.paper import Desk, result, results, signed_in

USD = Currency("USD")
QUESTION = AgingQuestion(AsOf(date(2026, 3, 9)), USD, periods=("0-30", "31-"))


def aged(customer: str, **amounts: str) -> str:
    buckets = "".join(
        f"<aging><agingperiod>{period}</agingperiod><totalamount>{amount}</totalamount></aging>"
        for period, amount in zip(("0-30", "31-"), amounts.values(), strict=False)
    )
    return f"<araging><customerid>{customer}</customerid>{buckets}</araging>"


def answered(*customers: str) -> Desk:
    return Desk(signed_in(), results(result(f"<data>{''.join(customers)}</data>")))


def dollars(text: str) -> Money:
    return Money(Decimal(text), USD)


def test_each_customer_has_an_amount_for_each_period() -> None:
    desk = answered(aged("C2", young="5.00", old="-1.00"), aged("C1", young="0.00", old="20.05"))

    deli, orbit = found = read_aging(desk.books, QUESTION)

    assert (deli.customer, deli.buckets) == ("C1", (dollars("0.00"), dollars("20.05")))
    assert (orbit.customer, orbit.total) == ("C2", dollars("4.00"))
    assert totals(found, QUESTION) == (dollars("5.00"), dollars("19.05"))


def test_it_is_asked_in_the_order_intacct_wants_and_by_due_date() -> None:
    desk = answered()

    assert read_aging(desk.books, AgingQuestion(QUESTION.as_of, USD, customer="C1")) == ()

    call = desk.paper.asked(1).find(".//get_araging")
    assert call is not None
    assert etree.tostring(call).decode() == (
        "<get_araging><agingperiods>0-30,31-60,61-90,91-120,121-</agingperiods>"
        "<customerid>C1</customerid>"
        "<asofdate><year>2026</year><month>03</month><day>09</day></asofdate>"
        "<useduedate>true</useduedate></get_araging>"
    )


def test_a_period_that_does_not_come_is_garbled() -> None:
    with pytest.raises(Garbled, match="31-"):
        read_aging(answered(aged("C1", young="5.00")).books, QUESTION)
