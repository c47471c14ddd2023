from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sandbox.intacct.speaking import IN_UK, LOGIN, Gateway, table, texts

US = "<locationid>100</locationid><loc_subs>true</loc_subs>"
COLUMNS = ("glaccountno", "startbalance", "periodbalance", "endbalance")


def day(name: str, text: str) -> str:
    year, month, of_month = text.split("-")
    return f"<{name}><year>{year}</year><month>{month}</month><day>{of_month}</day></{name}>"


def asked(
    more: str = US,
    span: str = "<reportingperiodname>Month Ended January 2026</reportingperiodname>",
    call: str = "get_accountbalancesbydimensions",
) -> str:
    return f"<{call}>{span}{more}</{call}>"


def between(first: str, last: str) -> str:
    return day("startdate", first) + day("enddate", last)


def rows(gateway: Gateway, call: str, sign_in: str = LOGIN) -> list[tuple[str, ...]]:
    found = table(gateway.done(call, sign_in))
    return [tuple(row[name] for name in COLUMNS) for row in found]


def test_one_month_of_an_entity_with_its_sites(gateway: Gateway) -> None:
    assert rows(gateway, asked()) == [
        ("1000", "70.00", "850.50", "920.50"),
        ("3000", "-70.00", "0.00", "-70.00"),
        ("4000", "0.00", "-1250.50", "-1250.50"),
        ("6000", "0.00", "400.00", "400.00"),
    ]


def test_income_and_costs_start_each_year_from_nothing(gateway: Gateway) -> None:
    february = asked(US, between("2026-02-01", "2026-02-28"))

    assert rows(gateway, february) == [
        ("1000", "920.50", "2000.00", "2920.50"),
        ("3000", "-70.00", "0.00", "-70.00"),
        ("4000", "-1250.50", "-2000.00", "-3250.50"),
        ("6000", "400.00", "0.00", "400.00"),
    ]


def test_without_its_sites_a_location_stands_alone(gateway: Gateway) -> None:
    alone = rows(gateway, asked("<locationid>100</locationid>"))

    assert ("4000", "0.00", "-1000.00", "-1000.00") in alone


def test_a_split_by_dimensions_names_them(gateway: Gateway) -> None:
    data = gateway.done(
        asked(f"<glaccountno>4000</glaccountno>{US}<groupby>department, location</groupby>")
    )

    assert table(data) == [
        {
            "glaccountno": "4000",
            "startbalance": "0.00",
            "periodbalance": "-250.50",
            "endbalance": "-250.50",
            "currency": "USD",
            "departmentid": "OPS",
            "departmentname": "Operations",
            "locationid": "110",
            "locationname": "Boston",
        },
        {
            "glaccountno": "4000",
            "startbalance": "0.00",
            "periodbalance": "-1000.00",
            "endbalance": "-1000.00",
            "currency": "USD",
            "departmentid": "SALES",
            "departmentname": "Sales",
            "locationid": "100",
            "locationname": "US Inc",
        },
    ]


def test_accounts_are_chosen_singly_or_by_a_span(gateway: Gateway) -> None:
    span = "<startaccountno>3000</startaccountno><endaccountno>4999</endaccountno>"

    assert [row[0] for row in rows(gateway, asked(span + US))] == ["3000", "4000"]
    assert "7777" in gateway.refusal(asked(f"<glaccountno>7777</glaccountno>{US}"))[0][1]


def test_a_department_with_those_below_it(gateway: Gateway) -> None:
    gateway.sandbox(
        "post",
        {
            "account": "4000",
            "offset": "1000",
            "entity": "100",
            "department": "WEST",
            "date": "2026-01-15",
            "amount": "-5.00",
        },
    )
    sales = f"<glaccountno>4000</glaccountno>{US}<departmentid>SALES</departmentid>"

    assert rows(gateway, asked(sales))[0][2] == "-1000.00"
    assert rows(gateway, asked(sales + "<dept_subs>true</dept_subs>"))[0][2] == "-1005.00"


@pytest.mark.parametrize(
    ("statistical", "accounts"),
    [
        ("", ["1000", "3000", "4000", "6000"]),
        ("exclude", ["1000", "3000", "4000", "6000"]),
        ("include", ["1000", "3000", "4000", "6000", "9000"]),
        ("only", ["9000"]),
    ],
)
def test_statistical_accounts_are_left_out_unless_asked_for(
    gateway: Gateway, statistical: str, accounts: list[str]
) -> None:
    word = f"<statistical>{statistical}</statistical>" if statistical else ""

    assert [row[0] for row in rows(gateway, asked(US + word))] == accounts


