from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import AccountNo, Currency
from intacct.documents.budget_version import BudgetLine, BudgetVersion

JANUARY = "Month Ended January 2026"
SALES = BudgetLine(AccountNo("4000"), JANUARY, "20", "30", Decimal("20000"))
RENT = BudgetLine(AccountNo("6000"), JANUARY, "", "", Decimal("-12.5"))
PLAN = BudgetVersion("2026 Plan", "Plan for 2026", Currency("USD"), (SALES, RENT))


def sentences(document: BudgetVersion) -> list[str]:
    return [problem.sentence for problem in document.problems()]


def with_amount(amount: str) -> BudgetVersion:
    return replace(PLAN, lines=(replace(SALES, amount=Decimal(amount)),))


def test_its_key_is_its_id_and_it_belongs_to_the_whole_company() -> None:
    assert (PLAN.key, PLAN.entity) == ("2026 Plan", "")
    assert PLAN.held().object == "GLBUDGETHEADER"


def test_a_sound_budget_has_no_problems() -> None:
    assert PLAN.problems() == ()


def test_the_wire_holds_the_head_and_every_line_and_no_empty_dimension() -> None:
    assert etree.tostring(PLAN.wire()).decode() == (
        "<create><GLBUDGETHEADER><BUDGETID>2026 Plan</BUDGETID>"
        "<DESCRIPTION>Plan for 2026</DESCRIPTION><DEFAULT_BUDGET>false</DEFAULT_BUDGET>"
        "<GLBUDGETITEMS>"
        "<GLBUDGETITEM><ACCT_NO>4000</ACCT_NO><PERIODNAME>Month Ended January 2026</PERIODNAME>"
        "<DEPT_NO>20</DEPT_NO><LOCATION_NO>30</LOCATION_NO><AMOUNT>20000.00</AMOUNT></GLBUDGETITEM>"
        "<GLBUDGETITEM><ACCT_NO>6000</ACCT_NO><PERIODNAME>Month Ended January 2026</PERIODNAME>"
        "<AMOUNT>-12.50</AMOUNT></GLBUDGETITEM>"
        "</GLBUDGETITEMS></GLBUDGETHEADER></create>"
    )


def test_a_budget_without_lines_is_a_problem() -> None:
    assert sentences(replace(PLAN, lines=())) == [
        "The budget has no lines; a version without amounts says nothing."
    ]


def test_a_blank_id_and_a_blank_description_are_two_problems() -> None:
    blank = replace(PLAN, budget_id="", description="")

    assert sentences(blank) == [
        "The budget's id is blank; give it one.",
        "The budget's description is blank; give it one.",
    ]


def test_an_id_of_51_characters_does_not_fit_and_one_of_50_does() -> None:
    assert sentences(replace(PLAN, budget_id="x" * 51)) == [
        "The budget's id has 51 characters; at most 50 fit."
    ]
    assert sentences(replace(PLAN, budget_id="x" * 50)) == []


def test_an_id_with_blanks_around_it_or_a_control_character_is_a_problem() -> None:
    assert "begins or ends with a blank" in sentences(replace(PLAN, budget_id=" Plan"))[0]
    assert "cannot be sent" in sentences(replace(PLAN, budget_id="Pl\x07an"))[0]


def test_a_currency_is_three_capital_letters() -> None:
    assert sentences(replace(PLAN, currency=Currency("dollar"))) == [
        "The budget's currency must be three capital letters, like USD."
    ]


def test_the_same_place_twice_is_named_once_with_its_count() -> None:
    (problem,) = replace(PLAN, lines=(SALES, RENT, SALES)).problems()

    assert problem.about == f"4000, {JANUARY}, department 20, location 30"
    assert problem.sentence == (
        "The budget names this place 2 times; add its amounts into one line."
    )


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.005", "0.005 has fractions of a hundredth; round it first."),
        ("NaN", "NaN is no amount; give a number."),
        ("Infinity", "Infinity is no amount; give a number."),
        ("123456789012345", "123456789012345 is larger than Intacct can hold; check it."),
    ],
)
def test_an_amount_that_cannot_be_held_is_a_problem(amount: str, words: str) -> None:
    assert sentences(with_amount(amount)) == [words]


def test_a_hundredth_is_held_however_it_is_written() -> None:
    assert [sentences(with_amount(a)) for a in ("0.01", "1E+3", "0.10000", "0E-8")] == [[]] * 4


def test_a_line_without_account_or_period_is_a_problem() -> None:
    nowhere = replace(SALES, account=AccountNo(""), period="")

    assert sentences(replace(PLAN, lines=(nowhere,))) == [
        "The line has no account; name one.",
        "The line has no period; name one.",
    ]
