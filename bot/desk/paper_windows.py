"""What a working paper shows in windows: its sources, its tables whole, and how it is exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice

from bot.desk.paging import PAGE, page_of, turning, value_of
from bot.errors import NotUnderstood
from bot.messages import figures
from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Column,
    Field,
    Menu,
    Modal,
    Moment,
    Option,
    Paragraph,
    Part,
    Row,
    Table,
    says,
)
from bot.messages.paper import Figure, Paper, amount_of, places_in

PICK, GO_DOWN = "paper.sources.pick", "paper.entries.pick"
OFFERED = 100  # options that Slack takes at once
LABEL = 75  # characters that Slack shows of one


def sources_window(paper: Paper, number: int, page: int) -> Modal:
    """A figure to pick, whether it ties or how it follows, its rows, and what was asked for."""
    if not paper.figures:
        raise NotUnderstood("There is no figure in this, and so nothing lies under it.")
    number = number if number < len(paper.figures) else 0
    figure = paper.figures[number]
    places = _newest_first(paper, figure)
    page, pages = page_of(page, len(places))
    return Modal(
        name="paper.sources",
        title="Sources",
        about=paper.id,
        parts=(
            Menu(
                "Choose a figure",
                "paper.sources.pick",
                options(paper),
                value_of(paper.id, number, 0),
            ),
            _tied(paper, figure),
            *_rows(paper, figure, places, page),
            *turning("paper.sources", paper.id, number, page, pages),
            *_below(paper, places[page * PAGE : (page + 1) * PAGE], page),
            _asked(paper),
            Buttons((Button("Export", "paper.export", paper.id),)),
        ),
        footer=says(
            "read ", Moment(paper.read_at), f" · {hidden(paper)} · page {page + 1:,} of {pages:,}"
        ),
    )


def table_window(paper: Paper, number: int, page: int) -> Modal:
    """All rows of a table, a page at a time, with what the page and all of them add up to."""
    if number >= len(paper.tables):
        raise NotUnderstood("I no longer have these lines. Type the command again.")
    table = paper.tables[number]
    page, pages = page_of(page, len(table.rows))
    rows = table.rows[page * PAGE : (page + 1) * PAGE]
    subtotal = (_page_sum(table, rows),) if pages > 1 else ()
    shown = Table(table.name, table.columns, (*rows, *subtotal), total=table.total, shown=PAGE + 1)
    return Modal(
        name="paper.table",
        title="All lines",
        about=paper.id,
        parts=(
            says(Bold(paper.title), f"\n{figures.count(len(table.rows), 'line')}{_in(paper)}"),
            shown,
            *turning("paper.table", paper.id, number, page, pages),
            Buttons((Button("Export", "paper.export", paper.id),)),
        ),
        footer=says("read ", Moment(paper.read_at), f" · page {page + 1:,} of {pages:,}"),
    )


def export_window(paper: Paper) -> Modal:
    """What will be in the file, where it goes, and which kind it is."""
    lines = sum(len(table.rows) for table in paper.tables)
    what = " and ".join(
        (
            *((figures.count(lines, "line"),) if lines else ()),
            figures.count(len(paper.rows), "source row"),
        )
    )
    return Modal(
        name="paper.export",
        title="Export",
        about=paper.id,
        parts=(
            says(Bold(paper.title), f"\n{what}, as read ", Moment(paper.read_at), "."),
            says(
                "The file goes to our direct messages, where only you see it. Excel holds the "
                "lines, the source rows and what they prove, with totals as formulas. CSV holds "
                "one table, without totals, ready to be read in elsewhere."
            ),
        ),
        fields=(
            Field(
                "format",
                "Format",
                options=(
                    Option("Excel workbook", "xlsx"),
                    *((Option("CSV of the lines", "csv"),) if lines else ()),
                    Option("CSV of the source rows", "rows"),
                ),
            ),
        ),
        submit="Export",
    )


def options(paper: Paper) -> tuple[Option, ...]:
    """Every figure of the paper, to be picked."""
    return tuple(
        Option(_named(figure), value_of(paper.id, number, 0))
        for number, figure in enumerate(paper.figures)
    )


def _named(figure: Figure) -> str:
    """The figure as an option: of a long name the beginning and the end, where its place is."""
    said = f": {figures.amount(figure.amount)}"
    room = max(LABEL - len(said), 3)
    if len(figure.name) <= room:
        return _in_full(figure)
    end = (room - 1) // 2
    return f"{figure.name[: room - 1 - end]}…{figure.name[-end:]}{said}"


def suggestions(paper: Paper, action: str, words: str) -> tuple[Option, ...]:
    """What a list too long to show offers for what is typed: the first that have all the words."""
    wanted = words.casefold().split()
    below = action.startswith(GO_DOWN)
    offered = _openable(paper, places_in(paper.opens)) if below else options(paper)
    whole = (o.label for o in offered) if below else (_in_full(figure) for figure in paper.figures)
    found = (o for o, full in zip(offered, whole, strict=True) if _has(full, wanted))
    return tuple(islice(found, OFFERED))


def _in_full(figure: Figure) -> str:
    return f"{figure.name}: {figures.amount(figure.amount)}"


def _has(text: str, wanted: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)


def hidden(paper: Paper) -> str:
    """How many rows the reader's rights hid."""
    if not paper.hidden:
        return "no row hidden by your rights"
    return f"{figures.count(paper.hidden, 'row')} hidden by your rights"


