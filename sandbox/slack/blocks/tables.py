"""Tables and data tables: rows of cells, inside Slack's published sizes."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.slack.blocks.rich import RICH_TEXT
from sandbox.slack.blocks.shape import (
    Place,
    Shape,
    any_number,
    boolean,
    choice,
    integer,
    items,
    nothing_or,
    one_of,
    string,
)
from sandbox.slack.blocks.texts import ID
from sandbox.slack.wire import Json

CELL_CHARACTERS = 10_000

RAW = {
    "raw_text": Shape({"text": string(CELL_CHARACTERS, 1)}),
    "raw_number": Shape({"value": any_number, "text": string(CELL_CHARACTERS, 1)}),
}
CELL = one_of({**RAW, "rich_text": RICH_TEXT})
ROW = items(CELL, 1, 20)


def cell_text(cell: Json) -> str:
    """What a cell shows, as plain characters."""
    if "text" in cell and not isinstance(cell["text"], dict):
        return str(cell["text"])
    return "".join(cell_text(part) for part in cell.get("elements", []))


def _short_enough(value: Json, place: Place) -> Iterator[str]:
    total = sum(len(cell_text(cell)) for row in value["rows"] for cell in row)
    if total > CELL_CHARACTERS:
        yield place.at("rows").problem(f"must be less than {CELL_CHARACTERS + 1} characters")


def _rows_alike(value: Json, place: Place) -> Iterator[str]:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            yield (
                place.at("rows").at(index).problem("all rows must have the same number of columns")
            )


def _plain_header(value: Json, place: Place) -> Iterator[str]:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            yield place.at("rows").at(0).at(index).problem("header cells must not be rich_text")


def _row_header_exists(value: Json, place: Place) -> Iterator[str]:
    if value.get("row_header_column_index", 0) >= len(value["rows"][0]):
        yield place.at("row_header_column_index").problem("must be the index of a column")


COLUMN = Shape({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})

TABLE = Shape(
    {"rows": items(ROW, 1, 100)},
    {"block_id": ID, "column_settings": items(nothing_or(COLUMN), 0, 20)},
    (_short_enough,),
)
DATA_TABLE = Shape(
    {"rows": items(ROW, 2, 101), "caption": string(3000, 1)},
    {
        "block_id": ID,
        "page_size": integer(1, 100),
        "row_header_column_index": integer(0, 19),
    },
    (_rows_alike, _plain_header, _row_header_exists, _short_enough),
)
