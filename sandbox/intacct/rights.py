"""Whether a user's rights reach what an object-specific call writes, or tells of."""

from __future__ import annotations

from sandbox.intacct.refusal import NO_PERMISSION, Complaint, Refused
from sandbox.intacct.work import Work


def permit(work: Work, object_name: str, operation: str) -> None:
    """Refused for a user who may not write the object."""
    if not work.caller.may_write(object_name):
        raise _not_permitted(object_name, operation)


def permit_reading(work: Work, object_name: str, operation: str) -> None:
    """Refused for a user who may not read the object."""
    if not work.caller.may_read(object_name):
        raise _not_permitted(object_name, operation)


def _not_permitted(object_name: str, operation: str) -> Refused:
    text = (
        f"You do not have permission for API operation {operation} on objects of type "
        f"{object_name}."
    )
    return Refused(Complaint(NO_PERMISSION, "", text))
