"""The lines of an order: read from a call, checked against the books, kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sandbox.company.shape import DIMENSIONS
from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.document_lines import in_books, in_hundredths
from sandbox.intacct.legacy import Called, custom_columns
from sandbox.intacct.masters import BY_COLUMN, dimension_complaints
from sandbox.intacct.order_kinds import Trade
from sandbox.intacct.refusal import COULD_NOT, MISSING_DIMENSION, Complaint, Refused
from sandbox.intacct.trail import new_record, update
from sandbox.intacct.work import Work

PLACES = {name.lower(): name for name in DIMENSIONS if name != "ITEMID"}
EXTRAS = {
    "taxable": "TAXABLE",
    "billable": "BILLABLE",
    "revrectemplate": "REVRECTEMPLATE",
    "revrecstartdate": "REVRECSTARTDATE",
    "revrecenddate": "REVRECENDDATE",
}
FLAGS = ("taxable", "billable")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line; its price is in the document's currency, `number` its record, if it has one.

    `source` is what it was converted from: a document's id and the record number of its line.
    `related` is what it changes: a document's record number and its line's, or no line's to add.
    """

    item: str = ""
    description: str = ""
    quantity: Decimal = Decimal(0)
    unit: str = ""
    price: Decimal | None = None
    discount: Decimal = Decimal(0)
    memo: str = ""
    places: tuple[tuple[str, str], ...] = ()
    source: tuple[str, int] | None = None
    conversion: str = "Quantity"
    related: tuple[int, int | None] | None = None
    extras: tuple[tuple[str, Value], ...] = ()
    number: int | None = None

    @property
    def trx(self) -> int:
        """Its amount in hundredths of the document's currency, rounded half up."""
        price = (self.price or Decimal(0)) * (HUNDRED - self.discount) / HUNDRED
        return in_hundredths(self.quantity * price)

    @property
    def location(self) -> str:
        """Where it belongs."""
        return dict(self.places).get("LOCATIONID", "")


def wrong(text: str) -> Refused:
    """What cannot be done with an order."""
    return Refused(Complaint(COULD_NOT, "", text))


def read_line(work: Work, trade: Trade, called: Called, created_from: str) -> OrderLine:
    """The new line a call describes; `created_from` is the document its source line is in."""
    _check_unknown(called)
    start = OrderLine(places=(("LOCATIONID", work.caller.entity),))
    line = _with(trade, start, called)
    key, document = called.number("sourcelinekey"), created_from
    if key is None:
        key, document = called.number("sourcedoclineid"), called.text("sourcedocid")
    if key is not None:
        line = replace(line, source=(document, int(key)))
    related, place = called.number("relateddockey"), called.number("relateddoclinekey")
    if related is not None:
        line = replace(line, related=(int(related), None if place is None else int(place)))
    if called.text("conversiontype", "Quantity") not in ("Quantity", "Price"):
        raise wrong(f"conversiontype cannot be '{called.text('conversiontype')}'.")
    return replace(line, conversion=called.text("conversiontype", "Quantity"))


def changed_line(trade: Trade, old: OrderLine, called: Called) -> OrderLine:
    """The old line with what the call says about it; where it came from does not change."""
    _check_unknown(called)
    for name in ("sourcelinekey", "sourcedoclineid", "relateddockey", "relateddoclinekey"):
        if called.text(name):
            raise wrong(f"{name} of an existing line cannot be changed.")
    return _with(trade, old, called)


def check_lines(work: Work, trade: Trade, lines: Sequence[OrderLine], *, changes: bool) -> None:
    """Refused with every item, dimension and quantity that will not do."""
    found = dimension_complaints(work, "ITEM", (line.item for line in lines))
    for column, name in {
        "DEPARTMENTID": "DEPARTMENT",
        "LOCATIONID": "LOCATION",
        **{key: one for key, one in BY_COLUMN.items() if one != "ITEM"},
    }.items():
        ids = (dict(line.places).get(column, "") for line in lines)
        found += dimension_complaints(work, name, ids)
    several = len(work.books.rows("SELECT 1 FROM LOCATIONENTITY")) > 1
    for position, line in enumerate(lines, start=1):
        if several and not line.location:
            text = f"Missing the Location dimension for item {line.item} in line {position}."
            found.append(Complaint(MISSING_DIMENSION, "", text))
        if not line.quantity or (line.quantity < 0 and not changes):
            text = f"The quantity in line {position} cannot be {line.quantity:f}."
            found.append(Complaint(COULD_NOT, "", text))
        if (line.price or 0) < 0:
            found.append(Complaint(COULD_NOT, "", f"The price in line {position} is negative."))
    if not lines:
        found.append(Complaint(COULD_NOT, "", f"At least one {trade.item} is required."))
    if found:
        raise Refused(*found)


