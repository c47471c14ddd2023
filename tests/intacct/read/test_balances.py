from __future__ import annotations

import httpx
import pytest
from lxml import etree

from analytics.errors import LedgerError
from analytics.ledger import (
    DEPARTMENT,
    ENTITY,
    LOCATION,
    AccountNo,
    dimensions,
    month,
)
from intacct.errors import Garbled
from intacct.read.balances import BalancesQuestion, read_balances
from tests.intacct.paper import Desk, listed, result, results, signed_in

JANUARY = month(2026, 1)
SALES = AccountNo("4000")
MONEY = {"ACCOUNTTYPE": "incomestatement", "NORMALBALANCE": "debit", "STATUS": "active"}


def moved(account: str, amount: str, currency: str = "USD", **where: str) -> str:
    places = "".join(f"<{name}id>{id_}</{name}id>" for name, id_ in where.items())
    return (
        f"<accountbalance><glaccountno>{account}</glaccountno><startbalance>1</startbalance>"
        f"<periodbalance>{amount}</periodbalance><endbalance>2</endbalance>"
        f"<currency>{currency}</currency>{places}</accountbalance>"
    )


def months(*rows: str) -> httpx.Response:
    """One answer per month, each with the rows written for it."""
    return results(
        *(result(f"<data>{row}</data>", control_id=str(n)) for n, row in enumerate(rows, 1))
    )


def test_each_month_is_a_function_of_one_request_and_amounts_become_cents() -> None:
    sheet = months(moved("4000", "-2040.17"), moved("4000", "-0.01"))
    desk = Desk(signed_in(entity="100"), sheet)
    question = BalancesQuestion("100", JANUARY, month(2026, 2), (SALES,))

    frame = read_balances(desk.books, question)

    assert frame[["account", "period", "entity", "currency", "amount"]].values.tolist() == [
        ["4000", "2026-01-01", "100", "USD", -204017],
        ["4000", "2026-02-01", "100", "USD", -1],
    ]
    assert str(frame["amount"].dtype) == "int64"
    assert len(desk.paper.requests) == 2


def test_the_question_is_in_the_order_intacct_wants_and_hides_no_movement() -> None:
    desk = Desk(signed_in(entity="100"), months(""))
    question = BalancesQuestion(
        "100",
        JANUARY,
        JANUARY,
        (SALES, AccountNo("4900")),
        by=(DEPARTMENT, LOCATION),
        where=dimensions({"department": "20", "project": "P-7"}),
    )

    assert read_balances(desk.books, question).empty

    call = desk.paper.asked(1).find(".//get_accountbalancesbydimensions")
    assert call is not None
    assert etree.tostring(call).decode() == (
        "<get_accountbalancesbydimensions>"
        "<startdate><year>2026</year><month>01</month><day>01</day></startdate>"
        "<enddate><year>2026</year><month>01</month><day>31</day></enddate>"
        "<contentselection>Actual</contentselection>"
        "<showzerowithactivity>true</showzerowithactivity>"
        "<startaccountno>4000</startaccountno><endaccountno>4900</endaccountno>"
        "<statistical>exclude</statistical>"
        "<departmentid>20</departmentid><dept_subs>true</dept_subs>"
        "<locationid>100</locationid><loc_subs>true</loc_subs>"
        "<projectid>P-7</projectid><projectid_subs>true</projectid_subs>"
        "<groupby>department,location</groupby></get_accountbalancesbydimensions>"
    )


def test_thirty_months_are_three_requests_in_the_entitys_session() -> None:
    year = [""] * 12
    desk = Desk(signed_in(entity="100"), months(*year), months(*year), months(*year[:6]))

    read_balances(desk.books, BalancesQuestion("100", month(2023, 7), month(2025, 12), (SALES,)))

    asked = [desk.paper.asked(n).findall(".//function") for n in range(1, 4)]
    assert [len(functions) for functions in asked] == [12, 12, 6]
    assert {call.entity for call in desk.calls} == {"100"}


def test_amounts_are_split_only_by_what_was_asked() -> None:
    rows = moved("4000", "-5", department="20", location="100") + moved("4000", "-7")
    desk = Desk(signed_in(entity="100"), months(rows))

    frame = read_balances(
        desk.books, BalancesQuestion("100", JANUARY, JANUARY, (SALES,), by=(DEPARTMENT,))
    )

    assert frame[["department", "location", "project", "amount"]].values.tolist() == [
        ["", "", "", -700],
        ["20", "", "", -500],
    ]


