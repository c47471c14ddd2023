"""What is asked in different ways of the demo company is the same, to the minor unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from analytics.ledger import Period, month
from intacct.client import Intacct
from intacct.read.dimensions import read_entities, read_location_parents
from intacct.read.ledger_detail import read_ledger_detail
from intacct.read.open_items import BILLS, RECEIVABLES, read_open_items
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


def topmost(location: str, parents: dict[str, str]) -> str:
    """The entity a location stands below."""
    return topmost(parents[location], parents) if parents[location] else location


def test_payments_are_wholly_applied_or_less(books: Intacct) -> None:
    received = read_payments(books, Period(date(2026, 1, 1), TODAY))
    applied = read_applied(books, list(received["record"])).groupby("payment")["amount"].sum()

    amounts = dict(zip(received["record"], received["amount"], strict=True))
    assert len(applied) > 10
    assert all(amount <= amounts[payment] for payment, amount in applied.items())
