from __future__ import annotations

import pytest

from analytics.ledger import Account, AccountNo, Currency, Side, Statement
from bot.errors import NotUnderstood
from bot.forecasts.choose import choose_accounts, choose_entity
from intacct.read.dimensions import Entity


def account(number: str, title: str, category: str = "", **more: object) -> Account:
    side = Side.CREDIT if number.startswith("4") else Side.DEBIT
    told = {"statement": Statement.INCOME, "active": True} | more
    return Account(AccountNo(number), title, side, category=category, **told)  # type: ignore[arg-type]


CHART = (
    account("4000", "Subscriptions", "Revenue"),
    account("4900", "Credits", "Revenue"),
    account("6100", "Advertising", "Marketing"),
    account("6120", "Events", "Marketing"),
    account("6999", "Old things", active=False),
    account("1000", "Cash", statement=Statement.BALANCE),
)
US = Entity("100", "US Inc", Currency("USD"), active=True)
UK = Entity("200", "UK Ltd", Currency("GBP"), active=True)


@pytest.mark.parametrize(
    ("words", "numbers", "sign"),
    [
        ("revenue", ["4000", "4900"], -1),
        ("EXPENSES", ["6100", "6120"], 1),
        ("marketing", ["6100", "6120"], 1),
        ("6120", ["6120"], 1),
        ("subscriptions", ["4000"], -1),
    ],
)
def test_accounts_are_named_by_number_title_category_or_group(
    words: str, numbers: list[str], sign: int
) -> None:
    chosen = choose_accounts(words, CHART)

    assert [a.number for a in chosen.accounts] == numbers
    assert chosen.sign == sign


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("advertisng", r"Did you mean 6100 Advertising"),
        ("6999", "is inactive"),
        ("1000", "is a balance sheet account"),
        ("zzzzqqq", "There is no account or category “zzzzqqq”. You can say"),
    ],
)
def test_what_cannot_be_forecast_is_said_with_what_can(words: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood, match=sentence):
        choose_accounts(words, CHART)


def test_two_accounts_of_one_name_are_asked_about() -> None:
    twins = (*CHART, account("6121", "Events"))

    with pytest.raises(NotUnderstood, match="say which of 6120, 6121"):
        choose_accounts("events", twins)


def test_a_category_of_both_sides_is_its_effect_on_income() -> None:
    mixed = (account("4100", "Fees", "Other"), account("6900", "Fines", "Other"))

    assert choose_accounts("other", mixed).sign == -1


def test_the_entity_is_the_one_named_else_the_default_else_the_only_one() -> None:
    assert choose_entity("uk ltd", "100", (US, UK)) == UK
    assert choose_entity("", "100", (US, UK)) == US
    assert choose_entity("", "", (UK,)) == UK


def test_several_entities_and_none_named_are_listed_with_their_currencies() -> None:
    with pytest.raises(
        NotUnderstood, match=r"entity=100 \(US Inc, USD\), entity=200 \(UK Ltd, GBP\)"
    ):
        choose_entity("", "", (US, UK))


def test_an_entity_there_is_not_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotUnderstood, match="There is no entity “900”"):
        choose_entity("900", "100", (US, UK))
