"""The lines of the fidelity checklist about `query`: 19 to 27."""

from __future__ import annotations

import json

import pytest

from tests.sandbox.intacct.speaking import Gateway, request, table, texts


def query(name: str, select: str, filter_: str = "", more: str = "") -> str:
    fields = "".join(f"<field>{one}</field>" for one in select.split())
    inside = f"<filter>{filter_}</filter>" if filter_ else ""
    return f"<query><object>{name}</object><select>{fields}</select>{inside}{more}</query>"


def op(operator: str, field: str, *values: str) -> str:
    inside = "".join(f"<value>{value}</value>" for value in values)
    return f"<{operator}><field>{field}</field>{inside}</{operator}>"


def order(*keys: str) -> str:
    parts = []
    for key in keys:
        name, _, direction = key.partition(" ")
        parts.append(f"<order><field>{name}</field>{direction and f'<{direction}/>'}</order>")
    return f"<orderby>{''.join(parts)}</orderby>"


def found(gateway: Gateway, filter_: str, more: str = "") -> str:
    data = gateway.done(query("GLACCOUNT", "ACCOUNTNO", filter_, more + order("ACCOUNTNO")))
    return " ".join(texts(data, "GLACCOUNT/ACCOUNTNO"))


def test_19_the_page_says_where_it_stands_and_keeps_names_and_order(shared: Gateway) -> None:
    select = "TOTALDUE RECORDID CUSTOMER.NAME"
    more = order("RECORDID") + "<pagesize>1</pagesize><offset>1</offset>"
    data = shared.done(query("ARINVOICE", select, more=more))

    assert dict(data.items()) == {
        "listtype": "ARINVOICE",
        "totalcount": "3",
        "offset": "1",
        "count": "1",
        "numremaining": "1",
    }
    assert [(one.tag, [(f.tag, f.text) for f in one]) for one in data] == [
        (
            "ARINVOICE",
            [
                ("TOTALDUE", "9.00"),
                ("RECORDID", "I2"),
                ("CUSTOMER.NAME", "ORBIT <Holdings> & Co"),
            ],
        )
    ]


@pytest.mark.parametrize(
    "call",
    [
        "<query><object>GLACCOUNT</object></query>",
        "<query><object>GLACCOUNT</object><select/></query>",
        query("GLACCOUNT", "TITLE", op("isnull", "TITLE") + op("isnull", "CATEGORY")),
        query("GLACCOUNT", "TITLE", f"<and>{op('isnull', 'TITLE')}</and>"),
    ],
)
def test_20_a_query_without_select_or_with_two_operators_is_refused(
    shared: Gateway, call: str
) -> None:
    assert shared.refusal(call)[0][0] == "XL03000009"


CASH, RETAINED, RENT = (op("equalto", "ACCOUNTNO", number) for number in ("1000", "3000", "6000"))
ENDS_IN_T = op("like", "TITLE", "%t")


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (op("equalto", "ACCOUNTNO", "4000"), "4000"),
        (op("notequalto", "ACCOUNTTYPE", "incomestatement"), "1000 3000"),
        (op("lessthan", "ACCOUNTNO", "3000"), "1000"),
        (op("lessthanorequalto", "ACCOUNTNO", "3000"), "1000 3000"),
        (op("greaterthan", "ACCOUNTNO", "6000"), "6999"),
        (op("greaterthanorequalto", "ACCOUNTNO", "6000"), "6000 6999"),
        (op("between", "ACCOUNTNO", "3000", "4100"), "3000 4000 4100"),
        (op("in", "ACCOUNTNO", "1000", "6999", "x"), "1000 6999"),
        (op("notin", "ACCOUNTNO", "1000", "3000", "4000", "4100"), "6000 6999"),
        (op("like", "TITLE", "S%"), "4000 4100"),
        (op("notlike", "TITLE", "%e%"), "1000 6999"),
        (op("isnull", "CLOSINGACCOUNTNO"), "1000 3000"),
        (op("isnotnull", "CLOSINGACCOUNTNO"), "4000 4100 6000 6999"),
        (f"<or>{CASH}{RETAINED}{RENT}</or>", "1000 3000 6000"),
        (
            f"<or>{CASH}<and>{ENDS_IN_T}{RENT}</and><and>{RETAINED}<or>{RENT}{RETAINED}</or></and></or>",
            "1000 3000 6000",
        ),
    ],
)
def test_21_every_operator_finds_what_it_says_alone_and_nested(
    shared: Gateway, filter_: str, expected: str
) -> None:
    assert found(shared, filter_) == expected