def _tied(paper: Paper, figure: Figure) -> Paragraph:
    """The figure, and whether its rows are it or only what it was computed from."""
    rows = figures.count(sum(1 for _ in places_in(figure.rows)), "row")
    total = figures.amount(paper.sum_of(figure))
    verb = "adds" if rows == "1 row" else "add"
    said = f"\nTies: {rows} {verb} up to {total}."
    if figure.how:
        under = f" Made from {rows}, which add up to {total}." if figure.rows else ""
        said = f"\n{figure.how.rstrip('.')}.\nComputed, not the sum of its rows.{under}"
    amount = f"{paper.currency} {figures.amount(figure.amount)}".strip()
    return says(Bold(f"{figure.name}\n"), Bold(amount), said)


def _asked(paper: Paper) -> Paragraph:
    return says(Bold(paper.title), "\n" + "\n".join(paper.questions))


def _rows(paper: Paper, figure: Figure, places: Sequence[int], page: int) -> tuple[Part, ...]:
    """A page of them; what is alike in all is said once, so that a phone has room for the rest."""
    if not places:
        return (says("No row lies under it: nothing was posted there."),)
    kept = [at for at in range(len(paper.columns)) if _varies(paper, places, at)]
    alike = [
        f"{column.name} {figures.cell(paper.rows[places[0]][at])}"
        for at, column in enumerate(paper.columns)
        if at not in kept and paper.rows[places[0]][at] is not None
    ]
    inside = [paper.rows[place] for place in places[page * PAGE : (page + 1) * PAGE]]
    on_page = sum((amount_of(row) for row in inside), Decimal(0))
    label = "Total" if len(inside) == len(places) else "This page"
    total: Row = (label, *(None for _ in kept[1:-1]), on_page) if kept[1:] else ()
    each = f"All rows: {', '.join(alike)}.\n" if alike else ""
    return (
        says(each + _standing(paper.sum_of(figure), page, len(inside), len(places), on_page)),
        Table(
            "Source rows",
            tuple(paper.columns[at] for at in kept),
            tuple(tuple(row[at] for at in kept) for row in inside),
            total=total,
            shown=PAGE,
        ),
    )


def _standing(every: Decimal, page: int, shown: int, rows: int, on_page: Decimal) -> str:
    """Which of the rows are on the page, what these add up to, and what all of them do."""
    if shown == rows:
        return f"{figures.count(rows, 'row')}, newest first."
    first = page * PAGE + 1
    return (
        f"Rows {first:,} – {first + shown - 1:,} of {rows:,}, newest first; this page "
        f"{figures.amount(on_page)}, all of them {figures.amount(every)}."
    )


def _varies(paper: Paper, places: Sequence[int], column: int) -> bool:
    """Whether a column says something of a single row; the amount and the first month do."""
    if column == len(paper.columns) - 1 or paper.columns[column].name in {"Month", "Day", "Row"}:
        return True
    return len({paper.rows[place][column] for place in places}) > 1


def _newest_first(paper: Paper, figure: Figure) -> list[int]:
    """The numbers of its rows: the latest month or day first, in their order within it."""
    names = [column.name for column in paper.columns]
    time = next((at for at, name in enumerate(names) if name in {"Month", "Day", "At"}), None)
    places = list(places_in(figure.rows))
    if time is None:
        return places
    return sorted(places, key=lambda place: str(paper.rows[place][time]), reverse=True)


def _below(paper: Paper, places: Sequence[int], page: int) -> tuple[Menu, ...]:
    """A list of the page's rows that entries of the ledger lie under; each page has its own, or
    Slack would show what was chosen on the page before."""
    opens = [place for place in places if any(a <= place < b for a, b in paper.opens)]
    if not opens:
        return ()
    return (Menu("Entries under a row", f"{GO_DOWN}.{page}", _openable(paper, opens)),)


def _openable(paper: Paper, places: Iterable[int]) -> tuple[Option, ...]:
    return tuple(
        Option(
            " · ".join(figures.cell(cell) for cell in paper.rows[place] if cell is not None),
            value_of(paper.id, place, 0),
        )
        for place in places
    )


def _page_sum(table: Table, rows: Sequence[Row]) -> Row:
    return (
        "This page",
        *(_sum_of(column, [row[at] for row in rows]) for at, column in _after_first(table)),
    )


def _after_first(table: Table) -> list[tuple[int, Column]]:
    return list(enumerate(table.columns))[1:]


def _sum_of(column: Column, cells: Sequence[object]) -> Decimal | None:
    amounts = [cell for cell in cells if isinstance(cell, Decimal)]
    return sum(amounts, Decimal(0)) if column.adds and amounts else None


def _in(paper: Paper) -> str:
    return f" in {paper.currency}" if paper.currency else ""
