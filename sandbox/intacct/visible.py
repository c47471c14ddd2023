"""What a user's rights, and the entity they work in, let them see."""

from __future__ import annotations

from sandbox.company.shape import Object
from sandbox.intacct.books import Caller
from sandbox.intacct.conditions import Sql
from sandbox.intacct.refusal import NO_PERMISSION, Complaint, Refused
from sandbox.intacct.work import Work

LEDGER_LINES = ("GLENTRY", "GLDETAIL")
OF_ENTITY = "SELECT LOCATIONID FROM LOCATION_ENTITY WHERE ENTITYID = ?"


def visible(one: Object, caller: Caller, *, private: bool) -> list[Sql]:
    """Conditions on `t0`: the top level does not see what entities own, unless it asks for it.

    Who may not read an object at all sees no record of it.
    """
    if not caller.may_read(one.name):
        return [Sql("FALSE")]
    if not caller.entity:
        return [] if private else [Sql("t0.MEGAENTITYID IS NULL")]
    own = [Sql("(t0.MEGAENTITYID IS NULL OR t0.MEGAENTITYID = ?)", (caller.entity,))]
    if one.name in LEDGER_LINES:
        own.append(Sql(f"t0.LOCATIONID IN ({OF_ENTITY})", (caller.entity,)))
    return own


def check_readable(work: Work, one: Object, operation: str) -> None:
    """By a setting, a user without the right to read an object is told so, and sees not nothing."""
    if work.settings.unreadable_is_refused and not work.caller.may_read(one.name):
        text = f"You do not have permission for API operation {operation} on objects of type "
        raise Refused(Complaint(NO_PERMISSION, "", f"{text}{one.name}."))
