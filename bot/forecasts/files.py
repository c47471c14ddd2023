"""The forecast of a file: the same engine, without Slack or Intacct."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from analytics.forecast.engine import LineForecast, forecast
from analytics.forecast.long_csv import read_long, write_long
from bot.messages.figures import count

BATCH = 50
PROPHET_LINES = 40  # it takes a second for eight lines, and earns its place on few


def forecast_file(
    source: TextIO, horizon: int, target: TextIO, say: Callable[[str], None]
) -> tuple[LineForecast, ...]:
    """Read `unique_id, ds, y`, write the forecasts, and say how far it is.

    MalformedRows lists what is wrong, by line number; then nothing is written.
    """
    sheet = read_long(source)
    prophet = len(sheet.lines) <= PROPHET_LINES
    done: tuple[LineForecast, ...] = ()
    for at in range(0, len(sheet.lines), BATCH):
        done += forecast(sheet.lines[at : at + BATCH], horizon, prophet=prophet)
        say(f"{len(done):,} of {count(len(sheet.lines), 'series', 'series')} forecast")
    target.writelines(write_long(done, sheet.digits))
    return done
