"""Tables and charts, by Slack's published sizes."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sandbox.slack.validate.finding import Problem
from sandbox.slack.validate.parts import (
    is_between,
    length_problems,
    list_problems,
    listed,
    object_problems,
)
from sandbox.slack.validate.rich import rich_text_problems
from sandbox.slack.validate.texts import said_in
from sandbox.slack.wire import Json

CHARACTERS, COLUMNS = 10_000, 20
SERIES, CATEGORIES = 6, 20
CHARTS = {"line", "bar", "area"}


def table_problems(value: Json, pointer: str) -> Iterator[Problem]:
    """A plain table: at most 100 rows."""
    yield from _rows_problems(value, pointer, 1, 100)
    settings = value.get("column_settings", [])
    yield from list_problems(settings, f"{pointer}/column_settings", COLUMNS, 0)
    for index, column in enumerate(listed(settings)):
        if column is not None:
            place = f"{pointer}/column_settings/{index}"
            yield from object_problems(column, place, "", "align is_wrapped")


def data_table_problems(value: Json, pointer: str) -> Iterator[Problem]:
    """A data table: a header and one to a hundred rows, with a caption."""
    yield from _rows_problems(value, pointer, 2, 101)
    yield from length_problems(value.get("caption"), f"{pointer}/caption", 3000)
    if not is_between(value.get("page_size", 5), 1, 100):
        yield f"{pointer}/page_size", "is not between 1 and 100"
    header = listed(value.get("rows"))[:1]
    cells = listed(header[0]) if header else []
    if any(isinstance(cell, dict) and cell.get("type") == "rich_text" for cell in cells):
        yield f"{pointer}/rows/0", "has a header cell of rich text"
    if not is_between(value.get("row_header_column_index", 0), 0, max(0, len(cells) - 1)):
        yield f"{pointer}/row_header_column_index", "is no column"


def _rows_problems(value: Json, pointer: str, least: int, most: int) -> Iterator[Problem]:
    rows = listed(value.get("rows"))
    yield from list_problems(value.get("rows"), f"{pointer}/rows", most, least)
    widths = {len(listed(row)) for row in rows}
    if len(widths) > 1:
        yield f"{pointer}/rows", f"are not equally long: {sorted(widths)}"
    for at, row in enumerate(rows):
        yield from list_problems(row, f"{pointer}/rows/{at}", COLUMNS)
        for column, cell in enumerate(listed(row)):
            yield from _cell_problems(cell, f"{pointer}/rows/{at}/{column}")
    characters = sum(len(said.text) for said in said_in(rows, ""))
    if characters > CHARACTERS:
        yield f"{pointer}/rows", f"has {characters:,} characters in its cells, more than 10,000"


def _cell_problems(cell: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(cell, dict):
        yield pointer, "is no cell"
        return
    kind = str(cell.get("type"))
    if kind == "rich_text":
        yield from rich_text_problems(cell, pointer)
        if not any(said.text.strip() for said in said_in(cell, "")):
            yield pointer, "is an empty cell"
    elif kind in {"raw_text", "raw_number"}:
        needs = "text value" if kind == "raw_number" else "text"
        yield from object_problems(cell, pointer, needs)
        yield from length_problems(cell.get("text"), f"{pointer}/text", CHARACTERS)
        if kind == "raw_number" and not _is_number(cell.get("value")):
            yield f"{pointer}/value", "is no number"
    else:
        yield f"{pointer}/type", f"{kind} is no cell"


def chart_problems(value: Json, pointer: str) -> Iterator[Problem]:
    """A pie, or lines, bars or areas over the same categories."""
    yield from length_problems(value.get("title"), f"{pointer}/title", 50)
    chart = value.get("chart")
    if not isinstance(chart, dict):
        yield f"{pointer}/chart", "is missing"
    elif chart.get("type") == "pie":
        yield from _pie_problems(chart, f"{pointer}/chart")
    elif str(chart.get("type")) in CHARTS:
        yield from _lines_problems(chart, f"{pointer}/chart")
    else:
        yield f"{pointer}/chart/type", f"{chart.get('type')} is no chart"


def _pie_problems(chart: Json, pointer: str) -> Iterator[Problem]:
    yield from object_problems(chart, pointer, "segments")
    yield from list_problems(chart.get("segments"), f"{pointer}/segments", SERIES)
    for index, segment in enumerate(listed(chart.get("segments"))):
        place = f"{pointer}/segments/{index}"
        yield from _point_problems(segment, place)
        if isinstance(segment, dict) and _is_number(segment.get("value")) and segment["value"] <= 0:
            yield f"{place}/value", "is not above 0"


def _lines_problems(chart: Json, pointer: str) -> Iterator[Problem]:
    axes = chart.get("axis_config")
    yield from object_problems(chart, pointer, "series axis_config")
    yield from object_problems(axes, f"{pointer}/axis_config", "categories", "x_label y_label")
    axes = axes if isinstance(axes, dict) else {}
    categories = listed(axes.get("categories"))
    yield from list_problems(
        axes.get("categories"), f"{pointer}/axis_config/categories", CATEGORIES
    )
    if not axes.get("y_label"):
        yield f"{pointer}/axis_config/y_label", "is missing: the figures have no unit"
    else:
        yield from length_problems(axes["y_label"], f"{pointer}/axis_config/y_label", 50)
    yield from list_problems(chart.get("series"), f"{pointer}/series", SERIES)
    names = []
    for index, series in enumerate(listed(chart.get("series"))):
        place = f"{pointer}/series/{index}"
        yield from object_problems(series, place, "name data")
        told: Json = series if isinstance(series, dict) else {}
        names.append(str(told.get("name")))
        yield from length_problems(told.get("name"), f"{place}/name", 20)
        points = listed(told.get("data"))
        for at, point in enumerate(points):
            yield from _point_problems(point, f"{place}/data/{at}")
        if [p.get("label") for p in points if isinstance(p, dict)] != categories:
            yield f"{place}/data", "has not one point for each category"
    if len(set(names)) < len(names):
        yield f"{pointer}/series", "has two of one name"


def _point_problems(point: object, pointer: str) -> Iterator[Problem]:
    yield from object_problems(point, pointer, "label value")
    if isinstance(point, dict):
        yield from length_problems(point.get("label"), f"{pointer}/label", 20)
        if not _is_number(point.get("value")):
            yield f"{pointer}/value", "is no number"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
