"""The lines of the fidelity checklist about the older reads and about describing objects.

28 to 32, and 38.
"""

from __future__ import annotations

import pytest
from lxml import etree

from tests.sandbox.intacct.speaking import Gateway, texts


def read(name: str, keys: str, fields: str = "*", call: str = "read") -> str:
    words = f"<object>{name}</object><keys>{keys}</keys><fields>{fields}</fields>"
    return f"<{call}>{words}</{call}>"


def by_query(name: str, condition: str = "", more: str = "") -> str:
    words = f"<object>{name}</object><fields>*</fields><query>{condition}</query>{more}"
    return f"<readByQuery>{words}</readByQuery>"


def more(result_id: str | None) -> str:
    return f"<readMore><resultId>{result_id}</resultId></readMore>"


def marks(data: etree._Element) -> tuple[str | None, ...]:
    return data.get("count"), data.get("totalcount"), data.get("numremaining")


def budgets(first: int, last: int) -> str:
    made = "".join(
        f"<GLBUDGETHEADER><BUDGETID>B{number}</BUDGETID><DESCRIPTION>d</DESCRIPTION>"
        "</GLBUDGETHEADER>"
        for number in range(first, last + 1)
    )
    return f"<create>{made}</create>"


def test_28_read_by_query_answers_in_lower_case_a_hundred_at_a_time(gateway: Gateway) -> None:
    gateway.done(budgets(1, 60))
    gateway.done(budgets(61, 120))
    usual = gateway.done(by_query("GLBUDGETHEADER"))
    most = gateway.done(by_query("GLBUDGETHEADER", more="<pagesize>1000</pagesize>"))
    nothing = gateway.done(by_query("DEPARTMENT", "TITLE = 'none'"))

    assert marks(usual) == ("100", "121", "21")
    assert (usual.get("listtype"), usual[0].tag) == ("glbudgetheader", "glbudgetheader")
    assert all(str(field.tag).isupper() for field in usual[0])
    assert usual.get("resultId")
    assert marks(most) == ("121", "121", "0")
    assert dict(nothing.items()) == {
        "listtype": "department",
        "count": "0",
        "totalcount": "0",
        "numremaining": "0",
        "resultId": "",
    }
    assert gateway.refusal(by_query("GLACCOUNT", more="<pagesize>1001</pagesize>"))


def test_29_read_more_keeps_to_the_rows_as_they_were(gateway: Gateway) -> None:
    first = gateway.done(by_query("DEPARTMENT", more="<pagesize>2</pagesize>"))
    gateway.done(budgets(1, 1))
    local = gateway.done(by_query("GLBUDGETHEADER", more="<pagesize>1</pagesize>"))
    gateway.done_without_data("<delete><object>GLBUDGETHEADER</object><keys>2</keys></delete>")
    gateway.done(budgets(2, 4))
    last, kept = (gateway.done(more(one.get("resultId"))) for one in (first, local))

    assert (marks(first), marks(last)) == (("2", "4", "2"), ("2", "4", "0"))
    assert texts(last, "department/DEPARTMENTID") == ["WEST", "OLD"]
    assert (marks(kept), texts(kept, "glbudgetheader/BUDGETID")) == (("1", "2", "0"), ["B1"])
    for used in (first.get("resultId"), "invented"):
        assert gateway.refusal(more(used)) == [
            (
                "readMore failed",
                f"Attempt to readMore with an invalid or expired resultId: {used}",
            )
        ]


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
def test_30_the_grammar_of_conditions(shared: Gateway, condition: str, expected: str) -> None:
    data = shared.done(by_query("GLACCOUNT", condition))

    assert " ".join(texts(data, "glaccount/ACCOUNTNO")) == expected


