from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from lxml import etree

from tests.sandbox.intacct.speaking import IN_UK, LOGIN, Gateway, served, table, texts


@pytest.fixture
def gateway(shared: Gateway) -> Gateway:
    """One for all: nothing here writes."""
    return shared


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


def test_a_text_cannot_be_summed(gateway: Gateway) -> None:
    call = "<query><object>ARINVOICE</object><select><sum>RECORDID</sum></select></query>"

    assert "RECORDID" in gateway.refusal(call)[0][1]


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


def test_the_top_level_sees_what_an_entity_owns_only_when_it_asks(
    company: Path, client: httpx.Client
) -> None:
    own = (
        "<create><GLBUDGETHEADER><BUDGETID>UK</BUDGETID><DESCRIPTION>d</DESCRIPTION>"
        "</GLBUDGETHEADER></create>"
    )
    private = "<options><showprivate>true</showprivate></options>"
    with served(company, client) as gateway:
        gateway.done(own, IN_UK)
        seen = [
            texts(
                gateway.done(query("GLBUDGETHEADER", "BUDGETID", more=more), sign_in),
                "GLBUDGETHEADER/BUDGETID",
            )
            for more, sign_in in (("", LOGIN), (private, LOGIN), ("", IN_UK))
        ]

    assert seen == [["2026 Budget"], ["2026 Budget", "UK"], ["2026 Budget", "UK"]]


def test_an_entity_sees_only_its_own_ledger_lines(gateway: Gateway) -> None:
    data = gateway.done(query("GLDETAIL", "LOCATIONID AMOUNT", more=order("LINE_NO")), IN_UK)

    assert table(data) == [
        {"LOCATIONID": "200", "AMOUNT": "300.00"},
        {"LOCATIONID": "200", "AMOUNT": "-300.00"},
    ]
