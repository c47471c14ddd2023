"""What Intacct's error numbers and sentences mean, as our errors.

`XL03000006` means six things and `XL03000009` two, so the level of the failure and its words
decide, not the number alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final
from urllib.parse import unquote

from lxml import etree

from intacct.errors import (
    UNMARKED,
    BeyondDue,
    Busy,
    CannotBeQueried,
    CompanyExpired,
    CursorExpired,
    DimensionMissing,
    DuplicateDocument,
    IntacctError,
    KeySeen,
    Marks,
    NotAuthorised,
    NotFound,
    NotPermitted,
    NotSignedIn,
    OffLine,
    PeriodClosed,
    Refused,
    Rejected,
    TransactionUndone,
)
from intacct.wire import text_of

LONGEST_WORDS: Final = 1000
LONGEST_SAID: Final = 20_000  # of what Intacct says; looking for its meaning takes the square
LONGEST_SUPPORT_ID: Final = 200
NO_REASON: Final = "Intacct refused and gave no reason"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SUPPORT = re.compile(r"\[Support ID: ([^\]]*)\]")

_SIGN_IN_NUMBERS = {"XMLGW_JPP0002", "UJPP0002", "invalidRequest"}
_DUPLICATE_NUMBERS = {"BL34000061", "PL05000104"}
_GENERAL = re.compile(r"could not (create|update|delete) .*record\.?", re.IGNORECASE)
_UNDONE = re.compile(r"transaction .*rolled back", re.IGNORECASE | re.DOTALL)
_SESSION = re.compile(
    r"\bsession\b.{0,60}\b(expired|invalid|ended|timed out|not valid|no longer)"
    r"|\b(expired|invalid)\b.{0,20}\bsession\b|sign-in information",
    re.IGNORECASE | re.DOTALL,
)
_SEEN = re.compile(
    r"already been (executed|processed)|previously executed"
    r"|control ?id .*(not unique|already|duplicate)|duplicate .*control ?id",
    re.IGNORECASE | re.DOTALL,
)
_DUPLICATE = re.compile(
    r"another .* already exists|\bduplicate [\w ]{1,40}\b(number|id|name|key)\b",
    re.IGNORECASE | re.DOTALL,
)
_PERIOD = re.compile(
    r"\bperiods?\b[^.;]{0,80}\b(closed|not open|not budgetable|non-budgetable|not a budgetable"
    r"|not found|not exist|unknown|inactive|invalid|not valid)"
    r"|\b(closed|unknown|invalid|non-budgetable|no|inactive)\b[^.]{0,40}\bperiod\b"
    r"|\bbooks? (are|is) closed|date must be on or after",
    re.IGNORECASE | re.DOTALL,
)
_DIMENSION = re.compile(r"\bmissing\b.{0,60}\bdimension\b", re.IGNORECASE | re.DOTALL)
_BEYOND = re.compile(
    r"(greater than|more than|exceeds?)( the)?( total)? amount due", re.IGNORECASE | re.DOTALL
)
_PERMISSION = re.compile(
    r"not have permission|no permission|insufficient (permission|privilege|right)"
    r"|not (permitted|allowed) to|permission denied",
    re.IGNORECASE,
)
_UNQUERIED = re.compile(r"fields? cannot be queried:?(.*)", re.IGNORECASE | re.DOTALL)
_FIELD = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_CURSOR = re.compile(r"invalid or expired resultid", re.IGNORECASE)
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
    """One `error` element: its number, which is sometimes a sentence, its words and its marks."""

    number: str
    description: str
    words: str
    marks: Marks = UNMARKED

    @property
    def undone(self) -> bool:
        """Whether it only says that everything was undone because of another one."""
        return bool(_UNDONE.search(self.words))


def faults_in(parent: etree._Element) -> tuple[Fault, ...]:
    """The errors under the parent's `errormessage`, in Intacct's order: the cause comes first."""
    return tuple(map(_fault, parent.findall("errormessage/error")))


def plain(text: str) -> str:
    """The text without HTML and without its support id, on one line."""
    untagged = html.unescape(_TAG.sub(" ", text))
    return " ".join(_SUPPORT.sub(" ", untagged).split())


def support_id_in(text: str) -> str:
    """The support id at the end of a sentence, readable; "" where it has none."""
    found = _SUPPORT.search(html.unescape(text))
    return unquote(found[1]).strip() if found else ""


def error_for(level: Level, faults: Sequence[Fault], *, writing: bool) -> IntacctError:
    """The error these faults mean; a plain Refused (Rejected for a write) where none is known."""
    causes = [fault for fault in faults if not fault.undone] or list(faults)
    words = _said(causes)
    error = _anywhere(causes, words) or _at(level, causes, words, writing=writing)
    error.marks = _marks(causes)
    return error


def _fault(error: etree._Element) -> Fault:
    first, second, number = (
        text_of(error, name)[:LONGEST_SAID] for name in ("description", "description2", "errorno")
    )
    said = plain(second) or plain(first)
    marks = Marks(
        number=_mark(number, 40),
        error_id=_mark(text_of(error, "additionalinfo/errorid")),
        message_id=_mark(text_of(error, "additionalinfo/description/messageid")),
        support_id=_mark(support_id_in(second) or support_id_in(first), LONGEST_SUPPORT_ID),
    )
    words = said or plain(number) or "Intacct gives no reason"
    return Fault(number, plain(first), words, marks)


def _mark(words: str, longest: int = 80) -> str:
    """What goes into the log: on one line and short, or nothing."""
    return words if words.isprintable() and len(words) <= longest else ""


def _said(faults: Sequence[Fault]) -> str:
    """Each cause once; the general line that follows them only where it stands alone."""
    causes = [f.words for f in faults if not _GENERAL.fullmatch(f.words)]
    said = dict.fromkeys(causes or [f.words for f in faults])
    return "; ".join(said)[:LONGEST_WORDS] or NO_REASON


def _marks(faults: Sequence[Fault]) -> Marks:
    """The first fault's marks, with whichever support id there is."""
    first = faults[0].marks if faults else UNMARKED
    support = next((f.marks.support_id for f in faults if f.marks.support_id), "")
    return Marks(first.number, first.error_id, first.message_id, support)


