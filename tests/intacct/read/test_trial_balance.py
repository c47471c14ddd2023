"""The trial balance at the local gateway, and one on paper that does not add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analytics.ledger import Currency, Money, month
from intacct.errors import Garbled
from intacct.read.trial_balance import TrialBalanceLine, read_trial_balance
from tests.intacct.paper import Desk, result, results, signed_in
from tests.intacct.read.conftest import Shared


def dollars(text: str) -> Money:
    return Money(Decimal(text), Currency("USD"))


def test_each_account_opens_moves_and_closes(shared: Shared) -> None:
    lines = {
        str(line.account): line for line in read_trial_balance(shared.books, month(2026, 1), "100")
    }

    cash = [dollars(text) for text in ("70.00", "850.50", "0.00", "920.50")]
    rent = [dollars(text) for text in ("0.00", "400.00", "0.00", "400.00")]
    assert lines["1000"] == TrialBalanceLine(lines["1000"].account, *cash)
    assert lines["6000"] == TrialBalanceLine(lines["6000"].account, *rent)
    # sales of January are 1000.00 and 250.50; last year's 70.00 are closed or carried
    assert lines["4000"].credits == dollars("1250.50")
    assert "9000" not in lines


def test_debits_equal_credits_over_all_accounts(shared: Shared) -> None:
    lines = read_trial_balance(shared.books, month(2026, 1), "100")

    nothing = dollars("0.00")
    assert sum((line.debits - line.credits for line in lines), nothing) == nothing
    assert sum((line.closing for line in lines), nothing) == nothing


def test_a_line_that_does_not_add_up_is_garbled() -> None:
    line = (
        "<trialbalance><glaccountno>1000</glaccountno><startbalance>1.00</startbalance>"
        "<debits>2.00</debits><credits>0.50</credits><endbalance>2.51</endbalance>"
        "<currency>USD</currency></trialbalance>"
    )
    desk = Desk(signed_in(), results(result(f"<data>{line}</data>")))

    with pytest.raises(Garbled, match="1000"):
        read_trial_balance(desk.books, month(2026, 1))
