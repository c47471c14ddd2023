"""Project estimates own entries that merge; the primary one, when posted, is in its budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from sandbox.company.values import Value
from sandbox.intacct.estimate_posting import follow, posted
from sandbox.intacct.master_kind import Element, Keys, MasterKind, Row, complaint
from sandbox.intacct.master_write import create_master, delete_master, find, update_master
from sandbox.intacct.masters import task_complaints
from sandbox.intacct.received import number_of
from sandbox.intacct.refusal import Refused
from sandbox.intacct.reply import child
from sandbox.intacct.trail import next_number
from sandbox.intacct.work import Work

HUNDREDTH = Decimal("0.01")
LINKED = "The entry belongs to a change request and cannot be changed or deleted."


def create_estimate(work: Work, element: Element) -> Keys:
    """A new estimate with its entries, and its budget with them."""
    keys = create_master(ESTIMATE, work, element)
    number = int(dict(keys)["RECORDNO"])
    _entries_follow(work, number, {}, lambda: _merge(work, number, element))
    return keys


def update_estimate(work: Work, element: Element) -> Keys:
    """The same estimate; sent entries change or are added, none is lost."""
    number = int(find(work, ESTIMATE, element)["RECORDNO"] or 0)
    before = posted(work, number)
    keys = update_master(ESTIMATE, work, element)
    _entries_follow(work, number, before, lambda: _merge(work, number, element))
    return keys


def delete_estimate(work: Work, number: int) -> None:
    """Gone with its entries, unless it is primary or finalized."""
    linked = "SELECT 1 FROM PJESTIMATEENTRY WHERE PJESTIMATEKEY = ? AND CHANGEREQUESTENTRYKEY > 0"
    if work.books.row(linked, [number]):
        raise Refused(complaint(LINKED))
    delete_master(ESTIMATE, work, number)


def create_entry(work: Work, element: Element) -> Keys:
    """One more entry of an estimate that is there."""
    number = _estimate_of(work, element)
    made: list[Keys] = []
    sent = deepcopy(element)
    _entries_follow(work, number, posted(work, number), lambda: made.append(_added(work, sent)))
    return made[0]


def update_entry(work: Work, element: Element) -> Keys:
    """One entry changed."""
    row = find(work, ENTRY, element)
    number = int(row["PJESTIMATEKEY"] or 0)
    _entries_follow(work, number, posted(work, number), lambda: _changed(work, row, element))
    return (("RECORDNO", str(row["RECORDNO"])),)


def delete_entry(work: Work, number: int) -> None:
    """One entry gone, and out of the budget."""
    row = work.books.row("SELECT * FROM PJESTIMATEENTRY WHERE RECORDNO = ?", [number])
    assert row is not None
    _check_free(dict(row))
    owner = row["PJESTIMATEKEY"]
    before = posted(work, owner)
    _entries_follow(work, owner, before, lambda: delete_master(ENTRY, work, number))


def _entries_follow(
    work: Work, number: int, before: Mapping[tuple[str, ...], Decimal], change: Callable[[], None]
) -> None:
    change()
    follow(work, before, posted(work, number))


def _merge(work: Work, number: int, element: Element) -> None:
    row = work.books.row("SELECT PJESTIMATEID FROM PJESTIMATE WHERE RECORDNO = ?", [number])
    assert row is not None
    for one in (one for held in element.findall("ENTRIES") for one in held):
        if (one.findtext("RECORDNO") or "").strip():
            kept = find(work, ENTRY, one)
            if kept["PJESTIMATEKEY"] != number:
                text = f"Cannot find PJESTIMATEENTRY with RECORDNO '{kept['RECORDNO']}' in it."
                raise Refused(complaint(text))
            _changed(work, kept, one)
            continue
        sent = deepcopy(one)
        for named in sent.findall("PJESTIMATEID"):
            sent.remove(named)
        child(sent, "PJESTIMATEID", row[0])
        _added(work, sent)


def _added(work: Work, sent: Element) -> Keys:
    return create_master(ENTRY, work, _priced(sent, {}))


def _changed(work: Work, row: Row, element: Element) -> None:
    _check_free(row)
    update_master(ENTRY, work, _priced(deepcopy(element), row))


def _check_free(row: Row) -> None:
    if row["CHANGEREQUESTENTRYKEY"]:
        raise Refused(complaint(LINKED))


def _priced(element: Element, row: Row) -> Element:
    """The element with its amount: the one sent, or quantity times unit cost."""
    words = {str(one.tag): (one.text or "").strip() for one in element}
    if words.get("AMOUNT") or not (words.get("QTY") or words.get("UNITCOST")):
        return element
    factors = [words.get(name) or str(row.get(name) or "") for name in ("QTY", "UNITCOST")]
    if not all(factors):
        return element
    try:
        figure = number_of(factors[0]) * number_of(factors[1])
    except ValueError as error:
        raise Refused(complaint(f"{error}.")) from error
    for empty in element.findall("AMOUNT"):
        element.remove(empty)
    child(element, "AMOUNT", format(figure.quantize(HUNDREDTH, ROUND_HALF_UP), "f"))
    return element


def _estimate_of(work: Work, element: Element) -> int:
    id_ = (element.findtext("PJESTIMATEID") or "").strip()
    row = work.books.row("SELECT RECORDNO FROM PJESTIMATE WHERE PJESTIMATEID = ?", [id_])
    if row is None:
        raise Refused(complaint(f"PJESTIMATEID: Pjestimate '{id_}' does not exist."))
    return int(row[0])


def _number(work: Work, _: Mapping[str, Value]) -> dict[str, Value]:
    """An estimate without an id is given the next one."""
    return {"PJESTIMATEID": f"PE-{next_number(work, 'PJESTIMATE'):04}"}


def _estimate_wrong(work: Work, row: Row) -> list[str]:
    found = []
    other = work.books.row(
        "SELECT PJESTIMATEID FROM PJESTIMATE "
        "WHERE PROJECTID = ? AND ISPRIMARY = 1 AND PJESTIMATEID <> ?",
        [row["PROJECTID"], row["PJESTIMATEID"]],
    )
    if row.get("ISPRIMARY") and other:
        found.append(f"Project {row['PROJECTID']} already has the primary estimate {other[0]}.")
    if row.get("ISPRIMARY") and row.get("POSTED") and not row.get("GLBUDGETID"):
        found.append("Required field GLBUDGETID is missing for a posted primary estimate.")
    return found


def _kept_estimate(_: Work, row: Row) -> list[str]:
    states = [*(["primary"] if row["ISPRIMARY"] else [])]
    states += ["finalized"] if row["STATUS"] == "finalized" else []
    return [f"A {state} estimate cannot be deleted." for state in states]


def _header_of(work: Work, values: Mapping[str, Value]) -> dict[str, Value]:
    id_ = str(values.get("PJESTIMATEID") or "")
    row = work.books.row(
        "SELECT RECORDNO, PROJECTID, (SELECT COUNT(*) + 1 FROM PJESTIMATEENTRY e "
        "WHERE e.PJESTIMATEKEY = h.RECORDNO) FROM PJESTIMATE h WHERE PJESTIMATEID = ?",
        [id_],
    )
    return {"PJESTIMATEKEY": row[0], "PROJECTID": row[1], "LINENO": row[2]} if row else {}


def _entry_wrong(work: Work, row: Row) -> list[str]:
    found = []
    if row.get("AMOUNT") is None:
        found.append("AMOUNT, or QTY and UNITCOST, is required.")
    if row.get("PRODUCTIONUNITS") and not row.get("TASKID"):
        found.append("PRODUCTIONUNITS needs a TASKID.")
    place = [str(row.get(name) or "") for name in ("PROJECTID", "TASKID", "COSTTYPEID")]
    return found + [one.description2 for one in task_complaints(work, *place)]


ESTIMATE = MasterKind(
    "PJESTIMATE",
    "Project estimate",
    defaults=MappingProxyType({"ISPRIMARY": False, "POSTED": False, "POSTTO": "First period"}),
    fixed=("PROJECTID",),
    fill=_number,
    check=_estimate_wrong,
    guard=_kept_estimate,
)
ENTRY = MasterKind(
    "PJESTIMATEENTRY",
    "Project estimate entry",
    unique=("RECORDNO",),
    defaults=MappingProxyType({"WFTYPE": "original"}),
    fixed=("PJESTIMATEID",),
    fill=_header_of,
    check=_entry_wrong,
)
