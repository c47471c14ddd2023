from __future__ import annotations

import json

import pytest

from tests.sandbox.intacct.speaking import Gateway, request, table, texts


def read(name: str, keys: str, fields: str = "*", call: str = "read", more: str = "") -> str:
    words = f"<object>{name}</object><keys>{keys}</keys><fields>{fields}</fields>{more}"
    return f"<{call}>{words}</{call}>"


def by_query(name: str, condition: str, more: str = "", fields: str = "*") -> str:
    return (
        f"<readByQuery><object>{name}</object><fields>{fields}</fields>"
        f"<query>{condition}</query>{more}</readByQuery>"
    )


def found(gateway: Gateway, condition: str, name: str = "GLACCOUNT", key: str = "ACCOUNTNO") -> str:
    data = gateway.done(by_query(name, condition))
    return " ".join(texts(data, f"{name.lower()}/{key}"))


def test_read_answers_in_the_tag_asked_for_and_leaves_out_missing_keys(gateway: Gateway) -> None:
    data = gateway.done(read("DEPARTMENT", "1,2,99", "DEPARTMENTID,TITLE"))

    assert (data.get("listtype"), data.get("count")) == ("DEPARTMENT", "2")
    assert data.get("totalcount") is None
    assert table(data) == [
        {"DEPARTMENTID": "SALES", "TITLE": "Sales"},
        {"DEPARTMENTID": "OPS", "TITLE": "Operations"},
    ]


def test_read_nests_the_lines_an_object_owns(gateway: Gateway) -> None:
    data = gateway.done(read("GLBATCH", "2"))

    assert texts(data, "GLBATCH/BATCH_TITLE") == ["January US"]
    assert texts(data, "GLBATCH/ENTRIES/glentry/AMOUNT") == [
        "850.50",
        "1000.00",
        "250.50",
        "400.00",
    ]


def test_read_takes_a_hundred_keys_and_no_more(gateway: Gateway) -> None:
    keys = [str(number) for number in range(1, 102)]

    assert gateway.done(read("GLACCOUNT", ",".join(keys[:100]))).get("count") == "6"
    assert "100" in gateway.refusal(read("GLACCOUNT", ",".join(keys)))[0][1]


def test_an_unknown_object_has_its_own_number(gateway: Gateway) -> None:
    assert gateway.refusal(read("NOTHING", "1")) == [("XXX", "Object definition NOTHING not found")]


@pytest.mark.parametrize(
    ("name", "key", "field", "expected"),
    [
        ("GLACCOUNT", "4000", "TITLE", "Sales"),
        ("DEPARTMENT", "OPS", "TITLE", "Operations"),
        ("LOCATION", "110", "NAME", "Boston"),
        ("CUSTOMER", "C1", "NAME", "Jane's Deli"),
        ("GLBUDGETHEADER", "2026 Budget", "DESCRIPTION", "The year's plan"),
        ("REPORTINGPERIOD", "Month Ended March 2026", "END_DATE", "03/31/2026"),
    ],
)
def test_read_by_name_uses_the_business_id(
    gateway: Gateway, name: str, key: str, field: str, expected: str
) -> None:
    data = gateway.done(read(name, key, field, "readByName"))

    assert texts(data, f"{name}/{field}") == [expected]


def test_read_by_query_answers_in_lower_case_with_a_way_to_go_on(gateway: Gateway) -> None:
    data = gateway.done(by_query("DEPARTMENT", "", "<pagesize>3</pagesize>"))

    assert [one.tag for one in data] == ["department"] * 3
    assert (data.get("listtype"), data.get("count")) == ("department", "3")
    assert (data.get("totalcount"), data.get("numremaining")) == ("4", "1")
    assert data.get("resultId")


def test_nothing_found_has_an_empty_result_id(gateway: Gateway) -> None:
    data = gateway.done(by_query("DEPARTMENT", "TITLE = 'none'"))

    assert dict(data.items()) == {
        "listtype": "department",
        "count": "0",
        "totalcount": "0",
        "numremaining": "0",
        "resultId": "",
    }


