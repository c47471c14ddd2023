from __future__ import annotations

import pytest

from analytics.ledger import Account, AccountNo, Side, Statement
from intacct.errors import Garbled
from intacct.read.accounts import read_accounts
from tests.intacct.paper import Desk, listed, signed_in

SALES = {
    "ACCOUNTNO": "4000",
    "TITLE": "Sales",
    "ACCOUNTTYPE": "incomestatement",
    "NORMALBALANCE": "credit",
    "CATEGORY": "Revenue",
    "STATUS": "active",
}
BANK = {
    "ACCOUNTNO": "0100",
    "TITLE": "Bank",
    "ACCOUNTTYPE": "balancesheet",
    "NORMALBALANCE": "debit",
    "CATEGORY": "",
    "STATUS": "inactive",
}
HEADS = {"ACCOUNTNO": "9000", "TITLE": "Heads", "CATEGORY": "", "STATUS": "active"}


def test_accounts_of_money_and_of_things_come_by_number() -> None:
    desk = Desk(signed_in(), listed("GLACCOUNT", SALES, BANK), listed("STATACCOUNT", HEADS))

    assert read_accounts(desk.books) == (
        Account(AccountNo("0100"), "Bank", Side.DEBIT, Statement.BALANCE, active=False),
        Account(AccountNo("4000"), "Sales", Side.CREDIT, Statement.INCOME, "Revenue"),
        Account(AccountNo("9000"), "Heads", Side.DEBIT, Statement.STATISTICAL),
    )


@pytest.mark.parametrize("wrong", [{"ACCOUNTTYPE": "other"}, {"NORMALBALANCE": "both"}])
def test_an_account_on_no_known_side_or_statement_is_garbled(wrong: dict[str, str]) -> None:
    desk = Desk(signed_in(), listed("GLACCOUNT", {**SALES, **wrong}))

    with pytest.raises(Garbled, match="an account of type"):
        read_accounts(desk.books)
