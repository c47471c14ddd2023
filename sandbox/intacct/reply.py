"""How an answer is written: three levels of status, and errors in their fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lxml import etree

from sandbox.intacct.error_ids import identity
from sandbox.intacct.listing import Listing, printable, written_out
from sandbox.intacct.refusal import Complaint
from sandbox.intacct.request import Control

LISTING_HERE = b"<?listing here?>"
XML_TYPE = 'text/xml; encoding="UTF-8"'
Status = Literal["success", "failure", "aborted"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back over HTTP."""

    body: bytes
    status: int = 200
    content_type: str = XML_TYPE


@dataclass(frozen=True, slots=True)
class Raw:
    """The answer of a call that asked for csv or json, which comes without an envelope."""

    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a request turned out to be, and how long the sign-in lasts."""

    user_id: str
    company_id: str
    location_id: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """How one function ended."""

    status: Status
    function: str
    control_id: str
    data: etree._Element | Listing | None = None
    complaints: tuple[Complaint, ...] = ()


def child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """A new last child; an empty text gives an empty element."""
    made = etree.SubElement(parent, name)
    made.text = printable(text) if text else None
    return made


def data(listtype: str, count: int, **more: str | int) -> etree._Element:
    """A `data` element with the attributes clients page by."""
    made = etree.Element("data", listtype=listtype, count=str(count))
    for name, value in more.items():
        made.set(name, str(value))
    return made


@dataclass(frozen=True, slots=True)
class Answered:
    """A request whose sender and user were accepted, and how each of its functions ended."""

    control: Control
    signed_in: SignedIn
    results: tuple[Result, ...]


def answer(one: Answered) -> Reply:
    """The whole answer, written; listings are put in as the text they are."""
    control = one.control
    root, operation = _opened(control)
    _authentication(operation, "success", one.signed_in)
    for result in one.results:
        operation.append(_result(result, more=control.more_about_errors))
    return Reply(_with_listings(_written(root, control), one))


def acknowledged(control: Control) -> Reply:
    """What is said at once to a request whose answer will be posted later."""
    root = etree.Element("response")
    child(child(root, "acknowledgement"), "status", "success")
    part = child(root, "control")
    child(part, "status", "success")
    _echo(part, control)
    return Reply(_written(root, control))


def not_signed_in(
    control: Control, user_id: str, company_id: str, complaints: Iterable[Complaint]
) -> Reply:
    """The answer when the sender is known and the user, company or session is refused."""
    root, operation = _opened(control)
    part = child(operation, "authentication")
    for name, text in (("status", "failure"), ("userid", user_id), ("companyid", company_id)):
        child(part, name, text)
    child(part, "locationid")
    _errors(operation, complaints, more=control.more_about_errors)
    return Reply(_written(root, control))


def refused(complaint: Complaint, control: Control | None = None, status: int = 200) -> Reply:
    """The answer when the envelope or the sender is refused; no control, no echo."""
    root = etree.Element("response")
    part = child(root, "control")
    child(part, "status", "failure")
    if control:
        _echo(part, control)
    _errors(root, [complaint], more=bool(control and control.more_about_errors))
    return Reply(_written(root, control or Control()), status)


def _opened(control: Control) -> tuple[etree._Element, etree._Element]:
    root = etree.Element("response")
    part = child(root, "control")
    child(part, "status", "success")
    _echo(part, control)
    return root, child(root, "operation")


def _echo(part: etree._Element, control: Control) -> None:
    child(part, "senderid", control.sender_id)
    child(part, "controlid", control.control_id)
    child(part, "uniqueid", str(control.unique).lower())
    child(part, "dtdversion", control.dtd_version)


def _authentication(operation: etree._Element, status: Status, signed_in: SignedIn) -> None:
    part = child(operation, "authentication")
    child(part, "status", status)
    child(part, "userid", signed_in.user_id)
    child(part, "companyid", signed_in.company_id)
    child(part, "locationid", signed_in.location_id)
    child(part, "sessiontimestamp", _instant(signed_in.at))
    child(part, "sessiontimeout", _instant(signed_in.until))


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def _result(result: Result, *, more: bool) -> etree._Element:
    part = etree.Element("result")
    child(part, "status", result.status)
    child(part, "function", result.function)
    child(part, "controlid", result.control_id)
    if isinstance(result.data, Listing):
        if result.data.heading is not None:
            part.append(result.data.heading)
        part.append(etree.ProcessingInstruction("listing", "here"))
    elif result.data is not None:
        part.append(result.data)
    if result.complaints:
        _errors(part, result.complaints, more=more)
    return part


def _with_listings(document: bytes, one: Answered) -> bytes:
    """Nothing a user wrote can look like the mark of a listing: their `<` are escaped."""
    pieces = document.split(LISTING_HERE)
    listings = [result.data for result in one.results if isinstance(result.data, Listing)]
    parts = [pieces[0]]
    for each, piece in zip(listings, pieces[1:], strict=True):
        parts += [written_out(each, spread=one.control.whitespace), piece]
    return b"".join(parts)


def _errors(parent: etree._Element, complaints: Iterable[Complaint], *, more: bool) -> None:
    message = child(parent, "errormessage")
    for complaint in complaints:
        error = child(message, "error")
        child(error, "errorno", complaint.errorno)
        child(error, "description", complaint.description)
        child(error, "description2", complaint.description2)
        child(error, "correction", complaint.correction)
        if more:
            _additional(error, complaint)


def _additional(error: etree._Element, complaint: Complaint) -> None:
    known = identity(complaint)
    part = child(error, "additionalinfo")
    child(part, "errorid", known.error_id)
    child(part, "category", known.category)
    target = child(part, "target")
    for name in ("domain", "requestinfo", "object", "field", "businessinfo"):
        target.set(name, "")
    corrects = f"{known.message_id}.CORRECTION" if complaint.correction and known.message_id else ""
    _wording(child(part, "description"), known.message_id, complaint.placeholders)
    _wording(child(part, "cdescription"), "", {})
    _wording(child(part, "correction"), corrects, {})


def _wording(part: etree._Element, message_id: str, placeholders: Mapping[str, str]) -> None:
    child(part, "messageid", message_id)
    child(part, "target")
    held = child(part, "placeholders")
    for name, value in placeholders.items():
        etree.SubElement(held, "placeholder", name=name, value=printable(value))


def _written(root: etree._Element, control: Control) -> bytes:
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=control.whitespace
    )
