from __future__ import annotations

from lxml import etree

from intacct.documents.money_in import MoneyIn, held_money, money_elements, money_problems


def test_money_names_one_account_and_a_way_of_paying() -> None:
    money = MoneyIn("EFT", bank="BANKUS")

    assert [etree.tostring(one).decode() for one in money_elements(money)] == [
        "<FINANCIALENTITY>BANKUS</FINANCIALENTITY>",
        "<PAYMENTMETHOD>EFT</PAYMENTMETHOD>",
    ]
    assert held_money(money) == {"FINANCIALENTITY": "BANKUS", "PAYMENTMETHOD": "EFT"}
    assert list(money_problems("x", money)) == []


def test_none_and_two_accounts_are_told() -> None:
    none, two = MoneyIn("Cash"), MoneyIn("Cash", bank="B", undeposited="1050")

    told = [p.sentence for m in (none, two) for p in money_problems("x", m)]

    asked = "Name one of a bank account, an account for undeposited funds or a summary"
    assert told == [f"{asked}; 0 are named.", f"{asked}; 2 are named."]
