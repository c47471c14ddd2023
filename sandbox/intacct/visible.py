"""What the entity someone works in lets them see."""

from __future__ import annotations

from sandbox.company.shape import Object
from sandbox.intacct.books import Caller
from sandbox.intacct.conditions import Sql

LEDGER_LINES = ("GLENTRY", "GLDETAIL")
OF_ENTITY = "SELECT LOCATIONID FROM LOCATION_ENTITY WHERE ENTITYID = ?"


def visible(one: Object, caller: Caller, *, private: bool) -> list[Sql]:
    """Conditions on `t0`: the top level does not see what entities own, unless it asks for it."""
    if not caller.entity:
        return [] if private else [Sql("t0.MEGAENTITYID IS NULL")]
    own = [Sql("(t0.MEGAENTITYID IS NULL OR t0.MEGAENTITYID = ?)", (caller.entity,))]
    if one.name in LEDGER_LINES:
        own.append(Sql(f"t0.LOCATIONID IN ({OF_ENTITY})", (caller.entity,)))
    return own
