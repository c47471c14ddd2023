"""A table as text: figures in line on a phone, or a few words a row where they are too many."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from bot.messages.message import Bold, says
from bot.messages.sentences import told
from bot.messages.words import SECTION, inert, unmarked

NAME = 20  # places a name needs at least beside its figures, as `and 1,204 more lines` does
NOTHING = "–"

Words = list[str]  # a row in words


def lined(
    body: Sequence[Words], sums: Sequence[Words], aligns: Sequence[str], phone: int
) -> list[str]:
    """The texts of sections: names beside their figures, above them, or all in words.

    `body` begins with the columns' names; `sums` are the rows below it, whose names may reach over
    columns they say nothing in. `phone` is how many fixed-width letters stand side by side.
    """
    widths = _widths(body, sums)
    free = phone - sum(widths[1:]) - 2 * (len(widths) - 1)
    if widths[0] <= free or free >= NAME:
        widths[0] = min(widths[0], free)
        rows = [line for row in body for line in _wrapped(row, widths[0])]
        return _fixed(
            [
                *(_line(row, widths, aligns) for row in rows),
                *(_sum_line(row, widths, aligns) for row in sums),
            ]
        )
    if sum(widths[1:]) + 2 * (len(widths) - 2) <= phone:
        return _fixed([_above(row, widths, aligns, phone) for row in (*body, *sums)])
    return _stacked(body[0], [*body[1:], *sums])


def _widths(body: Sequence[Words], sums: Sequence[Words]) -> list[int]:
    """How wide each column is; the name of a sum counts as far as nothing stands beside it."""
    widths = [max(map(_width, column)) for column in zip(*body, strict=True)]
    for row in sums:
        widths[1:] = [max(w, _width(cell)) for w, cell in zip(widths[1:], row[1:], strict=True)]
    for row in sums:
        beside = sum(widths[1 : _reach(row)]) + 2 * (_reach(row) - 1)
        widths[0] = max(widths[0], _width(row[0]) - beside)
    return widths


def _reach(row: Words) -> int:
    """Over how many columns the name of a sum reaches."""
    figures = [at for at, cell in enumerate(row) if at and cell != NOTHING]
    return figures[0] if figures else len(row)


def _wrapped(row: Words, width: int) -> list[Words]:
    """The row with its name in as many lines as it takes, its figures beside the first."""
    first, *names = textwrap.wrap(row[0], width) or [""]
    return [[first, *row[1:]], *([name, *[""] * (len(row) - 1)] for name in names)]


def _line(row: Words, widths: Sequence[int], aligns: Sequence[str]) -> str:
    cells = zip(row, widths, aligns, strict=False)
    return "  ".join(_placed(cell, width, align) for cell, width, align in cells).rstrip()


def _sum_line(row: Words, widths: Sequence[int], aligns: Sequence[str]) -> str:
    reach = _reach(row)
    name = _placed(row[0], sum(widths[:reach]) + 2 * (reach - 1), "left")
    return f"{name}  {_line(row[reach:], widths[reach:], aligns[reach:])}".rstrip()


def _above(row: Words, widths: Sequence[int], aligns: Sequence[str], phone: int) -> str:
    names = textwrap.wrap(row[0], phone) or [""]
    return "\n".join([*names, _line(row[1:], widths[1:], aligns[1:])])


def _fixed(lines: Sequence[str]) -> list[str]:
    return [f"```{text}```" for text in _together([unmarked(inert(line)) for line in lines])]


def _stacked(heads: Words, rows: Sequence[Words]) -> list[str]:
    """Too much for a phone: a name, and below it each figure with its column's name."""
    texts: list[str] = []
    for row in rows:
        pairs = zip(heads[1:], row[1:], strict=True)
        below = " · ".join(f"{head} {cell}" for head, cell in pairs if cell != NOTHING)
        texts += told(says(Bold(row[0]), f"\n{below}"), 10**6, 10**3).texts
    return list(_together(texts))


def _together(texts: Sequence[str]) -> Iterator[str]:
    """Whole lines together, as many as a section holds."""
    piece: list[str] = []
    for text in texts:
        if piece and sum(len(kept) + 1 for kept in piece) + len(text) > SECTION:
            yield "\n".join(piece)
            piece = []
        piece.append(text)
    if piece:
        yield "\n".join(piece)


def _placed(cell: str, width: int, align: str) -> str:
    blanks = " " * (width - _width(cell))
    return blanks + cell if align == "right" else cell + blanks


def _width(text: str) -> int:
    """How many places of fixed width it takes: Chinese letters and pictures take two."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)
