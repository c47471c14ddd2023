"""A person's Home drawn: what waits for them, what they asked for, how things stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from bot.approvals.proposal import Proposal, State
from bot.desk.connection import Connection, in_words
from bot.desk.edge import NO_RIGHTS
from bot.messages import figures
from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Heading,
    Home,
    Link,
    Mention,
    Moment,
    Paragraph,
    Part,
    Span,
    says,
)
from bot.policy import Person, Policy

ABOUT = (
    "I am the finance teammate in Slack: I forecast from the books in Sage Intacct, put what "
    "should be written there before the people who may decide, and keep the record of it."
)

STATES: Final[Mapping[State, str]] = {
    "open": "Waits for a decision",
    "approved": "Approved, being written",
    "committed": "In Intacct",
    "rejected": "Rejected",
    "stale": "Out of date",
    "expired": "Expired",
    "failed": "Not written",
    "unsettled": "Unsettled",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for this person, and what of it they still have to look at.

    `days` it waits; `soon` its time is over within a day; `card` is the address of its card.
    """

    proposal: Proposal
    days: int
    soon: bool
    flagged: int
    looked_at: bool
    card: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal this person asked for, and the address of its card."""

    proposal: Proposal
    card: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that a Home shows to somebody who may see figures."""

    who: Person
    waiting: tuple[Waiting, ...]
    more: tuple[Proposal, ...]  # that wait too, beyond those listed
    under_way: tuple[Asked, ...]
    more_asked: int  # under way too
    ended: tuple[Asked, ...]
    connection: Connection
    policy: Policy
    at: datetime


def closed_home() -> Home:
    """For somebody without rights: what this is and whom to ask, and no figure."""
    return Home((Heading("Tieout"), says(ABOUT), says(NO_RIGHTS)))


def home_page(page: Page) -> Home:
    """The page from the top: the mode, what waits, what was asked for, digests, the connection."""
    return Home(
        parts=(
            says(Bold("Mode: approve"), ". Nothing is written to Intacct without a click."),
            Heading(_waits(page)),
            *_waiting(page),
            *_asked(page),
            Heading("Digests"),
            says("You get none; no digest can be subscribed to yet."),
            Heading("Connection"),
            in_words(page.connection),
            Heading("Who decides"),
            _deciders(page.policy),
        ),
        footer=says(
            "as of ",
            Moment(page.at),
            f" · source Tieout’s own record · policy v{page.policy.version} · drawn anew when it "
            "changes",
        ),
    )


def _waits(page: Page) -> str:
    """How many wait; revenue and expenses make no sum, so each says its own amount."""
    many = len(page.waiting) + len(page.more)
    return f"Waiting for you: {many:,}" if many else "Waiting for you"


def _waiting(page: Page) -> tuple[Part, ...]:
    if not page.waiting:
        if page.who in page.policy.budget_deciders:
            return (says("Nothing waits for you. You are up to date."),)
        return (says("Nothing waits for you: what you ask for, others decide."),)
    drawn: list[Part] = []
    for one in page.waiting:
        drawn += [_to_decide(one), Buttons(_buttons(one))]
    if page.more:
        count = figures.count(len(page.more), "more", "more")
        drawn.append(says(Bold(f"and {count}"), f", {sums_of(page.more)}; see their cards."))
    return tuple(drawn)


def _to_decide(one: Waiting) -> Paragraph:
    proposal = one.proposal
    waits = f", waiting for {figures.count(one.days, 'day')}" if one.days else ""
    return says(
        Bold(proposal.title),
        f"\n{_what(proposal)}, budget version {proposal.document.budget_id}",
        "\nAsked by ",
        Mention(proposal.asked_by.user),
        " · ",
        Moment(proposal.made_at),
        f"{waits} · ",
        Bold("decide soon: ") if one.soon else "",
        "open until ",
        Moment(proposal.expires_at),
        *_to_review(one),
        *_see(one.card),
    )


