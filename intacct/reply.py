"""What came back: the answers of the functions, or the error Intacct reported at any level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import httpx
from lxml import etree

from intacct.errors import Busy, Garbled, NotSignedIn, Unreachable
from intacct.faults import Level, error_for, faults_in
from intacct.wire import count_from, parsed, text_of

_XML = ("text/xml", "application/xml")


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
    def records(self) -> tuple[etree._Element, ...]:
        """What the data element holds."""
        return tuple(self.data)

    def count(self, attribute: str) -> int:
        """A count the data element declares, like `numremaining`; Garbled where it is missing."""
        return count_from(self.data.get(attribute, ""))


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply without errors: who was signed in, and one answer per function, in order."""

    authentication: etree._Element | None
    answers: tuple[Answer, ...]


def read_reply(answered: httpx.Response, control_ids: Sequence[str], *, writing: bool) -> Reply:
    """The answers to the functions with these control ids; every failure raised as its error."""
    if answered.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise Busy("Intacct has no room for this request now", _retry_after(answered))
    _refuse_pages(answered)
    root = parsed(answered.content)
    if root.tag != "response":
        raise Garbled("the answer is XML, but no gateway's")
    _raise_failure(Level.CONTROL, root.find("control"), root, writing=writing)
    operation = root.find("operation")
    if operation is None:
        raise Garbled("the answer has no operation")
    authentication = operation.find("authentication")
    _raise_failure(Level.AUTHENTICATION, authentication, operation, writing=writing)
    answers = _answers(operation, control_ids, writing=writing)
    return Reply(authentication, answers)


def _refuse_pages(answered: httpx.Response) -> None:
    """Only XML is a gateway's answer; in front of it stand machines that answer for it."""
    kind = answered.headers.get("content-type", "").partition(";")[0].strip().lower()
    status = answered.status_code
    if kind in _XML and (answered.is_success or answered.is_client_error):
        return
    if status == httpx.codes.UNAUTHORIZED:
        raise NotSignedIn("Intacct answered with HTTP 401")
    if "html" in kind or not answered.is_success:
        raise Unreachable(f"no answer of Intacct's, HTTP {status}")
    raise Garbled(f"the answer is {kind or 'of no named kind'} and no XML")


def _retry_after(answered: httpx.Response) -> float | None:
    told = answered.headers.get("retry-after", "").strip()
    return float(told) if told.isascii() and told.isdigit() else None


def _raise_failure(
    level: Level, part: etree._Element | None, parent: etree._Element, *, writing: bool
) -> None:
    status = text_of(part, "status") if part is not None else ""
    if status != "success":
        faults = faults_in(parent)
        if status != "failure" and not faults:
            raise Garbled(f"the answer has no status for {level.value}")
        raise error_for(level, faults, writing=writing)


def _answers(
    operation: etree._Element, control_ids: Sequence[str], *, writing: bool
) -> tuple[Answer, ...]:
    results = operation.findall("result")
    for result in results:
        _raise_result(result, writing=writing)
    answered = [text_of(result, "controlid") for result in results]
    if answered != list(control_ids):
        raise Garbled("the answers are not those to what was asked")
    return tuple(
        Answer(text_of(result, "function"), text_of(result, "controlid"), result)
        for result in results
    )


def _raise_result(result: etree._Element, *, writing: bool) -> None:
    status = text_of(result, "status")
    if status == "success":
        return
    if status not in ("failure", "aborted"):
        raise Garbled("a result has no status")
    raise error_for(Level.RESULT, faults_in(result), writing=writing)