@pytest.mark.parametrize(
    ("name", "condition", "field", "expected"),
    [
        ("CUSTOMER", r"NAME = 'Jane\'s Deli'", "CUSTOMERID", ["C1"]),
        ("REPORTINGPERIOD", "BUDGETING = 'F'", "NAME", ["Quarter Ended March 2026"]),
        ("ARINVOICE", "TOTALDUE > 9.00", "RECORDID", ["I1", "I3"]),
        ("ARINVOICE", "STATE = 'P'", "STATE", ["Paid"]),
    ],
)
def test_30_quotes_flags_and_codes(
    shared: Gateway, name: str, condition: str, field: str, expected: list[str]
) -> None:
    assert texts(shared.done(by_query(name, condition)), f"{name.lower()}/{field}") == expected


def test_31_read_takes_a_hundred_keys_and_nests_the_lines(shared: Gateway) -> None:
    keys = [str(number) for number in range(1, 102)]
    entry = shared.done(read("GLBATCH", "2"))
    some = shared.done(read("Department", "1,2,99", "DEPARTMENTID,TITLE"))

    assert texts(entry, "GLBATCH/ENTRIES/glentry/AMOUNT") == [
        "850.50",
        "1000.00",
        "250.50",
        "400.00",
    ]
    assert dict(some.items()) == {"listtype": "Department", "count": "2"}
    assert [(one.tag, one.findtext("TITLE")) for one in some] == [
        ("Department", "Sales"),
        ("Department", "Operations"),
    ]
    assert shared.done(read("GLACCOUNT", ",".join(keys[:100]))).get("count") == "6"
    assert "100" in shared.refusal(read("GLACCOUNT", ",".join(keys)))[0][1]


@pytest.mark.parametrize(
    ("name", "key", "field", "expected"),
    [
        ("GLACCOUNT", "4000", "TITLE", "Sales"),
        ("STATACCOUNT", "9000", "TITLE", "Heads"),
        ("GLJOURNAL", "GJ", "TITLE", "General journal"),
        ("DEPARTMENT", "OPS", "TITLE", "Operations"),
        ("LOCATION", "110", "NAME", "Boston"),
        ("LOCATIONENTITY", "200", "NAME", "UK Ltd"),
        ("CUSTOMER", "C1", "NAME", "Jane's Deli"),
        ("GLBUDGETHEADER", "2026 Budget", "DESCRIPTION", "The year's plan"),
        ("REPORTINGPERIOD", "Month Ended March 2026", "END_DATE", "03/31/2026"),
        ("GLBATCH", "2", "BATCH_TITLE", "January US"),
    ],
)
def test_32_read_by_name_uses_the_business_id(
    shared: Gateway, name: str, key: str, field: str, expected: str
) -> None:
    assert texts(shared.done(read(name, key, field, "readByName")), f"{name}/{field}") == [expected]


def test_38_lookup_types_every_field_and_its_relationships_can_be_walked(shared: Gateway) -> None:
    objects = texts(
        shared.done('<inspect detail="0"><object>*</object></inspect>'),
        "type",
    )
    walked = 0
    for name in objects:
        found = shared.done(f"<lookup><object>{name}</object></lookup>")
        kinds = dict(
            zip(
                texts(found, "Type/Fields/Field/ID"),
                texts(found, "Type/Fields/Field/DATATYPE"),
                strict=True,
            )
        )
        assert kinds["WHENMODIFIED"] == "TIMESTAMP", name
        enums = found.findall("Type/Fields/Field[DATATYPE='ENUM']")
        assert all(texts(one, "VALIDVALUES/VALIDVALUE") for one in enums), name
        for path in texts(found, "Type/Relationships/Relationship/OBJECTPATH"):
            field = f"<select><field>{path}.RECORDNO</field></select>"
            shared.done(f"<query><object>{name}</object>{field}</query>")
            walked += 1

    assert {"GLDETAIL", "ARINVOICE", "CUSTOMER", "GLBUDGETHEADER"} <= set(objects)
    assert walked > 40
    one = shared.done("<lookup><object>ARINVOICE</object></lookup>").find("Type")
    assert one is not None
    assert "Paid" in texts(one, "Fields/Field[ID='STATE']/VALIDVALUES/VALIDVALUE")
