"""A sales order moved to another state: taken up, closed, or back to a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from analytics.ledger import Problem
from intacct.condition import all_of, equal
from intacct.documents import checks
from intacct.documents.held import Held
from intacct.wire import element

SalesState = Literal["Draft", "Pending", "Closed"]


@dataclass(frozen=True, slots=True)
class SalesOrderState:
    """The state an order shall have; the order is named by its id: `Sales Order-SO0042`."""

    order: str
    state: SalesState
    entity: str = ""

    @property
    def key(self) -> str:
        """The order and the state; an order that has it already is found by this."""
        return f"{self.order} {self.state}"

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        about = self.order.strip() or "sales order"
        order = checks.wording(about, "The order", self.order, checks.LONGEST_TEXT)
        entity = checks.optional_wording(about, "The entity", self.entity, checks.LONGEST_TEXT)
        return (*order, *entity)

    def wire(self) -> etree._Element:
        """The `update_sotransaction` call that changes the state and nothing else."""
        call = element("update_sotransaction", None, element("state", self.state))
        call.set("key", self.order)
        return call

    def held(self) -> Held:
        """The order itself, in that state."""
        where = all_of(equal("DOCID", self.order), equal("STATE", self.state))
        return Held("SODOCUMENT", where, number="DOCID")
