"""The lines of a proposal, old and new: the largest changes, and those to look at twice."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.approvals.proposal import Proposal, ProposalLine
from bot.messages import figures
from bot.messages.message import (
    Button,
    Buttons,
    Column,
    Modal,
    Part,
    Ratio,
    Row,
    Table,
    says,
)

SHOWN = 10
PAGE = 20


def largest_changes(proposal: Proposal, flagged: Sequence[ProposalLine]) -> Table:
    """The lines to look at first: those marked for review, then the largest changes, then new."""
    return lines_as_table(_to_look_at(proposal.lines, flagged), SHOWN)


def _to_look_at(
    lines: Sequence[ProposalLine], flagged: Sequence[ProposalLine]
) -> list[ProposalLine]:
    """In the order of the card, wherever they are shown."""
    marked = set(flagged)
    return sorted(lines, key=lambda line: (line not in marked, line.old is None, -abs(line.change)))


def lines_as_table(lines: Sequence[ProposalLine], shown: int) -> Table:
    """Old, new and difference, line by line; what is not shown is one row, so the total adds up.

    Where every line is new there is nothing to compare, and the amounts stand alone.
    """
    several = len({line.location for line in lines}) > 1
    compared = any(line.old is not None for line in lines)
    rest = lines[shown:]
    beside = (
        Column("Difference", "right", adds=True),
        Column("%", "right"),
    )
    columns = (
        Column("Line", wraps=True),
        *((Column("Old", "right", adds=True),) if compared else ()),
        Column("New", "right", adds=True),
        *(beside if compared else ()),
    )
    rows = [_row(line, several_places=several) for line in lines]
    total = _sum_row("Total", lines)
    others = _sum_row(f"and {figures.count(len(rest), 'more line')}", rest) if rest else ()
    return Table(
        "Lines, old and new" if compared else "Lines, all of them new",
        columns,
        tuple(row if compared else _alone(row) for row in rows),
        total=total if compared else _alone(total),
        rest=others if compared else _alone(others),
        shown=shown,
    )


def _alone(row: Row) -> Row:
    """The line and its new amount."""
    return (row[0], row[2]) if row else ()


def review_modal(proposal: Proposal, flagged: Sequence[ProposalLine], page: int) -> Modal:
    """The lines that changed a lot, to be looked at before the version can be approved."""
    return Modal(
        name="proposal.review",
        title="Review changes",
        about=proposal.id,
        parts=(
            says(
                f"{figures.count(len(flagged), 'line')} of {len(proposal.lines):,} "
                f"{'is' if len(flagged) == 1 else 'are'} new, or changed by more than the policy "
                "allows without a second look. Confirm only when you can explain "
                f"{'it' if len(flagged) == 1 else 'them'}."
            ),
            *_paged(proposal, _to_look_at(flagged, flagged), page, "proposal.review.page"),
        ),
        submit="I looked at them",
        footer=f"{proposal.title} · {proposal.id}",
    )


def _paged(
    proposal: Proposal, lines: Sequence[ProposalLine], page: int, action: str
) -> tuple[Part, ...]:
    pages = max(1, -(-len(lines) // PAGE))
    page = min(max(page, 0), pages - 1)
    shown = lines[page * PAGE : (page + 1) * PAGE]
    others = [*lines[: page * PAGE], *lines[(page + 1) * PAGE :]]
    buttons = [
        Button(label, f"{action}.{to}", f"{proposal.id}|{to}")
        for label, to in (("Earlier", page - 1), ("More", page + 1))
        if 0 <= to < pages
    ]
    table = lines_as_table([*shown, *others], PAGE)
    return (table, Buttons(tuple(buttons))) if buttons else (table,)


def _row(line: ProposalLine, *, several_places: bool) -> Row:
    location = line.location if several_places else ""
    name = f"{line.account} {line.title}"
    return (
        " · ".join(word for word in (name, line.department, location, _month(line.period)) if word),
        line.old,
        line.new,
        line.change,
        "new" if line.old is None else _percent(line.percent),
    )


def _percent(percent: Decimal | None) -> Ratio:
    """With two digits, so that 15.01 is not read as 15."""
    return Ratio(None if percent is None else percent / 100, digits=2, signed=True)


def _sum_row(label: str, lines: Sequence[ProposalLine]) -> Row:
    old = sum((line.old or Decimal(0) for line in lines), Decimal(0))
    new = sum((line.new for line in lines), Decimal(0))
    known = any(line.old is not None for line in lines)
    alike = all(line.old is not None for line in lines)
    return (
        label,
        old if known else None,
        new,
        new - old,
        _percent((new - old) * 100 / abs(old) if old and alike else None),
    )


def _month(period: str) -> str:
    """`Month Ended January 2027` as `Jan 2027`; a name of another kind as it is."""
    name = period.removeprefix("Month Ended ")
    month, _, year = name.partition(" ")
    return f"{month[:3]} {year}" if name != period and year else period
