"""Changes of a project's scope: requests with priced entries, grouped in change orders."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from lxml import etree

from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.estimate_posting import follow, posted
from sandbox.intacct.estimates import ENTRY
from sandbox.intacct.master_kind import Element, Keys, MasterKind, Row, complaint
from sandbox.intacct.master_use import reference_complaints
from sandbox.intacct.master_words import read_record
from sandbox.intacct.master_write import create_master, delete_master, find, update_master
from sandbox.intacct.refusal import Refused
from sandbox.intacct.reply import child
from sandbox.intacct.trail import new_record, update
from sandbox.intacct.work import Work

LINES = "SELECT * FROM CHANGEREQUESTENTRY WHERE CHANGEREQUESTKEY = ? ORDER BY LINENO"
COPIED = ("MEMO", "ACCOUNTNO", "WFTYPE", "DEPARTMENTID", "LOCATIONID", "TASKID", "COSTTYPEID")
SUMS = "SELECT COALESCE(SUM({0}), 0), COALESCE(SUM({1}), 0) FROM {2} WHERE {3} = ?"


def create_request(work: Work, element: Element) -> Keys:
    """A new change request with its entries."""
    keys = create_master(REQUEST, work, element)
    _written(work, int(dict(keys)["RECORDNO"]), element)
    return keys


def update_request(work: Work, element: Element) -> Keys:
    """A draft request changed; entries that are sent replace all there were."""
    row = find(work, REQUEST, element)
    if row["CHANGEREQUESTSTATE"] == "Posted":
        text = f"Change request {row['CHANGEREQUESTID']} is Posted and cannot be changed."
        raise Refused(complaint(text))
    keys = update_master(REQUEST, work, element)
    _written(work, int(row["RECORDNO"] or 0), element)
    _total_order(work, str(row["PROJECTCHANGEORDERID"] or ""))
    return keys


def delete_request(work: Work, number: int) -> None:
    """A draft request gone with its entries, and out of its change order."""
    row = work.books.row("SELECT * FROM CHANGEREQUEST WHERE RECORDNO = ?", [number])
    delete_master(REQUEST, work, number)
    _total_order(work, str(row["PROJECTCHANGEORDERID"] or "") if row else "")


def _written(work: Work, number: int, element: Element) -> None:
    if element.find("CHANGEREQUESTENTRIES") is not None:
        _replace(work, number, element)
    statement = SUMS.format("COST", "PRICE", "CHANGEREQUESTENTRY", "CHANGEREQUESTKEY")
    found = work.books.row(statement, [number])
    assert found is not None
    totals: dict[str, Value] = {"TOTALCOST": amount(found[0]), "TOTALPRICE": amount(found[1])}
    update(work, "CHANGEREQUEST", number, totals)
    row = work.books.row("SELECT * FROM CHANGEREQUEST WHERE RECORDNO = ?", [number])
    assert row is not None
    _total_order(work, row["PROJECTCHANGEORDERID"] or "")
    if row["CHANGEREQUESTSTATE"] == "Posted" and row["PJESTIMATEID"]:
        _onto_estimate(work, dict(row))


def _replace(work: Work, number: int, element: Element) -> None:
    rows, wrong = [], []
    for one in (one for held in element.findall("CHANGEREQUESTENTRIES") for one in held):
        values, found = read_record(work, LINE, one)
        found += reference_complaints(work, LINE.object, values)
        if values.get("COST") is None and values.get("PRICE") is None:
            found.append(complaint("COST or PRICE is required in CHANGEREQUESTENTRY."))
        wrong += found
        rows.append(values)
    if wrong:
        raise Refused(*wrong)
    work.books.run("DELETE FROM CHANGEREQUESTENTRY WHERE CHANGEREQUESTKEY = ?", [number])
    for position, values in enumerate(rows, start=1):
        whole: dict[str, Value] = {**values, "CHANGEREQUESTKEY": number, "LINENO": position}
        insert(work.books.connection, "CHANGEREQUESTENTRY", [new_record(work) | whole])


def _onto_estimate(work: Work, row: Row) -> None:
    """A posted request's entries become entries of its estimate, tied to the request."""
    header = work.books.row(
        "SELECT RECORDNO FROM PJESTIMATE WHERE PJESTIMATEID = ?", [row["PJESTIMATEID"]]
    )
    assert header is not None
    before = posted(work, header[0])
    for line in work.books.rows(LINES, [row["RECORDNO"]]):
        made = etree.Element(ENTRY.name)
        child(made, "PJESTIMATEID", str(row["PJESTIMATEID"]))
        child(made, "AMOUNT", format(amount(line["COST"] or 0), "f"))
        for name in COPIED:
            child(made, name, str(line[name] or ""))
        key = dict(create_master(ENTRY, work, made))["RECORDNO"]
        tie: dict[str, Value] = {
            "CHANGEREQUESTENTRYKEY": line["RECORDNO"],
            "EFFECTIVEDATE": line["EFFECTIVEDATE"],
        }
        update(work, ENTRY.name, int(key), tie)
    follow(work, before, posted(work, header[0]))


def _total_order(work: Work, order: str) -> None:
    row = work.books.row(
        "SELECT RECORDNO FROM PROJECTCHANGEORDER WHERE PROJECTCHANGEORDERID = ?", [order]
    )
    found = work.books.row(
        SUMS.format("TOTALCOST", "TOTALPRICE", "CHANGEREQUEST", "PROJECTCHANGEORDERID"), [order]
    )
    if row and found:
        totals: dict[str, Value] = {"TOTALCOST": amount(found[0]), "TOTALPRICE": amount(found[1])}
        update(work, "PROJECTCHANGEORDER", row[0], totals)


def _request_wrong(work: Work, row: Row) -> list[str]:
    found = []
    for table, key in (
        ("PROJECTCHANGEORDER", "PROJECTCHANGEORDERID"),
        ("PJESTIMATE", "PJESTIMATEID"),
    ):
        other = work.books.row(f"SELECT PROJECTID FROM {table} WHERE {key} = ?", [row.get(key)])  # noqa: S608
        if other and other[0] != row["PROJECTID"]:
            found.append(f"{key}: '{row[key]}' is not of project {row['PROJECTID']}.")
    return found


def _posted_stays(column: str, word: str) -> Callable[[Work, Row], list[str]]:
    def guard(_: Work, row: Row) -> list[str]:
        return [f"A posted {word} cannot be deleted."] if row[column] == "Posted" else []

    return guard


ORDER = MasterKind(
    "PROJECTCHANGEORDER",
    "Project change order",
    defaults=MappingProxyType(
        {"PROJECTCHANGEORDERSTATE": "Draft", "TOTALCOST": 0, "TOTALPRICE": 0}
    ),
    fixed=("PROJECTID",),
    guard=_posted_stays("PROJECTCHANGEORDERSTATE", "change order"),
)
REQUEST = MasterKind(
    "CHANGEREQUEST",
    "Change request",
    defaults=MappingProxyType({"CHANGEREQUESTSTATE": "Draft", "TOTALCOST": 0, "TOTALPRICE": 0}),
    fixed=("PROJECTID",),
    check=_request_wrong,
    guard=_posted_stays("CHANGEREQUESTSTATE", "change request"),
)
LINE = MasterKind("CHANGEREQUESTENTRY", "Change request entry")
