"""One signed-in conversation with Intacct: ask, or write.

A read whose answer is lost is asked again. A write leaves once; when its answer is lost only
Intacct knows whether it arrived, and that is what OutcomeUnknown says. A write that was turned away
at the door was not done, and knocks again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Final
from uuid import uuid4

import httpx
from lxml import etree

from intacct.auth import Address, Session, Sessions, login, opened_session, sign_in_call
from intacct.billing import billed
from intacct.call import Call, named, on_record
from intacct.envelope import content, request
from intacct.errors import (
    Busy,
    CompanyExpired,
    IntacctError,
    Marks,
    NotAuthorised,
    NotPermitted,
    NotSignedIn,
    OffLine,
    OutcomeUnknown,
    Refused,
    TransactionUndone,
)
from intacct.exchange import LARGEST, Exchange, Outgoing, Received
from intacct.gate import Gate, OwnGate
from intacct.patience import SHORTEST_WAIT, patiently, seconds_told
from intacct.reply import Answer, Asked, Reply, read_reply
from intacct.wire import element

__all__ = ["Address", "Answer", "Call", "Intacct"]

PATIENCE: Final = 75.0  # seconds of waiting in all, where Intacct says that it has no room


@dataclass(frozen=True, slots=True)
class _Question:
    """The functions of one request, and how they are to be sent."""

    calls: tuple[tuple[str, etree._Element], ...]
    control_id: str
    entity: str
    writing: bool = False
    as_one: bool = False
    background: bool = False

    @property
    def asked(self) -> Asked:
        """What its reply has to answer."""
        ids = tuple(id_ for id_, _ in self.calls)
        return Asked(ids, self.control_id, self.writing, self.as_one)


class Intacct:
    """One conversation per sender, company and user; threads may share it.

    Every request passes the gate. `patience_seconds` bounds the waiting for a busy Intacct, and
    `largest_answer` the bytes of one answer.
    """

    def __init__(
        self,
        address: Address,
        *,
        clock: Callable[[], datetime],
        on_call: Callable[[Call], None],
        gate: Gate | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout_seconds: float = 60,
        patience_seconds: float = PATIENCE,
        largest_answer: int = LARGEST,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address = address
        self._clock = clock
        self._on_call = on_call
        self._gate: Gate = gate or OwnGate()
        self._patiently = partial(
            patiently, seconds=patience_seconds, wait=wait, told=self._gate.hold_off
        )
        self._line = Exchange(
            self._gate, timeout_seconds=timeout_seconds, largest=largest_answer, transport=transport
        )
        self._sessions = Sessions(clock)

    def ask(
        self, *functions: etree._Element, entity: str = "", background: bool = False
    ) -> tuple[Answer, ...]:
        """One answer per function, in order; asked again a few times when nobody answers.

        What asks in the background leaves a place in the gate to those a person waits for.
        """
        calls = tuple((str(n), call) for n, call in enumerate(functions, start=1))
        question = _Question(calls, uuid4().hex, entity, background=background)
        return self._patiently(lambda: self._in_session(question))

    def write(self, function: etree._Element, *, key: str, entity: str = "") -> Answer:
        """The answer to a write that Intacct refuses to do twice under one key.

        Unreachable and Refused mean it was not done; OutcomeUnknown means look before writing
        again. It is repeated here only where it was turned away at the door.
        """
        return self._written(_Question(((key, function),), key, entity, writing=True))[0]

    def write_all(
        self, functions: Sequence[etree._Element], *, key: str, entity: str = ""
    ) -> tuple[Answer, ...]:
        """The answers to writes that are all done or none, in order; under `key:1`, `key:2`, ….

        TransactionUndone names the one that failed; as for any other Refused and for Unreachable,
        nothing was done. KeySeen means that all were done before, OutcomeUnknown look first.
        """
        calls = tuple((f"{key}:{n}", call) for n, call in enumerate(functions, start=1))
        return self._written(_Question(calls, key, entity, writing=True, as_one=True))

    def close(self) -> None:
        """Hang up; sessions end by themselves."""
        self._line.close()

    def _written(self, question: _Question) -> tuple[Answer, ...]:
        self._patiently(lambda: self._session(question))
        return self._patiently(lambda: self._in_session(question), passes=Busy)

    def _in_session(self, question: _Question) -> tuple[Answer, ...]:
        session = self._session(question)
        try:
            return self._send_in(session, question).answers
        except (NotSignedIn, NotAuthorised):
            # nothing was done; the session may merely have ended
            self._sessions.forget(session, question.entity)
        session = self._session(question)
        try:
            return self._send_in(session, question).answers
        except (NotSignedIn, NotAuthorised):
            self._sessions.forget(session, question.entity)
            raise

    def _send_in(self, session: Session, question: _Question) -> Reply:
        return self._send(session.endpoint, element("sessionid", session.id), question)

    def _session(self, question: _Question) -> Session:
        return self._sessions.of(question.entity, lambda: self._sign_in(question))

    def _sign_in(self, meant: _Question) -> Session:
        """A new session; whatever Intacct refuses here is final."""
        calls = (("1", sign_in_call(meant.entity)),)
        question = _Question(calls, uuid4().hex, meant.entity, background=meant.background)
        now = self._clock()
        try:
            reply = self._send(self._address.url, login(self._address), question)
        except (NotSignedIn, NotAuthorised, NotPermitted, CompanyExpired):
            raise
        except Refused as error:
            refused = NotSignedIn(str(error))
            refused.marks = error.marks
            raise refused from error
        return opened_session(self._address, meant.entity, reply, now)

    def _send(self, url: str, credentials: etree._Element, question: _Question) -> Reply:
        """One request, put on record whatever becomes of it."""
        calls = content(question.calls)
        body = request(
            self._address,
            credentials,
            calls,
            control_id=question.control_id,
            once=question.writing,
            as_one=question.as_one,
        )
        functions = [call for _, call in question.calls]
        out = Outgoing(url, body, billed(functions), question.writing, question.background)
        call = Call(
            at=self._clock(),
            function=named(functions),
            control_id=question.control_id,
            entity=question.entity,
            request_sha256=sha256(etree.tostring(calls)).hexdigest(),
        )
        with on_record(call, self._on_call) as heard:
            received = self._line.send(out)
            heard.hear(received.content)
            return self._understood(received, question, out, credentials.text or "")

    def _understood(
        self, received: Received, question: _Question, out: Outgoing, session_id: str
    ) -> Reply:
        headers = received.headers
        told = seconds_told(headers.get("retry-after", ""), headers.get("date", ""), self._clock())
        try:
            return read_reply(received, question.asked, told_to_wait=told)
        except IntacctError as error:
            self._without_secrets(error, session_id)
            if isinstance(error, Busy | OffLine):
                self._gate.hold_off(SHORTEST_WAIT if error.seconds is None else error.seconds)
            if received.answered and isinstance(error, Refused | Busy | OffLine):
                self._gate.count(-out.billed)  # it was counted when it left
            elif question.writing and not isinstance(error, Refused | Busy):
                unknown = OutcomeUnknown(str(error))
                unknown.marks = error.marks
                raise unknown from error
            raise

    def _without_secrets(self, error: IntacctError, session_id: str) -> None:
        secrets = (self._address.sender_password, self._address.user_password, session_id)

        def hidden(words: str) -> str:
            for secret in filter(None, secrets):
                words = words.replace(secret, "***")
            return words

        error.args = (hidden(str(error)),)
        error.marks = Marks(*map(hidden, astuple(error.marks)))
        if isinstance(error, TransactionUndone) and error.cause is not None:
            self._without_secrets(error.cause, session_id)
