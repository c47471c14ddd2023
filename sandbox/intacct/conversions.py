"""What an order became: how much of each line was converted, and what change orders made of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sandbox.company.definitions import Definition
from sandbox.company.values import Value, amount
from sandbox.intacct.order_kinds import Trade
from sandbox.intacct.order_lines import OrderLine, line_rows, wrong
from sandbox.intacct.trail import update
from sandbox.intacct.work import Work

NOT_YET = ("Draft", "Submitted", "Partially Approved", "Declined")
CONVERTED = ("Converted", "Partially Converted")
INHERITED = ("DEPARTMENTID", "LOCATIONID", "PROJECTID", "TASKID", "COSTTYPEID", "CLASSID")
CHANGED = (*CONVERTED, "Pending", "Approved", "In Progress")


def resolved(
    work: Work,
    trade: Trade,
    definition: Definition,
    header: Mapping[str, Value],
    lines: Sequence[OrderLine],
) -> list[OrderLine]:
    """New lines with what they leave out taken from the line they convert or change.

    Refused where that is a line of another document, item or party, or not to be had.
    """
    return [
        line
        if line.number is not None
        else _filled(line, _origin(work, trade, definition, header, line))
        for line in lines
    ]


def touched_by(work: Work, trade: Trade, number: int) -> tuple[set[int], set[int]]:
    """The documents a document's lines were converted from, and those they change."""
    rows = line_rows(work, trade, number)
    return (
        {row["SOURCE_DOCKEY"] for row in rows if row["SOURCE_DOCKEY"] is not None},
        {row["RELATEDDOCKEY"] for row in rows if row["RELATEDDOCKEY"] is not None},
    )


def revise(work: Work, trade: Trade, number: int) -> None:
    """The document with its change orders: revised lines and total, and the state that follows."""
    changes = _live(work, trade, "RELATEDDOCKEY", number)
    total = sum(_value(row) for row in line_rows(work, trade, number))
    for row in line_rows(work, trade, number):
        mine = [one for one in changes if one["RELATEDDOCLINEKEY"] == row["RECORDNO"]]
        quantity = Decimal(row["QUANTITY"]) + sum(Decimal(one["QUANTITY"]) for one in mine)
        value = _value(row) + sum(_value(one) for one in mine)
        if quantity < 0 or value < 0:
            raise wrong(f"A change order leaves less than nothing of item {row['ITEMID']}.")
        price = amount(value) / quantity if quantity else Decimal(0)
        revised: dict[str, Value] = {
            "REVISEDUNITQTY": quantity if mine else None,
            "REVISEDUNITPRICE": round(price, 10).normalize() if mine else None,
            "REVISEDPRICE": amount(value) if mine else None,
        }
        update(work, trade.line, row["RECORDNO"], revised)
    with_changes = total + sum(_value(one) for one in changes)
    revised_total = amount(with_changes) if changes else None
    update(work, trade.document, number, {"REVISEDTOTAL": revised_total})
    recount(work, trade, number)


def recount(work: Work, trade: Trade, number: int) -> None:
    """The document's converted quantities and amounts, and the state that follows.

    Refused where more would be converted than was ordered.
    """
    taken = _live(work, trade, "SOURCE_DOCKEY", number)
    left, any_taken = False, False
    for row in line_rows(work, trade, number):
        mine = [one for one in taken if one["SOURCE_DOCLINEKEY"] == row["RECORDNO"]]
        quantity = sum((Decimal(one["QUANTITY"]) for one in mine), Decimal(0))
        value = sum(_value(one) for one in mine)
        left |= _open(row, mine, quantity, value)
        any_taken |= bool(mine)
        converted: dict[str, Value] = {"QTY_CONVERTED": quantity, "PRICE_CONVERTED": amount(value)}
        update(work, trade.line, row["RECORDNO"], converted)
    header = work.books.row(f"SELECT * FROM {trade.document} WHERE RECORDNO = ?", [number])  # noqa: S608 - one of two
    assert header is not None
    if any_taken:
        state = "Partially Converted" if left else "Converted"
        update(work, trade.document, number, {"STATE": state})
    elif header["STATE"] in CONVERTED:
        approved = definition_of(work, trade, header["DOCPARID"]).approved
        state = "Approved" if approved else "Pending"
        update(work, trade.document, number, {"STATE": state})


def definition_of(work: Work, trade: Trade, name: str) -> Definition:
    """The transaction definition of this name; Refused where there is none."""
    for one in work.books.setup().definitions:
        if (one.module, one.name) == (trade.module, name):
            return one
    raise wrong(f"Transaction definition '{name}' does not exist.")