def test_heads_add_up_from_month_to_month(gateway: Gateway) -> None:
    february = asked(f"{US}<statistical>only</statistical>", between("2026-02-01", "2026-02-28"))

    assert rows(gateway, february) == [("9000", "5.00", "1.00", "6.00")]


def test_a_budget_comes_debit_positive(gateway: Gateway) -> None:
    data = gateway.done(asked(f"{US}<contentselection>Budget</contentselection>"))

    assert [(row["glaccountno"], row["periodbalance"]) for row in table(data)] == [
        ("4000", "-900.00"),
        ("6000", "380.00"),
    ]


@pytest.mark.parametrize(
    ("comparison", "differences"),
    [
        ("", ["-850.50", "350.50", "-20.00"]),
        ("Budget minus Actual", ["-850.50", "350.50", "-20.00"]),
        ("Actual minus Budget", ["850.50", "-350.50", "20.00"]),
    ],
)
def test_actual_and_budget_stand_side_by_side(
    gateway: Gateway, comparison: str, differences: list[str]
) -> None:
    word = f"<budgetcomparison>{comparison}</budgetcomparison>" if comparison else ""
    both = asked(
        f"{US}<contentselection>Actual and Budget</contentselection>"
        f"<budgetid>2026 Budget</budgetid>{word}"
    )
    found = table(gateway.done(both))

    assert [(row["glaccountno"], row["budgetbalance"], row["periodbalance"]) for row in found] == [
        ("1000", "0.00", "850.50"),
        ("4000", "-900.00", "-1250.50"),
        ("6000", "380.00", "400.00"),
    ]
    assert [row["difference"] for row in found] == differences


def test_several_base_currencies_need_a_location(gateway: Gateway) -> None:
    for call in ("get_accountbalances", "get_accountbalancesbydimensions", "get_trialbalance"):
        assert "locationid is required" in gateway.refusal(asked("", call=call))[0][1]
    uk = asked("<locationid>200</locationid>", between("2026-02-01", "2026-02-28"))
    assert texts(gateway.done(uk), "accountbalance/currency") == ["GBP", "GBP"]


def test_an_entity_session_sees_its_own_figures_only(gateway: Gateway) -> None:
    assert rows(gateway, asked(US, between("2026-02-01", "2026-02-28")), IN_UK) == []


def test_zero_balances_come_only_when_asked_for(gateway: Gateway) -> None:
    zeros = rows(gateway, asked(f"{US}<showzerobalances>true</showzerobalances>"))

    assert [row[0] for row in zeros] == ["1000", "3000", "4000", "4100", "6000", "6999"]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (asked(US, ""), "reportingperiodname"),
        (asked(US, "<reportingperiodname>Never</reportingperiodname>"), "'Never'"),
        (asked(US, between("2026-02-30", "2026-03-01")), "startdate"),
        (asked(US, between("2026-03-01", "2026-02-01")), "after enddate"),
        (asked(US, "<startdate>01/01/2026</startdate><enddate>01/31/2026</enddate>"), "startdate"),
        (asked("<locationid>999</locationid>"), "Location '999'"),
        (asked(f"{US}<departmentid>X</departmentid>"), "Department 'X'"),
        (asked(f"{US}<groupby>colour</groupby>"), "colour"),
        (asked(f"{US}<contentselection>All</contentselection>"), "contentselection"),
        (
            asked(f"{US}<contentselection>Budget</contentselection><budgetid>No</budgetid>"),
            "Budget 'No'",
        ),
        (asked(f"{US}<accountgroupname>Revenue</accountgroupname>"), "accountgroupname"),
        (asked(f"{US}<reportingbook>CASH</reportingbook>"), "CASH"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(
    gateway: Gateway, call: str, named: str
) -> None:
    assert named in gateway.refusal(call)[0][1]


def test_the_trial_balance_is_zero_at_both_ends(gateway: Gateway) -> None:
    february = asked(US, between("2026-02-01", "2026-02-28"), "get_trialbalance")
    found = table(gateway.done(february))

    def total(name: str) -> Decimal:
        return sum((Decimal(row[name]) for row in found), Decimal(0))

    assert (total("startbalance"), total("endbalance")) == (Decimal(0), Decimal(0))
    assert (total("debits"), total("credits")) == (Decimal(2000), Decimal(2000))


def test_plain_balances_include_heads_and_are_not_split(gateway: Gateway) -> None:
    found = rows(gateway, asked(US, call="get_accountbalances"))

    assert [row[0] for row in found] == ["1000", "3000", "4000", "6000", "9000"]
