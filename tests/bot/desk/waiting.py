"""A desk with proposals on it, as they are kept; Intacct is never asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine, insert

from analytics.ledger import FiscalCalendar
from bot.approvals.proposal import Proposal
from bot.approvals.stored import proposal_as_row
from bot.services import Services
from bot.settings import Secret
from bot.store.tables import proposal as table
from bot.store.tables import snapshot
from intacct.call import Call
from intacct.client import Address, Intacct
from tests.bot.approvals.paper import ANA, line, policy, proposal

KEY = Secret("a key for tests")


def unheard(call: Call) -> None:
    """There is none: nothing asks Intacct."""


def services_with(store: Engine, clock: Callable[[], datetime]) -> Services:
    """All a desk needs that asks Intacct nothing."""
    nowhere = Address("http://127.0.0.1:9/", "sender", "pw", "acme", "user", "pw")
    return Services(
        books=Intacct(nowhere, clock=clock, on_call=unheard),
        store=store,
        audit_key=KEY,
        policy=policy(),
        calendar=FiscalCalendar(),
        clock=clock,
        default_entity="100",
        company="acme",
        monthly_allowance=100_000,
    )


def waiting(number: int, amount: str = "10.00", old: str = "10.00") -> Proposal:
    """A proposal of one line that Ana asked for, the title saying which it is."""
    one = proposal(line(old, amount))
    return replace(
        one,
        id=f"PRP-{number:08d}",
        key=f"k{number}",
        title=f"Forecast no. {number}",
        snapshot_id=f"SNP-{number:08d}",
        asked_by=ANA,
    )


def keep(store: Engine, *proposals: Proposal) -> None:
    """They are on the desk, as staging leaves them."""
    with store.begin() as tx:
        for one in proposals:
            tx.execute(insert(snapshot), {"id": one.snapshot_id, "at": "", "body": "[]"})
            tx.execute(insert(table), dict(proposal_as_row(one)))
