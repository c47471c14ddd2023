"""Who may come in: the sender, the user with a password, or a session opened earlier."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from sandbox.company.setup import Setup
from sandbox.intacct.books import Books, Caller
from sandbox.intacct.refusal import NOT_ALLOWED_IN, Complaint, Refused
from sandbox.intacct.request import Control, Login


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that lasts until a moment."""

    caller: Caller
    until: datetime


class Sessions:
    """The sessions that are open now; each call moves its session's end forward."""

    def __init__(self, lasts: timedelta) -> None:
        self.lasts = lasts
        self._lock = Lock()
        self._open: dict[str, Session] = {}

    def open(self, caller: Caller, at: datetime) -> str:
        """The id of a new session."""
        made = secrets.token_urlsafe(32)
        with self._lock:
            self._open = {key: held for key, held in self._open.items() if held.until > at}
            self._open[made] = Session(caller, at + self.lasts)
        return made

    def resume(self, session_id: str, at: datetime) -> Caller:
        """Whose session it is; it now lasts longer. An unknown or expired one is refused."""
        with self._lock:
            held = self._open.pop(session_id, None)
            if held is None or held.until <= at:
                raise session_is_over()
            self._open[session_id] = Session(held.caller, at + self.lasts)
            return held.caller

    def expire_all(self) -> None:
        """Ends every session at once."""
        with self._lock:
            self._open.clear()


def session_is_over() -> Refused:
    """What a session that is unknown or has ended is answered with."""
    text = "The session is invalid or has expired."
    return Refused(Complaint(NOT_ALLOWED_IN, "Invalid Session", text, "Sign in again."))


def sender_is_known(setup: Setup, control: Control) -> bool:
    """Whether the sender's id and password are a licence holder's."""
    return any(
        one.id == control.sender_id and one.password == control.password for one in setup.senders
    )


def check_authorised(setup: Setup, control: Control) -> None:
    """Refuses a sender the company has not let in."""
    if not any(one.authorised and one.id == control.sender_id for one in setup.senders):
        raise Refused(
            Complaint(
                NOT_ALLOWED_IN,
                "Invalid Web Services Authorization",
                f"The sender ID '{control.sender_id}' is not authorized to make Web Services "
                f"requests to company ID '{setup.company_id}'.",
                "Contact the company administrator to grant Web Services authorization to this "
                "sender ID.",
            )
        )


def log_in(books: Books, setup: Setup, login: Login) -> Caller:
    """The user of a login; a wrong company, user, password or entity is refused."""
    for user in setup.users:
        if (user.id, user.password, setup.company_id) == (
            login.user_id,
            login.password,
            login.company_id,
        ):
            check_entity(books, login.location_id)
            return Caller(user, login.location_id)
    raise Refused(Complaint(NOT_ALLOWED_IN, "", "Sign-in information is incorrect"))


def check_entity(books: Books, entity: str, errorno: str = NOT_ALLOWED_IN) -> None:
    """Refuses an entity that does not exist or is not active; the top level always is."""
    if entity and not books.row(
        "SELECT 1 FROM LOCATIONENTITY WHERE LOCATIONID = ? AND STATUS IS NOT 'inactive'", [entity]
    ):
        raise Refused(Complaint(errorno, "", f"The location ID '{entity}' is not a valid entity."))