def test_read_more_goes_on_in_the_rows_as_they_were(gateway: Gateway) -> None:
    first = gateway.done(by_query("GLBUDGETITEM", "", "<pagesize>2</pagesize>"))
    gateway.done(
        "<update><GLBUDGETHEADER><RECORDNO>1</RECORDNO><GLBUDGETITEMS><GLBUDGETITEM>"
        "<ACCT_NO>4100</ACCT_NO><PERIODNAME>Month Ended March 2026</PERIODNAME>"
        "<AMOUNT>1</AMOUNT></GLBUDGETITEM></GLBUDGETITEMS></GLBUDGETHEADER></update>"
    )
    more = f"<readMore><resultId>{first.get('resultId')}</resultId></readMore>"
    last = gateway.done(more)

    assert (last.get("count"), last.get("totalcount"), last.get("numremaining")) == ("1", "3", "0")
    assert texts(last, "glbudgetitem/AMOUNT") == ["380.00"]
    assert gateway.refusal(more)[0][0] == "readMore failed"


def test_an_invented_result_id_is_refused_with_a_phrase(gateway: Gateway) -> None:
    [(number, text)] = gateway.refusal("<readMore><resultId>abc</resultId></readMore>")

    assert number == "readMore failed"
    assert text == "Attempt to readMore with an invalid or expired resultId: abc"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("ACCOUNTNO = '4000'", "4000"),
        ("accountno = 4000", "4000"),
        ("ACCOUNTNO &lt; '4000' AND NOT ACCOUNTNO = '1000'", "3000"),
        ("ACCOUNTNO >= '6000' OR (TITLE like 'C%' AND ACCOUNTNO &lt;= '1000')", "1000 6000 6999"),
        ("ACCOUNTNO in ('1000', '3000')", "1000 3000"),
        ("ACCOUNTNO not in ('1000','3000','4000') and TITLE not like '%t'", "4100 6999"),
        ("CLOSINGACCOUNTNO IS NULL", "1000 3000"),
        ("CLOSINGACCOUNTNO is not null AND STATUS = 'T'", "4000 4100 6000"),
        ("STATUS = 'F'", "6999"),
        ("STATUS = 'inactive'", ""),
        ("ACCOUNTTYPE = 'N' AND NORMALBALANCE = '1'", "1000"),
        ("TITLE like 's%'", ""),
    ],
)
def test_the_grammar_of_conditions(gateway: Gateway, condition: str, expected: str) -> None:
    assert found(gateway, condition) == expected


def test_quotes_are_escaped_with_a_backslash_and_flags_are_letters(gateway: Gateway) -> None:
    assert found(gateway, r"NAME = 'Jane\'s Deli'", "CUSTOMER", "CUSTOMERID") == "C1"
    assert (
        found(gateway, "BUDGETING = 'F'", "REPORTINGPERIOD", "NAME") == "Quarter Ended March 2026"
    )
    assert found(gateway, "TOTALDUE > 9.00", "ARINVOICE", "RECORDID") == "I1 I3"


def test_the_condition_takes_codes_and_the_record_shows_labels(gateway: Gateway) -> None:
    data = gateway.done(by_query("ARINVOICE", "STATE = 'P'"))

    assert texts(data, "arinvoice/STATE") == ["Paid"]


@pytest.mark.parametrize(
    "condition",
    [
        "ACCOUNTNO = ",
        "ACCOUNTNO = '4000' garbage",
        "= '4000'",
        "ACCOUNTNO = 'unclosed",
        "NAME = 'Jane''s'",
        "(" * 300 + "ACCOUNTNO = '1'" + ")" * 300,
        "NOSUCHFIELD = '1'",
        "GLACCOUNT.TITLE = 'x'",
        "ACCOUNTNO in ()",
    ],
)
def test_a_condition_that_cannot_be_read_is_refused_with_a_phrase(
    gateway: Gateway, condition: str
) -> None:
    assert gateway.refusal(by_query("GLACCOUNT", condition))[0][0] == "Query Failed"


def test_pages_of_read_by_query_hold_a_thousand_at_most(gateway: Gateway) -> None:
    gateway.done(by_query("GLACCOUNT", "", "<pagesize>1000</pagesize>"))

    assert gateway.refusal(by_query("GLACCOUNT", "", "<pagesize>1001</pagesize>"))
    assert gateway.refusal(by_query("NOTHING", "")) == [
        ("Query Failed", "Object definition NOTHING not found")
    ]


def test_json_and_csv_come_without_an_envelope(gateway: Gateway) -> None:
    form = "<returnFormat>{}</returnFormat>"
    as_json = gateway.post(request(read("DEPARTMENT", "1", "TITLE", more=form.format("json")))).text
    as_csv = gateway.post(
        request(by_query("DEPARTMENT", "TITLE = 'Sales'", form.format("csv"), "TITLE"))
    ).text

    assert json.loads(as_json) == [{"TITLE": "Sales"}]
    assert as_csv.split() == ["TITLE", "Sales"]
