"""What a job works with: the books, the store, the rules, the calendar and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from analytics.ledger import FiscalCalendar
from bot.policy import Policy
from bot.settings import Secret
from intacct.client import Intacct


@dataclass(frozen=True, slots=True)
class Services:
    """Built once at the start and passed as an argument; `clock` gives aware instants in UTC."""

    books: Intacct
    store: Engine
    audit_key: Secret
    policy: Policy
    calendar: FiscalCalendar
    clock: Callable[[], datetime]
    default_entity: str
