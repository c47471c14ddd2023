"""What `showadditionalerrorinfo` calls an error: an id, a category, a message id.

The vendor gives few of them away, so those of the errors we know are written here and nowhere else.
A complaint that names its own keeps it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.intacct.refusal import (
    ALREADY_THERE,
    NO_PERMISSION,
    NOT_ALLOWED_IN,
    ROLLED_BACK,
    SEEN_CONTROL_ID,
    Complaint,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """How a program tells one error from another without reading its text."""

    error_id: str
    category: str = ""
    message_id: str = ""


BY_NUMBER = {
    ALREADY_THERE: Identity("GL-0493", "DUPLICATE", "IA.DUPLICATE"),
    NO_PERMISSION: Identity("PL-0010", "PERMISSION", "IA.NO_PERMISSION"),
    SEEN_CONTROL_ID: Identity("GW-0020", "DUPLICATE", "IA.DUPLICATE_CONTROL_ID"),
}
BY_TEXT = (
    (r"rolled back", Identity(ROLLED_BACK, "TRANSACTION", "IA.TRANSACTION_ROLLED_BACK")),
    (r"period .*closed", Identity("GL-0971", "PERIOD", "IA.PERIOD_CLOSED")),
    (r"do not balance", Identity("GL-0970", "BALANCE", "IA.OUT_OF_BALANCE")),
    (r"Required field|is missing", Identity("PL-0020", "REQUIRED", "IA.REQUIRED_FIELD_MISSING")),
    (r"is inactive", Identity("GL-0972", "INACTIVE", "IA.INACTIVE")),
    (
        r"does not exist|non-existing|Cannot find|not found|There is no ",
        Identity("GL-0972", "NOT_FOUND", "IA.NOT_FOUND"),
    ),
    (r"cannot be queried", Identity("PL-0030", "QUERY", "IA.FIELD_NOT_QUERYABLE")),
    (r"session", Identity(NOT_ALLOWED_IN, "SESSION", "IA.SESSION_INVALID")),
    (r"[Ss]ign-in|not authorized", Identity(NOT_ALLOWED_IN, "SIGN_IN", "IA.SIGN_IN_INCORRECT")),
)


def identity(complaint: Complaint) -> Identity:
    """The complaint's own identity, or that of its number, or of what it says."""
    known = BY_NUMBER.get(complaint.errorno) or _by_text(complaint)
    return Identity(
        complaint.error_id or known.error_id,
        known.category,
        complaint.message_id or known.message_id,
    )


def _by_text(complaint: Complaint) -> Identity:
    said = f"{complaint.errorno} {complaint.description} {complaint.description2}"
    found = (one for pattern, one in BY_TEXT if re.search(pattern, said))
    return next(found, Identity(complaint.errorno))
