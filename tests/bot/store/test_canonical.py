from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import cast

import pytest

from bot.store.canonical import JSON, canonical, instant, read_instant


def test_a_value_has_one_text_whatever_order_it_came_in() -> None:
    one: JSON = {"b": ["12.50", 3, None, True], "a": {"ü": "x", "é": "y"}}
    other: JSON = {"a": {"é": "y", "ü": "x"}, "b": ("12.50", 3, None, True)}

    assert canonical(one) == '{"a":{"é":"y","ü":"x"},"b":["12.50",3,null,true]}'
    assert canonical(other) == canonical(one)


@pytest.mark.parametrize("value", [0.1, {"a": [0.1]}, {1: "a"}, b"a", {"a": object()}])
def test_what_has_no_exact_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(cast("JSON", value))


def test_an_instant_is_written_in_utc_so_that_texts_sort_as_times_do() -> None:
    chicago = timezone(timedelta(hours=-5))
    early = datetime(2025, 7, 1, 7, 41, tzinfo=chicago)
    late = datetime(2025, 7, 1, 12, 41, 0, 1, tzinfo=UTC)

    assert instant(early) == "2025-07-01T12:41:00.000000Z"
    assert instant(early) < instant(late)
    assert read_instant(instant(late)) == late
