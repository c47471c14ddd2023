"""The lines of a bill: read from either kind of call, kept, and posted against what we owe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sandbox.company.shape import DIMENSIONS
from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.document_lines import Item, in_books, in_hundredths, read_item
from sandbox.intacct.legacy import Called
from sandbox.intacct.master_kind import Element, complaint
from sandbox.intacct.received import flag_of, number_of
from sandbox.intacct.refusal import Refused
from sandbox.intacct.subledger import Leg, entity_place
from sandbox.intacct.trail import new_record
from sandbox.intacct.work import Work

ITEMS = "APBILLITEMS"
ABSENT = {"ACCOUNTLABEL": "Account label", "ALLOCATION": "Allocation", "TAXENTRIES": "Tax entry"}
KNOWN = (
    *("RECORDNO", "LINE_NO", "ACCOUNTNO", "OFFSETGLACCOUNTNO", "TRX_AMOUNT", "AMOUNT"),
    *("ENTRYDESCRIPTION", "BILLABLE", *ABSENT, *DIMENSIONS),
)


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line, and whether it is to be charged on to a customer."""

    item: Item
    billable: bool


def read_lines(work: Work, element: Element, control: str) -> list[BillLine]:
    """The lines a generic call sends; Refused with all that is wrong in them."""
    sent = [one for held in element.findall(ITEMS) for one in held]
    found, wrong = [], []
    for one in sent:
        try:
            found.append(_line(work, one, control))
        except ValueError as error:
            wrong.append(complaint(f"{error}."))
    if wrong:
        raise Refused(*wrong)
    return found


def called_line(called: Called, work: Work, control: str, old: BillLine | None = None) -> BillLine:
    """The line a legacy call describes, or an old line with what it changes."""
    item = read_item(called, work, control, old.item if old else None)
    billable = called.flag("billable") if called.sent("billable") else bool(old and old.billable)
    return BillLine(item, billable)


def keep_lines(
    work: Work, number: int, lines: Sequence[BillLine], header: Mapping[str, Value]
) -> None:
    """These are the bill's lines, and no others; lines that were there keep their record."""
    row = work.books.row("SELECT COALESCE(MAX(RECORDNO), 0) FROM APBILLITEM")
    free = int(row[0]) if row else 0
    work.books.run("DELETE FROM APBILLITEM WHERE RECORDKEY = ?", [number])
    rate, rows = rate_in(header), []
    for position, line in enumerate(lines, start=1):
        free += line.item.number is None
        rows.append(
            new_record(work)
            | _columns(line, header, rate)
            | {
                "RECORDNO": line.item.number or free,
                "RECORDKEY": number,
                "LINE_NO": position,
            }
        )
    insert(work.books.connection, "APBILLITEM", rows)


def kept_lines(work: Work, number: int, control: str) -> list[BillLine]:
    """The bill's lines as they are kept."""
    rows = work.books.rows(
        "SELECT * FROM APBILLITEM WHERE RECORDKEY = ? ORDER BY LINE_NO", [number]
    )
    return [
        BillLine(
            Item(
                row["ACCOUNTNO"] or "",
                row["OFFSETGLACCOUNTNO"] or control,
                row["TRX_AMOUNT"] or 0,
                row["ENTRYDESCRIPTION"] or "",
                tuple((one, row[one]) for one in DIMENSIONS if row[one] and one != "VENDORID"),
                row["RECORDNO"],
            ),
            bool(row["BILLABLE"]),
        )
        for row in rows
    ]


def legs_of(work: Work, lines: Sequence[BillLine], vendor: str, rate: Decimal) -> tuple[Leg, ...]:
    """Each line against the control account of its entity, in the vendor's name."""
    legs: list[Leg] = []
    for item in (line.item for line in lines):
        base = in_books(item.trx, rate)
        dimensions = {**dict(item.places), "VENDORID": vendor}
        dimensions.pop("LOCATIONID", None)
        place = entity_place(work, item.location)
        legs += [
            Leg(item.control, -base, -item.trx, place, (("VENDORID", vendor),)),
            Leg(item.account, base, item.trx, item.location, tuple(dimensions.items()), item.memo),
        ]
    return tuple(legs)


def rate_in(header: Mapping[str, Value]) -> Decimal:
    """The exchange rate among a bill's columns."""
    return Decimal(str(header.get("EXCHANGE_RATE") or 1))


def _line(work: Work, element: Element, control: str) -> BillLine:
    words = {str(one.tag): (one.text or "").strip() for one in element}
    if unknown := [name for name in words if name not in KNOWN]:
        raise ValueError(f"Field {unknown[0]} is not valid for APBILLITEM")
    for name, word in ABSENT.items():
        if words.get(name):
            raise ValueError(f"{word} '{words[name]}' does not exist")
    figure = words.get("TRX_AMOUNT") or words.get("AMOUNT")
    if not figure:
        raise ValueError("Required field TRX_AMOUNT is missing")
    places = {"LOCATIONID": work.caller.entity}
    places |= {name: words[name] for name in DIMENSIONS if name in words and name != "VENDORID"}
    item = Item(
        words.get("ACCOUNTNO", ""),
        words.get("OFFSETGLACCOUNTNO") or control,
        in_hundredths(number_of(figure)),
        words.get("ENTRYDESCRIPTION", ""),
        tuple((name, text) for name, text in places.items() if text),
    )
    return BillLine(item, bool(words.get("BILLABLE") and flag_of(words["BILLABLE"])))


def _columns(line: BillLine, header: Mapping[str, Value], rate: Decimal) -> dict[str, Value]:
    item = line.item
    return {
        "ACCOUNTNO": item.account,
        "OFFSETGLACCOUNTNO": item.control,
        "AMOUNT": amount(in_books(item.trx, rate)),
        "TRX_AMOUNT": amount(item.trx),
        "TOTALPAID": Decimal(0),
        "TRX_TOTALPAID": Decimal(0),
        "ENTRYDESCRIPTION": item.memo or None,
        "ENTRY_DATE": header.get("WHENPOSTED"),
        "BILLABLE": line.billable,
        "CURRENCY": header.get("CURRENCY"),
        "BASECURR": header.get("BASECURR"),
        **dict.fromkeys(DIMENSIONS),
        **dict(item.places),
        "VENDORID": header.get("VENDORID"),
    }
