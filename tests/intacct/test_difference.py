"""What Intacct holds is compared as what it is: numbers, days, flags, and lines in any order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import httpx
import pytest
from lxml import etree

from analytics.ledger import Problem
from intacct.condition import equal
from intacct.difference import held_record, read_back
from intacct.documents.held import Beginning, Expected, Held, IfSaid, Lines
from intacct.errors import Garbled
from intacct.wire import element
from tests.intacct.paper import Desk, listed, signed_in

FEE: Mapping[str, Expected] = {"ACCOUNTNO": "0100", "AMOUNT": Decimal("5.00")}
RENT: Mapping[str, Expected] = {"ACCOUNTNO": "0200", "AMOUNT": Decimal("2000.00")}


@dataclass(frozen=True, slots=True)
class Slip:
    """A document of nothing but what Intacct shall hold."""

    head: Mapping[str, Expected] = field(default_factory=dict)
    lines: tuple[Lines, ...] = ()
    key: str = "S-1"
    entity: str = ""

    def problems(self) -> tuple[Problem, ...]:
        return ()

    def wire(self) -> etree._Element:
        return element("create")

    def held(self) -> Held:
        where = equal("DOCNO", self.key)
        return Held("SLIP", where, self.head, self.lines, number="DOCID")


def told(document: Slip, *answers: httpx.Response) -> list[str]:
    problems = read_back(Desk(signed_in(), *answers).books, document)
    assert {problem.about for problem in problems} <= {"S-1"}
    return [problem.sentence for problem in problems]


def slip(**fields: str) -> httpx.Response:
    return listed("SLIP", {"DOCID": "Slip-S-1", **fields})


def rows(*records: dict[str, str]) -> httpx.Response:
    return listed("SLIPLINE", *records)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (Decimal("10.50"), "10.5"),
        (Decimal("0.00"), ""),
        (date(2026, 3, 1), "03/01/2026"),
        (date(2026, 3, 1), "03/01/2026 00:00:00"),
        (True, "T"),
        (False, "false"),
        (False, ""),
        ("0100", "0100"),
        ("", ""),
        (Beginning("one"), "one\ntwo"),
        (IfSaid("USD"), "USD"),
        (IfSaid("USD"), ""),
    ],
)
def test_a_value_is_compared_as_what_it_is(expected: Expected, text: str) -> None:
    assert told(Slip({"FIELD": expected}), slip(FIELD=text)) == []


@pytest.mark.parametrize(
    ("expected", "text", "sentence"),
    [
        (Decimal("1000.50"), "1000.51", "Intacct has 1,000.51 as F; it should be 1,000.50."),
        (Decimal("1.001"), "1", "Intacct has 1.00 as F; it should be 1.001."),
        (date(2026, 3, 1), "03/02/2026", "Intacct has 2026-03-02 as F; it should be 2026-03-01."),
        (date(2026, 3, 1), "", "Intacct has nothing as F; it should be 2026-03-01."),
        ("0100", "100", "Intacct has 100 as F; it should be 0100."),
        ("", "x", "Intacct has x as F; it should be nothing."),
        (IfSaid("USD"), "EUR", "Intacct has EUR as F; it should be USD."),
        (Beginning("one"), "on", "Intacct has on as F; it should be one."),
    ],
)
def test_a_value_that_differs_is_told(expected: Expected, text: str, sentence: str) -> None:
    assert told(Slip({"F": expected}), slip(F=text)) == [sentence]


def test_an_amount_that_cannot_be_read_is_no_difference_but_an_error() -> None:
    with pytest.raises(Garbled):
        told(Slip({"F": Decimal(1)}), slip(F="many"))


def test_nothing_found_is_told() -> None:
    assert told(Slip(), listed("SLIP")) == [
        "Intacct has no record of S-1; it was not posted, or deleted."
    ]


def test_lines_are_equal_in_any_order_and_as_often_as_they_are() -> None:
    document = Slip(lines=(Lines("SLIPLINE", "PARENT", (FEE, RENT, FEE)),))
    fee, rent = {"ACCOUNTNO": "0100", "AMOUNT": "5"}, {"ACCOUNTNO": "0200", "AMOUNT": "2000"}

    assert told(document, slip(), rows(fee, fee, rent)) == []
    assert told(document, slip(), rows(fee, rent)) == [
        "Intacct lacks a line: ACCOUNTNO 0100, AMOUNT 5.00."
    ]
    assert told(document, slip(), rows(rent, fee, fee, fee, fee)) == [
        "Intacct has 2 lines too many: ACCOUNTNO 0100, AMOUNT 5.00."
    ]


def test_a_field_only_one_line_names_is_empty_in_the_other() -> None:
    with_memo = {**FEE, "MEMO": "March"}
    document = Slip(lines=(Lines("SLIPLINE", "PARENT", (with_memo, RENT)),))
    fee = {"ACCOUNTNO": "0100", "AMOUNT": "5", "MEMO": "March"}
    rent = {"ACCOUNTNO": "0200", "AMOUNT": "2000"}

    assert told(document, slip(), rows(fee, rent)) == []
    assert told(document, slip(), rows(fee, {**rent, "MEMO": "x"})) == [
        "Intacct lacks a line: ACCOUNTNO 0200, AMOUNT 2,000.00.",
        "Intacct has a line too many: ACCOUNTNO 0200, AMOUNT 2,000.00, MEMO x.",
    ]


def test_what_intacct_splits_is_added_up_where_it_may_split() -> None:
    document = Slip(lines=(Lines("SLIPLINE", "PARENT", (FEE, RENT), summed=True),))
    parts = [{"ACCOUNTNO": "0200", "AMOUNT": amount} for amount in ("1500", "500", "0")]
    none = {"ACCOUNTNO": "0300", "AMOUNT": "0"}

    assert told(document, slip(), rows(*parts, {"ACCOUNTNO": "0100", "AMOUNT": "5"}, none)) == []
    assert told(document, slip(), rows(*parts, {"ACCOUNTNO": "0100", "AMOUNT": "4.99"})) == [
        "Intacct lacks a line: ACCOUNTNO 0100, AMOUNT 5.00.",
        "Intacct has a line too many: ACCOUNTNO 0100, AMOUNT 4.99.",
    ]


def test_lines_intacct_adds_are_no_difference_where_it_may_add_them() -> None:
    document = Slip(lines=(Lines("SLIPLINE", "PARENT", (FEE,), others=True),))
    fee, rent = {"ACCOUNTNO": "0100", "AMOUNT": "5"}, {"ACCOUNTNO": "0200", "AMOUNT": "2000"}

    assert told(document, slip(), rows(fee, rent)) == []
    assert told(document, slip(), rows(rent)) == [
        "Intacct lacks a line: ACCOUNTNO 0100, AMOUNT 5.00."
    ]


def test_lines_are_asked_for_by_the_field_their_record_is_known_by() -> None:
    document = Slip(lines=(Lines("SLIPLINE", "DOCHDRID", (FEE,), of="DOCID"),))
    desk = Desk(signed_in(), slip(), rows({"ACCOUNTNO": "0100", "AMOUNT": "5"}))

    assert read_back(desk.books, document) == ()

    asked = desk.paper.asked(2)
    assert asked.findtext(".//filter/equalto/field") == "DOCHDRID"
    assert asked.findtext(".//filter/equalto/value") == "Slip-S-1"


def test_the_record_comes_with_the_number_its_write_is_answered_with() -> None:
    record = held_record(Desk(signed_in(), slip()).books, Slip())

    assert record is not None
    assert record.findtext("DOCID") == "Slip-S-1"
