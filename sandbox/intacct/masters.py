"""What a document may refer to: records that exist, are active and belong where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox.intacct.refusal import COULD_NOT, Complaint
from sandbox.intacct.work import Work

WORDS = {
    "DEPARTMENT": "Department",
    "LOCATION": "Location",
    "PROJECT": "Project",
    "CUSTOMER": "Customer",
    "VENDOR": "Vendor",
    "EMPLOYEE": "Employee",
    "ITEM": "Item",
    "CLASS": "Class",
}
NEEDS = {
    "REQUIREDEPT": "Department",
    "REQUIRELOC": "Location",
    **{
        f"REQUIRE{word.upper()}": word
        for word in ("Project", "Task", "Customer", "Vendor", "Employee", "Item", "Class")
    },
}
BY_COLUMN = {f"{name}ID": name for name in WORDS if name not in ("DEPARTMENT", "LOCATION")}


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the chart, or a statistical one."""

    number: str
    title: str
    normal: str | None
    active: bool
    statistical: bool
    needs: tuple[str, ...]


def accounts(work: Work) -> dict[str, Account]:
    """Every account by its number."""
    found: dict[str, Account] = {}
    for table, statistical in (("GLACCOUNT", False), ("STATACCOUNT", True)):
        normal = "NULL" if statistical else "NORMALBALANCE"
        for row in work.books.rows(
            f"SELECT ACCOUNTNO, TITLE, {normal}, STATUS, {', '.join(NEEDS)} FROM {table}"  # noqa: S608 - our own names
        ):
            needs = [word for word, needed in zip(NEEDS.values(), row[4:], strict=True) if needed]
            active = row[3] != "inactive"
            found[row[0]] = Account(row[0], row[1], row[2], active, statistical, tuple(needs))
    return found


def account_complaints(known: Mapping[str, Account], numbers: Iterable[str]) -> list[Complaint]:
    """One complaint for each account that does not exist or is inactive."""
    return [
        _wrong("Account number", number, exists=number in known)
        for number in dict.fromkeys(numbers)
        if number not in known or not known[number].active
    ]


def dimension_complaints(work: Work, object_name: str, ids: Iterable[str]) -> list[Complaint]:
    """One complaint for each department, location, project … that does not exist or is inactive."""
    wanted = [one for one in dict.fromkeys(ids) if one]
    if not wanted:
        return []
    rows = work.books.rows(
        f'SELECT "{object_name}ID", STATUS FROM "{object_name}"'  # noqa: S608 - our own names
    )
    active = {row[0]: row[1] != "inactive" for row in rows}
    if object_name == "LOCATION" and work.caller.entity:
        active = {one: on for one, on in active.items() if one in _own_locations(work)}
    return [
        _wrong(WORDS[object_name], one, exists=one in active)
        for one in wanted
        if not active.get(one)
    ]


def task_complaints(work: Work, project: str, task: str, cost_type: str) -> list[Complaint]:
    """A complaint for a task the project does not have, or a cost type the task does not."""
    found = []
    for name, wanted, columns in (
        ("Task", task, {"PROJECTID": project, "TASKID": task}),
        ("Costtype", cost_type, {"PROJECTID": project, "TASKID": task, "COSTTYPEID": cost_type}),
    ):
        where = " AND ".join(f"{column} = ?" for column in columns)
        statement = f"SELECT STATUS FROM {name.upper()} WHERE {where}"  # noqa: S608 - one of two
        row = work.books.row(statement, list(columns.values())) if wanted else None
        if wanted and (row is None or row[0] == "inactive"):
            found.append(_wrong(name, wanted, exists=row is not None))
    return found


def entity_of_location(work: Work) -> dict[str, str]:
    """The entity each location belongs to."""
    return {row[0]: row[1] for row in work.books.rows("SELECT * FROM LOCATION_ENTITY")}


def _own_locations(work: Work) -> set[str]:
    held = entity_of_location(work)
    return {location for location, entity in held.items() if entity == work.caller.entity}


def _wrong(word: str, id_: str, *, exists: bool) -> Complaint:
    text = f"{word} '{id_}' is inactive." if exists else f"{word} '{id_}' does not exist."
    correction = f"Use {word.lower()} ids that exist and are active."
    name = "IA.INACTIVE" if exists else "IA.NOT_FOUND"
    return Complaint(COULD_NOT, "", text, correction, "GL-0972", name, {"VALUE": id_})
