"""A read written as JSON, in both of Intacct's forms and at the local gateway."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from intacct.condition import all_of, equal, from_on
from intacct.read.from_json import (
    Asked,
    as_query,
    as_read_by_query,
    asked_from_json,
    asked_rows,
)
from intacct.wire import text_of
from tests.intacct.read.conftest import Shared

DEEP = "[" * 200_000
WHERE = "DEPARTMENT = 'ENG' AND BUDGETDATE >= '01/01/2024'"
PARTS = {
    "object": "GLBUDGET",
    "fields": "BUDGETDATE, ACCOUNTNO, AMOUNT",
    "query": WHERE,
    "pagesize": 1000,
}
ASKED = Asked("GLBUDGET", ("BUDGETDATE", "ACCOUNTNO", "AMOUNT"), WHERE, 1000)


@pytest.mark.parametrize(
    "raw",
    [
        PARTS,
        {"readByQuery": PARTS},
        {"query": PARTS},
        PARTS | {"fields": ["BUDGETDATE", "ACCOUNTNO", "AMOUNT"], "pagesize": "1000"},
    ],
)
def test_the_read_is_the_same_bare_or_under_its_function(raw: dict[str, object]) -> None:
    assert asked_from_json(json.dumps(raw)) == ASKED


def test_read_by_query_takes_the_text_as_it_is_written() -> None:
    assert etree.tostring(as_read_by_query(ASKED)).decode() == (
        "<readByQuery><object>GLBUDGET</object><fields>BUDGETDATE,ACCOUNTNO,AMOUNT</fields>"
        "<query>DEPARTMENT = 'ENG' AND BUDGETDATE &gt;= '01/01/2024'</query>"
        "<pagesize>1000</pagesize></readByQuery>"
    )


def test_query_takes_the_condition_the_text_means() -> None:
    assert ASKED.where == all_of(equal("DEPARTMENT", "ENG"), from_on("BUDGETDATE", "01/01/2024"))
    assert etree.tostring(as_query(ASKED)).decode() == (
        "<query><object>GLBUDGET</object><select><field>BUDGETDATE</field>"
        "<field>ACCOUNTNO</field><field>AMOUNT</field></select><filter><and>"
        "<equalto><field>DEPARTMENT</field><value>ENG</value></equalto>"
        "<greaterthanorequalto><field>BUDGETDATE</field><value>01/01/2024</value>"
        "</greaterthanorequalto></and></filter>"
        "<orderby><order><field>RECORDNO</field><ascending/></order></orderby>"
        "<options><showprivate>true</showprivate></options><pagesize>1000</pagesize></query>"
    )


def test_what_is_left_out_is_everything() -> None:
    everything = asked_from_json('{"object": "CLASS"}')

    assert everything == Asked("CLASS", (), "", 1000)
    assert as_read_by_query(everything).findtext("fields") == "*"
    with pytest.raises(ValueError, match="needs its fields"):
        as_query(everything)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "no JSON at place 2"),
        ("[]", "a read is a JSON object"),
        ("{}", "object must name"),
        ('{"object": "X", "limit": 5}', "no limit"),
        ('{"object": "X", "fields": 5}', "fields must be"),
        ('{"object": "X", "query": 5}', "query must be a text"),
        ('{"object": "X", "pagesize": 1001}', "1 to 1000"),
        ('{"object": "X", "pagesize": true}', "1 to 1000"),
        ('{"object": "X", "query": "A == 1"}', "at place 4"),
        pytest.param(DEEP, "more brackets", id="brackets without end"),
    ],
)
def test_a_mistake_is_told_before_anything_is_asked(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        asked_from_json(text)


def test_twenty_five_hundred_budget_lines_come_in_three_pages(shared: Shared) -> None:
    shared.run(
        "WITH RECURSIVE N(I) AS (SELECT 1 UNION ALL SELECT I + 1 FROM N WHERE I < 2500)"
        " INSERT INTO GLBUDGETITEM (RECORDNO, BUDGETID, BUDGETKEY, ACCT_NO, PERIODNAME, PSTARTDATE,"
        " DEPT_NO, AMOUNT) SELECT 1000 + I, 'Large', 1, '4000', 'Month Ended January 2026',"
        " '2026-01-01', 'OPS', 100 * I FROM N"
    )
    asked = asked_from_json(
        json.dumps(
            {
                "object": "GLBUDGETITEM",
                "fields": "PSTARTDATE, ACCT_NO, AMOUNT",
                "query": "DEPT_NO = 'OPS' AND BUDGETID = 'Large'",
                "pagesize": 1000,
            }
        )
    )

    found = [text_of(record, "AMOUNT") for record in asked_rows(shared.books, asked)]

    assert found == [f"{n}.00" for n in range(1, 2501)]
    assert len(shared.local.outcomes("readByQuery")) == 1
    assert len(shared.local.outcomes("readMore")) == 2
    (answer,) = shared.books.ask(as_query(asked))
    assert answer.count("totalcount") == 2500
