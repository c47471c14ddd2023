"""A vendor's invoice for an order: which of its lines are billed, for how many and how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from analytics.ledger import Problem
from intacct.documents import checks
from intacct.documents.held import Expected, Held
from intacct.documents.order_line import OrderLine, held_line, line_item, order_line_problems
from intacct.documents.purchasing import (
    PurchaseHead,
    held_purchase,
    purchase_call,
    purchase_problems,
)


@dataclass(frozen=True, slots=True)
class BilledLine:
    """One line, and the record number of the order's line it bills."""

    line: OrderLine
    source_line: str


@dataclass(frozen=True, slots=True)
class VendorInvoice:
    """What a vendor bills of an order, which is named by its id: `Purchase Order-PO0213`."""

    head: PurchaseHead
    order: str
    billed: tuple[BilledLine, ...]
    entity: str = ""

    @property
    def key(self) -> str:
        """The document's id in Intacct."""
        return self.head.id

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        lines = [billed.line for billed in self.billed]
        return (
            *purchase_problems(self.head, self.entity),
            *order_line_problems(self.head.about, lines),
            *_source_problems(self),
        )

    def wire(self) -> etree._Element:
        """The `create_potransaction` call, made from the order line by line."""
        items = [line_item(one.line, source=one.source_line) for one in self.billed]
        return purchase_call(self.head, items, self.order)

    def held(self) -> Held:
        """The document with its lines, each naming the line it bills."""
        return held_purchase(self.head, [_held(one) for one in self.billed], self.order)


def _held(billed: BilledLine) -> dict[str, Expected]:
    return {**held_line(billed.line), "SOURCE_DOCLINEKEY": billed.source_line}


def _source_problems(invoice: VendorInvoice) -> Iterator[Problem]:
    about = invoice.head.about
    yield from checks.wording(about, "The order", invoice.order, checks.LONGEST_TEXT)
    for number, billed in enumerate(invoice.billed, start=1):
        at = f"{about}, line {number}"
        yield from checks.record_number(at, "The order's line", billed.source_line)
