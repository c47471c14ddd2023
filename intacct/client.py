"""One signed-in conversation with Intacct: ask, or write.

A read whose answer is lost is asked again. A write leaves once; when its answer is lost only
Intacct knows whether it arrived, and that is what OutcomeUnknown says.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from random import SystemRandom
from threading import BoundedSemaphore, Lock
from typing import Final, TypeVar
from uuid import uuid4

import httpx
from lxml import etree

from intacct.auth import Address, Session, login, opened_session, sign_in_call
from intacct.envelope import content, request
from intacct.errors import (
    Busy,
    Garbled,
    IntacctError,
    NotAuthorised,
    NotPermitted,
    NotSignedIn,
    OutcomeUnknown,
    Refused,
    Unreachable,
)
from intacct.reply import Answer, Reply, read_reply
from intacct.wire import element

__all__ = ["Address", "Answer", "Call", "Intacct"]

IN_FLIGHT: Final = 2  # requests at a time, what a company of the default tier may have
TRIES: Final = 4
FIRST_WAIT: Final = 1.0  # seconds, doubled each time
LONGEST_WAIT: Final = 60.0
HEADERS: Final = {
    "Content-Type": "application/xml",
    "Accept": "application/xml, text/xml",
    "Accept-Encoding": "gzip",
    "User-Agent": "tieout",
}
# Failures before a byte of the request has left.
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the gateway as it is kept on record: no password, session id or body.

    `request_sha256` is of the functions alone, so that the same question has the same hash;
    `reply_sha256` is "" where no reply came. `outcome` is "success" or the error's class name.
    """

    at: datetime
    function: str
    control_id: str
    entity: str
    request_sha256: str
    reply_sha256: str
    ms: int
    outcome: str


@dataclass(frozen=True, slots=True)
class _Question:
    """The functions of one request, and how they are to be sent."""

    calls: tuple[tuple[str, etree._Element], ...]
    control_id: str
    entity: str
    writing: bool


