"""What can go wrong in the conversation with Intacct.

IntacctError
├─ Unreachable          nobody answered; ask again later
│  └─ Busy              answered, but has no room for us now (says when to come back)
├─ Refused              understood, and no
│  ├─ NotSignedIn       the company, user, password or session was refused
│  ├─ NotAuthorised     the sender may not talk to this company at all
│  ├─ NotPermitted      the user's rights do not allow it
│  ├─ NotFound          what was asked for is not in the books
│  └─ Rejected          the document will not do; says what is wrong
│     ├─ PeriodClosed       its date lies in closed or unknown books
│     └─ DuplicateDocument  its key is already in the books
├─ Garbled              an answer we cannot read
└─ OutcomeUnknown       a write left and no answer came: look before writing again
"""

from __future__ import annotations


class IntacctError(Exception):
    """Something went wrong in the conversation with Intacct; `str` holds Intacct's own words."""


class Unreachable(IntacctError):
    """Nobody answered; asking again later may help."""


class Busy(Unreachable):
    """Intacct has no room for us now; `seconds` says when to come back, where it told us."""

    def __init__(self, words: str, seconds: float | None = None) -> None:
        super().__init__(words)
        self.seconds = seconds


class Refused(IntacctError):
    """Intacct understood, and said no."""


class NotSignedIn(Refused):
    """The company, the user, the password or the session was refused."""


class NotAuthorised(Refused):
    """The sender is wrong, or may not make requests to this company."""


class NotPermitted(Refused):
    """The user's rights in Intacct do not allow it."""


class NotFound(Refused):
    """What was asked for is not in the books."""


class Rejected(Refused):
    """The document will not do."""


class PeriodClosed(Rejected):
    """The document's date lies in a closed, unknown or non-budgetable period."""


class DuplicateDocument(Rejected):
    """A document with this key is already in the books."""


class Garbled(IntacctError):
    """An answer we cannot read."""


class OutcomeUnknown(IntacctError):
    """A write left and no answer came; look in the books before writing again."""