def used_by(work: Work, trade: Trade, number: int) -> list[str]:
    """The ids of the documents that were made from this one, or change it."""
    rows = work.books.rows(
        f"SELECT DISTINCT DOCHDRID FROM {trade.line} "  # noqa: S608 - one of two
        "WHERE SOURCE_DOCKEY = ? OR RELATEDDOCKEY = ? ORDER BY 1",
        [number, number],
    )
    return [row[0] for row in rows]


def _live(work: Work, trade: Trade, column: str, number: int) -> list[sqlite3.Row]:
    """The lines of other documents that point here, drafts and undecided ones left out."""
    marks = ", ".join("?" for _ in NOT_YET)
    return work.books.rows(
        f"SELECT l.* FROM {trade.line} l JOIN {trade.document} h ON h.RECORDNO = l.DOCHDRNO "  # noqa: S608 - our own names
        f"WHERE l.{column} = ? AND h.STATE NOT IN ({marks})",
        [number, *NOT_YET],
    )


def _open(row: sqlite3.Row, mine: list[sqlite3.Row], quantity: Decimal, value: int) -> bool:
    """Whether something of a line is left to convert; Refused where too much was."""
    ordered = Decimal(row["REVISEDUNITQTY"] or row["QUANTITY"])
    worth = row["REVISEDPRICE"] if row["REVISEDPRICE"] is not None else _value(row)
    by_price = any(one["CONVERSIONTYPE"] == "Price" for one in mine)
    if by_price and value > worth:
        raise wrong(
            f"{amount(value):f} converted of item {row['ITEMID']} is more than the "
            f"{amount(worth):f} ordered in {row['DOCHDRID']}."
        )
    if not by_price and quantity > ordered:
        raise wrong(
            f"The quantity {quantity:f} converted of item {row['ITEMID']} is more than the "
            f"{ordered:f} ordered in {row['DOCHDRID']}."
        )
    return value < worth if by_price else quantity < ordered


def _value(row: sqlite3.Row) -> int:
    return int(row["TRX_VALUE"] if row["TRX_VALUE"] is not None else row["TOTAL"] or 0)


def _origin(
    work: Work,
    trade: Trade,
    definition: Definition,
    header: Mapping[str, Value],
    line: OrderLine,
) -> sqlite3.Row | None:
    if line.source:
        document, key = line.source
        source = _document(work, trade, "DOCID", document)
        _check_source(work, trade, definition, source)
    elif line.related:
        document, key = str(line.related[0]), line.related[1] or 0
        source = _document(work, trade, "RECORDNO", document)
        if source["DOCPARID"] not in definition.changes or source["STATE"] not in CHANGED:
            raise wrong(f"{definition.name} cannot change {source['DOCID']} ({source['STATE']}).")
    elif definition.changes:
        raise wrong(f"A line of {definition.name} must have a relateddockey.")
    else:
        return None
    if source["CUSTVENDID"] != header["CUSTVENDID"]:
        raise wrong(f"{source['DOCID']} belongs to {source['CUSTVENDID']}.")
    if line.related and not key:
        return None
    found = [row for row in line_rows(work, trade, source["RECORDNO"]) if row["RECORDNO"] == key]
    if not found:
        raise wrong(f"{source['DOCID']} has no line {key}.")
    if found[0]["ITEMID"] != line.item:
        raise wrong(f"Line {key} of {source['DOCID']} is of item {found[0]['ITEMID']}.")
    return found[0]


def _check_source(work: Work, trade: Trade, definition: Definition, source: sqlite3.Row) -> None:
    if source["DOCPARID"] not in definition.converts:
        raise wrong(f"{definition.name} cannot be made from {source['DOCPARID']}.")
    first = "Approved" if definition_of(work, trade, source["DOCPARID"]).approved else "Pending"
    if source["STATE"] not in (first, "In Progress", "Partially Converted"):
        raise wrong(f"{source['DOCID']} is {source['STATE']} and cannot be converted.")


def _document(work: Work, trade: Trade, column: str, key: str) -> sqlite3.Row:
    row = work.books.row(
        f"SELECT * FROM {trade.document} WHERE {column} = ? "  # noqa: S608 - one of two
        "AND (? = '' OR MEGAENTITYID IS NULL OR MEGAENTITYID = ?)",
        [key, work.caller.entity, work.caller.entity],
    )
    if row is None:
        raise wrong(f"Document '{key}' does not exist.")
    return row


def _filled(line: OrderLine, origin: sqlite3.Row | None) -> OrderLine:
    if origin is None:
        return line
    kept = {name: origin[name] for name in INHERITED if origin[name]}
    return replace(
        line,
        description=line.description or origin["ITEMDESC"] or "",
        unit=line.unit or origin["UNIT"] or "",
        price=Decimal(origin["UIPRICE"] or 0) if line.price is None else line.price,
        places=tuple((kept | dict(line.places)).items()),
    )
