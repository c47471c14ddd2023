from __future__ import annotations

from analytics.forecast.engine import Backtest
from bot.forecasts.accuracy import accuracy
from bot.messages.message import Message
from bot.messages.render import text_of


def tried(wape: float, naive: float) -> Backtest:
    return Backtest(11, 12, wape, naive, -0.013, 0.8, None, beats_naive=wape < naive)


def said(test: Backtest | None, *methods: str) -> str:
    return text_of(Message("Revenue", accuracy(test, methods)))


def test_the_error_stands_beside_that_of_repeating_last_year() -> None:
    words = said(tried(0.015, 0.093), "smoothing blend", "Prophet and blend", "smoothing blend")

    assert "off by 1.5 % (WAPE), repeating last year (naive) by 9.3 %." in words
    assert "bias −1.3 % · 80 % range held 80.0 % of the months" in words
    assert words.endswith("Method: smoothing blend (2 lines), Prophet and blend (1 line)")


def test_it_says_so_where_last_year_was_nearer() -> None:
    assert "last year's figures were nearer" in said(tried(0.093, 0.015), "Prophet and blend")


def test_too_short_a_history_has_no_accuracy() -> None:
    assert "Accuracy unknown: the history is too short" in said(None, "seasonal naive")
