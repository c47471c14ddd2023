"""A chart as Slack draws it, as a picture where it has a file, or as a table of its points."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import tables
from bot.messages.message import Column, Fan, LineChart, Table, says
from bot.messages.picture import key_of
from bot.messages.room import Drawn, Room
from bot.messages.sentences import told
from bot.messages.words import Block, cut, section, shown

TITLE, LABEL, ALT = 50, 20, 2000
POINTS, SERIES = 20, 6
SAFE = 2**53  # beyond, a chart's number is not the figure any more


def native(chart: LineChart) -> bool:
    """Whether Slack can draw it itself: few lines, few points, labels that stay apart when cut."""
    labels = _labels(chart)
    names = [_label(series.name) for series in chart.series]
    points = [point for series in chart.series for point in series.points]
    return (
        1 <= len(labels) <= POINTS
        and 1 <= len(names) <= SERIES
        and len(set(labels)) == len(labels)
        and len(set(names)) == len(names)
        and all(point.is_finite() and abs(point) < SAFE for point in points)
    )


def line_chart(chart: LineChart, room: Room) -> Drawn:
    """Slack's own chart where it takes one, a picture where its file is known, or its figures."""
    if room.takes("data_visualization") and native(chart):
        return Drawn((_native(chart),))
    if picture := _picture(chart, f"{chart.title}, {chart.unit}", room):
        return Drawn((picture,))
    # Slack's own table is for the message's own tables.
    return tables.drawn(as_table(chart), replace(room, named=True, tables=0))


def fan(chart: Fan, room: Room) -> Drawn:
    """The picture where its file is known; its sentence where the place takes no pictures."""
    if picture := _picture(chart, chart.says, room):
        return Drawn((picture,))
    if "image" in room.surface.kinds:
        return Drawn()  # it comes with the file
    said = told(says(chart.says), room.characters, room.blocks)
    return Drawn(tuple(map(section, said.texts)), () if said.whole else ("paragraph end",))


def as_table(chart: LineChart) -> Table:
    """The same figures in rows, a label each."""
    names = [Column(series.name, "right") for series in chart.series]
    unit = f", {chart.unit}" if shown(chart.unit) else ""
    return Table(
        f"{chart.title}{unit}",
        (Column("Period"), *names),
        tuple(zip(chart.labels, *(series.points for series in chart.series), strict=True)),
        shown=len(chart.labels),
    )


def _native(chart: LineChart) -> Block:
    labels = _labels(chart)
    unit = {"y_label": cut(shown(chart.unit), TITLE)} if shown(chart.unit) else {}
    series = [
        {
            "name": _label(series.name),
            "data": [
                {"label": label, "value": float(point)}  # drawn, never computed with
                for label, point in zip(labels, series.points, strict=True)
            ],
        }
        for series in chart.series
    ]
    return {
        "type": "data_visualization",
        "title": cut(shown(chart.title) or "Chart", TITLE),
        "chart": {
            "type": "line",
            "series": series,
            "axis_config": {"categories": labels, **unit},
        },
    }


def _picture(chart: Fan | LineChart, says: str, room: Room) -> Block | None:
    file = room.files.get(key_of(chart)) if room.takes("image") else None
    if not file:
        return None
    alt = cut(shown(says) or shown(chart.title) or "Chart", ALT)
    return {"type": "image", "slack_file": {"id": file}, "alt_text": alt}


def _labels(chart: LineChart) -> list[str]:
    return [_label(label) for label in chart.labels]


def _label(text: str) -> str:
    return cut(shown(text) or "–", LABEL)
