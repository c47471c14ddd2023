"""The App Home: published when it is opened, and again when something it shows has changed.

What a Home shows hangs on a few columns of a few rows. They make a mark, and only where the mark
is another than the one last published is the page drawn and Slack called.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.approvals.proposal import Proposal
from bot.approvals.queue import flagged, get_proposal, unreviewed
from bot.approvals.standing import (
    Standing,
    decidable,
    ended_of,
    looked_at,
    undecided,
    under_way_of,
)
from bot.desk.connection import Connection, connection
from bot.desk.desk import Desk
from bot.desk.home_page import Asked, Page, Waiting, closed_home, home_page
from bot.desk.showing import card_key
from bot.errors import Altered, NotDelivered
from bot.jobs.work import Work
from bot.messages.message import Home
from bot.messages.render import home_of
from bot.messages.workspace import BlocksRefused, call
from bot.policy import Person
from bot.store import homes
from bot.store.canonical import JSON, canonical
from bot.store.said import said_under
from bot.store.turn import turn

log = logging.getLogger("tieout.home")

KEPT_FOR: Final = timedelta(days=1)  # after its last opening a Home is no longer kept up to date
SOON: Final = timedelta(days=1)
LISTED: Final = 10
ENDED: Final = 5
DRAWING: Final = 1  # raised when the page looks different, so that every Home is drawn anew


@dataclass(frozen=True, slots=True)
class Common:
    """What every Home shows alike."""

    undecided: tuple[Standing, ...]
    connection: Connection


@dataclass(frozen=True, slots=True)
class Look:
    """What one person's Home hangs on."""

    who: Person
    waiting: tuple[Standing, ...]
    under_way: tuple[Standing, ...]
    ended: tuple[Standing, ...]
    mark: str


def opened(work: Work, desk: Desk) -> None:
    """Somebody opened their Home: it is published, and kept up to date from now on."""
    args: Any = work.args
    who = Person(args["team"], args["user"])
    homes.opened(desk.services.store, who, datetime.fromisoformat(args["at"]))
    publish(desk, who)


def refresh(desk: Desk) -> None:
    """Publish again each Home opened lately that shows something else than it would now."""
    services = desk.services
    shown = homes.shown_since(services.store, services.clock() - KEPT_FOR)
    if not shown:
        return
    common = _common(desk)
    for who, mark in shown.items():
        if _look(desk, who, common).mark != mark:
            with suppress(NotDelivered):  # one Home Slack does not take must not hold the others
                publish(desk, who, anyway=False)


def publish(desk: Desk, who: Person, *, anyway: bool = True) -> None:
    """This person's Home as it is now; one writer at a time, or an older one could come last.

    Without `anyway` only where it shows something else. Raises NotDelivered where Slack does not
    take it; where it never will, nothing more is published before it is opened again.
    """
    services = desk.services
    with turn(services.store, f"home:{who.team}/{who.user}"):
        common = _common(desk)
        look = _look(desk, who, common)
        if not anyway and homes.shown_to(services.store, who) == look.mark:
            return
        view = home_of(_drawn(desk, look, common))
        try:
            call(desk.slack.client.views_publish, user_id=who.user, view=view)
        except BlocksRefused as error:
            homes.forget(services.store, who)
            raise NotDelivered("Slack refused the Home", passing=False) from error
        except NotDelivered as error:
            if not error.passing:
                log.warning("a home was not taken: %s", error)
                homes.forget(services.store, who)
            raise
        homes.now_shows(services.store, who, look.mark, services.clock())


def home_for(desk: Desk, who: Person) -> Home:
    """The Home of this person as it is now."""
    common = _common(desk)
    return _drawn(desk, _look(desk, who, common), common)


def _common(desk: Desk) -> Common:
    return Common(undecided(desk.services.store), connection(desk.services))


def _look(desk: Desk, who: Person, common: Common) -> Look:
    services, policy = desk.services, desk.services.policy
    if not policy.may_see(who):
        return Look(who, (), (), (), _marked([DRAWING, policy.version, "closed"]))
    waiting = decidable(services, who, common.undecided)
    under_way = under_way_of(services.store, who)
    ended = ended_of(services.store, who, ENDED)
    looked = looked_at(services.store, who)
    mark = _marked(
        [
            DRAWING,
            policy.version,
            [
                [one.id, *_age(desk, one), looked.get(one.id, 0), _card(desk, one.id)]
                for one in waiting
            ],
            [[one.id, one.state, _card(desk, one.id)] for one in (*under_way, *ended)],
            common.connection.steady(),
        ]
    )
    return Look(who, waiting, under_way, ended, mark)


def _marked(hangs_on: JSON) -> str:
    return hashlib.sha256(canonical(hangs_on).encode()).hexdigest()


def _age(desk: Desk, one: Standing) -> tuple[int, bool]:
    """The whole days it waits, and whether its time is over within one."""
    now = desk.services.clock()
    return (now - one.made_at).days, one.expires_at - now <= SOON


def _card(desk: Desk, proposal_id: str) -> str:
    """The address of the card, "" where it is not posted or the workspace's is not known."""
    said, address = said_under(desk.services.store, card_key(proposal_id)), desk.address()
    if said is None or not address:
        return ""
    return f"{address.rstrip('/')}/archives/{said.channel}/p{said.ts.replace('.', '')}"


def _drawn(desk: Desk, look: Look, common: Common) -> Home:
    services = desk.services
    if not services.policy.may_see(look.who):
        return closed_home()
    waiting = tuple(_waiting(desk, look))
    return home_page(
        Page(
            who=look.who,
            waiting=waiting[:LISTED],
            more=tuple(one.proposal for one in waiting[LISTED:]),
            under_way=tuple(_asked(desk, look.under_way[:LISTED])),
            more_asked=len(look.under_way[LISTED:]),
            ended=tuple(_asked(desk, look.ended)),
            connection=common.connection,
            policy=services.policy,
            at=services.clock(),
        )
    )


def _waiting(desk: Desk, look: Look) -> Iterator[Waiting]:
    services = desk.services
    for one in look.waiting:
        proposal = _readable(desk, one)
        if proposal and proposal.state == "open":
            lines = flagged(proposal, services.policy)
            unseen = unreviewed(services, proposal, look.who)
            days, soon = _age(desk, one)
            yield Waiting(proposal, days, soon, len(lines), not unseen, _card(desk, one.id))


def _asked(desk: Desk, standings: Iterable[Standing]) -> Iterator[Asked]:
    for one in standings:
        if proposal := _readable(desk, one):
            yield Asked(proposal, _card(desk, one.id))


def _readable(desk: Desk, one: Standing) -> Proposal | None:
    """The proposal; None for one that cannot be read, which says so where it is decided."""
    with suppress(Altered):
        return get_proposal(desk.services.store, one.id)
    return None
