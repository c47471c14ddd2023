"""What is to be said in Slack and what stands there, by the key that says which message it is.

sending    wanted, and not known to be there; `tried_at` is set where a try may have arrived
sent       there; where it shows something else than is wanted, `next_try_at` says when to change it
refused    Slack does not take it; who asks for it again has it tried again
gone       somebody deleted it, so there is nothing left to keep true
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.canonical import instant
from bot.store.engine import reading
from bot.store.tables import message

OTHERS = "ts:"  # before the ts of a message that is not ours, in place of a key
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was posted: its place, and the hash of what it says now."""

    channel: str
    ts: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message belongs: a channel or a person, and the message whose thread it is in."""

    channel: str
    parent: str = ""  # a key, or OTHERS and a ts
    about: str = ""

    @property
    def lane(self) -> str:
        """What is said in one lane arrives in the order in which it was asked for.

        The thread of a message of ours is named by its key alone: what it says to a person stands
        in another channel than the one it was meant for, once it was posted.
        """
        if not self.parent:
            return self.channel
        return f"{self.channel if self.parent.startswith(OTHERS) else ''}/{self.parent}"


@dataclass(frozen=True, slots=True)
class Body:
    """What a message is to say, drawn for Slack, and the hash of it."""

    text: str
    hash: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message on its way, as its lane looks at it."""

    key: str
    posted: bool
    next_try_at: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A message about to be sent; `tried_at` where an earlier try may have arrived."""

    key: str
    channel: str
    ts: str
    parent: str
    body: str
    body_hash: str
    tries: int
    tried_at: str
    wanted_at: str


def said_under(store: Engine, key: str) -> Said | None:
    """Where the message under this key stands, None where it was never posted."""
    with reading(store) as tx:
        row = tx.execute(select(message).where(message.c.key == key)).one_or_none()
    return Said(row.channel, row.ts, row.body_hash or "") if row and row.ts else None


def place_of(store: Engine, key: str) -> Place | None:
    """Where the message under this key stands or will stand; None where there will be none."""
    with reading(store) as tx:
        row = tx.execute(select(message).where(message.c.key == key)).one_or_none()
    return Place(row.channel, row.parent, row.about or "") if row and _lives(row) else None


def refused_at(store: Engine, key: str) -> Place | None:
    """Where Slack did not take the message under this key; None for any other."""
    with reading(store) as tx:
        row = tx.execute(select(message).where(message.c.key == key)).one_or_none()
    if row is None or row.state != "refused":
        return None
    return Place(row.channel, row.parent, row.about or "")


def lane_of(store: Engine, key: str) -> str:
    """The lane of a message that is known here."""
    with reading(store) as tx:
        return str(tx.execute(select(message.c.lane).where(message.c.key == key)).scalar_one())


def keys_about(store: Engine, about: str, beginning: str) -> tuple[str, ...]:
    """The keys, of those that begin so, of what is said about something, the first one first."""
    query = select(message.c.key).where(
        message.c.about == about, message.c.key.startswith(beginning, autoescape=True)
    )
    with reading(store) as tx:
        return tuple(tx.execute(query.order_by(message.c.at, message.c.key)).scalars())


def says(store: Engine, key: str, body_hash: str) -> bool:
    """Whether Slack shows just this under the key, and nothing else is wanted."""
    with reading(store) as tx:
        row = tx.execute(select(message).where(message.c.key == key)).one_or_none()
    return row is not None and row.body_hash == body_hash and row.next_try_at is None


def changed_since(store: Engine, key: str, since: datetime) -> bool:
    """Whether what the message is to say was last changed after this instant."""
    with reading(store) as tx:
        query = select(message.c.wanted_at).where(message.c.key == key)
        return (tx.execute(query).scalar_one_or_none() or "") > instant(since)


def want_posted(store: Engine, key: str, place: Place, body: Body, at: datetime) -> None:
    """Note what is to be posted; nothing changes where it was noted before and not refused."""
    fresh = {**_wanted(body, at), "lane": place.lane, "state": "sending", "tries": 0}
    with store.begin() as tx:
        row = _locked(tx, key)
        if row and (_lives(row) or row.state == "gone"):
            return
        number = select(func.coalesce(func.max(message.c.number), 0) + 1).where(
            message.c.lane == place.lane
        )
        fresh |= {"number": tx.execute(number).scalar_one(), "next_try_at": instant(at)}
        where = {"channel": place.channel, "parent": place.parent, "about": place.about}
        if row:
            _set(tx, key, fresh | {"channel": place.channel})
        else:
            add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
            new = {"key": key, "at": instant(at), **where, **fresh}
            tx.execute(add(message).values(new).on_conflict_do_nothing())


def want_changed(
    store: Engine, key: str, body: Body, at: datetime, *, instead_of: str = ""
) -> bool:
    """Note what it is to say from now on; False where there is nothing to do about it.

    `instead_of` is the hash of what it must still be meant to say, or nothing is noted.
    """
    with store.begin() as tx:
        row = _locked(tx, key)
        if row is None or not _lives(row) or (instead_of and row.wanted_hash != instead_of):
            return False
        if row.wanted_hash == body.hash and (row.next_try_at or row.body_hash == body.hash):
            return row.next_try_at is not None
        _set(tx, key, {**_wanted(body, at), "next_try_at": row.next_try_at or instant(at)})
        return True


def lanes_due(store: Engine, now: datetime) -> tuple[str, ...]:
    """The lanes in which something may be tried now."""
    due = message.c.next_try_at <= instant(now)
    with reading(store) as tx:
        # Not DISTINCT: for that SQLite would rather walk through all that was ever said.
        return tuple(dict.fromkeys(tx.execute(select(message.c.lane).where(due)).scalars()))


def waiting_in(store: Engine, lane: str) -> tuple[Waiting, ...]:
    """What is on its way in the lane, in its order."""
    query = (
        select(message.c.key, message.c.ts, message.c.next_try_at)
        .where(message.c.lane == lane, message.c.next_try_at.is_not(None))
        .order_by(message.c.number, message.c.key)
        .limit(_AT_ONCE)
    )
    with reading(store) as tx:
        return tuple(Waiting(row.key, bool(row.ts), row.next_try_at) for row in tx.execute(query))


def take(store: Engine, key: str, at: datetime) -> Taken | None:
    """The message as it is to be sent now; from here on nobody knows what Slack shows.

    None where Slack already shows it.
    """
    with store.begin() as tx:
        row = _locked(tx, key)
        if row is None or row.next_try_at is None:
            return None
        if row.ts and row.wanted_hash == row.body_hash:
            _set(tx, key, {"next_try_at": None, "body": None, "tries": 0})
            return None
        if row.ts:
            _set(tx, key, {"body_hash": None})
        else:
            _set(tx, key, {"tried_at": row.tried_at or instant(at)})
    return Taken(
        key=key,
        channel=row.channel,
        ts=row.ts or "",
        parent=row.parent,
        body=row.body or "",
        body_hash=row.wanted_hash,
        tries=row.tries,
        tried_at=row.tried_at or "",
        wanted_at=row.wanted_at or row.at,
    )


def now_says(store: Engine, key: str, said: Said, at: datetime) -> None:
    """Note where it stands and what it says; what was asked of it meanwhile is still to be done."""
    with store.begin() as tx:
        row = _locked(tx, key)
        done = row is None or row.wanted_hash == said.body_hash
        _set(
            tx,
            key,
            {
                "channel": said.channel,
                "ts": said.ts,
                "state": "sent",
                "body_hash": said.body_hash,
                "tries": 0,
                "next_try_at": None if done else instant(at),
            }
            | ({"body": None} if done else {}),
        )
        held_back = message.c.parent == key, message.c.next_try_at > instant(at)
        tx.execute(update(message).where(*held_back).values(next_try_at=instant(at)))


def try_again(store: Engine, taken: Taken, at: datetime, tries: int, *, arrived: bool) -> None:
    """Note when to try next, and the tries so far; `arrived` where this one may have got there."""
    tried = {} if arrived or taken.ts else {"tried_at": taken.tried_at or None}
    with store.begin() as tx:
        _set(tx, taken.key, {"next_try_at": instant(at), "tries": tries, **tried})


def give_up(store: Engine, taken: Taken, state: str) -> None:
    """Note that it is refused, or gone; what was posted before stands as it is."""
    with store.begin() as tx:
        kept = "sent" if taken.ts and state == "refused" else state
        tried = {} if taken.ts else {"tried_at": taken.tried_at or None}
        _set(tx, taken.key, {"state": kept, "next_try_at": None, "body": None, **tried})


def _lives(row: Row[tuple[object, ...]]) -> bool:
    """Whether it stands, or is on its way; what was begun before it could wait is not."""
    return row.state == "sent" or (row.state == "sending" and row.wanted_hash is not None)


def _wanted(body: Body, at: datetime) -> dict[str, object]:
    return {"body": body.text, "wanted_hash": body.hash, "wanted_at": instant(at)}


def _locked(tx: Connection, key: str) -> Row[tuple[object, ...]] | None:
    return tx.execute(select(message).where(message.c.key == key).with_for_update()).one_or_none()


def _set(tx: Connection, key: str, values: dict[str, object]) -> None:
    tx.execute(update(message).where(message.c.key == key).values(values))
