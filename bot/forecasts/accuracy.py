"""How far off the methods were on months held back, in a few words, and which methods they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analytics.forecast.engine import Backtest
from bot.messages import figures
from bot.messages.message import Bold, Paragraph, says


def accuracy(test: Backtest | None, methods: Sequence[str]) -> Paragraph:
    """How wrong the same methods would have been before, beside repeating last year.

    `methods` has one name per line; the one used most is named first.
    """
    how = f"\nMethod: {_named(methods)}"
    if test is None:
        return says(
            Bold("Accuracy unknown: "),
            f"the history is too short to hold months back and test the method on them.{how}",
        )
    verdict = "; last year's figures were nearer" if test.beats_naive is False else ""
    return says(
        Bold(f"Backtest: off by {figures.ratio(test.wape)} (WAPE)"),
        f", repeating last year (naive) by {figures.ratio(test.naive_wape)}{verdict}.\n"
        f"Tried from {figures.count(test.origins, 'past month')}, "
        f"{figures.count(test.horizon, 'month')} ahead · bias "
        f"{figures.ratio(test.bias, signed=True)} · 80 % range held "
        f"{figures.ratio(test.coverage80)} of the months{how}",
    )


def _named(methods: Sequence[str]) -> str:
    used = Counter(methods).most_common()
    if len(used) == 1:
        return used[0][0]
    return ", ".join(f"{method} ({figures.count(lines, 'line')})" for method, lines in used)
