"""Behaviour the vendor leaves open, or that differs between companies, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """How this gateway behaves where gateways differ.

    `wrong_sender_is_400` picks between HTTP 400 with GW-0011 and HTTP 200 with XL03000006.
    `advertised_url` is the endpoint sessions are told to use; empty means the gateway's own.
    """

    wrong_sender_is_400: bool = True
    session_lasts: timedelta = timedelta(hours=2)
    advertised_url: str = ""
