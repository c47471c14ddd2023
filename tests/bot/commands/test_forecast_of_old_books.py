from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from analytics.errors import NotEnoughHistory
from analytics.ledger import FiscalCalendar
from bot.commands.forecast import parse, run
from bot.services import Services
from bot.settings import Secret
from intacct.client import Intacct
from sandbox.company.load import load_ledger
from sandbox.intacct.server import LocalIntacct
from tests.bot.approvals.ledger import signed_in
from tests.bot.approvals.paper import Clock, policy

TODAY = date(2026, 11, 21)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Intacct]:
    """A company that earned 100.00 a month from 2014 to 2015 and nothing since."""
    ledger = tmp_path / "ledger.csv"
    months = [
        f"rent-1,{year}-{month:02d}-01,100" for year in (2014, 2015) for month in range(1, 13)
    ]
    ledger.write_text("\n".join(["unique_id,ds,y", *months]), encoding="utf-8")
    load_ledger(ledger, tmp_path / "company.sqlite", "USD", lambda _: None)
    local = LocalIntacct(tmp_path / "company.sqlite")
    local.start()
    conversation = signed_in(local.url)
    yield conversation
    conversation.close()
    local.stop()


@pytest.fixture
def services(books: Intacct, store: Engine, audit_key: Secret) -> Services:
    return Services(books, store, audit_key, policy(), FiscalCalendar(), Clock(), "100")


def test_books_older_than_what_is_read_are_not_denied(services: Services) -> None:
    with pytest.raises(NotEnoughHistory, match="in the 60 months up to Oct 2026"):
        run(parse("rent 12m", TODAY, FiscalCalendar()), services)


def test_old_books_are_forecast_as_of_their_last_month(services: Services) -> None:
    answer = run(parse("rent 12m as of 2015-12", TODAY, FiscalCalendar()), services)

    assert answer.whole.mid == 120_000  # twelve months of 100.00
