"""Budgets are written as headers that own their items; items merge and are never lost."""

from __future__ import annotations

from lxml import etree

from sandbox.company.store import insert
from sandbox.company.values import Value
from sandbox.intacct.budget_items import (
    chart_for,
    complaints_about,
    kept_items,
    read_item,
    row_of,
)
from sandbox.intacct.received import flag_of
from sandbox.intacct.refusal import ALREADY_THERE, COULD_NOT, Complaint, Refused
from sandbox.intacct.trail import leave_trail, new_record, next_number, update
from sandbox.intacct.work import Work

FLAGS = ("DEFAULT_BUDGET", "ISCONSOLIDATED", "ISPCNBUDGET")
TEXTS = ("DESCRIPTION", "CURRENCY", "STATUS")
HEADER = ("RECORDNO", "BUDGETID", *TEXTS, *FLAGS, "GLBUDGETITEMS")
Keys = tuple[tuple[str, str], ...]


def create_budget(work: Work, element: etree._Element) -> Keys:
    """A new budget with its items; its keys, or everything that is wrong with it."""
    words = _words(element)
    missing = [name for name in ("BUDGETID", "DESCRIPTION") if not words.get(name)]
    if missing:
        raise Refused(*(_wrong(f"Required field {name} is missing.") for name in missing))
    if work.books.row("SELECT 1 FROM GLBUDGETHEADER WHERE BUDGETID = ?", [words["BUDGETID"]]):
        raise _already_there(words["BUDGETID"])
    header = new_record(work) | dict.fromkeys(FLAGS, False) | _fields(words)
    number = header["RECORDNO"] = next_number(work, "GLBUDGETHEADER")
    header["BUDGETID"] = words["BUDGETID"]
    if header["ISCONSOLIDATED"] and not header.get("CURRENCY"):
        raise Refused(_wrong("Required field CURRENCY is missing for a consolidated budget."))
    insert(work.books.connection, "GLBUDGETHEADER", [header])
    if header["DEFAULT_BUDGET"]:
        _only_default(work, number)
    _merge(work, number, element)
    leave_trail(work, "GLBUDGETHEADER", number, "create")
    return (("RECORDNO", str(number)), ("BUDGETID", words["BUDGETID"]))


def update_budget(work: Work, element: etree._Element) -> Keys:
    """The same budget with the sent fields changed and the sent items changed or added."""
    words = _words(element)
    number, budget_id = _found(work, words)
    changes = _fields(words)
    if "DESCRIPTION" in words and not words["DESCRIPTION"]:
        raise Refused(_wrong("Required field DESCRIPTION is missing."))
    _check_restriction(work, number, changes)
    update(work, "GLBUDGETHEADER", number, changes)
    if changes.get("DEFAULT_BUDGET"):
        _only_default(work, number)
    _merge(work, number, element)
    leave_trail(work, "GLBUDGETHEADER", number, "modify")
    return (("RECORDNO", str(number)), ("BUDGETID", budget_id))


def delete_budget(work: Work, number: int) -> None:
    """The header and all its items are gone; the trail says so."""
    work.books.run("DELETE FROM GLBUDGETITEM WHERE BUDGETKEY = ?", [number])
    work.books.run("DELETE FROM GLBUDGETHEADER WHERE RECORDNO = ?", [number])
    leave_trail(work, "GLBUDGETHEADER", number, "delete")


def delete_item(work: Work, number: int) -> None:
    """The item is gone, or kept with nothing in it where its period would be left empty."""
    others = work.books.row(
        "SELECT 1 FROM GLBUDGETITEM one JOIN GLBUDGETITEM other ON other.BUDGETKEY = one.BUDGETKEY "
        "AND other.PERIODNAME = one.PERIODNAME AND other.RECORDNO <> one.RECORDNO "
        "WHERE one.RECORDNO = ?",
        [number],
    )
    if others:
        work.books.run("DELETE FROM GLBUDGETITEM WHERE RECORDNO = ?", [number])
    else:
        update(work, "GLBUDGETITEM", number, {"AMOUNT": 0})


def _merge(work: Work, header: int, element: etree._Element) -> None:
    kept, chart = kept_items(work, header), chart_for(work, header)
    read = [read_item(one, kept) for held in element.findall("GLBUDGETITEMS") for one in held]
    complaints = [complaint for _, found in read for complaint in found]
    sent = [item for item, _ in read if item]
    changed = {item.number: item for item in sent if item.number}
    added = [item for item in sent if not item.number]
    complaints += complaints_about(work, chart, sent, [*(kept | changed).values(), *added])
    if complaints:
        raise Refused(*complaints)
    for number, item in changed.items():
        update(work, "GLBUDGETITEM", number, row_of(chart, header, item))
    common = new_record(work)
    rows = [common | row_of(chart, header, item) for item in added]
    insert(work.books.connection, "GLBUDGETITEM", rows)


def _words(element: etree._Element) -> dict[str, str]:
    words = {str(one.tag): (one.text or "").strip() for one in element}
    if unknown := [name for name in words if name not in HEADER]:
        raise Refused(
            *(_wrong(f"Field {name} is not valid for GLBUDGETHEADER.") for name in unknown)
        )
    return words


def _fields(words: dict[str, str]) -> dict[str, Value]:
    """The header's own columns among the words; an empty word clears its column."""
    found: dict[str, Value] = {name: words[name] or None for name in TEXTS if name in words}
    if found.get("STATUS", "active") not in ("active", "inactive"):
        raise Refused(_wrong(f"STATUS cannot be '{found['STATUS']}'."))
    for name in FLAGS:
        if words.get(name):
            try:
                found[name] = bool(flag_of(words[name]))
            except ValueError as error:
                raise Refused(_wrong(f"{name} {error}.")) from error
    return found


def _found(work: Work, words: dict[str, str]) -> tuple[int, str]:
    key = "RECORDNO" if words.get("RECORDNO") else "BUDGETID"
    value = words.get(key, "")
    row = work.books.row(
        f"SELECT RECORDNO, BUDGETID FROM GLBUDGETHEADER WHERE {key} = ?",  # noqa: S608 - one of two names
        [value],
    )
    if row is None:
        raise Refused(Complaint(f"Cannot update non-existing GLBUDGETHEADER with {key}={value}."))
    return row[0], row[1]


def _only_default(work: Work, number: int) -> None:
    work.books.run(
        "UPDATE GLBUDGETHEADER SET DEFAULT_BUDGET = 0 WHERE RECORDNO <> ? AND DEFAULT_BUDGET = 1",
        [number],
    )


def _check_restriction(work: Work, number: int, changes: dict[str, Value]) -> None:
    row = work.books.row(
        "SELECT h.ISPCNBUDGET, (SELECT COUNT(*) FROM GLBUDGETITEM i WHERE i.BUDGETKEY = h.RECORDNO)"
        " FROM GLBUDGETHEADER h WHERE h.RECORDNO = ?",
        [number],
    )
    wanted = changes.get("ISPCNBUDGET")
    if row and wanted is not None and row[1] and bool(row[0]) != wanted:
        raise Refused(_wrong("ISPCNBUDGET cannot change once the budget has items."))


def _already_there(budget_id: str) -> Refused:
    return Refused(
        Complaint(
            ALREADY_THERE,
            "",
            f"Another GLBUDGETHEADER with the given value(s) {budget_id}  already exists",
            "Use a unique value instead.",
            "GL-0493",
            "IA.DUPLICATE_BUDGET",
            {"BUDGETID": budget_id},
        )
    )


def _wrong(text: str) -> Complaint:
    return Complaint(COULD_NOT, "", text)
