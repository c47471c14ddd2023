"""The working paper of a forecast: every figure it shows, and the balances each rests on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from analytics.ledger import (
    DEPARTMENT,
    LOCATION,
    PROJECT,
    AccountNo,
    DimensionKey,
    Period,
    from_minor,
    month,
    shifted,
)
from bot.approvals.question import question_in_words
from bot.approvals.sources import SourceRow
from bot.forecasts.answer import YEAR
from bot.forecasts.kept import KeptAnswer, KeptLine, Said
from bot.messages import figures
from bot.messages.message import Column
from bot.messages.paper import Figure, Paper, Rows
from bot.staged.balances import Cell

Key = tuple[str, str, str, str]  # account, department, location, project


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and where its rows are: its months, oldest first, from row `start` on."""

    kept: KeptLine
    start: int
    months: tuple[str, ...]

    @property
    def rows(self) -> Rows:
        """All its rows."""
        return ((self.start, self.start + len(self.months)),)

    def between(self, first: Period, last: Period) -> Rows:
        """Its rows of these months."""
        early, late = first.first.isoformat(), last.first.isoformat()
        begin = self.start + bisect_left(self.months, early)
        end = self.start + bisect_right(self.months, late)
        return ((begin, end),) if begin < end else ()


def paper_of(kept: KeptAnswer) -> Paper:
    """The paper: totals first, then line by line as they are shown, then month by month."""
    rows = ordered(kept.rows)
    lines = _lines(kept, rows)
    return Paper(
        id=kept.id,
        title=kept.title or f"{kept.name} forecast, {kept.entity_label}",
        currency=kept.currency,
        questions=(
            question_in_words(kept.question, kept.entity_label),
            "Amounts are the ledger’s"
            + (" with the sign turned, so that income is positive." if kept.sign < 0 else "."),
        ),
        columns=(
            Column("Account"),
            Column("Month"),
            Column("Where", wraps=True),
            Column(f"Amount {kept.currency}", "right", adds=True),
        ),
        rows=tuple(
            (row.account, row.period[:7], _where(row), kept.sign * Decimal(row.value))
            for row in rows
        ),
        figures=tuple(_figures(kept, lines)),
        read_at=kept.read_at,
        tables=kept.tables,
        opens=((0, len(rows)),),
        about=_about(kept),
    )


def ordered(rows: Sequence[SourceRow]) -> list[SourceRow]:
    """Line by line, each from its oldest month on."""
    return sorted(rows, key=lambda row: (*_key(row), row.period))


def cell_of(row: SourceRow) -> Cell:
    """The figure of a balances frame that this row is."""
    year, number, _ = row.period.split("-")
    named = ((DEPARTMENT, row.department), (LOCATION, row.location), (PROJECT, row.project))
    where = frozenset(DimensionKey(name, value) for name, value in named if value)
    return Cell(AccountNo(row.account), month(int(year), int(number)), where)


def _key(row: SourceRow) -> Key:
    return (row.account, row.department, row.location, row.project)


def _where(row: SourceRow) -> str | None:
    return " · ".join(v for v in (row.department, row.location, row.project) if v) or None


def _lines(kept: KeptAnswer, rows: Sequence[SourceRow]) -> list[_Line]:
    """Each line with its rows, in the order shown; older versions kept no project, but the order
    of the lines is that of their keys."""
    found: dict[Key, tuple[int, tuple[str, ...]]] = {}
    at = 0
    for key, of in groupby(rows, key=_key):
        months = tuple(row.period for row in of)
        if any(Decimal(row.value) for row in rows[at : at + len(months)]):
            found[key] = (at, months)
        at += len(months)
    keys: list[Key] = [
        (line.account, line.department, line.location, line.project or "") for line in kept.lines
    ]
    if any(line.project is None for line in kept.lines):
        keys = list(found)
    keyed = sorted(zip(kept.lines, keys, strict=True), key=_size)
    return [_Line(line, *found[key]) for line, key in keyed]


def _size(keyed: tuple[KeptLine, Key]) -> tuple[int, str]:
    """The largest coming first, as they are shown."""
    line, key = keyed
    return (-abs(line.said.coming) if line.said else 0, "|".join(key))


def _figures(kept: KeptAnswer, lines: Sequence[_Line]) -> Iterator[Figure]:
    """What is shown, named as it is shown."""
    every = tuple(span for line in lines for span in line.rows)
    if kept.total and len(lines) > 1:
        added = f"The forecasts of {figures.count(len(lines), 'line')}, added up"
        yield from _of(kept, kept.name, kept.total, every, lines, added)
    for line in lines:
        how = f"{line.kept.method}. {line.kept.why}".strip()
        if line.kept.said:
            yield from _of(kept, line.kept.label, line.kept.said, line.rows, [line], how)
        else:
            yield _of_an_older_version(kept, line, how)
    if kept.rest and kept.tables:
        others = lines[kept.tables[0].shown :]
        spans = tuple(span for line in others for span in line.rows)
        name = f"and {figures.count(len(others), 'more line')}"
        yield from _of(kept, name, kept.rest, spans, others, "Their forecasts, added up")
    yield from _months(kept, lines, every)


def _of(
    kept: KeptAnswer, name: str, said: Said, rows: Rows, lines: Sequence[_Line], how: str
) -> Iterator[Figure]:
    def amount(minor: int) -> Decimal:
        return from_minor(minor, kept.currency)

    horizon = len(kept.lines[0].months)
    yield Figure(f"Next {figures.count(horizon, 'month')} · {name}", amount(said.coming), rows, how)
    if said.before is not None:
        first = shifted(kept.question.last, 1 - YEAR)
        last = shifted(first, min(horizon, YEAR) - 1)
        spans = tuple(span for line in lines for span in line.between(first, last))
        year = "Year before" if horizon <= YEAR else "Last 12 months"
        yield Figure(f"{year} · {name}", amount(said.before), spans)
    for end, minor in (("Low", said.low80), ("High", said.high80)):
        yield Figure(f"{end} (80 %) · {name}", amount(minor), rows, _RANGE)


_RANGE = (
    "An end of the 80 % range: how far the method was off on months held back, on either side of "
    "the forecast"
)


def _of_an_older_version(kept: KeptAnswer, line: _Line, how: str) -> Figure:
    """Only what would go into a budget was kept then, in the account's own sign."""
    coming = sum(amount for _, amount in line.kept.months)
    name = f"Next {figures.count(len(line.kept.months), 'month')} · {line.kept.label}"
    own = f"{how} In the account’s own sign"
    return Figure(name, from_minor(coming, kept.currency), line.rows, own)


def _months(kept: KeptAnswer, lines: Sequence[_Line], every: Rows) -> Iterator[Figure]:
    """The points of the chart: each month forecast, and the same month a year before."""
    for period, said in kept.months:
        coming = from_minor(said.coming, kept.currency)
        how = f"The forecasts of {figures.count(len(lines), 'line')} for this month, added up"
        yield Figure(f"{period} · {kept.name}", coming, every, how)
        if said.before is not None:
            ago = shifted(period, -YEAR)
            spans = tuple(span for line in lines for span in line.between(ago, ago))
            yield Figure(f"{ago} · {kept.name}", from_minor(said.before, kept.currency), spans)


def _about(kept: KeptAnswer) -> tuple[tuple[str, str], ...]:
    policy = (("Policy", f"v{kept.policy_version}"),) if kept.policy_version else ()
    copied = (("Asked", figures.instant(kept.copied_for)),) if kept.copied_for else ()
    return (*copied, *policy, *kept.backtest)
