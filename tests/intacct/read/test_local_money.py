"""Money in equals money out, to the smallest coin, through the real door and back."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ledger import AccountNo, Currency, from_minor, to_minor
from intacct.documents.budget_version import BudgetLine, BudgetVersion
from intacct.post import post
from intacct.read.budgets import BudgetQuestion, read_budget_lines
from intacct.wire import amount_text
from tests.intacct.read.conftest import Shared

PLACES = [
    (AccountNo(account), f"Month Ended {month} 2026")
    for account in ("4000", "6000")
    for month in ("January", "February", "March")
]
MOST = 10**14 - 1
# A dinar has three digits; the ones Intacct can hold end in a nought.
COINS = {
    "USD": st.integers(-MOST, MOST),
    "JPY": st.integers(-(MOST // 100), MOST // 100),
    "KWD": st.integers(-MOST, MOST).map(lambda hundredths: hundredths * 10),
}
_NUMBERS = count(1)


@settings(max_examples=40)
@given(st.sampled_from(sorted(COINS)), st.data())
def test_coins_written_to_a_budget_come_back_as_the_same_coins(
    shared: Shared, code: str, data: st.DataObject
) -> None:
    coins = data.draw(st.lists(COINS[code], min_size=1, max_size=len(PLACES)))
    currency, name = Currency(code), f"Money {next(_NUMBERS)}"
    lines = tuple(
        BudgetLine(account, period, "", "100", from_minor(amount, currency))
        for (account, period), amount in zip(PLACES, coins, strict=False)
    )

    post(shared.books, BudgetVersion(name, "as entered", currency, lines), name)
    held = read_budget_lines(shared.books, BudgetQuestion(name))

    assert {(one.account, one.period): to_minor(one.amount, currency) for one in held} == dict(
        zip(PLACES, coins, strict=False)
    )


def test_a_coin_smaller_than_intacct_can_hold_is_refused_and_never_rounded() -> None:
    fils = from_minor(1, Currency("KWD"))

    assert fils == Decimal("0.001")
    with pytest.raises(ValueError, match="fractions of a hundredth"):
        amount_text(fils)