class Intacct:
    """One conversation per sender, company, user and entity; threads may share it."""

    def __init__(
        self,
        address: Address,
        *,
        clock: Callable[[], datetime],
        on_call: Callable[[Call], None],
        transport: httpx.BaseTransport | None = None,
        timeout_seconds: float = 60,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address = address
        self._clock = clock
        self._on_call = on_call
        self._wait = wait
        self._http = httpx.Client(transport=transport, timeout=timeout_seconds, headers=HEADERS)
        self._room = BoundedSemaphore(IN_FLIGHT)
        self._sessions: dict[str, Session] = {}
        self._doors: dict[str, Lock] = {}
        self._lock = Lock()

    def ask(self, *functions: etree._Element, entity: str = "") -> tuple[Answer, ...]:
        """One answer per function, in order; asked again a few times when nobody answers."""
        calls = tuple((str(n), call) for n, call in enumerate(functions, start=1))
        question = _Question(calls, uuid4().hex, entity, writing=False)
        return self._patiently(lambda: self._in_session(question))

    def write(self, function: etree._Element, *, key: str, entity: str = "") -> Answer:
        """The answer to a write that Intacct refuses to do twice under one key.

        Unreachable and Refused mean it was not done; OutcomeUnknown means look before writing
        again. It is never repeated here once it has left.
        """
        self._patiently(lambda: self._session(entity))
        question = _Question(((key, function),), key, entity, writing=True)
        return self._in_session(question)[0]

    def close(self) -> None:
        """Hang up; sessions end by themselves."""
        self._http.close()

    def _patiently(self, attempt: Callable[[], _T]) -> _T:
        for tried in range(1, TRIES):
            try:
                return attempt()
            except Unreachable as error:
                self._wait(_pause(tried, error))
        return attempt()

    def _in_session(self, question: _Question) -> tuple[Answer, ...]:
        session = self._session(question.entity)
        try:
            return self._send_in(session, question).answers
        except (NotSignedIn, NotAuthorised):
            # nothing was done; the session may merely have ended
            self._forget(session, question.entity)
        session = self._session(question.entity)
        try:
            return self._send_in(session, question).answers
        except (NotSignedIn, NotAuthorised):
            self._forget(session, question.entity)
            raise

    def _send_in(self, session: Session, question: _Question) -> Reply:
        return self._send(session.endpoint, element("sessionid", session.id), question)

    def _session(self, entity: str) -> Session:
        with self._lock:
            door = self._doors.setdefault(entity, Lock())
        with door:
            held = self._sessions.get(entity)
            if held is None or self._clock() >= held.use_until:
                held = self._sessions[entity] = self._sign_in(entity)
            return held

    def _forget(self, session: Session, entity: str) -> None:
        with self._lock:
            if self._sessions.get(entity) is session:
                del self._sessions[entity]

    def _sign_in(self, entity: str) -> Session:
        """A new session; whatever Intacct refuses here is final."""
        calls = (("1", sign_in_call(entity)),)
        question = _Question(calls, uuid4().hex, entity, writing=False)
        now = self._clock()
        try:
            reply = self._send(self._address.url, login(self._address), question)
        except (NotSignedIn, NotAuthorised, NotPermitted):
            raise
        except Refused as error:
            raise NotSignedIn(str(error)) from error
        return opened_session(self._address, entity, reply, now)

    def _send(self, url: str, credentials: etree._Element, question: _Question) -> Reply:
        """One request, put on record whatever becomes of it."""
        calls = content(question.calls)
        body = request(
            self._address,
            credentials,
            calls,
            control_id=question.control_id,
            once=question.writing,
        )
        asked = sha256(etree.tostring(calls)).hexdigest()
        at, began = self._clock(), time.perf_counter()
        replied, outcome = "", "unfinished"
        try:
            answered = self._post(url, body, writing=question.writing)
            replied = sha256(answered.content).hexdigest()
            reply = self._understood(answered, question, credentials.text or "")
            outcome = "success"
        except IntacctError as error:
            outcome = type(error).__name__
            raise
        finally:
            ms = round((time.perf_counter() - began) * 1000)
            self._on_call(_call(question, at, asked, replied, ms, outcome))
        return reply

    def _post(self, url: str, body: bytes, *, writing: bool) -> httpx.Response:
        try:
            with self._room:
                return self._http.post(url, content=body)
        except _NEVER_LEFT as error:
            raise Unreachable(f"nothing left: {type(error).__name__}") from error
        except httpx.RequestError as error:
            words = f"the connection failed: {type(error).__name__}"
            if writing:
                raise OutcomeUnknown(words) from error
            if isinstance(error, httpx.DecodingError):
                raise Garbled(words) from error
            raise Unreachable(words) from error

    def _understood(self, answered: httpx.Response, question: _Question, session_id: str) -> Reply:
        control_ids = [control_id for control_id, _ in question.calls]
        try:
            return read_reply(answered, control_ids, writing=question.writing)
        except IntacctError as error:
            error.args = (self._without_secrets(str(error), session_id),)
            # Busy was turned away at the door, so nothing was done
            lost = isinstance(error, Unreachable | Garbled) and not isinstance(error, Busy)
            if question.writing and lost:
                raise OutcomeUnknown(str(error)) from error
            raise

    def _without_secrets(self, words: str, session_id: str) -> str:
        for secret in (self._address.sender_password, self._address.user_password, session_id):
            words = words.replace(secret, "***") if secret else words
        return words


def _pause(tried: int, error: Unreachable) -> float:
    """Seconds to wait: as told, or doubling with jitter so that clients do not march in step."""
    if isinstance(error, Busy) and error.seconds is not None:
        return min(error.seconds, LONGEST_WAIT)
    longest = min(FIRST_WAIT * 2 ** (tried - 1), LONGEST_WAIT)
    return SystemRandom().uniform(longest / 2, longest)


def _named(calls: Sequence[tuple[str, etree._Element]]) -> str:
    """The functions of a request for the record: `query`, or `query ×3`."""
    names = Counter(str(call.tag) for _, call in calls)
    return ", ".join(name if n == 1 else f"{name} ×{n}" for name, n in names.items())


def _call(
    question: _Question, at: datetime, asked: str, replied: str, ms: int, outcome: str
) -> Call:
    return Call(
        at=at,
        function=_named(question.calls),
        control_id=question.control_id,
        entity=question.entity,
        request_sha256=asked,
        reply_sha256=replied,
        ms=ms,
        outcome=outcome,
    )
