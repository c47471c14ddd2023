"""The working paper under a message: its figures, the rows each is made from, its tables whole.

Whatever answers with figures makes one. *Sources*, *All lines* and *Export* read nothing else, so
they work alike for every command.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.messages.message import Column, Row, Table

Rows = tuple[tuple[int, int], ...]  # spans of row numbers, the end of each left out


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the message and where its rows are; `how` is empty where it is their sum.

    Otherwise `how` says in a sentence how it follows from them, and `amount` is not their sum.
    """

    name: str
    amount: Decimal
    rows: Rows
    how: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What proves a message: the questions asked, every row answered, and what they add up to.

    `questions` say in words what was asked and with which filters. The last column of `rows` is an
    amount in `currency`, signed as the message shows it. `hidden` rows were left out for want of
    rights. `tables` are those of the message, with all their rows.
    """

    id: str
    title: str
    currency: str
    questions: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]
    read_at: datetime
    tables: tuple[Table, ...] = ()
    hidden: int = 0
    about: tuple[tuple[str, str], ...] = ()  # what else the export's first sheet says: name, value

    def rows_of(self, figure: Figure) -> Iterator[Row]:
        """The rows a figure is made from, in their order."""
        for first, end in figure.rows:
            yield from self.rows[first:end]

    def sum_of(self, figure: Figure) -> Decimal:
        """What these rows add up to."""
        return sum((amount_of(row) for row in self.rows_of(figure)), Decimal(0))

    def untied(self) -> tuple[Figure, ...]:
        """The figures that claim to be the sum of their rows and are not; there must be none."""
        return tuple(f for f in self.figures if not f.how and self.sum_of(f) != f.amount)


def amount_of(row: Row) -> Decimal:
    """The amount at the end of a source row."""
    amount = row[-1]
    if not isinstance(amount, Decimal):
        raise TypeError(f"a source row ends with its amount, not with {amount!r}")
    return amount
