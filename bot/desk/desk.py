"""What the work behind the edge has at hand, and how requests get onto its pile."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.audit import AuditEntry, record
from bot.jobs.work import enqueue
from bot.messages.workspace import Slack
from bot.policy import Person
from bot.services import Services
from bot.store.canonical import JSON


@dataclass(frozen=True, slots=True)
class Desk:
    """The services, and the workspace to answer in."""

    services: Services
    slack: Slack


@dataclass(frozen=True, slots=True)
class Asked:
    """A request from Slack, under Slack's own id."""

    key: str
    who: Person
    did: str
    about: str
    job: str
    args: Mapping[str, JSON]
    at: datetime


def take(services: Services, asked: Asked) -> bool:
    """Put the request on the pile and on record, in one transaction; False if it came before.

    After this a crash loses nothing, so it may be acknowledged.
    """
    with services.store.begin() as tx:
        new = enqueue(tx, asked.key, asked.job, asked.args, asked.at)
        did = asked.did if new else f"{asked.did} (delivered again)"
        record(tx, services.audit_key, _entry(asked, did))
    return new


def note(services: Services, asked: Asked, did: str) -> None:
    """Put on record what needs no work: a refusal, a window opened."""
    with services.store.begin() as tx:
        record(tx, services.audit_key, _entry(asked, did))


def reference(key: str) -> str:
    """A short reference that person and log share."""
    return b32encode(hashlib.sha256(key.encode()).digest())[:6].decode()


def _entry(asked: Asked, did: str) -> AuditEntry:
    """Who did it and to what; addresses Slack hands out are no part of the record."""
    said = {name: value for name, value in asked.args.items() if name not in _UNRECORDED}
    who = f"{asked.who.team}/{asked.who.user}"
    return AuditEntry(asked.at, who, did, asked.about, {"request": asked.key, **said})


_UNRECORDED = {"response_url", "team", "user", "at"}
