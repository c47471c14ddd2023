"""A proposal as people see it: before and after, what needs a second look, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.approvals.proposal import Proposal, ProposalLine
from bot.desk.compared import SHOWN, largest_changes
from bot.messages import figures
from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Footer,
    Mention,
    Message,
    Moment,
    Paragraph,
    Span,
    says,
)
from bot.policy import Person
from intacct.read.balances import BalancesQuestion


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
            *_ending(proposal),
            _people(proposal),
            *_compared(proposal),
            *_flagged(proposal, flagged, reviewers),
            largest_changes(proposal, flagged),
            *_turned(proposal),
            *(() if under_way else _buttons(proposal, flagged, reviewers, decides=decides)),
        ),
        footer=_footer(proposal),
        paper=proposal.id,
    )


def approving(proposal: Proposal, who: Person, words: str) -> Paragraph:
    """Who is approving what, and what that is waiting for."""
    return says(Mention(who.user), " is approving ", Bold(_sum(proposal)), f": {words}")


def decided_before(proposal: Proposal) -> str | Paragraph:
    """Who decided it and when, for whoever comes too late."""
    if not (proposal.decided_by and proposal.decided_at):
        return proposal.ending.sentence or "Nobody has decided this yet."
    did = "rejected" if proposal.state == "rejected" else "approved"
    by, at = Mention(proposal.decided_by.user), Moment(proposal.decided_at)
    more = f" {proposal.ending.sentence}" if proposal.ending.sentence else ""
    return says(by, f" {did} this already, ", at, f".{more}")


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
        as_of=figures.day(asked[0].last) if asked else "",
        source="Sage Intacct",
        policy=proposal.policy_version,
        snapshot=proposal.snapshot_id,
        read_at=proposal.made_at,
        bound=(
            f"{proposal.id} bound to payload {proposal.payload_hash[:8]} and sources "
            f"{proposal.sources_hash[:8]}"
        ),
    )


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
    """Who asked, who decided, when, and why not."""
    asked = ("Asked by ", Mention(proposal.asked_by.user), " ", Moment(proposal.made_at))
    if not (proposal.decided_by and proposal.decided_at):
        return says(*asked)
    verb = "rejected" if proposal.state == "rejected" else "approved"
    decided = (f" · {verb} by ", Mention(proposal.decided_by.user), " ")
    why = f". Reason: {proposal.reason}" if proposal.reason else ""
    return says(*asked, *decided, Moment(proposal.decided_at), why)


def _compared(proposal: Proposal) -> tuple[Paragraph, ...]:
    """Before and after, as long as it can still be decided by it or was."""
    return () if proposal.state == "stale" else (_before_and_after(proposal),)


def _before_and_after(proposal: Proposal) -> Paragraph:
    """Before and after on the lines both versions have, and what is new; together the total."""
    if not proposal.compared_with:
        one = len(proposal.lines) == 1
        which = (
            "this line; it is" if one else f"any of these {len(proposal.lines):,} lines; all are"
        )
        return says(
            Bold("Nothing to compare with: "),
            f"no budget and no earlier version has {which} new.",
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


def _turned(proposal: Proposal) -> tuple[Paragraph, ...]:
    """Which accounts are taken off, so that income and costs add up to the figure forecast."""
    if not proposal.turned:
        return ()
    accounts = ", ".join(proposal.turned)
    words = (
        f"{accounts} are costs and taken off here. Intacct holds each in its account’s own sign."
    )
    return (says(Bold("Income less costs: "), words),)


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


def _ending(proposal: Proposal) -> tuple[Paragraph, ...]:
    said: list[Paragraph] = []
    moved = proposal.ending.differences
    if moved:
        lines = [f"• {difference.sentence}" for difference in moved[:SHOWN]]
        if len(moved) > SHOWN:
            lines.append(f"• and {len(moved) - SHOWN:,} more")
        ledger = any("(" in f"{each.was}{each.now}" for each in moved[:SHOWN])
        how = ", as in the ledger: credits in parentheses" if ledger else ""
        said.append(says(Bold("What moved in Intacct"), f"{how}\n" + "\n".join(lines)))
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
