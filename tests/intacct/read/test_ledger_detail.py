"""Posted lines at the local gateway."""

from __future__ import annotations

import pandas as pd

from analytics.ledger import AccountNo, month
from intacct.condition import equal
from intacct.read.ledger_detail import read_ledger_detail
from tests.intacct.read.conftest import Shared

JANUARY = month(2026, 1)


def test_the_lines_of_a_month_are_debits_less_credits_in_minor_units(shared: Shared) -> None:
    (frame,) = read_ledger_detail(shared.books, JANUARY)

    columns = ["account", "department", "location", "currency", "amount", "day"]
    day = pd.Timestamp(2026, 1, 31)
    assert [tuple(row) for row in frame[columns].itertuples(index=False)] == [
        ("1000", "", "100", "USD", 85050, day),
        ("4000", "SALES", "100", "USD", -100000, day),
        ("4000", "OPS", "110", "USD", -25050, day),
        ("6000", "OPS", "100", "USD", 40000, day),
        ("9000", "SALES", "100", "", 500, day),
    ]
    assert list(frame["batch"]) == ["2", "2", "2", "2", "5"]
    assert set(frame["module"]) == {"2.GL"}


def test_lines_come_page_by_page_with_every_line_once(shared: Shared) -> None:
    pages = list(read_ledger_detail(shared.books, JANUARY, page=2))

    assert [len(page) for page in pages] == [2, 2, 1]
    whole = next(read_ledger_detail(shared.books, JANUARY))
    pd.testing.assert_frame_equal(pd.concat(pages, ignore_index=True), whole)


def test_accounts_and_other_fields_limit_the_lines(shared: Shared) -> None:
    frames = read_ledger_detail(
        shared.books, JANUARY, accounts=(AccountNo("4000"),), where=equal("DEPARTMENTID", "OPS")
    )

    assert [amount for frame in frames for amount in frame["amount"]] == [-25050]


def test_a_month_without_postings_has_no_lines(shared: Shared) -> None:
    assert list(read_ledger_detail(shared.books, month(2025, 6))) == []
