"""What Intacct's error numbers and sentences mean, as our errors.

`XL03000006` means five things, so the level of the failure and its words decide, not the number
alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote

from lxml import etree

from intacct.errors import (
    Busy,
    DuplicateDocument,
    IntacctError,
    NotAuthorised,
    NotFound,
    NotPermitted,
    NotSignedIn,
    PeriodClosed,
    Refused,
    Rejected,
    Unreachable,
)
from intacct.wire import text_of

LONGEST_WORDS = 1000
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SUPPORT = re.compile(r"\[Support ID: [^\]]*\]")

_DUPLICATE_NUMBERS = {"BL34000061", "PL05000104"}
_GENERAL = re.compile(r"could not (create|update|delete) .*record\.?", re.IGNORECASE)

_DUPLICATE = re.compile(
    r"another .* already exists|already been (executed|processed)|previously executed"
    r"|control ?id .*(not unique|already|duplicate)|duplicate .*control ?id",
    re.IGNORECASE | re.DOTALL,
)
_PERIOD = re.compile(
    r"\bperiods?\b[^.;]{0,80}\b(closed|not open|not budgetable|non-budgetable|not a budgetable"
    r"|not found|not exist|unknown|inactive|invalid|not valid)"
    r"|\b(closed|unknown|invalid|non-budgetable|no|inactive)\b[^.]{0,40}\bperiod\b"
    r"|\bbooks? (are|is) closed|date must be on or after",
    re.IGNORECASE | re.DOTALL,
)
_PERMISSION = re.compile(
    r"not have permission|no permission|insufficient (permission|privilege|right)"
    r"|not (permitted|allowed) to|permission denied",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\bnot found\b|does not exist|do not exist|non-existing|cannot find", re.IGNORECASE
)
_RATE = re.compile(r"rate limit exceeded|too many requests", re.IGNORECASE)
_OFFLINE = re.compile(r"temporarily off-?line|temporarily unavailable", re.IGNORECASE)


class Level(Enum):
    """Where in the reply the failure stands."""

    CONTROL = "control"
    AUTHENTICATION = "authentication"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Fault:
    """One `error` element: its number, which is sometimes a sentence, and its words."""

    number: str
    description: str
    words: str


def faults_in(parent: etree._Element) -> tuple[Fault, ...]:
    """The errors under the parent's `errormessage`, in Intacct's order: the cause comes first."""
    return tuple(map(_fault, parent.findall("errormessage/error")))


def plain(text: str) -> str:
    """The text without HTML, its support id readable, on one line."""
    untagged = html.unescape(_TAG.sub(" ", text))
    readable = _SUPPORT.sub(lambda found: unquote(found[0]), untagged)
    return " ".join(readable.split())


def error_for(level: Level, faults: Sequence[Fault], *, writing: bool) -> IntacctError:
    """The error these faults mean; a plain Refused (Rejected for a write) where none is known."""
    words = _said(faults)
    if any(f.number == "GW-0010" for f in faults) or _RATE.search(words):
        return Busy(words)
    if _OFFLINE.search(words):
        return Unreachable(words)
    match level:
        case Level.CONTROL:
            return _control_error(faults, words, writing=writing)
        case Level.AUTHENTICATION:
            return _authentication_error(faults, words)
        case Level.RESULT:
            return _result_error(faults, words, writing=writing)


def _fault(error: etree._Element) -> Fault:
    description = plain(text_of(error, "description"))
    number = text_of(error, "errorno")
    said = plain(text_of(error, "description2")) or description
    return Fault(number, description, said or plain(number) or "Intacct gives no reason")


def _said(faults: Sequence[Fault]) -> str:
    """Each cause once; the general line that follows them only where it stands alone."""
    causes = [f.words for f in faults if not _GENERAL.fullmatch(f.words)]
    said = dict.fromkeys(causes or [f.words for f in faults])
    return "; ".join(said)[:LONGEST_WORDS] or "Intacct refused and gave no reason"


def _control_error(faults: Sequence[Fault], words: str, *, writing: bool) -> IntacctError:
    numbers = {f.number for f in faults}
    if numbers & {"XMLGW_JPP0002", "UJPP0002", "invalidRequest", "PL04000055"}:
        return NotSignedIn(words)
    if "GW-0011" in numbers or re.search(r"partner id|sender", words, re.IGNORECASE):
        return NotAuthorised(words)
    return Rejected(words) if writing else Refused(words)


def _authentication_error(faults: Sequence[Fault], words: str) -> IntacctError:
    told = " ".join((words, *(f.description for f in faults)))
    if re.search(r"invalid web services authorization|sender id", told, re.IGNORECASE):
        return NotAuthorised(words)
    return NotSignedIn(words)


def _result_error(faults: Sequence[Fault], words: str, *, writing: bool) -> IntacctError:
    if _PERMISSION.search(words):
        return NotPermitted(words)
    if writing:
        return _document_error(faults, words)
    return NotFound(words) if _MISSING.search(words) else Refused(words)


def _document_error(faults: Sequence[Fault], words: str) -> IntacctError:
    if any(f.number in _DUPLICATE_NUMBERS for f in faults) or _DUPLICATE.search(words):
        return DuplicateDocument(words)
    if _PERIOD.search(words):
        return PeriodClosed(words)
    return Rejected(words)