def test_accounts_between_those_asked_for_and_movements_of_zero_are_left_out() -> None:
    rows = moved("4000", "-5") + moved("4500", "-9") + moved("4900", "0.00")
    desk = Desk(signed_in(), months(rows))
    question = BalancesQuestion("", JANUARY, JANUARY, (SALES, AccountNo("4900")))

    assert read_balances(desk.books, question)["account"].tolist() == ["4000"]


def test_no_accounts_means_the_income_statement() -> None:
    chart = listed(
        "GLACCOUNT",
        {"ACCOUNTNO": "1000", **MONEY, "ACCOUNTTYPE": "balancesheet"},
        {"ACCOUNTNO": "4000", **MONEY},
        {"ACCOUNTNO": "6000", **MONEY},
    )
    counts = listed("STATACCOUNT", {"ACCOUNTNO": "9000", "STATUS": "active"})
    rows = moved("4000", "-5") + moved("5000", "1") + moved("6000", "3")
    desk = Desk(signed_in(), chart, counts, months(rows))

    frame = read_balances(desk.books, BalancesQuestion("", JANUARY, JANUARY))

    call = desk.paper.asked(3).find(".//get_accountbalancesbydimensions")
    assert call is not None
    assert (call.findtext("startaccountno"), call.findtext("endaccountno")) == ("4000", "6000")
    assert call.find("locationid") is None
    assert frame["account"].tolist() == ["4000", "6000"]


def test_statistical_accounts_count_in_hundredths_and_have_no_currency() -> None:
    chart = listed("GLACCOUNT", {"ACCOUNTNO": "4000", **MONEY})
    counts = listed("STATACCOUNT", {"ACCOUNTNO": "9000", "STATUS": "active"})
    rows = moved("4000", "-500", "JPY") + moved("9000", "12.5", "JPY")
    desk = Desk(signed_in(), chart, counts, months(rows))

    frame = read_balances(desk.books, BalancesQuestion("", JANUARY, JANUARY, statistical=True))

    assert desk.paper.asked(3).findtext(".//statistical") == "include"
    assert frame[["account", "currency", "amount"]].values.tolist() == [
        ["4000", "JPY", -500],
        ["9000", "", 1250],
    ]


def test_a_company_without_accounts_is_not_asked_for_balances() -> None:
    desk = Desk(signed_in(), listed("GLACCOUNT"), listed("STATACCOUNT"))

    assert read_balances(desk.books, BalancesQuestion("", JANUARY, JANUARY)).empty
    assert len(desk.paper.requests) == 3


@pytest.mark.parametrize(
    "rows",
    [
        moved("4000", "1.005"),
        moved("4000", "0.5", "JPY"),
        moved("4000", "much"),
        moved("4000", "5", ""),
        moved("", "5"),
    ],
)
def test_an_amount_that_cannot_be_read_exactly_is_garbled(rows: str) -> None:
    desk = Desk(signed_in(), months(rows))

    with pytest.raises(Garbled):
        read_balances(desk.books, BalancesQuestion("", JANUARY, JANUARY, (SALES,)))


def test_the_same_place_twice_is_not_counted_twice() -> None:
    desk = Desk(signed_in(), months(moved("4000", "5") + moved("4000", "5")))

    with pytest.raises(LedgerError, match="twice"):
        read_balances(desk.books, BalancesQuestion("", JANUARY, JANUARY, (SALES,)))


@pytest.mark.parametrize(
    "question",
    [
        BalancesQuestion("", JANUARY, JANUARY, (SALES,), by=(ENTITY,)),
        BalancesQuestion("", JANUARY, JANUARY, (SALES,), where=dimensions({"item": "7"})),
        BalancesQuestion("", JANUARY, month(2025, 12), (SALES,)),
    ],
)
def test_a_question_the_books_cannot_answer_is_not_sent(question: BalancesQuestion) -> None:
    desk = Desk(signed_in())

    with pytest.raises(LedgerError):
        read_balances(desk.books, question)

    assert desk.paper.requests == []
