"""Who talks to Intacct, and the session they talk in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlsplit

from lxml import etree

from intacct.errors import Garbled, NotSignedIn
from intacct.reply import Answer, Reply
from intacct.wire import element, instant_from, required_text, text_of

LONGEST_USE = timedelta(minutes=50)
MARGIN = timedelta(minutes=2)  # a request that leaves late must still arrive in time
# What another parser might end earlier, at a backslash, is no host.
_HOST = re.compile(r"[a-z0-9.\-]+|[0-9a-f:.]+", re.ASCII)
INTACCT_HOST = "intacct.com"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the gateway is, and as whom to sign in: the sender, the company and its user."""

    url: str
    sender_id: str
    sender_password: str = field(repr=False)
    company_id: str
    user_id: str
    user_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """An open session: its id, where its requests go, and until when it may be used."""

    id: str = field(repr=False)
    endpoint: str
    use_until: datetime


class Sessions:
    """The open sessions, one per entity; threads that need the same one sign in once."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._open: dict[str, Session] = {}
        self._doors: dict[str, Lock] = {}
        self._lock = Lock()

    def of(self, entity: str, sign_in: Callable[[], Session]) -> Session:
        """The entity's session, opened where there is none or its time is over."""
        with self._lock:
            door = self._doors.setdefault(entity, Lock())
        with door:
            held = self._open.get(entity)
            if held is None or self._clock() >= held.use_until:
                held = self._open[entity] = sign_in()
            return held

    def forget(self, session: Session, entity: str) -> None:
        """Use this session no more; one opened since stays."""
        with self._lock:
            if self._open.get(entity) is session:
                del self._open[entity]


def sign_in_call(entity: str) -> etree._Element:
    """The call that opens a session, of the whole company where the entity is ""."""
    return element("getAPISession", None, *([element("locationid", entity)] if entity else []))


def login(address: Address) -> etree._Element:
    """The credentials by user and password; the order of the children matters to old parsers."""
    return element(
        "login",
        None,
        element("userid", address.user_id),
        element("companyid", address.company_id),
        element("password", address.user_password),
    )


def opened_session(address: Address, entity: str, reply: Reply, now: datetime) -> Session:
    """The session a sign-in opened; Garbled for a strange endpoint, NotSignedIn elsewhere."""
    api = _api(reply.answers[0])
    endpoint = text_of(api, "endpoint") or address.url
    if not may_be_endpoint(endpoint, address.url):
        raise Garbled("the sign-in points to an address that is not Intacct's")
    opened = text_of(api, "locationid")
    if opened != entity:
        raise NotSignedIn(f"asked for entity “{entity}”, but the session is of “{opened}”")
    return Session(required_text(api, "sessionid"), endpoint, now + usable(reply.authentication))


def may_be_endpoint(endpoint: str, url: str) -> bool:
    """Whether credentials may follow: the same scheme and host, or Intacct's own over https."""
    try:
        to, asked = urlsplit(endpoint), urlsplit(url)
        host, _ = to.hostname or "", to.port  # a port out of range is a ValueError
    except ValueError:
        return False
    if not _HOST.fullmatch(host) or to.username is not None or to.password is not None:
        return False
    if to.scheme == asked.scheme and host == asked.hostname:
        return True
    ours = host == INTACCT_HOST or host.endswith(f".{INTACCT_HOST}")
    return to.scheme == "https" and ours


def usable(authentication: etree._Element | None) -> timedelta:
    """How long a session may be used: 50 minutes, or less where it ends sooner.

    Intacct's two instants are compared with each other, so its clock and ours may differ.
    """
    if authentication is None:
        return LONGEST_USE
    opened = text_of(authentication, "sessiontimestamp")
    ends = text_of(authentication, "sessiontimeout")
    if not opened or not ends:
        return LONGEST_USE
    life = instant_from(ends) - instant_from(opened)
    return max(min(LONGEST_USE, life - min(MARGIN, life / 10)), timedelta(0))


def _api(answer: Answer) -> etree._Element:
    api = answer.data.find("api")
    if api is None:
        raise Garbled("the sign-in answers without a session")
    return api
