"""A change order: what a purchase order is changed by, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from analytics.ledger import Problem
from intacct.documents import checks
from intacct.documents.held import Expected, Held
from intacct.documents.legacy import optional
from intacct.documents.order_line import OrderLine, held_line, line_item, order_line_problems
from intacct.documents.purchasing import (
    PurchaseHead,
    held_purchase,
    purchase_call,
    purchase_problems,
)
from intacct.wire import element


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: what is added to a line of an order, or taken away where it is negative.

    The order and its line are named by their record numbers; no line means a new one.
    """

    line: OrderLine
    order_record: str
    line_record: str = ""


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    """Changes to purchase orders of one vendor; the orders themselves stay as they were."""

    head: PurchaseHead
    changes: tuple[ChangeLine, ...]
    entity: str = ""

    @property
    def key(self) -> str:
        """The document's id in Intacct."""
        return self.head.id

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        lines = [change.line for change in self.changes]
        return (
            *purchase_problems(self.head, self.entity),
            *order_line_problems(self.head.about, lines, changes=True),
            *_related_problems(self),
        )

    def wire(self) -> etree._Element:
        """The `create_potransaction` call, each line with what it changes."""
        items = [line_item(one.line, related=_related(one)) for one in self.changes]
        return purchase_call(self.head, items)

    def held(self) -> Held:
        """The document with its lines, each naming what it changes."""
        return held_purchase(self.head, [_held(change) for change in self.changes])


def _related(change: ChangeLine) -> list[etree._Element]:
    order = element("relateddockey", change.order_record)
    return [order, *optional("relateddoclinekey", change.line_record)]


def _held(change: ChangeLine) -> dict[str, Expected]:
    keys = {"RELATEDDOCKEY": change.order_record, "RELATEDDOCLINEKEY": change.line_record}
    return {**held_line(change.line), **keys}


def _related_problems(order: ChangeOrder) -> Iterator[Problem]:
    for number, change in enumerate(order.changes, start=1):
        at = f"{order.head.about}, line {number}"
        yield from checks.record_number(at, "The order that is changed", change.order_record)
        if change.line_record:
            yield from checks.record_number(at, "The line that is changed", change.line_record)
