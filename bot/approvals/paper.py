"""The working paper of a proposal: budget lines under the old amounts, balances under the new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from analytics.ledger import DEPARTMENT, LOCATION, value_of
from bot.approvals.proposal import Grain, LineKey, Proposal, ProposalLine
from bot.approvals.question import PeriodsQuestion, question_in_words
from bot.approvals.sources import SourceRow
from bot.messages.figures import count, instant
from bot.messages.message import Column, Row, Table
from bot.messages.paper import Figure, Paper, Rows
from intacct.read.balances import BalancesQuestion

Place = tuple[str, str, str]  # account, department, location


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where each line's rows are: its budget lines, and the balances of its account and place.

    `document` are the lines that the new version has.
    """

    budget: Mapping[LineKey, Rows]
    balances: Mapping[Place, Rows]
    document: frozenset[LineKey]

    def old(self, lines: Sequence[ProposalLine]) -> Rows:
        """The budget lines that the old amounts add up."""
        return tuple(span for line in lines for span in self.budget.get(line.key, ()))

    def new(self, lines: Sequence[ProposalLine]) -> Rows:
        """The balances that the new amounts were computed from, each once."""
        places = dict.fromkeys((line.account, line.department, line.location) for line in lines)
        return tuple(span for place in places for span in self.balances.get(place, ()))


def paper_of(
    proposal: Proposal,
    rows: Sequence[SourceRow],
    own: Mapping[str, int],
    tables: tuple[Table, ...] = (),
    marked: Collection[ProposalLine] = (),
) -> Paper:
    """The paper: totals first, then the lines as the card shows them.

    `own` turns an account's balances into its own sign, where it is known; `marked` lines are
    those to review, which come first in the card's table.
    """
    inside = ordered(proposal, rows)
    known = all(row.account in own for row in inside if row.kind == "balance")
    lines = in_order(proposal, marked)
    return Paper(
        id=proposal.id,
        title=proposal.title,
        currency=proposal.document.currency,
        questions=(*_questions(proposal), _signs(proposal, known=known)),
        columns=_columns(proposal),
        rows=tuple(_row(proposal, row, own if known else {}) for row in inside),
        figures=tuple(_figures(proposal, lines, _sources(proposal, inside), tables)),
        read_at=proposal.made_at,
        tables=tables,
        opens=((sum(row.kind != "balance" for row in inside), len(inside)),),
        about=_about(proposal),
    )


def _signs(proposal: Proposal, *, known: bool) -> str:
    if not known:
        return "Balances are as in the ledger: debits positive."
    if not proposal.turned:
        return "Amounts have the sign of their account."
    return f"Income is positive, so {', '.join(proposal.turned)} are taken off."


def _columns(proposal: Proposal) -> tuple[Column, ...]:
    return (
        Column("Account"),
        Column("Month"),
        Column("Where", wraps=True),
        Column("Book", wraps=True),
        Column(f"Amount {proposal.document.currency}", "right", adds=True),
    )


def _row(proposal: Proposal, row: SourceRow, own: Mapping[str, int]) -> Row:
    sign = own.get(row.account, 1) if row.kind == "balance" else 1
    if row.account in proposal.turned and (own or row.kind != "balance"):
        sign = -sign
    return (
        row.account,
        _month(row.period),
        " · ".join(v for v in (row.department, row.location, row.project) if v) or None,
        row.budget or "Actual",
        sign * Decimal(row.value),
    )


def ordered(proposal: Proposal, rows: Sequence[SourceRow]) -> list[SourceRow]:
    """The rows with an amount: budget lines by the line they belong to, then balances."""
    return sorted(
        (row for row in rows if row.kind != "period"),
        key=lambda row: (
            row.kind == "balance",
            _place(proposal, row) if row.kind == "balance" else _key(proposal, row),
            _month(row.period),
            (row.department, row.location, row.project, row.value),
        ),
    )


def in_order(proposal: Proposal, marked: Collection[ProposalLine]) -> list[ProposalLine]:
    """The lines marked for review, then the largest changes, then new ones."""
    first = {line.key for line in marked}
    return sorted(
        proposal.lines,
        key=lambda line: (line.key not in first, line.old is None, -abs(line.change)),
    )


def _questions(proposal: Proposal) -> tuple[str, ...]:
    asked = (q for q in proposal.questions if not isinstance(q, PeriodsQuestion))
    return tuple(question_in_words(question) for question in asked)


