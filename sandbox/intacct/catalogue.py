"""Tasks and cost types of projects, and the standard ones they are made from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from sandbox.company.store import insert
from sandbox.company.values import Value
from sandbox.intacct.master_kind import Element, MasterKind, Row, complaint
from sandbox.intacct.master_write import create_master
from sandbox.intacct.refusal import Refused
from sandbox.intacct.reply import child
from sandbox.intacct.trail import new_record
from sandbox.intacct.work import Work

COPIED = ("NAME", "DESCRIPTION", "ACCUMULATIONTYPENAME", "ACCOUNTNO", "ITEMID")
OWNED = "STANDARDTASKSTANDARDCOSTTYPES"


def _task_wrong(work: Work, row: Row) -> list[str]:
    found = []
    first, last = row.get("PBEGINDATE"), row.get("PENDDATE")
    if first and last and str(first) > str(last):
        found.append("PENDDATE must be on or after PBEGINDATE.")
    if row.get("PARENTKEY"):
        above = work.books.row("SELECT PROJECTID FROM TASK WHERE RECORDNO = ?", [row["PARENTKEY"]])
        if above is None or above["PROJECTID"] != row["PROJECTID"]:
            found.append("PARENTKEY must name a task of the same project.")
    return found


def _standard_cost_types(work: Work, row: Row, _: Element, before: Row | None) -> None:
    """A new task made from a standard one gets that one's cost types."""
    if before or not row["STANDARDTASKID"]:
        return
    for owned in work.books.rows(
        "SELECT STANDARDCOSTTYPEID FROM STANDARDTASKSTANDARDCOSTTYPE WHERE STANDARDTASKID = ? "
        "ORDER BY RECORDNO",
        [row["STANDARDTASKID"]],
    ):
        element = etree.Element("COSTTYPE")
        child(element, "STANDARDCOSTTYPEID", owned[0])
        child(element, "TASKKEY", str(row["RECORDNO"]))
        create_master(COST_TYPE, work, element)


def _from_standard(work: Work, values: Mapping[str, Value]) -> dict[str, Value]:
    """What a cost type has from its standard one, and the task it is for however it was named."""
    made: dict[str, Value] = {"COSTTYPEID": values.get("STANDARDCOSTTYPEID")}
    standard = work.books.row(
        "SELECT * FROM STANDARDCOSTTYPE WHERE STANDARDCOSTTYPEID = ?",
        [str(values.get("STANDARDCOSTTYPEID"))],
    )
    made |= {name: standard[name] for name in COPIED} if standard else {}
    by_key = "RECORDNO = CAST(? AS INTEGER)"
    where = by_key if values.get("TASKKEY") else "PROJECTID = ? AND TASKID = ?"
    wanted = ("TASKKEY",) if values.get("TASKKEY") else ("PROJECTID", "TASKID")
    task = work.books.row(
        f"SELECT RECORDNO, PROJECTID, TASKID FROM TASK WHERE {where}",  # noqa: S608 - one of two
        [str(values.get(name, "")) for name in wanted],
    )
    if task:
        made |= {"TASKKEY": task[0], "PROJECTID": task[1], "TASKID": task[2]}
    return made


def _cost_type_wrong(_: Work, row: Row) -> list[str]:
    if row.get("TASKKEY") is None:
        return ["A cost type needs a task: TASKKEY, or PROJECTID and TASKID of one that exists."]
    return []


def _replace_cost_types(work: Work, row: Row, element: Element, _: Row | None) -> None:
    """The sent cost types are those of the standard task; none sent, none changed."""
    held = element.find(OWNED)
    if held is None:
        return
    wanted = [(one.findtext("STANDARDCOSTTYPEID") or "").strip() for one in held]
    known = {one[0] for one in work.books.rows("SELECT STANDARDCOSTTYPEID FROM STANDARDCOSTTYPE")}
    if unknown := [one for one in wanted if one not in known]:
        raise Refused(
            *(complaint(f"Standard cost type '{one}' does not exist.") for one in unknown)
        )
    number = row["RECORDNO"]
    work.books.run("DELETE FROM STANDARDTASKSTANDARDCOSTTYPE WHERE STANDARDTASKKEY = ?", [number])
    rows: list[dict[str, Value]] = [
        new_record(work)
        | {
            "STANDARDTASKKEY": number,
            "STANDARDTASKID": row["STANDARDTASKID"],
            "STANDARDCOSTTYPEID": one,
        }
        for one in dict.fromkeys(wanted)
    ]
    insert(work.books.connection, "STANDARDTASKSTANDARDCOSTTYPE", rows)


TASK = MasterKind(
    "TASK",
    "Task",
    unique=("PROJECTID", "TASKID"),
    defaults=MappingProxyType({"BILLABLE": False, "ISMILESTONE": False, "UTILIZED": False}),
    check=_task_wrong,
    finish=_standard_cost_types,
)
COST_TYPE = MasterKind(
    "COSTTYPE",
    "Cost type",
    unique=("PROJECTID", "TASKID", "COSTTYPEID"),
    fixed=("TASKKEY", "STANDARDCOSTTYPEID"),
    fill=_from_standard,
    check=_cost_type_wrong,
)
STANDARD_TASK = MasterKind(
    "STANDARDTASK",
    "Standard task",
    defaults=MappingProxyType({"BILLABLE": False}),
    finish=_replace_cost_types,
)
STANDARD_COST_TYPE = MasterKind("STANDARDCOSTTYPE", "Standard cost type")
