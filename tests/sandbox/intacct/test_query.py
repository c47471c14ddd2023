from __future__ import annotations

import json

import pytest
from lxml import etree

from tests.sandbox.intacct.speaking import IN_UK, Gateway, request, table, texts


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


def found(gateway: Gateway, filter_: str, more: str = "") -> list[str]:
    data = gateway.done(query("GLACCOUNT", "ACCOUNTNO", filter_, more + order("ACCOUNTNO")))
    return texts(data, "GLACCOUNT/ACCOUNTNO")


def test_the_answer_says_how_many_there_are_and_keeps_the_order_of_the_fields(
    gateway: Gateway,
) -> None:
    data = gateway.done(
        query("GLACCOUNT", "TITLE ACCOUNTNO CATEGORY", more="<pagesize>2</pagesize>")
    )

    assert dict(data.items()) == {
        "listtype": "GLACCOUNT",
        "totalcount": "6",
        "offset": "0",
        "count": "2",
        "numremaining": "4",
    }
    assert [one.tag for one in data] == ["GLACCOUNT", "GLACCOUNT"]
    assert [(f.tag, f.text) for f in data[0]] == [
        ("TITLE", "Cash"),
        ("ACCOUNTNO", "1000"),
        ("CATEGORY", None),
    ]


def test_dotted_names_cross_relations_and_keep_their_name(gateway: Gateway) -> None:
    data = gateway.done(
        query(
            "ARINVOICE",
            "RECORDID CUSTOMER.NAME",
            op("equalto", "CUSTOMER.NAME", "ORBIT &lt;Holdings&gt; &amp; Co"),
        )
    )

    assert table(data) == [{"RECORDID": "I2", "CUSTOMER.NAME": "ORBIT <Holdings> & Co"}]


def test_a_hierarchy_is_crossed_once_only(gateway: Gateway) -> None:
    once = gateway.done(query("DEPARTMENT", "PARENT.TITLE", op("equalto", "DEPARTMENTID", "WEST")))

    assert table(once) == [{"PARENT.TITLE": "Sales"}]
    assert gateway.refusal(query("DEPARTMENT", "PARENT.PARENT.TITLE"))[0][0] == "XL03000006"


@pytest.mark.parametrize(
    "call",
    [
        "<query><object>GLACCOUNT</object></query>",
        "<query><object>GLACCOUNT</object><select/></query>",
        "<query><select><field>TITLE</field></select></query>",
        query("GLACCOUNT", "TITLE", op("isnull", "TITLE") + op("isnull", "CATEGORY")),
        query("GLACCOUNT", "TITLE", f"<and>{op('isnull', 'TITLE')}</and>"),
        query("GLACCOUNT", "TITLE", op("resembles", "TITLE", "x")),
        query("GLACCOUNT", "TITLE", op("equalto", "TITLE", "x", "y")),
        query("GLACCOUNT", "TITLE", op("between", "TITLE", "x")),
        query("GLACCOUNT", "TITLE", op("equalto", "TITLE")),
        query("ARINVOICE", "RECORDID", op("greaterthan", "TOTALDUE", "much")),
        query("ARINVOICE", "RECORDID", op("greaterthan", "WHENCREATED", "2026-01-31")),
        query("GLACCOUNT", "TITLE", more="<pagesize>2001</pagesize>"),
        query("GLACCOUNT", "TITLE", more="<pagesize>0</pagesize>"),
        query("GLACCOUNT", "TITLE", more="<pagesize>many</pagesize>"),
        query("GLACCOUNT", "TITLE", more="<offset>-1</offset>"),
        query("GLACCOUNT", "TITLE", more="<limit>1</limit>"),
        query("GLACCOUNT", "TITLE", more="<options><returnformat>yaml</returnformat></options>"),
    ],
)
def test_a_query_laid_out_wrongly_is_refused(gateway: Gateway, call: str) -> None:
    assert gateway.refusal(call)[0][0] == "XL03000009"


