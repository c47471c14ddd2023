"""A proposal as people see it: before and after, what needs a second look, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.approvals.proposal import Proposal, ProposalLine
from bot.messages import figures
from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Column,
    Mention,
    Message,
    Modal,
    Paragraph,
    Part,
    Ratio,
    Row,
    Span,
    Table,
    says,
)
from bot.policy import Person

SHOWN = 10
PAGE = 20


def card(
    proposal: Proposal, flagged: Sequence[ProposalLine], reviewers: Sequence[Person] = ()
) -> Message:
    """The proposal as it stands now; the same state is always the same message."""
    total = sum((line.new for line in proposal.lines), Decimal(0))
    currency = proposal.document.currency
    return Message(
        title=f"{_heading(proposal)}: {proposal.title}",
        result=says(
            Bold(
                f"{currency} {figures.amount(total)} in "
                f"{figures.count(len(proposal.lines), 'line')}"
            ),
            f", budget version {proposal.document.budget_id}. {_standing(proposal)}",
        ),
        parts=(
            _people(proposal),
            _compared(proposal),
            *_flagged(proposal, flagged, reviewers),
            _largest_changes(proposal, flagged),
            *_ending(proposal),
            Buttons(_buttons(proposal, flagged, reviewers)),
        ),
        footer=(
            f"{proposal.id} · asked {figures.instant(proposal.made_at)} · policy "
            f"v{proposal.policy_version} · bound to payload {proposal.payload_hash[:8]} and "
            f"sources {proposal.sources_hash[:8]}"
        ),
    )


def _largest_changes(proposal: Proposal, flagged: Sequence[ProposalLine]) -> Table:
    """The lines to look at first: those marked for review, then the largest changes, then new."""
    marked = set(flagged)
    lines = sorted(
        proposal.lines,
        key=lambda line: (line not in marked, line.old is None, -abs(line.change)),
    )
    return lines_as_table(lines, SHOWN)


def lines_as_table(lines: Sequence[ProposalLine], shown: int) -> Table:
    """Old, new and difference, line by line; what is not shown is one row, so the total adds up."""
    several = len({line.location for line in lines}) > 1
    rest = lines[shown:]
    return Table(
        "Lines, old and new",
        (
            Column("Line", wraps=True),
            Column("Old", "right", adds=True),
            Column("New", "right", adds=True),
            Column("Difference", "right", adds=True),
            Column("%", "right"),
        ),
        tuple(_row(line, several_places=several) for line in lines),
        total=_sum_row("Total", lines),
        rest=_sum_row(f"and {figures.count(len(rest), 'more line')}", rest) if rest else (),
        shown=shown,
    )


def lines_modal(proposal: Proposal, lines: Sequence[ProposalLine], page: int) -> Modal:
    """All lines, a page at a time."""
    return Modal(
        name="proposal.lines",
        title="All lines",
        about=proposal.id,
        parts=_paged(proposal, lines, page, "proposal.lines.page"),
        footer=f"{proposal.id} · {figures.count(len(lines), 'line')}",
    )


def review_modal(proposal: Proposal, flagged: Sequence[ProposalLine], page: int) -> Modal:
    """The lines that changed a lot, to be looked at before the version can be approved."""
    return Modal(
        name="proposal.review",
        title="Review changes",
        about=proposal.id,
        parts=(
            says(
                f"{figures.count(len(flagged), 'line')} changed more than the policy allows "
                "without a second look. Confirm only when you can explain them."
            ),
            *_paged(proposal, flagged, page, "proposal.review.page"),
        ),
        submit="I looked at them",
        footer=proposal.id,
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


def _heading(proposal: Proposal) -> str:
    return {
        "open": "To approve",
        "approved": "Approved, being written",
        "committed": "Committed",
        "rejected": "Rejected",
        "stale": "Out of date",
        "expired": "Expired",
        "failed": "Not written",
        "unsettled": "Unsettled",
    }[proposal.state]


def _standing(proposal: Proposal) -> str:
    """Where it stands, in a sentence a notification can say alone."""
    match proposal.state:
        case "open":
            return f"Waits for a decision until {figures.instant(proposal.expires_at)}."
        case "approved":
            return "Approved; Intacct is being told now."
        case "committed":
            return f"In Intacct as record {proposal.record_no}, read back and equal to the cent."
        case "rejected":
            return "Rejected; nothing was written."
        case "expired":
            return "Its time is over; nothing was written. Type /forecast again."
    return proposal.ending.sentence or "Nothing was written."


def _people(proposal: Proposal) -> Paragraph:
    """Who asked, who decided, when, and why not."""
    asked: tuple[Span, ...] = ("Asked by ", Mention(proposal.asked_by.user))
    if not (proposal.decided_by and proposal.decided_at):
        return says(*asked)
    verb = "rejected" if proposal.state == "rejected" else "approved"
    when = f" on {figures.instant(proposal.decided_at)}"
    why = f". Reason: {proposal.reason}" if proposal.reason else ""
    return says(*asked, f" · {verb} by ", Mention(proposal.decided_by.user), when, why)


def _compared(proposal: Proposal) -> Paragraph:
    """Before and after on the lines both versions have, and what is new; together the total."""
    if not proposal.compared_with:
        return says(
            Bold("Nothing to compare with: "),
            f"no budget and no earlier version has any of these "
            f"{figures.count(len(proposal.lines), 'line')}; all are new.",
        )
    if all(line.old is not None and line.change == 0 for line in proposal.lines):
        return says(Bold(f"Nothing changes against {proposal.compared_with}: "), "all is the same.")
    both = [line for line in proposal.lines if line.old is not None]
    fresh = [line for line in proposal.lines if line.old is None]
    old = sum((line.old or Decimal(0) for line in both), Decimal(0))
    new = sum((line.new for line in both), Decimal(0))
    change = figures.ratio((new - old) / abs(old) if old else None, digits=2, signed=True)
    added = figures.amount(sum((line.new for line in fresh), Decimal(0)))
    more = f", and {figures.count(len(fresh), 'new line')} of {added}" if fresh else ""
    return says(
        Bold(f"Against {proposal.compared_with}: "),
        f"{figures.amount(old)} → {figures.amount(new)} ({change}) on "
        f"{figures.count(len(both), 'line')} in both{more}.",
    )


def _flagged(
    proposal: Proposal, flagged: Sequence[ProposalLine], reviewers: Sequence[Person]
) -> tuple[Paragraph, ...]:
    """How many lines need a second look, and who gave it; they are first in the table."""
    if not flagged or proposal.state not in {"open", "approved", "committed"}:
        return ()
    names: list[Span] = [
        part for at, who in enumerate(reviewers) for part in (", " if at else "", Mention(who.user))
    ]
    count = figures.count(len(flagged), "line")
    why = "new, or changed by more than the policy allows; first in the table"
    if names:
        return (says(Bold("Reviewed by "), *names, f": {count}, {why}."),)
    return (says(Bold(f"{count} to review"), f": {why}. Whoever approves reviews them."),)


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


def _ending(proposal: Proposal) -> tuple[Paragraph, ...]:
    said: list[Paragraph] = []
    moved = proposal.ending.differences
    if moved:
        lines = [f"• {difference.sentence}" for difference in moved[:SHOWN]]
        if len(moved) > SHOWN:
            lines.append(f"• and {len(moved) - SHOWN:,} more")
        said.append(says(Bold("What moved in Intacct"), "\n" + "\n".join(lines)))
    if proposal.ending.undo:
        said.append(says(Bold("To undo: "), proposal.ending.undo))
    return tuple(said)


def _buttons(
    proposal: Proposal, flagged: Sequence[ProposalLine], reviewers: Sequence[Person]
) -> tuple[Button, ...]:
    """What can be done now, the next step first and in colour."""
    lines = Button("All lines", "proposal.lines", proposal.id)
    trail = Button("Audit trail", "proposal.trail", proposal.id)
    if proposal.state == "unsettled":
        return (Button("Look in Intacct", "proposal.settle", proposal.id, "primary"), lines, trail)
    if proposal.state != "open":
        return (lines, trail)
    total = figures.amount(sum((line.new for line in proposal.lines), Decimal(0)))
    asks = (
        f"This writes budget version {proposal.document.budget_id} to Intacct: "
        f"{proposal.document.currency} {total} in {figures.count(len(proposal.lines), 'line')}."
    )
    unseen = bool(flagged) and not reviewers
    review = Button(
        f"Review {len(flagged):,}", "proposal.review", proposal.id, "primary" if unseen else ""
    )
    return (
        *((review,) if flagged else ()),
        Button("Approve", "proposal.approve", proposal.id, "" if unseen else "primary", asks),
        Button("Reject", "proposal.reject", proposal.id, "danger"),
        lines,
        trail,
    )


def _month(period: str) -> str:
    """`Month Ended January 2027` as `Jan 2027`; a name of another kind as it is."""
    name = period.removeprefix("Month Ended ")
    month, _, year = name.partition(" ")
    return f"{month[:3]} {year}" if name != period and year else period
