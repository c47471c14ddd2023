"""Our side of the table: what a person is told when something goes wrong, and whether to try again.

BotError
├─ NotUnderstood   the words make no request; the sentence says what would
├─ NotAllowed      this person may not do this; shows no figure
├─ NoLongerOpen    somebody decided before, or it expired
├─ OutOfDate       the books moved since it was shown
├─ Altered         what is stored is not what was shown
├─ NotDelivered    Slack did not take a message (passing: worth another try)
├─ Unsettled       it cannot be said whether Intacct has it; a person has to look
└─ Misconfigured   the bot cannot start like this
"""

from __future__ import annotations


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


class Unsettled(BotError):
    """It cannot be said whether Intacct has the document."""


class NotDelivered(BotError):
    """Slack did not take a message; `passing` where another try may help."""

    def __init__(self, words: str, *, passing: bool = True) -> None:
        super().__init__(words)
        self.passing = passing


class Misconfigured(BotError):
    """The bot cannot start like this."""
