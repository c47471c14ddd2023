"""What came back: the answers of the functions, or the error Intacct reported at any level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from lxml import etree

from intacct.errors import (
    Busy,
    Garbled,
    IntacctError,
    KeySeen,
    NotSignedIn,
    OffLine,
    OutcomeUnknown,
    TransactionUndone,
    Unreachable,
)
from intacct.exchange import Received
from intacct.faults import Level, error_for, faults_in
from intacct.wire import count_from, parsed, text_of

_XML: Final = ("text/xml", "application/xml")
_MAINTENANCE: Final = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one function: which it was, and the element it answered with."""

    function: str
    control_id: str
    result: etree._Element

    @property
    def data(self) -> etree._Element:
        """The data element; Garbled where the function answered without one."""
        found = self.result.find("data")
        if found is None:
            raise Garbled(f"{self.function} answers without data")
        return found

    @property
    def whole(self) -> etree._Element:
        """The data element; Garbled where it holds more or fewer records than it says."""
        data = self.data
        said = data.get("count")
        if said is not None and count_from(said) != len(data):
            raise Garbled(f"{self.function} says {said} records, and sends {len(data)}")
        return data

    @property
    def records(self) -> tuple[etree._Element, ...]:
        """What the data element holds, all of it; Garbled otherwise."""
        return tuple(self.whole)

    def count(self, attribute: str) -> int:
        """A count the data element declares, like `numremaining`; Garbled where it is missing."""
        return count_from(self.data.get(attribute, ""))


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply without errors: who was signed in, and one answer per function, in order."""

    authentication: etree._Element | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reply has to answer: the functions' control ids, and how they were sent."""

    control_ids: tuple[str, ...]
    request_id: str = ""  # of the whole; Intacct repeats it
    writing: bool = False
    as_one: bool = False  # all of them, or none


def read_reply(received: Received, asked: Asked, *, told_to_wait: float | None = None) -> Reply:
    """The answers to what was asked, in order; every failure raised as its error.

    `told_to_wait` is what a Retry-After header says in seconds; an error that passes carries it.
    """
    if received.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Busy("Intacct has no room for this request now", told_to_wait)
    _refuse_pages(received, told_to_wait)
    root = parsed(received.content)
    if root.tag != "response":
        raise Garbled("the answer is XML, but no gateway's")
    said = root.findtext("control/controlid", "").strip()
    if said and asked.request_id and said != asked.request_id:
        raise Garbled("the answer is one to another request")
    _raise_failure(Level.CONTROL, root.find("control"), root, writing=asked.writing)
    operation = root.find("operation")
    if operation is None:
        raise Garbled("the answer has no operation")
    authentication = operation.find("authentication")
    _raise_failure(Level.AUTHENTICATION, authentication, operation, writing=asked.writing)
    return Reply(authentication, _answers(operation, asked))


def _refuse_pages(received: Received, told_to_wait: float | None) -> None:
    """Only XML is a gateway's answer; in front of it stand machines that answer for it."""
    kind = received.headers.get("content-type", "").partition(";")[0].strip().lower()
    status = received.status
    if kind in _XML and (200 <= status < 300 or 400 <= status < 500):
        return
    if status == HTTPStatus.UNAUTHORIZED:
        raise NotSignedIn("Intacct answered with HTTP 401")
    if status in _MAINTENANCE:
        raise OffLine(f"Intacct is closed for now, HTTP {status}", told_to_wait)
    if "html" in kind or not 200 <= status < 300:
        raise Unreachable(f"no answer of Intacct's, HTTP {status}")
    raise Garbled(f"the answer is {kind or 'of no named kind'} and no XML")


def _raise_failure(
    level: Level, part: etree._Element | None, parent: etree._Element, *, writing: bool
) -> None:
    status = text_of(part, "status") if part is not None else ""
    if status != "success":
        faults = faults_in(parent)
        if status != "failure" and not faults:
            raise Garbled(f"the answer has no status for {level.value}")
        raise error_for(level, faults, writing=writing)


def _answers(operation: etree._Element, asked: Asked) -> tuple[Answer, ...]:
    results = operation.findall("result")
    answered = tuple(text_of(result, "controlid") for result in results)
    if strange := set(answered) - {"", *asked.control_ids}:
        raise Garbled(f"{len(strange)} of the answers are not to what was asked")
    failed = [result for result in results if not _succeeded(result)]
    if failed and asked.as_one:
        raise _undone(results, failed)
    if failed:
        raise error_for(Level.RESULT, faults_in(failed[0]), writing=asked.writing)
    if answered != asked.control_ids:
        raise Garbled("the answers are not those to what was asked")
    return tuple(
        Answer(text_of(result, "function"), control_id, result)
        for result, control_id in zip(results, answered, strict=True)
    )


def _succeeded(result: etree._Element) -> bool:
    status = text_of(result, "status")
    if status not in ("success", "failure", "aborted"):
        raise Garbled("a result has no status")
    return status == "success"


def _undone(results: Sequence[etree._Element], failed: Sequence[etree._Element]) -> IntacctError:
    """Why a transaction was not done; the culprit is the one that failed, the others aborted."""
    if len(failed) < len(results):
        return OutcomeUnknown("Intacct says of one transaction that it was done and that it failed")
    own = [result for result in failed if not all(fault.undone for fault in faults_in(result))]
    culprits = [result for result in own or failed if text_of(result, "status") == "failure"]
    culprit = (culprits or own or failed)[0]
    cause = error_for(Level.RESULT, faults_in(culprit), writing=True)
    if isinstance(cause, TransactionUndone | KeySeen | NotSignedIn | Unreachable):
        return cause
    place = f"function {results.index(culprit) + 1} of {len(results)}"
    undone = TransactionUndone(f"{place}: {cause}", cause)
    undone.marks = cause.marks
    return undone
