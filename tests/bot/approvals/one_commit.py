"""A process of its own that commits one proposal and is killed when Intacct has answered the write.

Arguments: the store's URL, the gateway's URL, the audit key, the proposal's id.
"""

from __future__ import annotations

import os
import signal
import sys

from analytics.ledger import FiscalCalendar
from bot.approvals.commit import commit
from bot.services import Services
from bot.settings import Secret
from bot.store.engine import open_store
from tests.bot.approvals.crash import Line, writes
from tests.bot.approvals.ledger import signed_in
from tests.bot.approvals.paper import Clock, policy


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(store_url: str, gateway_url: str, audit_key: str, proposal_id: str) -> None:
    services = Services(
        books=signed_in(gateway_url, line=Line(die, writes, after=True)),
        store=open_store(store_url),
        audit_key=Secret(audit_key),
        policy=policy(),
        calendar=FiscalCalendar(),
        clock=Clock(),
        default_entity="100",
    )
    commit(services, proposal_id, lambda: None)


if __name__ == "__main__":
    main(*sys.argv[1:])
