from __future__ import annotations

import pytest

from bot.approvals.queue import flagged, line_key
from tests.bot.approvals.paper import JAN, MAR, line, policy, proposal


@pytest.mark.parametrize(
    ("old", "new", "needs"),
    [
        ("100.00", "115.00", False),  # 15.00 % is not more than 15 %
        ("100.00", "115.01", True),
        ("100.00", "85.00", False),
        ("100.00", "84.99", True),
        ("-100.00", "-115.00", False),
        ("-100.00", "-115.01", True),
        ("0.00", "0.00", False),
        ("0.00", "10.00", True),
        ("-100.00", "50.00", True),  # from one side to the other
        ("100.00", "0.00", True),
    ],
)
def test_a_line_above_fifteen_percent_needs_its_own_review(old: str, new: str, needs: bool) -> None:
    change = line(old, new)

    assert flagged(proposal(change), policy()) == ((change,) if needs else ())


def test_a_line_the_version_before_lacks_needs_review_in_a_month_that_version_speaks_of() -> None:
    known, fresh = line("100.00", "101.00"), line(None, "0.01", account="6000")
    beyond = line(None, "0.01", period=MAR)

    assert flagged(proposal(known, fresh, beyond), policy()) == (fresh,)


def test_without_a_version_before_nothing_is_flagged() -> None:
    assert flagged(proposal(line(None, "10.00"), compared_with=""), policy()) == ()


def test_a_line_is_known_by_account_period_and_dimensions() -> None:
    assert line_key(line("1", "2")) == f'["4000","{JAN}","SALES","100"]'
