from __future__ import annotations

from analytics.forecast.line import HeldBack, LineForecast
from analytics.ledger import month


def test_held_back_months_are_kept_but_not_printed() -> None:
    held = HeldBack(month(2025, 1), (1,), (1,), (1,), (0,), (2,), None)
    forecast = LineForecast("6000", "zero", "", (), None, (), (), (held,))

    assert forecast.held_back == (held,)
    assert "HeldBack" not in repr(forecast)