def _anywhere(faults: Sequence[Fault], words: str) -> IntacctError | None:
    """What means the same at every level."""
    numbers = {f.number for f in faults}
    if "GW-0010" in numbers or _RATE.search(words):
        return Busy(words)
    if _OFFLINE.search(words):
        return OffLine(words)
    if "PL04000055" in numbers:
        return CompanyExpired(words)
    return None


def _at(level: Level, faults: Sequence[Fault], words: str, *, writing: bool) -> IntacctError:
    match level:
        case Level.CONTROL:
            return _control_error(faults, words, writing=writing)
        case Level.AUTHENTICATION:
            return _authentication_error(faults, words)
        case Level.RESULT:
            return _result_error(faults, words, writing=writing)


def _control_error(faults: Sequence[Fault], words: str, *, writing: bool) -> IntacctError:
    numbers = {f.number for f in faults}
    if numbers & _SIGN_IN_NUMBERS:
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
    if any(f.number == "XL03000006" for f in faults) and _SESSION.search(words):
        return NotSignedIn(words)  # it ended between two functions of one request
    if _PERMISSION.search(words):
        return NotPermitted(words)
    return _document_error(faults, words) if writing else _question_error(words)


def _question_error(words: str) -> IntacctError:
    if unqueried := _UNQUERIED.search(words):
        named = [name for name in _FIELD.findall(unqueried[1]) if name != "and"]
        return CannotBeQueried(words, tuple(named))
    if _CURSOR.search(words):
        return CursorExpired(words)
    return NotFound(words) if _MISSING.search(words) else Refused(words)


def _document_error(faults: Sequence[Fault], words: str) -> IntacctError:
    numbers = {f.number for f in faults}
    if _SEEN.search(words):
        return KeySeen(words)
    if numbers & _DUPLICATE_NUMBERS or _DUPLICATE.search(words):
        return DuplicateDocument(words)
    if "BL03000018" in numbers or _DIMENSION.search(words):
        return DimensionMissing(words)
    if "XL03000027" in numbers or _BEYOND.search(words):
        return BeyondDue(words)
    if faults and all(f.undone for f in faults):
        return TransactionUndone(words)
    return PeriodClosed(words) if _PERIOD.search(words) else Rejected(words)
