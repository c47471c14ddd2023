"""Transaction definitions: which orders there are, what becomes of them, and what they post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind of document in order entry (`SO`) or purchasing (`PO`).

    `prefix` begins its numbers; without one a document must bring its own. `posts` makes an
    invoice or a bill of it. `converts` names what it may be made from, `changes` what its lines
    may change. `account` takes the amounts of items whose group has none.
    """

    name: str
    module: str
    prefix: str = ""
    posts: bool = False
    approved: bool = False
    converts: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    account: str = ""


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Where the items of a GL group are posted when they are sold, and when they are bought."""

    name: str
    sold: str
    bought: str


DEFINITIONS = (
    Definition("Sales Quote", "SO", "SQ"),
    Definition("Sales Order", "SO", "SO", converts=("Sales Quote",)),
    Definition(
        "Sales Invoice",
        "SO",
        "SI",
        posts=True,
        converts=("Sales Quote", "Sales Order"),
        account="4300",
    ),
    Definition("Purchase Requisition", "PO", "PR", approved=True),
    Definition("Purchase Order", "PO", "PO", converts=("Purchase Requisition",)),
    Definition("PO Change Order", "PO", "CO", changes=("Purchase Order",)),
    Definition(
        "Vendor Invoice",
        "PO",
        "VI",
        posts=True,
        converts=("Purchase Order", "PO Change Order"),
        account="5300",
    ),
)
ITEM_GROUPS = (
    ItemGroup("Subscriptions", "4000", "5000"),
    ItemGroup("Services", "4100", "5200"),
    ItemGroup("Hardware", "4300", "5300"),
    ItemGroup("Licences", "4000", "5100"),
    ItemGroup("Fittings", "4300", "6220"),
)


def read_definition(kept: Mapping[str, Any]) -> Definition:
    """A definition as the set-up keeps it."""
    lists = {name: tuple(kept[name]) for name in ("converts", "changes")}
    return Definition(**{**kept, **lists})
