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
    Footer,
    Mention,
    Message,
    Modal,
    Moment,
    Paragraph,
    Part,
    Ratio,
    Row,
    Span,
    Table,
    says,
)
from bot.policy import Person
from intacct.read.balances import BalancesQuestion

SHOWN = 10
PAGE = 20


def card(
    proposal: Proposal,
    flagged: Sequence[ProposalLine],
    reviewers: Sequence[Person] = (),
    *,
    decides: bool = True,
    under_way: Paragraph | None = None,
) -> Message:
    """The proposal as it stands now; the same state is always the same message.

    The copy of somebody who may not decide has no buttons for it. While a decision is `under_way`
    nobody has any, and that is what it says.
    """
    return Message(
        title=f"{_heading(proposal, under_way)}: {proposal.title}",
        result=under_way or _result(proposal),
        parts=(
            _people(proposal),
            _compared(proposal),
            *_flagged(proposal, flagged, reviewers),
            _largest_changes(proposal, flagged),
            *_ending(proposal),
            *(() if under_way else _buttons(proposal, flagged, reviewers, decides=decides)),
        ),
        footer=_footer(proposal),
        paper=proposal.id,
    )


def approving(proposal: Proposal, who: Person, words: str) -> Paragraph:
    """Who is approving what, and what that is waiting for."""
    return says(Mention(who.user), " is approving ", Bold(_sum(proposal)), f": {words}")


def saving(title: str, who: Person) -> Message:
    """What stands in the card's place until there is one."""
    return Message(
        title=f"Being saved: {title}",
        result=says(
            Mention(who.user), " is saving it as a budget version: reading the books once more…"
        ),
    )


def unsaved(title: str, sentence: str) -> Message:
    """What stands in the card's place where there will be none."""
    return Message(title=f"Not saved: {title}", result=sentence)


def _result(proposal: Proposal) -> Paragraph:
    """The amount and what becomes of it: what a notification says alone."""
    name = f", budget version {proposal.document.budget_id}. "
    return says(Bold(_sum(proposal)), name, *_standing(proposal))


def _sum(proposal: Proposal) -> str:
    total = sum((line.new for line in proposal.lines), Decimal(0))
    lines = figures.count(len(proposal.lines), "line")
    return f"{proposal.document.currency} {figures.amount(total)} in {lines}"


def _footer(proposal: Proposal) -> Footer:
    """The last month of actuals, and when the books were read to stage it."""
    asked = [q.last for q in proposal.questions if isinstance(q, BalancesQuestion)]
    return Footer(
        as_of=f"{asked[0]}" if asked else "",
        source="Sage Intacct",
        policy=proposal.policy_version,
        snapshot=proposal.snapshot_id,
        read_at=proposal.made_at,
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


def _heading(proposal: Proposal, under_way: Paragraph | None) -> str:
    if under_way:
        return "Being approved"
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


def _standing(proposal: Proposal) -> tuple[Span, ...]:
    """Where it stands, in a sentence a notification can say alone."""
    match proposal.state:
        case "open":
            until = Moment(proposal.expires_at)
            return ("Approving writes it to Intacct. Waits for a decision until ", until, ".")
        case "approved":
            return ("Approved; Intacct is being told now.",)
        case "committed":
            number = proposal.record_no
            return (f"In Intacct as record {number}, read back and equal to the cent.",)
        case "rejected":
            return ("Rejected; nothing was written.",)
        case "expired":
            return ("Its time is over; nothing was written. Type /forecast again.",)
    return (proposal.ending.sentence or "Nothing was written.",)


def _people(proposal: Proposal) -> Paragraph:
    """Which proposal, bound to what; who asked, who decided, when, and why not."""
    bound = (
        f"{proposal.id} · bound to payload {proposal.payload_hash[:8]} and sources "
        f"{proposal.sources_hash[:8]}"
    )
    asked = (bound, "\nAsked by ", Mention(proposal.asked_by.user), " ", Moment(proposal.made_at))
    if not (proposal.decided_by and proposal.decided_at):
        return says(*asked)
    verb = "rejected" if proposal.state == "rejected" else "approved"
    decided = (f" · {verb} by ", Mention(proposal.decided_by.user), " ")
    why = f". Reason: {proposal.reason}" if proposal.reason else ""
    return says(*asked, *decided, Moment(proposal.decided_at), why)


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
    proposal: Proposal,
    flagged: Sequence[ProposalLine],
    reviewers: Sequence[Person],
    *,
    decides: bool,
) -> tuple[Buttons, ...]:
    """What can be done now, the next step first and in colour; below it, what can be looked at."""
    look = Buttons(
        (
            Button("Sources", "paper.sources", proposal.id),
            Button("Export", "paper.export", proposal.id),
            Button("Audit trail", "proposal.trail", proposal.id),
        )
    )
    if not decides or proposal.state not in {"open", "unsettled"}:
        return (look,)
    if proposal.state == "unsettled":
        settle = Button("Look in Intacct", "proposal.settle", proposal.id, "primary")
        return (Buttons((settle,)), look)
    return (Buttons(_decision(proposal, flagged, reviewers)), look)


def _decision(
    proposal: Proposal, flagged: Sequence[ProposalLine], reviewers: Sequence[Person]
) -> tuple[Button, ...]:
    asks = f"This writes budget version {proposal.document.budget_id} to Intacct: {_sum(proposal)}."
    unseen = bool(flagged) and not reviewers
    review = Button(
        f"Review {len(flagged):,}", "proposal.review", proposal.id, "primary" if unseen else ""
    )
    return (
        *((review,) if flagged else ()),
        Button("Approve", "proposal.approve", proposal.id, "" if unseen else "primary", asks),
        Button("Reject", "proposal.reject", proposal.id, "danger"),
    )


def _month(period: str) -> str:
    """`Month Ended January 2027` as `Jan 2027`; a name of another kind as it is."""
    name = period.removeprefix("Month Ended ")
    month, _, year = name.partition(" ")
    return f"{month[:3]} {year}" if name != period and year else period
