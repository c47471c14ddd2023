"""Behaviour the vendor leaves open, or that differs between companies, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import urlsplit

from sandbox.intacct.limits import Limit

HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """How this gateway behaves where gateways differ.

    `wrong_sender_is_400` picks between HTTP 400 with GW-0011 and HTTP 200 with XL03000006.
    `advertised_url` is the endpoint sessions are told to use; empty means the gateway's own.
    `legacy_order_matters` refuses object-specific calls whose elements are out of order.
    `unpaid_may_be_deleted` lets a posted document that nothing was paid on be deleted.
    `parties_are_numbered` gives customers and vendors their ids instead of asking for them.
    `limit` is what the company takes at once and in a minute. `policies` are the transport policies
    it has: a name, and the address of this machine where answers are posted once they are ready.
    `unreadable_is_refused` picks between a refusal and no records for what a user may not read.
    """

    wrong_sender_is_400: bool = True
    session_lasts: timedelta = timedelta(hours=2)
    advertised_url: str = ""
    legacy_order_matters: bool = True
    unpaid_may_be_deleted: bool = True
    parties_are_numbered: bool = False
    limit: Limit = field(default_factory=Limit)
    policies: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unreadable_is_refused: bool = False

    def __post_init__(self) -> None:
        """Answers are never posted to another machine."""
        if far := [one for one in self.policies.values() if urlsplit(one).hostname not in HERE]:
            raise ValueError(f"{', '.join(far)} is not an address of this machine")
