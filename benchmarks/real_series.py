"""Real monthly series down the real road: loaded, forecast, saved, approved, committed, compared.

`python -m benchmarks.real_series LEDGER.csv [SET …]`: the file has `unique_id, ds, y`, a set is
what stands before the last dash of the ids (all sets by default). Each set is one command, as of
its last month. An amount in Intacct is right when it equals, to the cent, what the engine says of
the file itself, without the wire, the bot or Slack in between.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from analytics.forecast.engine import Line, forecast
from analytics.ledger import FiscalCalendar, Period, month, months_between, shifted
from benchmarks import road
from benchmarks.report import machine, table
from benchmarks.worlds import say, world_of
from bot.commands.forecast import HISTORY, PROPHET_LINES
from sandbox.company.load import load_ledger
from tests.stories.world import Json, World, said

HORIZON = 12
CENT = Decimal("0.01")

Months = dict[Period, int]  # cents
Amounts = dict[tuple[str, Period], Decimal]


@dataclass(frozen=True, slots=True)
class Result:
    """One set: what was sent, what Intacct holds, and how the two compare."""

    name: str
    series: int
    lines: int
    equal: int
    total: Decimal
    seconds: float
    shown: bool = False
    refusal: str = ""


def main(arguments: Sequence[str]) -> int:
    """Walk every set down the road; the exit code is 1 when anything differed."""
    ledger = Path(arguments[0])
    sets = read_sets(ledger)
    wanted = arguments[1:] or sorted(sets)
    with tempfile.TemporaryDirectory() as folder:
        company = Path(folder) / "company.sqlite"
        begun = time.monotonic()
        rows = load_ledger(ledger, company, "USD", say)
        loaded = time.monotonic() - begun
        with world_of(company) as world:
            numbers = {str(a["TITLE"]): str(a["ACCOUNTNO"]) for a in world.table("GLACCOUNT")}
            results = [_result(world, name, sets[name], numbers) for name in wanted]
            versions = len(world.versions())
    print(f"{rows:,} rows loaded in {loaded:.0f} s; {HORIZON} months ahead of each set's end.\n")
    header = (
        "set",
        "series",
        "versions",
        "lines",
        "equal to the cent",
        "total",
        "shown",
        "seconds",
    )
    print(table(header, [*(_row(result) for result in results), _sum(results, versions)]))
    for result in results:
        if result.refusal:
            print(f"\n{result.name}: {result.refusal}")
    print(f"\n{machine()}")
    return int(any(r.refusal or r.equal < r.lines or not r.shown for r in results))


def read_sets(ledger: Path) -> dict[str, dict[str, Months]]:
    """The months of each series, in cents rounded half up, by set."""
    sets: dict[str, dict[str, Months]] = defaultdict(lambda: defaultdict(dict))
    with ledger.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            period = FiscalCalendar().of(date.fromisoformat(row["ds"]))
            amount = Decimal(row["y"]).quantize(CENT, ROUND_HALF_UP).scaleb(2)
            name = row["unique_id"].rpartition("-")[0] or row["unique_id"]
            sets[name][row["unique_id"]][period] = int(amount)
    return sets


def expected(series: Mapping[str, Months], last: Period) -> dict[tuple[str, Period], int]:
    """What the engine says of the file: the last months, from the first that is not nothing."""
    first = shifted(last, 1 - HISTORY)
    lines = [line for key in series if (line := _line(key, series[key], first, last))]
    found = forecast(lines, HORIZON, prophet=len(lines) <= PROPHET_LINES)
    return {(one.key, e.period): e.mid for one in found for e in one.estimates}


def _line(key: str, months: Months, first: Period, last: Period) -> Line | None:
    posted = [period for period, cents in months.items() if cents and first <= period <= last]
    if not posted:
        return None
    begin = min(posted)
    run = (shifted(begin, number) for number in range(months_between(begin, last) + 1))
    return Line(key, begin, tuple(months.get(period, 0) for period in run))


def _result(
    world: World, name: str, series: Mapping[str, Months], numbers: Mapping[str, str]
) -> Result:
    say(f"{name}: {len(series)} series")
    last = max(period for months in series.values() for period in months)
    words = f"/forecast {name} {HORIZON}m as of {last.first:%Y-%m}"
    begun = time.monotonic()
    try:
        done = _walked(world, words)
    except road.Refused as refused:
        seconds = time.monotonic() - begun
        return Result(name, len(series), 0, 0, Decimal(0), seconds, refusal=str(refused))
    seconds = time.monotonic() - begun
    held = _held(world, str(world.versions()[-1]["BUDGETID"]))
    right = {
        (numbers[key], p): Decimal(c).scaleb(-2) for (key, p), c in expected(series, last).items()
    }
    equal = sum(held.get(place) == amount for place, amount in right.items())
    lines = max(len(held), len(right))
    total = sum(held.values(), Decimal(0))
    shown = f"{total:,.2f}" in said(done)
    return Result(name, len(series), lines, equal, total, seconds, shown)


def _walked(world: World, words: str) -> Json:
    """Asked and saved by Ana, reviewed and approved by Ben; the committed card."""
    answer = road.asked(world, words)
    say(f"  answered in {answer.seconds:.1f} s")
    card = road.saved(world, answer.message)
    say(f"  staged in {card.seconds:.1f} s")
    done = road.approved(world, road.reviewed(world, card.message).message)
    say(f"  committed in {done.seconds:.1f} s")
    return done.message


def _held(world: World, version: str) -> Amounts:
    """What the local Intacct's own table has, by account and month."""
    periods: dict[str, Period] = {}
    for row in world.table("REPORTINGPERIOD"):
        number, _, year = str(row["START_DATE"]).split("/")
        periods[str(row["NAME"])] = month(int(year), int(number))
    return {
        (str(item["ACCT_NO"]), periods[str(item["PERIODNAME"])]): Decimal(str(item["AMOUNT"]))
        for item in world.table("GLBUDGETITEM", BUDGETID=version)
    }


def _row(result: Result) -> tuple[str, ...]:
    return (
        result.name,
        f"{result.series:,}",
        "0" if result.refusal else "1",
        f"{result.lines:,}",
        f"{result.equal:,}",
        f"{result.total:,.2f}",
        "yes" if result.shown else "no",
        f"{result.seconds:.1f}",
    )


def _sum(results: Sequence[Result], versions: int) -> tuple[str, ...]:
    return (
        "all",
        f"{sum(r.series for r in results):,}",
        f"{versions:,}",
        f"{sum(r.lines for r in results):,}",
        f"{sum(r.equal for r in results):,}",
        f"{sum((r.total for r in results), Decimal(0)):,.2f}",
        "yes" if all(r.shown for r in results) else "no",
        f"{sum(r.seconds for r in results):.1f}",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