def test_an_unknown_object_and_unknown_fields_are_named(gateway: Gateway) -> None:
    assert gateway.refusal(query("NOTHING", "X")) == [
        ("XL03000009", "Object definition NOTHING not found")
    ]
    [(number, text)] = gateway.refusal(query("GLACCOUNT", "TITLE NAME", op("isnull", "OTHER")))
    assert number == "XL03000006"
    assert "NAME, OTHER" in text


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (op("equalto", "ACCOUNTNO", "4000"), ["4000"]),
        (op("notequalto", "ACCOUNTTYPE", "incomestatement"), ["1000", "3000"]),
        (op("lessthan", "ACCOUNTNO", "3000"), ["1000"]),
        (op("lessthanorequalto", "ACCOUNTNO", "3000"), ["1000", "3000"]),
        (op("greaterthan", "ACCOUNTNO", "6000"), ["6999"]),
        (op("greaterthanorequalto", "ACCOUNTNO", "6000"), ["6000", "6999"]),
        (op("between", "ACCOUNTNO", "3000", "4100"), ["3000", "4000", "4100"]),
        (op("in", "ACCOUNTNO", "1000", "6999", "x"), ["1000", "6999"]),
        (op("notin", "ACCOUNTNO", "1000", "3000", "4000", "4100"), ["6000", "6999"]),
        (op("like", "TITLE", "S%"), ["4000", "4100"]),
        (op("like", "TITLE", "_ent"), ["6000"]),
        (op("notlike", "TITLE", "%e%"), ["1000", "6999"]),
        (op("isnull", "CLOSINGACCOUNTNO"), ["1000", "3000"]),
        (op("isnotnull", "CLOSINGACCOUNTNO"), ["4000", "4100", "6000", "6999"]),
        (
            "<or>"
            + op("equalto", "ACCOUNTNO", "1000")
            + op("equalto", "ACCOUNTNO", "3000")
            + "<and>"
            + op("equalto", "NORMALBALANCE", "debit")
            + op("like", "TITLE", "R%")
            + op("like", "TITLE", "%t")
            + "</and></or>",
            ["1000", "3000", "6000"],
        ),
    ],
)
def test_every_operator_finds_what_it_says(
    gateway: Gateway, filter_: str, expected: list[str]
) -> None:
    assert found(gateway, filter_) == expected


def test_amounts_and_dates_compare_as_such(gateway: Gateway) -> None:
    def ids(filter_: str) -> list[str]:
        data = gateway.done(query("ARINVOICE", "RECORDID", filter_, order("RECORDNO")))
        return texts(data, "ARINVOICE/RECORDID")

    assert ids(op("greaterthan", "TOTALDUE", "9.00")) == ["I1", "I3"]
    assert ids(op("between", "TOTALDUE", "9", "20.00")) == ["I1", "I2"]
    assert ids(op("equalto", "WHENCREATED", "02/03/2026")) == ["I1", "I2", "I3"]
    assert ids(op("lessthan", "WHENCREATED", "2/3/2026")) == []
    assert ids(op("greaterthanorequalto", "AUWHENCREATED", "03/01/2026 08:00:00")) != []
    assert ids(op("greaterthan", "AUWHENCREATED", "03/01/2026 08:00:00")) == []


def test_a_thousand_values_are_taken_and_one_more_is_refused(gateway: Gateway) -> None:
    thousand = [str(number) for number in range(3001, 4001)]

    assert found(gateway, op("in", "ACCOUNTNO", *thousand)) == ["4000"]
    assert gateway.refusal(query("GLACCOUNT", "TITLE", op("in", "TITLE", *thousand, "x")))


def test_hundreds_of_conditions_under_one_word_are_taken(gateway: Gateway) -> None:
    many = "".join(op("equalto", "ACCOUNTNO", str(number)) for number in range(2000, 4001))

    assert found(gateway, f"<or>{many}</or>") == ["3000", "4000"]


@pytest.mark.parametrize("flag", ["true", "True"])
def test_case_matters_unless_it_shall_not(gateway: Gateway, flag: str) -> None:
    option = f"<options><caseinsensitive>{flag}</caseinsensitive></options>"

    assert found(gateway, op("like", "TITLE", "s%")) == []
    assert found(gateway, op("like", "TITLE", "s%"), option) == ["4000", "4100"]
    assert found(gateway, op("equalto", "TITLE", "rENT"), option) == ["6000"]
    assert found(gateway, op("in", "TITLE", "rENT", "CASH"), option) == ["1000", "6000"]


def test_a_page_has_a_hundred_rows_unless_told_and_ends_where_the_rows_end(
    gateway: Gateway,
) -> None:
    for start in range(0, 150, 50):
        periods = "".join(
            f"<GLBUDGETHEADER><BUDGETID>B{n}</BUDGETID><DESCRIPTION>d</DESCRIPTION></GLBUDGETHEADER>"
            for n in range(start, start + 50)
        )
        gateway.done(f"<create>{periods}</create>")

    def counts(more: str) -> tuple[str | None, ...]:
        data = gateway.done(query("GLBUDGETHEADER", "BUDGETID", more=more))
        return (data.get("count"), data.get("totalcount"), data.get("numremaining"))

    assert counts("") == ("100", "151", "51")
    assert counts("<offset>100</offset>") == ("51", "151", "0")
    assert counts("<pagesize>2000</pagesize>") == ("151", "151", "0")
    assert counts("<offset>500</offset>") == ("0", "151", "0")