def keep_lines(
    work: Work, trade: Trade, header: Mapping[str, Value], lines: Sequence[OrderLine]
) -> None:
    """Writes a document's lines in their order: those that are known are changed, others added."""
    rate = Decimal(str(header["EXCHRATE"] or 1))
    names = {row[0]: row[1] for row in work.books.rows("SELECT ITEMID, NAME FROM ITEM")}
    for position, line in enumerate(lines):
        columns: dict[str, Value] = {
            "DOCHDRNO": header["RECORDNO"],
            "DOCHDRID": header["DOCID"],
            "LINE_NO": position,  # these lines are read counting from nought
            "ITEMID": line.item,
            "ITEMDESC": line.description or names.get(line.item),
            "QUANTITY": line.quantity,
            "UNIT": line.unit or "Each",
            "PRICE": (line.price or Decimal(0)) * rate,
            "UIPRICE": line.price or Decimal(0),
            "DISCOUNTPERCENT": line.discount,
            "TOTAL": amount(in_books(line.trx, rate)),
            "TRX_VALUE": amount(line.trx),
            "MEMO": line.memo or None,
            "CURRENCY": header["CURRENCY"],
            "BASECURR": header["BASECURR"],
            **dict.fromkeys(PLACES.values()),
            f"{trade.party}ID": header["CUSTVENDID"],
            **dict(line.places),
            **dict(line.extras),
        }
        if line.number is not None:
            update(work, trade.line, line.number, columns)
            continue
        columns |= _origin(work, trade, line)
        insert(work.books.connection, trade.line, [{**new_record(work), **columns}])


def kept_lines(work: Work, trade: Trade, number: int) -> list[OrderLine]:
    """A document's lines as they are kept."""
    return [_kept(row) for row in line_rows(work, trade, number)]


def line_rows(work: Work, trade: Trade, number: int) -> list[sqlite3.Row]:
    """The records of a document's lines, in their order."""
    return work.books.rows(
        f"SELECT * FROM {trade.line} WHERE DOCHDRNO = ? ORDER BY LINE_NO",  # noqa: S608 - one of two
        [number],
    )


def _with(trade: Trade, base: OrderLine, called: Called) -> OrderLine:
    quantity, price = called.number("quantity"), called.number("price")
    discount = called.number("discountpercent")
    if discount is not None and not 0 <= discount <= HUNDRED:
        raise wrong(f"discountpercent cannot be {discount:f}.")
    places = dict(base.places) | {
        PLACES[name]: text for name, text in called.texts.items() if name in PLACES
    }
    extras = dict(base.extras) | {
        EXTRAS[name]: called.flag(name) if name in FLAGS else text or None
        for name, text in called.texts.items()
        if name in EXTRAS
    }
    return replace(
        base,
        item=called.text("itemid", base.item),
        description=called.texts.get("itemdesc", base.description),
        quantity=base.quantity if quantity is None else quantity,
        unit=called.text("unit", base.unit),
        price=base.price if price is None else price,
        discount=base.discount if discount is None else discount,
        memo=called.texts.get("memo", base.memo),
        places=tuple((name, text) for name, text in places.items() if text),
        extras=tuple((extras | custom_columns(trade.line, called)).items()),
    )


def _check_unknown(called: Called) -> None:
    if called.text("itemaliasid"):
        raise wrong(f"Item alias '{called.text('itemaliasid')}' does not exist.")
    if called.number("tax") or called.number("overridetaxamount"):
        raise wrong("No tax solution is set up: a line cannot have a tax.")


def _origin(work: Work, trade: Trade, line: OrderLine) -> dict[str, Value]:
    columns: dict[str, Value] = {}
    if line.source:
        document, key = line.source
        row = work.books.row(
            f"SELECT RECORDNO FROM {trade.document} WHERE DOCID = ?",  # noqa: S608 - one of two
            [document],
        )
        columns |= {"SOURCE_DOCID": document, "SOURCE_DOCKEY": row[0] if row else None}
        columns |= {"SOURCE_DOCLINEKEY": key, "CONVERSIONTYPE": line.conversion}
    if line.related:
        columns |= {"RELATEDDOCKEY": line.related[0], "RELATEDDOCLINEKEY": line.related[1]}
    return columns


def _kept(row: sqlite3.Row) -> OrderLine:
    source, related = row["SOURCE_DOCLINEKEY"], row["RELATEDDOCKEY"]
    return OrderLine(
        row["ITEMID"] or "",
        row["ITEMDESC"] or "",
        Decimal(row["QUANTITY"] or 0),
        row["UNIT"] or "",
        Decimal(row["UIPRICE"] or 0),
        Decimal(row["DISCOUNTPERCENT"] or 0),
        row["MEMO"] or "",
        tuple((one, row[one]) for one in PLACES.values() if row[one]),
        None if source is None else (row["SOURCE_DOCID"] or "", source),
        row["CONVERSIONTYPE"] or "Quantity",
        None if related is None else (related, row["RELATEDDOCLINEKEY"]),
        number=row["RECORDNO"],
    )