def _to_review(one: Waiting) -> tuple[Span, ...]:
    if not one.flagged:
        return ()
    count = figures.count(one.flagged, "line")
    if one.looked_at:
        return (f"\nYou reviewed the {count} that changed a lot.",)
    return ("\n", Bold(f"{count} to review"), " before you can approve.")


def _buttons(one: Waiting) -> tuple[Button, ...]:
    """What this person can do now: approving comes once they looked at every flagged line."""
    proposal = one.proposal
    asks = (
        f"This writes budget version {proposal.document.budget_id} to Intacct: {_what(proposal)}."
    )
    first = (
        Button(f"Review {one.flagged:,}", "proposal.review", proposal.id, "primary")
        if one.flagged and not one.looked_at
        else Button("Approve", "proposal.approve", proposal.id, "primary", asks)
    )
    buttons = (
        first,
        Button("Reject", "proposal.reject", proposal.id, "danger"),
        Button("All lines", "paper.table", f"{proposal.id}|0|0"),
        Button("Sources", "paper.sources", proposal.id),
    )
    return tuple(replace(each, spoken=f"{each.label}: {proposal.title}") for each in buttons)


def _asked(page: Page) -> tuple[Part, ...]:
    """What they asked for; nothing of it for somebody who only decides."""
    asked = (*page.under_way, *page.ended)
    if not asked and page.who not in page.policy.forecast_askers:
        return ()
    heading = Heading("You asked")
    if not asked:
        return (heading, says("Nothing yet. Type ", Bold("/forecast"), " to begin."))
    more = says(f"and {figures.count(page.more_asked, 'more', 'more')} under way")
    return (
        heading,
        *map(_as_it_stands, page.under_way),
        *((more,) if page.more_asked else ()),
        *map(_as_it_stands, page.ended),
    )


def _as_it_stands(one: Asked) -> Paragraph:
    """The state first, then what it is about, then what is to be known about the state."""
    proposal = one.proposal
    state = Bold(STATES[proposal.state])
    about = f" · {proposal.title}\n{_what(proposal)} · "
    return says(state, about, *_standing(proposal), *_see(one.card))


def _standing(proposal: Proposal) -> tuple[Span, ...]:
    """Who decided and when, until when it waits, or why it ended."""
    match proposal.state:
        case "open":
            return ("open until ", Moment(proposal.expires_at))
        case "approved":
            return ("approved", *_decided(proposal))
        case "committed":
            return (f"record {proposal.record_no}, approved", *_decided(proposal))
        case "rejected":
            return ("rejected", *_decided(proposal), f"\nReason: {proposal.reason}")
        case "expired":
            return (Moment(proposal.expires_at), "; nothing was written")
    return (proposal.ending.sentence or "nothing was written",)


def _decided(proposal: Proposal) -> tuple[Span, ...]:
    if not (proposal.decided_by and proposal.decided_at):
        return ()
    return (" by ", Mention(proposal.decided_by.user), " · ", Moment(proposal.decided_at))


def _see(card: str) -> tuple[Span, ...]:
    return (" · ", Link("see the card", card)) if card else ()


def _what(proposal: Proposal) -> str:
    return f"{sums_of([proposal])} in {figures.count(len(proposal.lines), 'line')}"


def sums_of(proposals: Sequence[Proposal]) -> str:
    """What they come to, exactly, in each currency: `USD 5.00 and EUR 3.00`."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for proposal in proposals:
        sums[proposal.document.currency] += sum((line.new for line in proposal.lines), Decimal(0))
    return " and ".join(f"{code} {figures.amount(sums[code])}" for code in sorted(sums))


def _deciders(policy: Policy) -> Paragraph:
    """Who may click, as the policy says; a mention on a Home lets nobody know."""
    names: list[Span] = []
    for who in sorted(policy.budget_deciders):
        names += [", " if names else "", Mention(who.user)]
    return says(*names, ". Nobody decides what they asked for themselves.")
