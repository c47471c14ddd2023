"""Data visualization: pie, bar, line and area charts inside Slack's published sizes."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.slack.blocks.shape import Place, Shape, above_zero, any_number, items, one_of, string
from sandbox.slack.blocks.texts import ID
from sandbox.slack.wire import Json

MOST_SERIES = 6  # documented; more has been seen to work, but not everywhere
MOST_CATEGORIES = 20
LABEL = string(20, 1)

POINT = Shape({"label": LABEL, "value": any_number})
SERIES = Shape({"name": string(20, 1), "data": items(POINT, 1, MOST_CATEGORIES)})
AXES = Shape(
    {"categories": items(LABEL, 1, MOST_CATEGORIES)},
    {"x_label": string(50), "y_label": string(50)},
)


def _one_point_per_category(value: Json, place: Place) -> Iterator[str]:
    categories = value["axis_config"]["categories"]
    for index, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            yield (
                place.at("series")
                .at(index)
                .at("data")
                .problem("data labels must match axis_config.categories")
            )


def _different_names(value: Json, place: Place) -> Iterator[str]:
    names = [series["name"] for series in value["series"]]
    if len(set(names)) < len(names):
        yield place.at("series").problem("series names must be unique")


PLOTTED = Shape(
    {"series": items(SERIES, 1, MOST_SERIES), "axis_config": AXES},
    rules=(_one_point_per_category, _different_names),
)
PIE = Shape({"segments": items(Shape({"label": LABEL, "value": above_zero}), 1, MOST_SERIES)})
CHART = one_of({"pie": PIE, "bar": PLOTTED, "line": PLOTTED, "area": PLOTTED})
DATA_VISUALIZATION = Shape({"title": string(50, 1), "chart": CHART}, {"block_id": ID})
