"""Orders written by their own calls: created, changed and deleted with all that follows."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from decimal import Decimal

from lxml import etree

from sandbox.company.definitions import Definition
from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.conversions import (
    CONVERTED,
    definition_of,
    recount,
    resolved,
    revise,
    touched_by,
    used_by,
)
from sandbox.intacct.exchange import rate_of
from sandbox.intacct.legacy import Called, custom_columns, key_answer, read_call
from sandbox.intacct.order_heads import (
    active_party,
    contact_columns,
    due_columns,
    kept_columns,
    next_document,
    state_after,
)
from sandbox.intacct.order_kinds import PURCHASES, SALES, Trade
from sandbox.intacct.order_lines import (
    OrderLine,
    changed_line,
    check_lines,
    keep_lines,
    kept_lines,
    read_line,
    wrong,
)
from sandbox.intacct.order_postings import in_all, repost, unpost
from sandbox.intacct.rights import permit
from sandbox.intacct.subledger import base_currencies
from sandbox.intacct.trail import leave_trail, new_record, update
from sandbox.intacct.work import FunctionAnswer, Work


def create_sotransaction(work: Work, call: etree._Element) -> FunctionAnswer:
    """A new document of order entry; its id."""
    return _create(work, call, SALES)


def update_sotransaction(work: Work, call: etree._Element) -> FunctionAnswer:
    """A document of order entry changed, its lines by their place."""
    return _update(work, call, SALES)


def delete_sotransaction(work: Work, call: etree._Element) -> FunctionAnswer:
    """A document of order entry deleted by its id."""
    return _delete(work, call, SALES)


def create_potransaction(work: Work, call: etree._Element) -> FunctionAnswer:
    """A new document of purchasing; its id."""
    return _create(work, call, PURCHASES)


def update_potransaction(work: Work, call: etree._Element) -> FunctionAnswer:
    """A document of purchasing changed, its lines by their place."""
    return _update(work, call, PURCHASES)


def postpone_potransaction(work: Work, call: etree._Element) -> FunctionAnswer:
    """`partialupdate_potransaction`: another posting date and nothing else, in any state."""
    permit(work, PURCHASES.document, "UPDATE")
    called = read_call(work, call, PURCHASES.postpone)
    row = found(work, PURCHASES, called.attributes.get("key", ""))
    update(work, PURCHASES.document, row["RECORDNO"], {"WHENPOSTED": called.text("dateposted")})
    repost(work, PURCHASES, definition_of(work, PURCHASES, row["DOCPARID"]), row["RECORDNO"])
    leave_trail(work, PURCHASES.document, row["RECORDNO"], "modify")
    return key_answer(row["DOCID"])


def delete_potransaction(work: Work, call: etree._Element) -> FunctionAnswer:
    """A document of purchasing deleted by its id."""
    return _delete(work, call, PURCHASES)


def delete_sales_record(work: Work, number: int) -> None:
    """A document of order entry deleted by `delete`."""
    delete_order(work, SALES, number)


def delete_purchase_record(work: Work, number: int) -> None:
    """A document of purchasing deleted by `delete`."""
    delete_order(work, PURCHASES, number)


def found(work: Work, trade: Trade, key: str) -> sqlite3.Row:
    """The document of this id; Refused where the caller sees none."""
    row = work.books.row(
        f"SELECT * FROM {trade.document} WHERE DOCID = ? "  # noqa: S608 - one of two
        "AND (? = '' OR MEGAENTITYID IS NULL OR MEGAENTITYID = ?)",
        [key, work.caller.entity, work.caller.entity],
    )
    if row is None:
        raise wrong(f"Document '{key}' does not exist.")
    return row


def follow_up(work: Work, trade: Trade, definition: Definition, number: int) -> None:
    """Everything that depends on a document that was written: sources, changed ones, the ledger."""
    sources, related = touched_by(work, trade, number)
    for one in sorted(related):
        revise(work, trade, one)
    for one in sorted(sources):
        recount(work, trade, one)
    repost(work, trade, definition, number)


def delete_order(work: Work, trade: Trade, number: int) -> None:
    """The document, its lines and what it posted are gone; what it converted is open again."""
    row = work.books.row(f"SELECT * FROM {trade.document} WHERE RECORDNO = ?", [number])  # noqa: S608 - one of two
    assert row is not None
    row = found(work, trade, row["DOCID"])
    if row["STATE"] in (*CONVERTED, "In Progress"):
        raise wrong(f"{row['DOCID']} is {row['STATE']} and cannot be deleted.")
    if users := used_by(work, trade, number):
        raise wrong(f"{row['DOCID']} is used by {', '.join(users)} and cannot be deleted.")
    sources, related = touched_by(work, trade, number)
    work.books.run(f"DELETE FROM {trade.line} WHERE DOCHDRNO = ?", [number])  # noqa: S608 - one of two
    work.books.run(f"DELETE FROM {trade.document} WHERE RECORDNO = ?", [number])  # noqa: S608 - one of two
    leave_trail(work, trade.document, number, "delete")
    if row["PRRECORDKEY"] is not None:
        unpost(work, trade, row["PRRECORDKEY"])
    for one in sorted(related):
        revise(work, trade, one)
    for one in sorted(sources):
        recount(work, trade, one)


def _create(work: Work, call: etree._Element, trade: Trade) -> FunctionAnswer:
    permit(work, trade.document, "CREATE")
    called = read_call(work, call, trade.create)
    definition = definition_of(work, trade, called.text("transactiontype"))
    party = active_party(work, trade, called.text(f"{trade.party.lower()}id"))
    header: dict[str, Value] = {
        **next_document(work, trade, definition, called.text("documentno")),
        "CREATEDFROM": called.text("createdfrom") or None,
        "CUSTVENDID": party[f"{trade.party}ID"],
        "CUSTVENDNAME": party["NAME"],
        **kept_columns(called),
        **contact_columns(work, trade, called),
        **custom_columns(trade.document, called),
    }
    header.setdefault("WHENPOSTED", header["WHENCREATED"])
    if called.text("createdfrom"):
        found(work, trade, called.text("createdfrom"))
    held = called.part(trade.items)
    read = [
        read_line(work, trade, one, called.text("createdfrom"))
        for one in (held.parts(trade.item) if held else ())
    ]
    lines = resolved(work, trade, definition, header, read)
    check_lines(work, trade, lines, changes=bool(definition.changes))
    header |= _currencies(work, called, lines, str(header["WHENCREATED"]))
    header |= due_columns(work, trade, called, header, str(party["TERMNAME"] or ""))
    header |= {"STATE": state_after(definition, "", called.text("state")), **_totals(header, lines)}
    row = _owned(work) | {"RECORDNO": header["RECORDNO"]} | header
    insert(work.books.connection, trade.document, [row])
    keep_lines(work, trade, row, lines)
    number = int(str(row["RECORDNO"]))
    follow_up(work, trade, definition, number)
    leave_trail(work, trade.document, number, "create")
    return key_answer(str(row["DOCID"]))


def _update(work: Work, call: etree._Element, trade: Trade) -> FunctionAnswer:
    permit(work, trade.document, "UPDATE")
    called = read_call(work, call, trade.change)
    row = found(work, trade, called.attributes.get("key", ""))
    if row["STATE"] in trade.locked:
        raise wrong(f"{row['DOCID']} is {row['STATE']} and cannot be updated.")
    definition = definition_of(work, trade, row["DOCPARID"])
    party = active_party(work, trade, row["CUSTVENDID"])
    lines = resolved(work, trade, definition, dict(row), _changed(work, trade, called, row))
    check_lines(work, trade, lines, changes=bool(definition.changes))
    columns: dict[str, Value] = {
        **kept_columns(called),
        **contact_columns(work, trade, called),
        **custom_columns(trade.document, called),
        "STATE": state_after(definition, row["STATE"], called.text("state")),
    }
    header: dict[str, Value] = {**dict(row), **columns}
    columns |= _new_currencies(work, called, lines, header)
    if any(called.sent(name) for name in ("termname", "datedue", "datecreated")):
        usual = str(row["TERMNAME"] or party["TERMNAME"] or "")
        columns |= due_columns(work, trade, called, header, usual)
    header |= columns
    columns |= _totals(header, lines)
    update(work, trade.document, row["RECORDNO"], columns)
    keep_lines(work, trade, header, lines)
    follow_up(work, trade, definition, row["RECORDNO"])
    leave_trail(work, trade.document, row["RECORDNO"], "modify")
    return key_answer(row["DOCID"])


def _delete(work: Work, call: etree._Element, trade: Trade) -> FunctionAnswer:
    permit(work, trade.document, "DELETE")
    row = found(work, trade, read_call(work, call, ()).attributes.get("key", ""))
    delete_order(work, trade, row["RECORDNO"])
    return key_answer(row["DOCID"])


def _changed(work: Work, trade: Trade, called: Called, row: sqlite3.Row) -> list[OrderLine]:
    """The lines after the call."""
    lines = kept_lines(work, trade, row["RECORDNO"])
    held = called.part(f"update{trade.items}")
    if held is None:
        return lines
    for one in held.parts(f"update{trade.item}"):
        position = one.attributes.get("line_num", "")
        if not position.isdecimal() or not 1 <= int(position) <= len(lines):
            raise wrong(f"{row['DOCID']} has no line with line_num '{position}'.")
        lines[int(position) - 1] = changed_line(trade, lines[int(position) - 1], one)
    created_from = row["CREATEDFROM"] or ""
    return lines + [read_line(work, trade, one, created_from) for one in held.parts(trade.item)]


def _currencies(
    work: Work, called: Called, lines: Sequence[OrderLine], day: str
) -> dict[str, Value]:
    known, own = base_currencies(work), work.books.setup().base_currency
    bases = sorted({known.get(line.location) or own for line in lines})
    if len(bases) != 1:
        raise wrong(f"The lines are in different currencies: {' and '.join(bases)}.")
    base = bases[0]
    if called.text("basecurr", base) != base:
        raise wrong(f"The base currency is {base}, not {called.text('basecurr')}.")
    currency, dated = called.text("currency", base), called.text("exchratedate", day)
    return {
        "BASECURR": base,
        "CURRENCY": currency,
        "EXCHRATE": rate_of(work, currency, base, dated, called.number("exchrate")),
        "EXCHRATEDATE": dated if currency != base else None,
        "EXCHRATETYPES": called.text("exchratetype") or None,
    }


def _new_currencies(
    work: Work, called: Called, lines: Sequence[OrderLine], header: Mapping[str, Value]
) -> dict[str, Value]:
    """The currency and rate if the call says anything about them; else they stay."""
    names = ("basecurr", "currency", "exchratedate", "exchratetype", "exchrate")
    if not any(called.text(name) for name in names):
        return {}
    if called.text("currency", str(header["CURRENCY"])) != header["CURRENCY"]:
        raise wrong(f"The currency of {header['DOCID']} cannot be changed.")
    kept = {**called.texts, "currency": str(header["CURRENCY"])}
    same = Called(called.name, kept, called.inside, called.custom, called.attributes)
    return _currencies(work, same, lines, str(header["WHENCREATED"]))


def _totals(header: Mapping[str, Value], lines: Sequence[OrderLine]) -> dict[str, Value]:
    trx = amount(sum(line.trx for line in lines))
    base = amount(in_all(lines, Decimal(str(header["EXCHRATE"] or 1))))
    return {"SUBTOTAL": base, "TOTAL": base, "TRX_SUBTOTAL": trx, "TRX_TOTAL": trx}


def _owned(work: Work) -> dict[str, Value]:
    made = new_record(work)
    made["AUWHENCREATED"] = made.pop("WHENCREATED")
    return made
