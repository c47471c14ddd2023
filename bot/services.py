"""What a job works with: the books, the store, the rules, the calendar and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from sqlalchemy import Engine

from analytics.ledger import FiscalCalendar
from bot.policy import Policy
from bot.settings import Secret
from intacct.client import Intacct

P = ParamSpec("P")
T = TypeVar("T")


class Arithmetic(Protocol):
    """Calls a function with its arguments, wherever that disturbs nobody."""

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function returns; its errors are raised here."""
        ...


def here(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Arithmetic in this very thread."""
    return function(*args, **kwargs)


def silent(words: str) -> None:
    """Progress that nobody is told."""


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
    company: str = ""  # Intacct's id of it, and what it may ask a month
    monthly_allowance: int = 1
    arithmetic: Arithmetic = here
    progress: Callable[[str], None] = silent
