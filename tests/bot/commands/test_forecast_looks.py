from __future__ import annotations

from dataclasses import replace

from analytics.forecast.engine import Backtest, Estimate, Line, LineForecast, total
from analytics.ledger import month
from bot.commands.forecast import show
from bot.forecasts.answer import Answer, AnswerLine
from bot.forecasts.history import History
from bot.messages.render import blocks_of, text_of
from tests.bot.commands.test_forecast import answered
from tests.snapshots import looks_like


def by_hand() -> Answer:
    """Two lines over three months: sales of 1,000.00 a month until now, rent since May."""
    sales = History("4000", "MKT", "", "", Line("4000|MKT", month(2025, 9), (100_000,) * 14))
    rent = History("4900", "", "", "", Line("4900", month(2026, 5), (5_000,) * 6))
    months = [month(2026, 11), month(2026, 12), month(2027, 1)]
    test = Backtest(6, 3, 0.061, 0.084, -0.007, 0.78, 0.5, beats_naive=True)
    coming = [Estimate(m, 110_000, 100_000, 120_000, 90_000, 130_000) for m in months]
    same = [Estimate(m, 5_000, 5_000, 5_000, 4_000, 6_000) for m in months]
    lines = (
        AnswerLine("Sales", 1, sales, _said("4000|MKT", coming, test)),
        AnswerLine("Rent <!channel> & *co*", 1, rent, _said("4900", same, None)),
    )
    return replace(
        answered(months=2),
        lines=lines,
        total=total([line.forecast for line in lines], "Revenue"),
        whole=Estimate(months[0], 345_000, 320_000, 370_000, 300_000, 390_000),
        backtest=test,
        notes=("1 account had no posting in the 60 months read, and so no line",),
    )


def _said(key: str, estimates: list[Estimate], test: Backtest | None) -> LineForecast:
    method = "smoothing blend" if test else "seasonal naive"
    return LineForecast(key, method, "Best before.", tuple(estimates), test, (), ())


def test_an_answer_looks_as_it_should() -> None:
    message = show(by_hand())

    assert looks_like("forecast", {"text": text_of(message), "blocks": blocks_of(message)})
