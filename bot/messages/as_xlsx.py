"""A working paper as an Excel workbook: its lines, its source rows, and what they prove.

Totals are formulas that hold their value, so they are right before and after Excel recalculates.
Excel computes with fifteen digits: a longer amount is a text, and a total it is in no formula. The
same paper is the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from analytics.ledger import Currency, minor_digits
from bot.messages import figures
from bot.messages.message import Cell, Column, Ratio, Table
from bot.messages.paper import Figure, Paper, amount_of, places_in
from bot.messages.words import upright

DIGITS: Final = 15
FORMULA, ARGUMENTS = 8000, 200  # Excel takes 8,192 characters and 255 ranges
NARROW, WIDE, TEXT = 9, 48, 32_000  # characters


@dataclass(frozen=True, slots=True)
class _Book:
    """The workbook; `amount` is how its amounts look, and each look is made once."""

    book: Workbook
    amount: str
    looks: dict[tuple[str, bool], Format] = field(default_factory=dict)

    def look(self, number: str = "", *, bold: bool = False) -> Format:
        """With a number format or none, bold or not."""
        if (number, bold) not in self.looks:
            said = {"num_format": number or "General", "bold": bold, "valign": "top"}
            self.looks[number, bold] = self.book.add_format(said)
        return self.looks[number, bold]


def as_xlsx(paper: Paper) -> bytes:
    """Sheets *Lines* (one for each table of the message), *Sources* and *About*."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"title": paper.title, "created": paper.read_at.replace(tzinfo=None)})
    digits = minor_digits(Currency(paper.currency)) if paper.currency else 0
    places = f".{'0' * digits}" if digits else ""
    made = _Book(book, f"#,##0{places}_);(#,##0{places})")
    for number, table in enumerate(paper.tables):
        _table(made, "Lines" if number == 0 else f"Lines {number + 1}", paper, table)
    sheet = _table(made, "Sources", paper, Table("Sources", paper.columns, paper.rows))
    sheet.autofilter(0, 0, len(paper.rows), len(paper.columns) - 1)
    _about(made, paper)
    book.close()
    return file.getvalue()


def fits(amount: Decimal) -> bool:
    """Whether Excel holds this amount to its last digit."""
    return len("".join(map(str, amount.as_tuple().digits)).rstrip("0")) <= DIGITS


def _table(made: _Book, name: str, paper: Paper, table: Table) -> Worksheet:
    """A header that stays, the rows, and the total."""
    sheet = _sheet(made, name, paper)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.name, made.look(bold=True))
        sheet.set_column(at, at, _width(column, [row[at] for row in table.rows]))
    for number, row in enumerate(table.rows, 1):
        for at, cell in enumerate(row):
            _cell(made, sheet, (number, at), cell)
    for at, cell in enumerate(table.total):
        _total(made, sheet, table, at, cell)
    return sheet


def _sheet(made: _Book, name: str, paper: Paper) -> Worksheet:
    """A sheet that prints on the width of a page, with its title and page numbers."""
    sheet = made.book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{paper.title[:100].replace('&', '&&')}&R{paper.id}")
    sheet.set_footer("&LTieout&CPage &P of &N")
    return sheet


def _width(column: Column, cells: Sequence[Cell]) -> int:
    longest = max((len(figures.cell(cell)) for cell in cells), default=0)
    return min(WIDE, max(NARROW, len(column.name), longest) + 2)


def _cell(
    made: _Book, sheet: Worksheet, at: tuple[int, int], cell: Cell, *, bold: bool = False
) -> None:
    """A number as a number, and a text as a text whatever it looks like."""
    match cell:
        case Decimal() if fits(cell):
            sheet.write_number(*at, cell, made.look(made.amount, bold=bold))
        case Ratio(value=Decimal() as value):
            share = f"0.{'0' * cell.digits}%" if cell.digits else "0%"
            look = f"+{share};-{share};{share}" if cell.signed else share
            sheet.write_number(*at, value, made.look(look, bold=bold))
        case Decimal() | Ratio():
            said = f"{cell:f}" if isinstance(cell, Decimal) else figures.cell(cell)
            sheet.write_string(*at, said, made.look(bold=bold))
        case int():
            sheet.write_number(*at, cell, made.look("#,##0", bold=bold))
        case str():
            sheet.write_string(*at, upright(cell)[:TEXT], made.look(bold=bold))


def _total(made: _Book, sheet: Worksheet, table: Table, at: int, cell: Cell) -> None:
    """The sum of the column as a formula where it is one, else what the table says."""
    amounts = [row[at] for row in table.rows if isinstance(row[at], Decimal)]
    held = [amount for amount in amounts if isinstance(amount, Decimal)]
    place = (len(table.rows) + 1, at)
    adds = table.columns[at].adds and cell == sum(held, Decimal(0))
    if isinstance(cell, Decimal) and adds and all(map(fits, (*held, cell))):
        formula = f"=SUM({xl_range(1, at, len(table.rows), at)})"
        sheet.write_formula(*place, formula, made.look(made.amount, bold=True), cell)
    else:
        _cell(made, sheet, place, cell, bold=True)


def _about(made: _Book, paper: Paper) -> None:
    """What was asked, when and with which rights; then every figure and the rows it rests on."""
    sheet = _sheet(made, "About", paper)
    facts = (
        ("What", paper.title),
        ("Id", paper.id),
        *((("Currency", paper.currency),) if paper.currency else ()),
        *(("Asked", question) for question in paper.questions),
        ("Read at", f"{paper.read_at:%Y-%m-%d %H:%M:%S} UTC"),
        ("Hidden by your rights", figures.count(paper.hidden, "row")),
        *paper.about,
    )
    for number, fact in enumerate(facts):
        for at, text in enumerate(fact):
            _cell(made, sheet, (number, at), text, bold=at == 0)
    head = len(facts) + 1
    for at, name in enumerate(("Figure", "Amount", "Rows", "How it follows from them")):
        _cell(made, sheet, (head, at), name, bold=True)
    long = frozenset(n for n, row in enumerate(paper.rows) if not fits(amount_of(row)))
    for number, figure in enumerate(paper.figures, head + 1):
        _figure(made, sheet, number, paper, figure, long)
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 1, 20)
    sheet.set_column(3, 3, WIDE)


def _figure(
    made: _Book, sheet: Worksheet, number: int, paper: Paper, figure: Figure, long: frozenset[int]
) -> None:
    """Its name, its amount as the sum of its rows where it is one, and how it follows from them."""
    _cell(made, sheet, (number, 0), figure.name)
    formula = _sum(figure, len(paper.columns) - 1)
    places = list(places_in(figure.rows))
    if not formula or not fits(figure.amount) or not long.isdisjoint(places):
        _cell(made, sheet, (number, 1), figure.amount)
    else:
        sheet.write_formula(number, 1, formula, made.look(made.amount), figure.amount)
    _cell(made, sheet, (number, 2), len(places))
    _cell(made, sheet, (number, 3), figure.how or "The sum of these rows of Sources")


def _sum(figure: Figure, column: int) -> str:
    """The formula that adds its source rows; none where it is no sum, or too long for Excel."""
    if figure.how or not 0 < len(figure.rows) <= ARGUMENTS:
        return ""
    spans = (xl_range_abs(first + 1, column, end, column) for first, end in figure.rows)
    formula = f"=SUM({','.join(f'Sources!{span}' for span in spans)})"
    return formula if len(formula) <= FORMULA else ""
