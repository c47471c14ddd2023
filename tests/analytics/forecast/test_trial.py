from __future__ import annotations

import numpy as np
import pytest

from analytics.forecast.line import Line
from analytics.forecast.trial import Trial
from analytics.forecast.window import Method, say
from analytics.ledger import month

SEASON = (100, 90, 120, 110, 100, 130, 140, 135, 110, 105, 150, 200)
GROWING = tuple(a * (10 + year) for year in range(4) for a in SEASON)


def trial(amounts: tuple[int, ...], horizon: int, origins: range) -> Trial:
    history = np.array(amounts, dtype=np.float64)
    said = say([history[:known] for known in origins], horizon)
    line = Line("6000", month(2022, 1), amounts)
    return Trial(line, horizon, dict(zip(origins, said, strict=True)))


def test_last_year_again_is_held_against_what_came() -> None:
    (held,) = trial(GROWING, 12, range(36, 37)).held(Method.NAIVE)

    assert held.last == month(2024, 12)
    assert held.actual == tuple(13 * a for a in SEASON)
    assert held.mid == held.naive == tuple(12 * a for a in SEASON)
    assert held.step == pytest.approx(sum(SEASON) / 12)


def test_nothing_after_an_origin_is_known_at_it() -> None:
    changed = GROWING[:36] + tuple(5 * a for a in GROWING[36:])

    ours, theirs = (trial(line, 12, range(36, 37)) for line in (GROWING, changed))

    assert ours.held(Method.BLEND)[0].mid == theirs.held(Method.BLEND)[0].mid
    assert ours.held(Method.BLEND)[0].low80 == theirs.held(Method.BLEND)[0].low80


def test_errors_are_shares_of_what_came() -> None:
    record = trial(GROWING, 12, range(36, 37)).record(prophet=False)

    assert record.naive == pytest.approx(1 / 13)  # 12 again where 13 came
    assert record.origins == 1
    assert record.prophet is None


def test_prophet_is_not_tried_on_few_origins() -> None:
    assert trial(GROWING, 12, range(32, 37)).record(prophet=True).prophet is None


def test_prophet_is_compared_at_three_origins_and_averaged_with_the_blend() -> None:
    tried = trial(GROWING, 6, range(36, 43))

    record = tried.record(prophet=True)
    blend = tried.path(42, tried.past[42], Method.BLEND)
    mixed = tried.path(42, tried.past[42], Method.PROPHET)

    assert record.prophet is not None
    assert record.rival is not None
    assert blend is not None
    assert mixed is not None
    assert not np.array_equal(blend, mixed)
    assert np.abs(mixed - blend).max() < 0.2 * np.abs(blend).max()