def test_22_between_includes_both_ends_and_in_takes_a_thousand(shared: Gateway) -> None:
    thousand = [str(number) for number in range(3001, 4001)]
    refused = query("GLACCOUNT", "TITLE", op("in", "ACCOUNTNO", *thousand, "4001"))

    assert found(shared, op("between", "ACCOUNTNO", "1000", "4000")) == "1000 3000 4000"
    assert found(shared, op("in", "ACCOUNTNO", *thousand)) == "4000"
    assert "1001" in shared.refusal(refused)[0][1]


def test_23_like_knows_two_signs_and_minds_case_unless_told_otherwise(shared: Gateway) -> None:
    fold = "<options><caseinsensitive>true</caseinsensitive></options>"

    assert found(shared, op("like", "TITLE", "S_l%")) == "4000"
    assert found(shared, op("like", "TITLE", "s%")) == ""
    assert found(shared, op("like", "TITLE", "s%"), fold) == "4000 4100"
    assert found(shared, op("like", "TITLE", ".ent")) == ""


def test_24_pages_hold_a_hundred_or_as_many_as_asked_up_to_2000(gateway: Gateway) -> None:
    for start in (0, 50, 100):
        budgets = "".join(
            f"<GLBUDGETHEADER><BUDGETID>B{n}</BUDGETID><DESCRIPTION>d</DESCRIPTION></GLBUDGETHEADER>"
            for n in range(start, start + 50)
        )
        gateway.done(f"<create>{budgets}</create>")

    def page(more: str) -> tuple[str | None, ...]:
        data = gateway.done(query("GLBUDGETHEADER", "BUDGETID", more=more))
        assert len(data) == int(data.get("count") or -1)
        return data.get("count"), data.get("totalcount"), data.get("numremaining")

    assert page("") == ("100", "151", "51")
    assert page("<offset>100</offset>") == ("51", "151", "0")
    assert page("<pagesize>2000</pagesize>") == ("151", "151", "0")
    assert page("<offset>500</offset>") == ("0", "151", "0")
    above = query("GLBUDGETHEADER", "BUDGETID", more="<pagesize>2001</pagesize>")
    assert "2000" in gateway.refusal(above)[0][1]


def test_25_aggregates_group_by_the_plain_fields(shared: Gateway) -> None:
    data = shared.done(
        "<query><object>ARINVOICE</object><select><field>CUSTOMERID</field>"
        "<count>RECORDNO</count><sum>TOTALDUE</sum><avg>TOTALDUE</avg><min>TOTALDUE</min>"
        f"<max>TOTALDUE</max></select>{order('CUSTOMERID descending')}</query>"
    )

    assert data.get("totalcount") == "2"
    assert [list(one.values()) for one in table(data)] == [
        ["C2", "1", "9.00", "9.00", "9.00", "9.00"],
        ["C1", "2", "120.00", "60.00", "20.00", "100.00"],
    ]
    assert [one.tag for one in data[0]] == [
        "CUSTOMERID",
        "COUNT.RECORDNO",
        "SUM.TOTALDUE",
        "AVG.TOTALDUE",
        "MIN.TOTALDUE",
        "MAX.TOTALDUE",
    ]


def test_26_several_keys_order_the_rows_and_each_kind_sorts_as_such(shared: Gateway) -> None:
    several = order("CUSTOMERID", "TOTALDUE descending")
    by_name = shared.done(query("ARINVOICE", "RECORDID", more=several))
    by_amount = shared.done(query("ARINVOICE", "TOTALDUE", more=order("TOTALDUE")))
    by_day = shared.done(query("REPORTINGPERIOD", "START_DATE", more=order("START_DATE")))

    assert texts(by_name, "ARINVOICE/RECORDID") == ["I3", "I1", "I2"]
    assert texts(by_amount, "ARINVOICE/TOTALDUE") == ["9.00", "20.00", "100.00"]
    assert texts(by_day, "REPORTINGPERIOD/START_DATE") == [
        "12/01/2025",
        "01/01/2026",
        "01/01/2026",
        "02/01/2026",
        "03/01/2026",
    ]


def test_27_csv_and_json_come_without_an_envelope(shared: Gateway) -> None:
    def body(kind: str) -> str:
        option = f"<options><returnformat>{kind}</returnformat></options>"
        call = query("CUSTOMER", "CUSTOMERID NAME", more=option + order("CUSTOMERID"))
        return shared.post(request(call)).text

    assert body("csv").splitlines() == [
        "CUSTOMERID,NAME",
        "C1,Jane's Deli",
        "C2,ORBIT <Holdings> & Co",
    ]
    assert json.loads(body("json")) == [
        {"CUSTOMERID": "C1", "NAME": "Jane's Deli"},
        {"CUSTOMERID": "C2", "NAME": "ORBIT <Holdings> & Co"},
    ]
