"""A purchase order, or another purchasing document that is made of nothing before it."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from analytics.ledger import Problem
from intacct.documents.held import Held
from intacct.documents.order_line import OrderLine, held_line, line_item, order_line_problems
from intacct.documents.purchasing import (
    PurchaseHead,
    held_purchase,
    purchase_call,
    purchase_problems,
)


@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """What is ordered from a vendor, line by line."""

    head: PurchaseHead
    lines: tuple[OrderLine, ...]
    entity: str = ""

    @property
    def key(self) -> str:
        """The document's id in Intacct."""
        return self.head.id

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        lines = order_line_problems(self.head.about, self.lines)
        return (*purchase_problems(self.head, self.entity), *lines)

    def wire(self) -> etree._Element:
        """The `create_potransaction` call."""
        return purchase_call(self.head, [line_item(line) for line in self.lines])

    def held(self) -> Held:
        """The document with its lines."""
        return held_purchase(self.head, [held_line(line) for line in self.lines])
