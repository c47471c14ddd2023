"""How proposals stand, without what is in them: a look that costs next to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Engine, func, select

from bot.policy import Person
from bot.services import Services
from bot.store.canonical import read_instant
from bot.store.engine import reading
from bot.store.tables import proposal, review

UNDER_WAY: Final = ("open", "approved", "unsettled")


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal's state and what decides who may change it; all else in it never changes."""

    id: str
    state: str
    asked_by: Person
    made_at: datetime
    expires_at: datetime


def decidable(
    services: Services, who: Person, standings: tuple[Standing, ...]
) -> tuple[Standing, ...]:
    """Those of them this person may decide now."""
    may, now = services.policy.may_decide, services.clock()
    return tuple(one for one in standings if now < one.expires_at and may(who, one.asked_by))


def undecided(store: Engine) -> tuple[Standing, ...]:
    """Every proposal that waits for a decision, oldest first."""
    return _standings(store, proposal.c.state == "open")


def under_way_of(store: Engine, who: Person) -> tuple[Standing, ...]:
    """What this person asked for and is not ended, the latest first."""
    return _standings(store, *_of(who), proposal.c.state.in_(UNDER_WAY))[::-1]


def ended_of(store: Engine, who: Person, most: int) -> tuple[Standing, ...]:
    """The last proposals of this person that ended, the latest asked for first."""
    ended = proposal.c.state.not_in(UNDER_WAY)
    return _standings(store, *_of(who), ended, newest=most)


def looked_at(store: Engine, who: Person) -> Mapping[str, int]:
    """How many lines this person reviewed, by proposal that waits for a decision."""
    query = (
        select(review.c.proposal, func.count().label("lines"))
        .join(proposal, proposal.c.id == review.c.proposal)
        .where(review.c.team == who.team, review.c.who == who.user, proposal.c.state == "open")
        .group_by(review.c.proposal)
    )
    with reading(store) as tx:
        return {row.proposal: row.lines for row in tx.execute(query)}


def _of(who: Person) -> tuple[ColumnElement[bool], ...]:
    return (proposal.c.team == who.team, proposal.c.asked_by == who.user)


def _standings(store: Engine, *where: ColumnElement[bool], newest: int = 0) -> tuple[Standing, ...]:
    made = (proposal.c.made_at, proposal.c.id)
    query = select(
        *(proposal.c.id, proposal.c.state, proposal.c.team, proposal.c.asked_by),
        *(proposal.c.made_at, proposal.c.expires_at),
    ).where(*where)
    if newest:
        query = query.order_by(*(column.desc() for column in made)).limit(newest)
    else:
        query = query.order_by(*made)
    with reading(store) as tx:
        rows = tx.execute(query).all()
    return tuple(
        Standing(
            id=row.id,
            state=row.state,
            asked_by=Person(row.team, row.asked_by),
            made_at=read_instant(row.made_at),
            expires_at=read_instant(row.expires_at),
        )
        for row in rows
    )
