"""How a document of receivables or payables reaches the ledger, and how it is taken out again."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.masters import accounts, entity_of_location
from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused
from sandbox.intacct.shown import american
from sandbox.intacct.trail import leave_trail, new_record, next_number, update, user_number
from sandbox.intacct.work import Work


@dataclass(frozen=True, slots=True)
class Side:
    """Receivables or payables: party, module, sign of its control account, journals."""

    application: str
    module: str
    party: str
    sign: int
    documents: str
    adjustments: str
    payments: str


AR = Side("AR", "4.AR", "CUSTOMER", 1, "ARJ", "ARA", "CRJ")
AP = Side("AP", "3.AP", "VENDOR", -1, "APJ", "APJ", "CDJ")


@dataclass(frozen=True, slots=True)
class Leg:
    """One line in hundredths, in the entity's currency and in the document's; debits are positive.

    `dimensions` are columns such as DEPARTMENTID and CUSTOMERID; the location is its own.
    """

    account: str
    base: int
    trx: int
    location: str
    dimensions: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a document does to the ledger on a day; `reference` is how people find it."""

    side: Side
    journal: str
    day: str
    title: str
    reference: str
    currency: str
    rate: Decimal
    legs: tuple[Leg, ...]


def post(work: Work, entry: Entry, reverses: str | None = None) -> int | None:
    """Writes the entry and answers its record number; nothing where its lines cancel out.

    Lines that differ in nothing but their amount are added up. Refused in a closed period of
    subledger or ledger, out of balance in an entity, or with an unknown account or journal.
    `reverses` is the day of the entry this one takes back.
    """
    summed = replace(entry, legs=_summed(entry.legs))
    if not summed.legs:
        check_open(work, entry.side, entry.day, [leg.location for leg in entry.legs])
        return None
    _check(work, summed)
    return _write(work, summed, reverses)


def reverse(work: Work, batch: int, side: Side, day: str) -> int:
    """Writes the opposite of an entry on a day and links the two; the new record number."""
    header = work.books.row("SELECT * FROM GLBATCH WHERE RECORDNO = ?", [batch])
    if header is None:
        raise Refused(Complaint(COULD_NOT, "", f"The ledger entry {batch} does not exist."))
    lines = work.books.rows("SELECT * FROM GLENTRY WHERE BATCHNO = ? ORDER BY LINE_NO", [batch])
    legs = tuple(_opposite(line) for line in lines)
    entry = Entry(
        side,
        header["JOURNAL"],
        day,
        f"Reversed: {header['BATCH_TITLE']}",
        header["REFERENCENO"] or "",
        lines[0]["CURRENCY"] or "",
        Decimal(lines[0]["EXCHANGE_RATE"] or 1),
        legs,
    )
    _check(work, entry)
    number = _write(work, entry, header["BATCH_DATE"])
    update(work, "GLBATCH", batch, {"REVERSED": day, "REVERSEDKEY": number})
    return number


def erase(work: Work, batch: int, side: Side) -> None:
    """Takes an entry out of the ledger without a trace in it; Refused in a closed period."""
    lines = work.books.rows("SELECT ENTRY_DATE, LOCATION FROM GLENTRY WHERE BATCHNO = ?", [batch])
    if lines:
        check_open(work, side, lines[0]["ENTRY_DATE"], [line["LOCATION"] for line in lines])
    work.books.run("DELETE FROM GLENTRY WHERE BATCHNO = ?", [batch])
    work.books.run("DELETE FROM GLBATCH WHERE RECORDNO = ?", [batch])
    leave_trail(work, "GLBATCH", batch, "delete")


def batch_of(work: Work, side: Side, journal: str, document: Mapping[str, object]) -> int | None:
    """The entry a document posted: by the number kept on it, or the one of its party and number.

    A document that was loaded keeps no number; one that was kept out of the ledger has no entry.
    """
    if document["PRBATCHKEY"] is not None:
        return int(str(document["PRBATCHKEY"]))
    party, reference = document[f"{side.party}ID"], str(document["RECORDID"] or "")
    row = work.books.row(
        "SELECT b.RECORDNO FROM GLBATCH b WHERE b.JOURNAL = ? AND b.REFERENCENO = ? "  # noqa: S608 - one of two
        "AND b.MODULE = ? AND b.REVERSEDFROM IS NULL AND EXISTS (SELECT 1 FROM GLENTRY e "
        f"WHERE e.BATCHNO = b.RECORDNO AND e.{side.party}ID = ?)",
        [journal, reference, side.module, str(party or "")],
    )
    return None if row is None else int(row[0])


def check_open(work: Work, side: Side, day: str, locations: Sequence[str]) -> None:
    """Refused where a day is in no period, or closed for an entity in the subledger or ledger."""
    entities = entity_of_location(work)
    mine = {entities.get(location, "") for location in locations}
    texts = [
        f"The period of {american(day)} is closed for entity {one.entity} in {one.application}. "
        f"Date must be on or after the day following {american(one.through.isoformat())}."
        for one in work.books.setup().closed
        if one.application in (side.application, "GL")
        and one.entity in mine
        and day <= one.through.isoformat()
    ]
    known = "SELECT 1 FROM REPORTINGPERIOD WHERE ? BETWEEN START_DATE AND END_DATE"
    if not work.books.row(known, [day]):
        texts.append(f"There is no reporting period for {american(day)}.")
    if texts:
        raise Refused(*(Complaint(COULD_NOT, "", text) for text in texts))


def entity_place(work: Work, location: str) -> str:
    """Where the control account of a location is kept: at its entity."""
    return entity_of_location(work).get(location, location)