def _sources(proposal: Proposal, rows: Sequence[SourceRow]) -> _Sources:
    budget: defaultdict[LineKey, list[int]] = defaultdict(list)
    balances: defaultdict[Place, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.kind == "balance":
            balances[_place(proposal, row)].append(at)
        elif row.budget == proposal.compared_with:
            budget[_key(proposal, row)].append(at)
    return _Sources(
        {key: ((held[0], held[-1] + 1),) for key, held in budget.items()},
        {key: ((held[0], held[-1] + 1),) for key, held in balances.items()},
        frozenset(line.place for line in proposal.document.lines),
    )


def _key(proposal: Proposal, row: SourceRow) -> LineKey:
    """The line that a budget line was compared with, whether the document has it or not."""
    grain = proposal.grain or Grain()
    return grain.place(row.account, row.period, row.department, row.location)


def _place(proposal: Proposal, row: SourceRow) -> Place:
    """The account and place of the lines that were made from this balance."""
    question = proposal.questions[int(row.question)]
    if not isinstance(question, BalancesQuestion):
        return (row.account, row.department, row.location)
    department = row.department or value_of(question.where, DEPARTMENT) or ""
    location = row.location or value_of(question.where, LOCATION) or question.entity
    return (row.account, department, location)


def _figures(
    proposal: Proposal, lines: Sequence[ProposalLine], at: _Sources, tables: Sequence[Table]
) -> Iterator[Figure]:
    if len(lines) > 1:
        yield from _of(proposal, "all lines", lines, at)
    both = [line for line in lines if line.old is not None]
    fresh = [line for line in lines if line.old is None]
    if both and fresh:
        yield from _of(proposal, f"{count(len(both), 'line')} in both", both, at)
        yield from _of(proposal, count(len(fresh), "new line"), fresh, at)
    rest = lines[tables[0].shown :] if tables else []
    if rest:
        yield from _of(proposal, f"and {count(len(rest), 'more line')}", rest, at)
    for line in lines:
        yield from _of(proposal, _label(line), [line], at)


def _of(
    proposal: Proposal, name: str, lines: Sequence[ProposalLine], at: _Sources
) -> Iterator[Figure]:
    """New, old where there is one, and the difference."""
    new = sum((line.new for line in lines), Decimal(0))
    yield Figure(f"New · {name}", new, at.new(lines), _how(proposal, lines, at))
    compared = [line for line in lines if line.old is not None]
    if not compared:
        return
    old = sum((line.old or Decimal(0) for line in compared), Decimal(0))
    rows = at.old(compared)
    yield Figure(f"Old · {name}", old, rows, _kept_apart(proposal, len(lines)))
    yield Figure(f"Difference · {name}", new - old, rows, "New less old")


def _how(proposal: Proposal, lines: Sequence[ProposalLine], at: _Sources) -> str:
    if not any(line.key in at.document for line in lines):
        return "The new version leaves it out, so it goes to nothing"
    made = f"{proposal.document.description}, computed from the balances of "
    if len(lines) == 1:
        return f"{made}this account and place"
    return f"{made}{count(len({line.account for line in lines}), 'account')}, added up"


def _kept_apart(proposal: Proposal, lines: int) -> str:
    """Older versions did not keep which budget lines a line was compared with."""
    if proposal.grain is not None:
        return ""
    return (
        f"Added up from {count(lines, 'line')} of “{proposal.compared_with}” when it was proposed;"
        " which of its lines these were was not kept then"
    )


def _label(line: ProposalLine) -> str:
    words = (f"{line.account} {line.title}", line.department, line.location, _month(line.period))
    return " · ".join(word for word in words if word)


def _month(period: str) -> str:
    """`Month Ended January 2027` or `2027-01-01` as `2027-01`; a name of another kind as it is."""
    if not period.startswith("Month Ended "):
        return period[:7] if period[:4].isdigit() else period
    try:
        return f"{datetime.strptime(period, 'Month Ended %B %Y'):%Y-%m}"  # noqa: DTZ007  a month
    except ValueError:
        return period


def _about(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    return (
        ("Budget version", proposal.document.budget_id),
        ("Compared with", proposal.compared_with or "nothing"),
        ("Proposed", instant(proposal.made_at)),
        ("State when exported", proposal.state),
        ("Policy", f"v{proposal.policy_version}"),
        ("Payload", proposal.payload_hash),
        ("Sources", proposal.sources_hash),
    )
