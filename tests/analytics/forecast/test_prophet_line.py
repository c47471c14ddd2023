from __future__ import annotations

import logging
import math

import numpy as np
import pytest

from analytics.forecast.prophet_line import prophet_path
from analytics.ledger import month

RISING = [100 + 2 * m + 10 * math.sin(math.pi * m / 6) for m in range(48)]


def test_prophet_carries_a_trend_on_and_says_the_same_twice() -> None:
    path = prophet_path(month(2022, 1), RISING, 12)
    again = prophet_path(month(2022, 1), RISING, 12)

    assert path is not None
    assert again is not None
    assert path.tolist() == again.tolist()
    expected = [100 + 2 * m + 10 * math.sin(math.pi * m / 6) for m in range(48, 60)]
    assert path == pytest.approx(np.array(expected), abs=15)


def test_a_failing_prophet_is_none_and_never_an_error() -> None:
    assert prophet_path(month(2022, 1), [], 12) is None
    assert prophet_path(month(2022, 1), [1.0], 12) is None
    assert prophet_path(month(2022, 1), [math.inf] * 40, 12) is None


def test_prophet_writes_nothing_into_our_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        prophet_path(month(2022, 1), RISING, 1)

    assert not [r for r in caplog.records if r.name.startswith(("prophet", "cmdstanpy"))]
