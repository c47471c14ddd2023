"""Our side of the table: what a person is told when something goes wrong, and whether to try again.

BotError
├─ NotUnderstood   the words make no request; the sentence says what would
├─ NotAllowed      this person may not do this; shows no figure
├─ NoLongerOpen    somebody decided before, or it expired
├─ OutOfDate       the books moved since it was shown
├─ Altered         what is stored is not what was shown
├─ Untied          a figure is not the sum of its rows: a defect, and nothing of it is shown
├─ NotDelivered    Slack did not take a message (passing: worth another try)
├─ Overtaken      the copy of the books was read by somebody else meanwhile (passing)
├─ Unsettled       it cannot be said whether Intacct has it; a person has to look
└─ Misconfigured   the bot cannot start like this
"""

from __future__ import annotations

from dataclasses import dataclass

from analytics.errors import CurrencyMismatch, LedgerError, NotEnoughHistory, UnknownPeriod
from intacct.errors import (
    BeyondDue,
    Busy,
    CannotBeQueried,
    CompanyExpired,
    CursorExpired,
    DimensionMissing,
    DuplicateDocument,
    Garbled,
    IntacctError,
    KeySeen,
    NotAuthorised,
    NotFound,
    NotPermitted,
    NotSignedIn,
    NoTurn,
    OffLine,
    OutcomeUnknown,
    PeriodClosed,
    Refused,
    Rejected,
    TransactionUndone,
    Unreachable,
)


class BotError(Exception):
    """Our side of the table; `str` is the sentence a person is shown."""


class NotUnderstood(BotError):
    """The words make no request."""


class NotAllowed(BotError):
    """This person may not do this."""


class NoLongerOpen(BotError):
    """Somebody decided before, or the time for it is over."""


class OutOfDate(BotError):
    """The books moved since it was shown."""


class Altered(BotError):
    """What is stored is not what was shown."""


class Untied(BotError):
    """A figure that claims to be the sum of its rows is not: a defect of ours."""


class Overtaken(BotError):
    """Another reading of the books was faster; what it kept stays."""


class Unsettled(BotError):
    """It cannot be said whether Intacct has the document."""


class NotDelivered(BotError):
    """Slack did not take a message; `passing` where another try may help."""

    def __init__(self, words: str, *, passing: bool = True) -> None:
        super().__init__(words)
        self.passing = passing


class Misconfigured(BotError):
    """The bot cannot start like this."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person is told, and whether trying again by itself may help."""

    sentence: str
    retry: bool = False

    @property
    def while_trying(self) -> str:
        """The sentence, and that it is not the end of it."""
        return f"{self.sentence} I will try again." if self.retry else self.sentence


def explain(error: Exception) -> Explanation:
    """The sentence for an error: what happened, what to do. Nothing secret, no stack trace."""
    match error:
        case BotError():
            return _ours(error)
        case IntacctError():
            return _intacct(error)
        case NotEnoughHistory():
            return Explanation(
                f"There is too little history: {error}. Choose more, or an account in use."
            )
        case CurrencyMismatch():
            return Explanation(
                f"{error}. Name one entity with entity=… so that one currency is left."
            )
        case UnknownPeriod():
            return Explanation(f"{error}.")
        case LedgerError():
            return Explanation(f"The books do not allow this: {error}.")
    return Explanation("Something went wrong on our side, and nothing was written to Intacct.")


def _ours(error: BotError) -> Explanation:
    match error:
        case NotDelivered():
            return Explanation("Slack did not take the message.", error.passing)
        case Unsettled() | Overtaken():
            return Explanation(str(error), retry=True)
    return Explanation(str(error))


def _intacct(error: IntacctError) -> Explanation:
    words = str(error)
    match error:
        case NoTurn():
            return Explanation(
                "Too many of my own requests are waiting for Intacct, so this one did not leave.",
                retry=True,
            )
        case Busy():
            return Explanation("Intacct has no room for requests right now.", retry=True)
        case OffLine():
            return Explanation(
                "Intacct is closed for maintenance, and nothing was written. Sage's status page "
                "says until when.",
                retry=True,
            )
        case Unreachable():
            return Explanation(
                "Intacct does not answer, and nothing was written. If it stays so, check the "
                "connection and Sage's status page.",
                retry=True,
            )
        case OutcomeUnknown():
            return Explanation(
                "Intacct went silent after a write had left; it may have arrived.",
                retry=True,
            )
        case Garbled():
            return Explanation("Intacct sent an answer I cannot read.", retry=True)
        case _:
            return _refused(error, words)


def _refused(error: IntacctError, words: str) -> Explanation:
    match error:
        case NotSignedIn() | NotAuthorised() | CompanyExpired() | NotPermitted():
            return _kept_out(error, words)
        case NotFound():
            return Explanation(f"Intacct has no such record ({words}). Check the name.")
        case CannotBeQueried():
            return Explanation(
                f"Intacct does not let us read {_listed(error.fields) or 'a field'} ({words}). "
                "Have an administrator check that the bot's user may see it; if it may, the fault "
                "is ours."
            )
        case CursorExpired():
            return Explanation(
                "Intacct no longer holds the rest of what I was reading. I have to begin again.",
                retry=True,
            )
        case Rejected():
            return _rejected(error, words)
        case Refused():
            return Explanation(f"Intacct refused the request ({words}).")
    return Explanation(f"The conversation with Intacct failed ({words}).")


def _kept_out(error: IntacctError, words: str) -> Explanation:
    match error:
        case NotSignedIn():
            return Explanation(
                "Intacct refused our sign-in. Have an administrator check INTACCT_COMPANY_ID, "
                "INTACCT_USER_ID and INTACCT_USER_PASSWORD."
            )
        case NotAuthorised():
            return Explanation(
                "Intacct does not let our sender id in. Have an administrator check "
                "INTACCT_SENDER_ID and its password, and authorise it under Company > Security > "
                "Web Services authorizations."
            )
        case CompanyExpired():
            return Explanation(
                f"The Intacct company is no longer active ({words}). Have an administrator renew "
                "its subscription with Sage."
            )
    return Explanation(
        f"The bot's Intacct user may not do this ({words}). Have an administrator give it the "
        "right."
    )


def _rejected(error: Rejected, words: str) -> Explanation:
    match error:
        case PeriodClosed():
            return Explanation(
                f"Intacct refused it because of its period ({words}). Open the period, or ask for "
                "later months."
            )
        case DimensionMissing():
            return Explanation(
                f"Intacct wants a dimension that a line does not name ({words}). Add it; nothing "
                "was written."
            )
        case BeyondDue():
            return Explanation(
                f"More would be paid than is due ({words}). Somebody may have paid a part of it "
                "meanwhile; look again. Nothing was written."
            )
        case TransactionUndone():
            return Explanation(
                f"Intacct refused one document and undid the others with it ({words}). Nothing "
                "was written."
            )
        case KeySeen():
            return Explanation(
                f"Intacct has done this very write before ({words}). It was not done again."
            )
        case DuplicateDocument():
            return Explanation(f"Intacct already has a document with this key ({words}).")
    return Explanation(f"Intacct refused the document ({words}). Nothing was written.")


def _listed(fields: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(fields[:-1]), *fields[-1:])))
