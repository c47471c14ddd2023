"""Journal entries at the local gateway."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from analytics.ledger import month
from intacct.condition import equal
from intacct.read.journals import read_journal_entries
from tests.intacct.read.conftest import Shared


def test_an_entry_has_its_lines_in_order_and_debits_are_positive(shared: Shared) -> None:
    where = equal("JOURNAL", "GJ")
    (entry,) = read_journal_entries(shared.books, month(2026, 1), where=where)

    assert (entry.record_no, entry.day, entry.title) == ("2", date(2026, 1, 31), "January US")
    assert (entry.journal, entry.state, entry.module) == ("GJ", "Posted", "2.GL")
    assert [(one.number, one.account, one.amount, one.location) for one in entry.lines] == [
        (1, "1000", Decimal("850.50"), "100"),
        (2, "4000", Decimal("-1000.00"), "100"),
        (3, "4000", Decimal("-250.50"), "110"),
        (4, "6000", Decimal("400.00"), "100"),
    ]
    assert len({one.record_no for one in entry.lines}) == 4
    assert sum(one.amount for one in entry.lines) == 0


def test_statistical_entries_count_and_name_no_currency(shared: Shared) -> None:
    where = equal("JOURNAL", "STJ")
    (entry,) = read_journal_entries(shared.books, month(2026, 2), where=where)

    (line,) = entry.lines
    assert (line.amount, line.currency, line.statistical) == (Decimal("1.00"), "", True)


def test_a_month_without_entries_costs_one_call(shared: Shared) -> None:
    before = len(shared.local.outcomes("query"))

    assert read_journal_entries(shared.books, month(2025, 6)) == ()
    assert len(shared.local.outcomes("query")) == before + 1