def test_aggregates_group_by_the_plain_fields(gateway: Gateway) -> None:
    data = gateway.done(
        "<query><object>ARINVOICE</object><select><field>CUSTOMERID</field>"
        "<count>RECORDNO</count><sum>TOTALDUE</sum><avg>TOTALDUE</avg><min>TOTALDUE</min>"
        f"<max>TOTALDUE</max></select>{order('CUSTOMERID descending')}</query>"
    )

    assert table(data) == [
        {
            "CUSTOMERID": "C2",
            "COUNT.RECORDNO": "1",
            "SUM.TOTALDUE": "9.00",
            "AVG.TOTALDUE": "9.00",
            "MIN.TOTALDUE": "9.00",
            "MAX.TOTALDUE": "9.00",
        },
        {
            "CUSTOMERID": "C1",
            "COUNT.RECORDNO": "2",
            "SUM.TOTALDUE": "120.00",
            "AVG.TOTALDUE": "60.00",
            "MIN.TOTALDUE": "20.00",
            "MAX.TOTALDUE": "100.00",
        },
    ]
    assert data.get("totalcount") == "2"


def test_a_text_cannot_be_summed(gateway: Gateway) -> None:
    call = "<query><object>ARINVOICE</object><select><sum>RECORDID</sum></select></query>"

    assert "RECORDID" in gateway.refusal(call)[0][1]


def test_several_keys_order_the_rows_and_numbers_sort_as_numbers(gateway: Gateway) -> None:
    data = gateway.done(
        query("ARINVOICE", "RECORDID", more=order("CUSTOMERID", "TOTALDUE descending"))
    )
    by_amount = gateway.done(query("ARINVOICE", "TOTALDUE", more=order("TOTALDUE")))

    assert texts(data, "ARINVOICE/RECORDID") == ["I3", "I1", "I2"]
    assert texts(by_amount, "ARINVOICE/TOTALDUE") == ["9.00", "20.00", "100.00"]


def test_csv_and_json_come_without_an_envelope(gateway: Gateway) -> None:
    def body(kind: str) -> str:
        option = f"<options><returnformat>{kind}</returnformat></options>"
        call = query("CUSTOMER", "CUSTOMERID NAME", more=option + order("CUSTOMERID"))
        return gateway.post(request(call)).text

    assert body("csv").splitlines() == [
        "CUSTOMERID,NAME",
        "C1,Jane's Deli",
        "C2,ORBIT <Holdings> & Co",
    ]
    assert json.loads(body("json"))[1] == {"CUSTOMERID": "C2", "NAME": "ORBIT <Holdings> & Co"}


def test_query_speaks_in_labels_and_empty_values_are_empty_elements(gateway: Gateway) -> None:
    data = gateway.done(
        query("ARINVOICE", "STATE WHENCREATED WHENPAID", op("equalto", "STATE", "Paid"))
    )
    by_code = gateway.done(query("ARINVOICE", "STATE", op("equalto", "STATE", "P")))
    credit = gateway.done(query("CUSTOMER", "CREDITLIMIT", op("isnull", "CREDITLIMIT")))

    assert table(data) == [{"STATE": "Paid", "WHENCREATED": "02/03/2026", "WHENPAID": ""}]
    assert by_code.get("count") == "0"
    assert (
        etree.tostring(credit[0]).strip()
        == b"<CUSTOMER>\n          <CREDITLIMIT/>\n        </CUSTOMER>"
    )


@pytest.mark.parametrize("flag", ["true", "True"])
def test_the_top_level_sees_what_an_entity_owns_only_when_it_asks(
    gateway: Gateway, flag: str
) -> None:
    gateway.done(
        "<create><GLBUDGETHEADER><BUDGETID>UK</BUDGETID><DESCRIPTION>d</DESCRIPTION>"
        "</GLBUDGETHEADER></create>",
        IN_UK,
    )
    private = f"<options><showprivate>{flag}</showprivate></options>"

    def ids(more: str = "", sign_in: str | None = None) -> list[str]:
        call = query("GLBUDGETHEADER", "BUDGETID", more=more)
        data = gateway.done(call, sign_in) if sign_in else gateway.done(call)
        return texts(data, "GLBUDGETHEADER/BUDGETID")

    assert ids() == ["2026 Budget"]
    assert ids(private) == ["2026 Budget", "UK"]
    assert ids(sign_in=IN_UK) == ["2026 Budget", "UK"]


def test_an_entity_sees_only_its_own_ledger_lines(gateway: Gateway) -> None:
    data = gateway.done(query("GLDETAIL", "LOCATIONID AMOUNT", more=order("LINE_NO")), IN_UK)

    assert table(data) == [
        {"LOCATIONID": "200", "AMOUNT": "300.00"},
        {"LOCATIONID": "200", "AMOUNT": "-300.00"},
    ]
