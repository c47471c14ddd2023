from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from bot.messages.as_xlsx import as_xlsx, fits
from bot.messages.message import Column, Ratio, Row, Table
from bot.messages.paper import Figure, Paper

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINE, AMOUNT = Column("Line"), Column("Amount USD", "right", adds=True)


def paper(*rows: Row) -> Paper:
    total = sum((row[-1] for row in rows if isinstance(row[-1], Decimal)), Decimal(0))
    return Paper(
        id="FC-ABCDEFGHIJ",
        title="Revenue & more",
        currency="USD",
        questions=("Account balances of US Inc (100).",),
        columns=(LINE, AMOUNT),
        rows=rows,
        figures=(
            Figure("Year before", total, ((0, len(rows)),)),
            Figure("Next 3 months", Decimal("9.99"), ((0, len(rows)),), "smoothing"),
        ),
        read_at=datetime(2026, 11, 21, 9, tzinfo=UTC),
        tables=(
            Table(
                "Lines",
                (LINE, AMOUNT, Column("Change")),
                tuple((*row, Ratio(Decimal("0.061"), signed=True)) for row in rows),
                total=("Total", total, Ratio(None)),
            ),
        ),
        hidden=3,
        about=(("Policy", "v1"),),
    )


def sheets(content: bytes) -> dict[str, dict[str, tuple[str, str]]]:
    """By sheet and cell: what it holds, and the formula that makes it."""
    with ZipFile(BytesIO(content)) as held:
        strings = [
            "".join(map(str, text.itertext()))
            for text in etree.XML(held.read("xl/sharedStrings.xml"))
        ]
        names = [
            str(s.get("name")) for s in etree.XML(held.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        ]
        return {
            name: _cells(held.read(f"xl/worksheets/sheet{number}.xml"), strings)
            for number, name in enumerate(names, 1)
        }


def _cells(xml: bytes, strings: list[str]) -> dict[str, tuple[str, str]]:
    found = {}
    for cell in etree.XML(xml).iter(f"{MAIN}c"):
        value, formula = cell.findtext(f"{MAIN}v") or "", cell.findtext(f"{MAIN}f") or ""
        found[str(cell.get("r"))] = (
            strings[int(value)] if cell.get("t") == "s" else value,
            formula,
        )
    return found


def test_lines_sources_and_what_they_prove_are_three_sheets() -> None:
    book = sheets(as_xlsx(paper(("4000 Sales", Decimal("10.50")), ("4100", Decimal("-4.25")))))

    assert list(book) == ["Lines", "Sources", "About"]
    assert book["Lines"]["A1"] == ("Line", "")
    assert book["Lines"]["B2"] == ("10.50", "")
    assert book["Lines"]["C2"] == ("0.061", "")
    assert book["Sources"]["B3"] == ("-4.25", "")
    facts = {value for value, _ in book["About"].values()}
    assert {"Revenue & more", "FC-ABCDEFGHIJ", "2026-11-21 09:00:00 UTC", "3 rows", "v1"} <= facts


def test_totals_and_figures_are_formulas_that_hold_their_value() -> None:
    book = sheets(as_xlsx(paper(("4000 Sales", Decimal("10.50")), ("4100", Decimal("-4.25")))))

    assert book["Lines"]["B4"] == ("6.25", "SUM(B2:B3)")
    proofs = {formula: value for value, formula in book["About"].values() if formula}
    assert proofs == {"SUM(Sources!$B$2:$B$3)": "6.25"}
    assert ("9.99", "") in book["About"].values()  # computed, so no sum
    assert ("smoothing", "") in book["About"].values()


def test_a_name_that_looks_like_a_formula_a_link_or_a_number_is_a_text() -> None:
    names = ("=1+1", "https://example.com", "00400", "{=SUM(A1)}")

    book = sheets(as_xlsx(paper(*((name, Decimal(1)) for name in names))))

    assert [book["Sources"][f"A{n}"] for n in range(2, 6)] == [(name, "") for name in names]


def test_an_amount_longer_than_excel_computes_is_a_text_and_so_is_its_total() -> None:
    long = Decimal("1234567890123456.78")

    book = sheets(as_xlsx(paper(("4000 Sales", long), ("4100", Decimal("1.00")))))

    assert book["Sources"]["B2"] == ("1234567890123456.78", "")
    assert book["Lines"]["B4"] == ("1234567890123457.78", "")
    assert not any(formula for _, formula in book["About"].values())


@pytest.mark.parametrize(
    ("amount", "whole"),
    [("123456789012345", True), ("1234567890123.45", True), ("1234567890123456", False)],
)
def test_fifteen_digits_fit(amount: str, whole: bool) -> None:
    assert fits(Decimal(amount)) is whole


def test_the_same_paper_is_the_same_bytes_and_names_nobody() -> None:
    one = as_xlsx(paper(("4000 Sales", Decimal("10.50"))))

    assert one == as_xlsx(paper(("4000 Sales", Decimal("10.50"))))
    with ZipFile(BytesIO(one)) as held:
        properties = held.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in properties
    assert "2026-11-21T09:00:00Z" in properties


def test_a_record_without_a_table_or_a_currency_is_a_workbook_too() -> None:
    bare = replace(paper(("2026-11-21", Decimal(3))), tables=(), currency="")

    book = sheets(as_xlsx(bare))

    assert list(book) == ["Sources", "About"]
    assert book["Sources"]["B2"] == ("3", "")
