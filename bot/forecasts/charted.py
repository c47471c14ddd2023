"""A forecast's two charts: the coming months as Slack draws them, and the ranges as a picture."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from analytics.ledger import Period, from_minor, run_of_months, shifted
from bot.forecasts.answer import YEAR, Answer
from bot.messages import figures
from bot.messages.message import Fan, LineChart, LineSeries

POINTS, TITLE = 20, 50  # what a chart of Slack's takes
PAST = 24  # months of actuals before the forecast in the picture


def line_chart(answer: Answer) -> LineChart:
    """The coming months, their range, and the same months a year before."""
    months = answer.total[:POINTS]
    currency = answer.currency

    def points(name: str, minor: Iterable[int]) -> LineSeries:
        return LineSeries(name, tuple(from_minor(coins, currency) for coins in minor))

    tail = f" a month, {figures.span(months[0].period, months[-1].period)}"
    comparable = len(answer.total) <= YEAR and answer.year_before_known
    before = [sum(line.history.ago(e.period) for line in answer.lines) for e in months]
    return LineChart(
        title=f"{_at_a_word(answer.name, TITLE - len(tail))}{tail}",
        labels=tuple(_label(e.period) for e in months),
        series=(
            points("Forecast", (e.mid for e in months)),
            points("High of 80 % range", (e.high80 for e in months)),
            points("Low of 80 % range", (e.low80 for e in months)),
            *((points("Actual year before", before),) if comparable else ()),
        ),
        unit=currency,
    )


def _at_a_word(name: str, most: int) -> str:
    """The name where there is room for it; else its first whole words, and that there are more."""
    if len(name) <= most:
        return name
    return f"{name[:most].rpartition(' ')[0].rstrip() or name[: most - 1]}…"


def beyond_the_chart(answer: Answer) -> str:
    """Says so where the horizon is longer than the chart."""
    hidden = len(answer.total) - POINTS
    return f"; the line chart shows the first {POINTS} months" if hidden > 0 else ""


def fan(answer: Answer) -> Fan:
    """Up to two years of actuals, what comes, and how sure: its 80 % and 95 % ranges."""
    currency = answer.currency
    past = _actuals(answer)
    first = shifted(answer.first, -len(past))
    coming = answer.total

    def amounts(minor: Iterable[int]) -> tuple[Decimal, ...]:
        return tuple(from_minor(coins, currency) for coins in minor)

    return Fan(
        title=(f"{answer.name} a month, {answer.entity.label}, {figures.span(first, answer.last)}"),
        says=_in_words(answer, first),
        unit=currency,
        labels=tuple(_label(m) for m in run_of_months(first, len(past) + len(coming))),
        was=amounts(past),
        mid=amounts(e.mid for e in coming),
        low80=amounts(e.low80 for e in coming),
        high80=amounts(e.high80 for e in coming),
        low95=amounts(e.low95 for e in coming),
        high95=amounts(e.high95 for e in coming),
    )


def _in_words(answer: Answer, first: Period) -> str:
    """What a screen reader says instead of the picture."""
    whole, currency = answer.whole, answer.currency
    return (
        f"{answer.name} a month in {currency}: "
        f"actual {figures.span(first, answer.question.last)}, "
        f"forecast {figures.span(answer.first, answer.last)} with its 80 % and 95 % ranges. "
        f"Forecast in all {figures.coins(whole.mid, currency)}, 80 % range "
        f"{figures.coins(whole.low80, currency)} to {figures.coins(whole.high80, currency)}."
    )


def _actuals(answer: Answer) -> list[int]:
    """The last months of all lines together, as far back as any of them reaches."""
    lines = [line.history.line.amounts for line in answer.lines]
    months = min(PAST, max(map(len, lines)))
    return [
        sum(amounts[-back] for amounts in lines if back <= len(amounts))
        for back in range(months, 0, -1)
    ]


def _label(period: Period) -> str:
    return f"{period.first:%b %y}"
