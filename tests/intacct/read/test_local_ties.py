"""What is asked in different ways of the demo company is the same, to the minor unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest

from analytics.ledger import AsOf, Period, month
from intacct.client import Intacct
from intacct.read.aging import AgingQuestion, read_aging, totals
from intacct.read.dimensions import read_entities, read_location_parents
from intacct.read.ledger_detail import read_ledger_detail
from intacct.read.open_items import BILLS, INVOICES, RECEIVABLES, read_open_items
from intacct.read.parties import read_customers, read_vendors
from intacct.read.payments import read_applied, read_payments
from intacct.read.trial_balance import read_trial_balance
from sandbox.company.demo import make_demo
from sandbox.intacct.server import LocalIntacct
from tests.intacct.local import Local

TODAY = date(2026, 3, 1)
RECEIVABLE, PAYABLE = "1200", "2000"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intacct]:
    path = tmp_path_factory.mktemp("demo") / "company.sqlite"
    make_demo(path, TODAY)
    gateway = LocalIntacct(path, clock=lambda: datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    gateway.start()
    books = Local(gateway.url, path).books(clock=lambda: datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    yield books
    books.close()
    gateway.stop()


def test_open_items_are_the_balance_of_their_control_accounts(books: Intacct) -> None:
    for kinds, account in ((RECEIVABLES, RECEIVABLE), ((BILLS,), PAYABLE)):
        items = read_open_items(books, kinds)

        for entity in read_entities(books):
            balance = read_trial_balance(books, month(2026, 3), entity.id)
            control = next(line for line in balance if line.account == account)
            left = items[items["entity"] == entity.id]["base_amount"].sum()
            assert left == control.closing.minor != 0


def test_the_detail_of_a_month_moves_accounts_as_the_trial_balance_says(books: Intacct) -> None:
    parents, moved = read_location_parents(books), Counter[tuple[str, str]]()
    for frame in read_ledger_detail(books, month(2026, 2), page=500):
        money = frame[frame["currency"] != ""]
        columns = (money["location"], money["account"], money["amount"])
        for location, account, amount in zip(*columns, strict=True):
            moved[topmost(location, parents), account] += amount

    for entity in read_entities(books):
        for line in read_trial_balance(books, month(2026, 2), entity.id):
            change = line.closing.minor - line.opening.minor
            assert moved[entity.id, line.account] == change


def test_the_aging_of_each_entity_is_its_open_invoices_by_age(books: Intacct) -> None:
    invoices = read_open_items(books, (INVOICES,))
    for entity in read_entities(books):
        question = AgingQuestion(AsOf(TODAY), entity.currency, entity.id)
        aged = read_aging(books, question)

        own = invoices[invoices["entity"] == entity.id]
        left = own.groupby("party")["base_amount"].sum()
        assert {one.customer: one.total.minor for one in aged} == left.to_dict()
        assert [money.minor for money in totals(aged, question)] == by_age(own)
        assert len(left) > 5


def by_age(invoices: pd.DataFrame) -> list[int]:
    """What is left, from 0 to 30, 60, 90 and 120 days after it was due, and later."""
    late, left = (pd.Timestamp(TODAY) - invoices["due"]).dt.days, invoices["base_amount"]
    upto = [int(left[late <= days].sum()) for days in (30, 60, 90, 120, 10**6)]
    return [after - before for before, after in pairwise([0, *upto])]


def test_open_items_are_what_each_customer_owes_and_each_vendor_is_owed(books: Intacct) -> None:
    for parties, kinds, sign in (
        (read_customers(books), RECEIVABLES, 1),
        (read_vendors(books), (BILLS,), -1),
    ):
        left = read_open_items(books, kinds).groupby("party")["base_amount"].sum()

        # pounds and dollars are added as they are, as Intacct does: both have hundredths
        owed = {one.id: sign * one.total_due.amount for one in parties if one.total_due.amount}
        assert owed == {id_: Decimal(coins).scaleb(-2) for id_, coins in left.items() if coins}
        assert len(owed) > 10


def topmost(location: str, parents: dict[str, str]) -> str:
    """The entity a location stands below."""
    return topmost(parents[location], parents) if parents[location] else location


def test_payments_are_wholly_applied_or_less(books: Intacct) -> None:
    received = read_payments(books, Period(date(2026, 1, 1), TODAY))
    applied = read_applied(books, list(received["record"])).groupby("payment")["amount"].sum()

    amounts = dict(zip(received["record"], received["amount"], strict=True))
    assert len(applied) > 10
    assert all(amount <= amounts[payment] for payment, amount in applied.items())
