"""An item: what is bought, sold or kept, under its id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from analytics.ledger import Problem
from intacct.condition import equal
from intacct.documents import checks
from intacct.documents.held import Held
from intacct.documents.legacy import optional
from intacct.wire import element

ItemType = Literal[
    "Inventory",
    "Non-Inventory",
    "Non-Inventory (Purchase only)",
    "Non-Inventory (Sales only)",
    "Kit",
    "Stockable Kit",
]


@dataclass(frozen=True, slots=True)
class Item:
    """An item; its group in the ledger says where its sales and purchases are posted."""

    id: str
    name: str
    type: ItemType
    group: str = ""
    product_line: str = ""
    description: str = ""
    entity: str = ""

    @property
    def key(self) -> str:
        """The item's id."""
        return self.id

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        about = self.id.strip() or "item"
        id_ = checks.natural_key(about, "The item's id", self.id)
        name = checks.wording(about, "The item's name", self.name, checks.LONGEST_TEXT)
        rest = (
            problem
            for what, words in (
                ("The group", self.group),
                ("The product line", self.product_line),
                ("The description", self.description),
                ("The entity", self.entity),
            )
            for problem in checks.optional_wording(about, what, words, checks.LONGEST_TEXT)
        )
        return (*id_, *name, *rest)

    def wire(self) -> etree._Element:
        """The `create` call that makes the item."""
        head = element(
            "ITEM",
            None,
            element("ITEMID", self.id),
            element("NAME", self.name),
            element("ITEMTYPE", self.type),
            *optional("PRODUCTLINEID", self.product_line),
            *optional("GLGROUP", self.group),
            *optional("EXTENDED_DESCRIPTION", self.description),
        )
        return element("create", None, head)

    def held(self) -> Held:
        """The item itself."""
        head = {
            "NAME": self.name,
            "ITEMTYPE": self.type,
            "PRODUCTLINEID": self.product_line,
            "GLGROUP": self.group,
            "EXTENDED_DESCRIPTION": self.description,
        }
        return Held("ITEM", equal("ITEMID", self.id), head)