def control_account(work: Work, side: Side, party: Mapping[str, Value]) -> str:
    """The control account of a customer or vendor: their own, or the company's."""
    own = party.get("OFFSETGLACCOUNTNO") if side.sign == 1 else party.get("APACCOUNT")
    setup = work.books.setup().accounts
    return str(own or (setup.receivable if side.sign == 1 else setup.payable))


def _summed(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    sums: dict[Leg, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for leg in legs:
        bare = replace(leg, base=0, trx=0)
        base, trx = sums[bare]
        sums[bare] = (base + leg.base, trx + leg.trx)
    return tuple(
        replace(leg, base=base, trx=trx) for leg, (base, trx) in sums.items() if base or trx
    )


def _check(work: Work, entry: Entry) -> None:
    check_open(work, entry.side, entry.day, [leg.location for leg in entry.legs])
    texts, known, entities = [], accounts(work), entity_of_location(work)
    journal = work.books.row("SELECT 1 FROM GLJOURNAL WHERE SYMBOL = ?", [entry.journal])
    if journal is None:
        texts.append(f"Journal '{entry.journal}' does not exist.")
    texts += [
        f"Account number '{number}' does not exist or is inactive."
        for number in dict.fromkeys(leg.account for leg in entry.legs)
        if number not in known or not known[number].active
    ]
    sums: dict[str, int] = defaultdict(int)
    for leg in entry.legs:
        sums[entities.get(leg.location, "")] += leg.base
    if [total for total in sums.values() if total]:
        named = " and ".join(sorted(sums))
        texts.append(f"Inter-entity accounts are not set up between entities {named}.")
    if texts:
        raise Refused(*(Complaint(COULD_NOT, "", text) for text in texts))


def _opposite(line: sqlite3.Row) -> Leg:
    side = -int(line["TR_TYPE"])
    dimensions = tuple(
        (column, str(line[name]))
        for name, column in DIMENSION_COLUMNS.items()
        if line[name] is not None
    )
    return Leg(
        str(line["ACCOUNTNO"]),
        side * int(line["AMOUNT"]),
        side * int(line["TRX_AMOUNT"]),
        str(line["LOCATION"] or ""),
        dimensions,
        str(line["DESCRIPTION"] or ""),
    )


DIMENSION_COLUMNS: Mapping[str, str] = {
    "DEPARTMENT": "DEPARTMENTID",
    **{
        name: name
        for name in (
            "PROJECTID",
            "TASKID",
            "COSTTYPEID",
            "CUSTOMERID",
            "VENDORID",
            "EMPLOYEEID",
            "ITEMID",
            "CLASSID",
            "CONTRACTID",
            "WAREHOUSEID",
        )
    },
}


def _write(work: Work, entry: Entry, reverses: str | None) -> int:
    row = work.books.row(
        "SELECT COALESCE(MAX(BATCHNO), 0) + 1 FROM GLBATCH WHERE JOURNAL = ?", [entry.journal]
    )
    visible = int(row[0]) if row else 1
    number = next_number(work, "GLBATCH")
    header: dict[str, Value] = {
        **new_record(work),
        "RECORDNO": number,
        "BATCHNO": visible,
        "BATCH_TITLE": entry.title,
        "BATCH_DATE": entry.day,
        "JOURNAL": entry.journal,
        "STATE": "Posted",
        "MODULE": entry.side.module,
        "REFERENCENO": entry.reference or None,
        "REVERSEDFROM": reverses,
        "USERKEY": user_number(work),
        "MODIFIED": work.books.now()[:10],
    }
    insert(work.books.connection, "GLBATCH", [header])
    common: dict[str, Value] = {
        **new_record(work),
        "BATCHNO": number,
        "BATCH_NUMBER": visible,
        "BATCHTITLE": entry.title,
        "ENTRY_DATE": entry.day,
        "STATISTICAL": False,
        "CURRENCY": entry.currency,
        "DOCUMENT": entry.reference or None,
    }
    insert(work.books.connection, "GLENTRY", _lines(work, entry, common))
    leave_trail(work, "GLBATCH", number, "create")
    return number


def _lines(work: Work, entry: Entry, common: Mapping[str, Value]) -> list[dict[str, Value]]:
    known, own = accounts(work), base_currencies(work)
    return [
        {
            **common,
            "LINE_NO": position,
            "TR_TYPE": 1 if (leg.base or leg.trx) > 0 else -1,
            "AMOUNT": amount(abs(leg.base)),
            "TRX_AMOUNT": amount(abs(leg.trx)),
            "BASECURR": own.get(leg.location) or entry.currency,
            "EXCHANGE_RATE": entry.rate,
            "ACCOUNTNO": leg.account,
            "ACCOUNTTITLE": known[leg.account].title,
            "DESCRIPTION": leg.text or None,
            "LOCATION": leg.location or None,
            **dict.fromkeys(DIMENSION_COLUMNS),
            **{_column(name): value for name, value in leg.dimensions},
        }
        for position, leg in enumerate(entry.legs, start=1)
    ]


def _column(name: str) -> str:
    return "DEPARTMENT" if name == "DEPARTMENTID" else name


def base_currencies(work: Work) -> dict[str, str]:
    """The currency each location keeps its books in."""
    own = work.books.setup().base_currency
    rows = work.books.rows(
        "SELECT l.LOCATIONID, e.CURRENCY FROM LOCATION_ENTITY l "
        "JOIN LOCATIONENTITY e ON e.LOCATIONID = l.ENTITYID"
    )
    return {row[0]: row[1] or own for row in rows}
