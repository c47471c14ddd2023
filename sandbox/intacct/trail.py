"""Who wrote a record and when, on the record itself and in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sandbox.company.schema import OBJECTS
from sandbox.company.store import insert
from sandbox.company.values import Value, stored
from sandbox.intacct.work import Work

Mode = Literal["create", "modify", "delete", "workflow"]


def new_record(work: Work) -> dict[str, Value]:
    """The common columns of a record made now, owned by the entity the user works in."""
    made: dict[str, Value] = {"STATUS": "active", "WHENCREATED": work.books.now()}
    entity = work.books.row(
        "SELECT RECORDNO, LOCATIONID, NAME FROM LOCATIONENTITY WHERE LOCATIONID = ?",
        [work.caller.entity],
    )
    if entity:
        names = ("MEGAENTITYKEY", "MEGAENTITYID", "MEGAENTITYNAME")
        made.update(zip(names, entity, strict=True))
    return made | {"CREATEDBY": user_number(work)} | touched(work)


def touched(work: Work) -> dict[str, Value]:
    """The columns that change with every write."""
    return {"WHENMODIFIED": work.books.now(), "MODIFIEDBY": user_number(work)}


def next_number(work: Work, object_name: str) -> int:
    """The record number a new record gets: one that no record has, nor one that was deleted."""
    row = work.books.row(
        f'SELECT MAX((SELECT COALESCE(MAX(RECORDNO), 0) FROM "{object_name}"), '  # noqa: S608 - schema names
        "(SELECT COALESCE(MAX(CAST(OBJECTKEY AS INTEGER)), 0) FROM AUDITHISTORY "
        "WHERE OBJECTTYPE = ? AND ACCESSMODE = 'delete'))",
        [object_name.lower()],
    )
    return (row[0] if row else 0) + 1


def user_number(work: Work) -> int:
    """The user's record number: their place in the company's set-up."""
    ids = [user.id for user in work.books.setup().users]
    return ids.index(work.caller.user.id) + 1 if work.caller.user.id in ids else 0


def update(work: Work, object_name: str, number: int, changes: Mapping[str, Value]) -> None:
    """Changes a record's columns and stamps it."""
    columns = {**changes, **touched(work)}
    marks = ", ".join(f'"{name}" = ?' for name in columns)
    fields = OBJECTS[object_name].fields
    values = [stored(fields[name], value) for name, value in columns.items()]
    work.books.run(
        f'UPDATE "{object_name}" SET {marks} WHERE RECORDNO = ?',  # noqa: S608 - schema names
        [*values, number],
    )


def leave_trail(
    work: Work, object_name: str, number: int, mode: Mode, action: str | None = None
) -> None:
    """One row of the trail for a header; lines leave none. `action` is a step of a workflow."""
    at = work.books.now()
    row: dict[str, Value] = {
        "OBJECTTYPE": object_name.lower(),
        "OBJECTKEY": str(number),
        "ACCESSMODE": mode,
        "ACCESSTIME": at,
        "USERID": work.caller.user.id,
        "SOURCE": work.caller.source,
        "WORKFLOWACTION": action,
        "IPADDRESS": "127.0.0.1",
        "STATUS": "active",
        "WHENCREATED": at,
        "WHENMODIFIED": at,
    }
    insert(work.books.connection, "AUDITHISTORY", [row])
    made = work.books.row("SELECT MAX(RECORDNO) FROM AUDITHISTORY")
    number_of_row = made[0] if made else 0
    work.books.run(
        "UPDATE AUDITHISTORY SET ID = ? WHERE RECORDNO = ?", [str(number_of_row), number_of_row]
    )
