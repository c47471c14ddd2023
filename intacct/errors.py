"""What can go wrong in the conversation with Intacct.

IntacctError
├─ Unreachable          nobody answered; ask again later
│  ├─ Busy              answered, but has no room for us now (says when to come back)
│  │  └─ NoTurn         too many of our own requests wait for theirs
│  └─ OffLine           closed for maintenance
├─ Refused              understood, and no
│  ├─ NotSignedIn       the company, user, password or session was refused
│  ├─ NotAuthorised     the sender may not talk to this company at all
│  ├─ CompanyExpired    the company's subscription has ended
│  ├─ NotPermitted      the user's rights do not allow it
│  ├─ NotFound          what was asked for is not in the books
│  ├─ CannotBeQueried   fields that Intacct does not let us select or filter by (names them)
│  ├─ CursorExpired     the rest of a paged read is gone: read it from the beginning
│  └─ Rejected          the document will not do; says what is wrong
│     ├─ PeriodClosed       its date lies in closed or unknown books
│     ├─ DimensionMissing   an account wants a dimension that a line does not name
│     ├─ BeyondDue          more is paid than is due
│     ├─ TransactionUndone  one of several functions failed, so none was done (names the cause)
│     └─ DuplicateDocument  its key is already in the books
│        └─ KeySeen         a write under this key was done before: look for it
├─ Garbled              an answer we cannot read
└─ OutcomeUnknown       a write left and no answer came: look before writing again
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Marks:
    """What identifies a failure to Sage: for the log, never in the sentence for a person."""

    number: str = ""
    error_id: str = ""
    message_id: str = ""
    support_id: str = ""

    def __str__(self) -> str:
        support = f"support id {self.support_id}" if self.support_id else ""
        told = dict.fromkeys((self.number, self.error_id, self.message_id, support))
        return ", ".join(filter(None, told))


UNMARKED: Final = Marks()


class IntacctError(Exception):
    """Something went wrong in the conversation with Intacct; `str` holds Intacct's own words."""

    marks: Marks = UNMARKED


class Unreachable(IntacctError):
    """Nobody answered; asking again later may help."""


class Busy(Unreachable):
    """Intacct has no room for us now; `seconds` says when to come back, where it told us."""

    def __init__(self, words: str, seconds: float | None = None) -> None:
        super().__init__(words)
        self.seconds = seconds


class NoTurn(Busy):
    """Too many of our own requests wait for their turn; nothing left."""


class OffLine(Unreachable):
    """Intacct is closed for maintenance; `seconds` says when to come back, where it told us."""

    def __init__(self, words: str, seconds: float | None = None) -> None:
        super().__init__(words)
        self.seconds = seconds


class Refused(IntacctError):
    """Intacct understood, and said no."""


class NotSignedIn(Refused):
    """The company, the user, the password or the session was refused."""


class NotAuthorised(Refused):
    """The sender is wrong, or may not make requests to this company."""


class CompanyExpired(Refused):
    """The company's subscription or trial has ended."""


class NotPermitted(Refused):
    """The user's rights in Intacct do not allow it."""


class NotFound(Refused):
    """What was asked for is not in the books."""


class CannotBeQueried(Refused):
    """Intacct does not let us select or filter by these fields: they do not exist, or are hidden
    from the user; `fields` names them."""

    def __init__(self, words: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.fields = fields


class CursorExpired(Refused):
    """The rest of a paged read is no longer held; it has to be read from the beginning."""


class Rejected(Refused):
    """The document will not do."""


class PeriodClosed(Rejected):
    """The document's date lies in a closed, unknown or non-budgetable period."""


class DimensionMissing(Rejected):
    """An account wants a dimension that a line of the document does not name."""


class BeyondDue(Rejected):
    """More is paid or applied than is due."""


class TransactionUndone(Rejected):
    """One of several functions failed and Intacct undid the others: nothing was done.

    `cause` is the failing function's own error, None where Intacct does not say which it was.
    """

    def __init__(self, words: str, cause: IntacctError | None = None) -> None:
        super().__init__(words)
        self.cause = cause


class DuplicateDocument(Rejected):
    """A document with this key is already in the books."""


class KeySeen(DuplicateDocument):
    """A write under this key was done before; its document is to be looked for in the books."""


class Garbled(IntacctError):
    """An answer we cannot read."""


class OutcomeUnknown(IntacctError):
    """A write left and no answer came; look in the books before writing again."""
