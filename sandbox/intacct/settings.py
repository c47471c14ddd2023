"""Behaviour the vendor leaves open, or that differs between companies, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """How this gateway behaves where gateways differ.

    `wrong_sender_is_400` picks between HTTP 400 with GW-0011 and HTTP 200 with XL03000006.
    `advertised_url` is the endpoint sessions are told to use; empty means the gateway's own.
    `legacy_order_matters` refuses object-specific calls whose elements are out of order.
    `unpaid_may_be_deleted` lets a posted document that nothing was paid on be deleted.
    `parties_are_numbered` gives customers and vendors their ids instead of asking for them.
    """

    wrong_sender_is_400: bool = True
    session_lasts: timedelta = timedelta(hours=2)
    advertised_url: str = ""
    legacy_order_matters: bool = True
    unpaid_may_be_deleted: bool = True
    parties_are_numbered: bool = False
