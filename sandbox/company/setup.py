"""What a company's administrator decided: currency, fiscal year, closed periods, who may enter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sandbox.company.definitions import (
    DEFINITIONS,
    ITEM_GROUPS,
    Definition,
    ItemGroup,
    read_definition,
)


@dataclass(frozen=True, slots=True)
class Sender:
    """A licence holder's sign-in, and whether this company lets it in."""

    id: str
    password: str
    authorised: bool


@dataclass(frozen=True, slots=True)
class User:
    """Who may sign in, and the objects they may write and read; `*` is every one."""

    id: str
    password: str
    may_write: tuple[str, ...]
    may_read: tuple[str, ...] = ("*",)


@dataclass(frozen=True, slots=True)
class Closed:
    """Periods of one application (`GL`, `AR`, `AP`, `CM`) in one entity, closed through a day."""

    entity: str
    application: str
    through: date


@dataclass(frozen=True, slots=True)
class Accounts:
    """Where subledgers post what no document names an account for.

    `due_from` and `due_to` are what entities owe each other; without them none may.
    """

    receivable: str = "1200"
    payable: str = "2000"
    discounts_given: str = "4900"
    discounts_taken: str = "8000"
    exchange: str = "8200"
    due_from: str = ""
    due_to: str = ""


@dataclass(frozen=True, slots=True)
class Setup:
    """The whole set-up; the base currency is empty where entities have several."""

    company_id: str
    company_name: str
    base_currency: str
    first_fiscal_month: int
    as_of: date
    seed: int
    senders: tuple[Sender, ...]
    users: tuple[User, ...]
    closed: tuple[Closed, ...] = ()
    accounts: Accounts = Accounts()
    definitions: tuple[Definition, ...] = DEFINITIONS
    item_groups: tuple[ItemGroup, ...] = ITEM_GROUPS


SANDBOX_SENDERS = (
    Sender("sandbox_sender", "sender_pw", authorised=True),
    Sender("stranger", "sender_pw", authorised=False),
)
RECEIVABLES_ONLY = ("CUSTOMER", "ARINVOICE", "ARINVOICEITEM", "ARPYMT", "ARPYMTDETAIL", "ARADVANCE")
SANDBOX_USERS = (
    User("bot_user", "pw!", ("*",)),
    User("reader", "pw!", ()),
    User("ar_clerk", "pw!", (), RECEIVABLES_ONLY),
)


def write_setup(connection: sqlite3.Connection, setup: Setup) -> None:
    """Keeps the set-up, one row per question, in place of any earlier one."""
    connection.executemany(
        "INSERT OR REPLACE INTO SETUP (KEY, VALUE) VALUES (?, ?)",
        [(key, json.dumps(value, default=str)) for key, value in sorted(asdict(setup).items())],
    )


def read_setup(connection: sqlite3.Connection) -> Setup:
    """The set-up as it is now."""
    rows = connection.execute("SELECT KEY, VALUE FROM SETUP").fetchall()
    kept = {key: json.loads(value) for key, value in rows}
    return Setup(
        company_id=kept["company_id"],
        company_name=kept["company_name"],
        base_currency=kept["base_currency"],
        first_fiscal_month=kept["first_fiscal_month"],
        as_of=date.fromisoformat(kept["as_of"]),
        seed=kept["seed"],
        senders=tuple(Sender(**one) for one in kept["senders"]),
        users=tuple(map(_user, kept["users"])),
        closed=tuple(
            Closed(one["entity"], one["application"], date.fromisoformat(one["through"]))
            for one in kept["closed"]
        ),
        accounts=Accounts(**kept.get("accounts", {})),
        **_orders(kept),
    )


def _orders(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The part about orders, which a company made before there was one does not have."""
    found: dict[str, Any] = {}
    if "definitions" in kept:
        found["definitions"] = tuple(map(read_definition, kept["definitions"]))
    if "item_groups" in kept:
        found["item_groups"] = tuple(ItemGroup(**one) for one in kept["item_groups"])
    return found


def _user(kept: Mapping[str, Any]) -> User:
    may_read = tuple(kept.get("may_read", ("*",)))
    return User(kept["id"], kept["password"], tuple(kept["may_write"]), may_read)
