"""The invoice or bill that an order posts: made anew whenever its order is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sandbox.company.definitions import Definition
from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.bills import document_number, refresh_vendor
from sandbox.intacct.conversions import NOT_YET
from sandbox.intacct.document_lines import in_books
from sandbox.intacct.masters import account_complaints, accounts
from sandbox.intacct.open_items import next_number, refresh_customer, totals
from sandbox.intacct.order_kinds import Trade
from sandbox.intacct.order_lines import PLACES, OrderLine, kept_lines, wrong
from sandbox.intacct.refusal import MISSING_DIMENSION, Complaint, Refused
from sandbox.intacct.subledger import (
    Entry,
    Leg,
    batch_of,
    control_account,
    entity_place,
    erase,
    post,
)
from sandbox.intacct.terms import active_term, discount
from sandbox.intacct.trail import leave_trail, new_record, update
from sandbox.intacct.trail import next_number as never_used
from sandbox.intacct.work import Work


def repost(work: Work, trade: Trade, definition: Definition, number: int) -> None:
    """Deletes what the order posted and posts it again as the order is now, under a new number.

    Refused while something is paid on it, or is about to be.
    """
    row = work.books.row(f"SELECT * FROM {trade.document} WHERE RECORDNO = ?", [number])  # noqa: S608 - one of two
    assert row is not None
    old = row["PRRECORDKEY"]
    live = definition.posts and row["STATE"] not in NOT_YET
    new = _make(work, trade, definition, row) if live else None
    if (old, new) != (None, None):
        update(work, trade.document, number, {"PRRECORDKEY": new})
    if old is not None:
        unpost(work, trade, old)


def unpost(work: Work, trade: Trade, key: int) -> None:
    """Deletes an invoice or bill with its lines and its entry; the trail keeps the deletion."""
    _check_unpaid(work, trade, key)
    row = work.books.row(f"SELECT * FROM {trade.ledger} WHERE RECORDNO = ?", [key])  # noqa: S608 - one of two
    if row is None:
        return
    batch = batch_of(work, trade.side, trade.side.documents, dict(row))
    if batch is not None:
        erase(work, batch, trade.side)
    work.books.run(f"DELETE FROM {trade.ledger}ITEM WHERE RECORDKEY = ?", [key])  # noqa: S608 - one of two
    work.books.run(f"DELETE FROM {trade.ledger} WHERE RECORDNO = ?", [key])  # noqa: S608 - one of two
    leave_trail(work, trade.ledger, key, "delete")
    _refresh(work, trade, row[f"{trade.party}ID"])


def _check_unpaid(work: Work, trade: Trade, key: int) -> None:
    row = work.books.row(
        f"SELECT * FROM {trade.ledger} WHERE RECORDNO = ? "  # noqa: S608 - one of two
        "AND (TRX_TOTALPAID <> 0 OR TOTALSELECTED <> 0 OR STATE LIKE 'Revers%')",
        [key],
    )
    if row is not None:
        raise wrong(
            f"{trade.word} {row['RECORDID']} is {row['STATE']}: its source document cannot be "
            "changed or deleted."
        )


def _make(work: Work, trade: Trade, definition: Definition, row: sqlite3.Row) -> int:
    lines, rate = kept_lines(work, trade, row["RECORDNO"]), Decimal(row["EXCHRATE"] or 1)
    party = _party(work, trade, row["CUSTVENDID"])
    control = control_account(work, trade.side, party)
    posted_to = _accounts(work, trade, definition, lines)
    number, reference = _number(work, trade), _reference(work, trade, row)
    entry = Entry(
        trade.side,
        trade.side.documents,
        row["WHENPOSTED"],
        f"{trade.word} {reference}: {row['CUSTVENDNAME']}",
        reference,
        row["CURRENCY"],
        rate,
        _legs(work, trade, lines, posted_to, control, rate),
    )
    batch = post(work, entry)
    columns = _document(work, trade, row, rate, lines)
    keys: dict[str, Value] = {"RECORDNO": number, "RECORDID": reference, "PRBATCHKEY": batch}
    insert(work.books.connection, trade.ledger, [{**columns, **keys}])
    insert(
        work.books.connection,
        f"{trade.ledger}ITEM",
        [
            {**_item(work, trade, row, line, rate), "RECORDKEY": number, "LINE_NO": position}
            | {"ACCOUNTNO": account, "OFFSETGLACCOUNTNO": control}
            for position, (line, account) in enumerate(zip(lines, posted_to, strict=True), start=1)
        ],
    )
    leave_trail(work, trade.ledger, number, "create")
    _refresh(work, trade, row["CUSTVENDID"])
    return number


def in_all(lines: Sequence[OrderLine], rate: Decimal) -> int:
    """What the lines come to in the books: each is rounded by itself."""
    return sum(in_books(line.trx, rate) for line in lines)


def _party(work: Work, trade: Trade, id_: str) -> Mapping[str, Value]:
    row = work.books.row(f"SELECT * FROM {trade.party} WHERE {trade.party}ID = ?", [id_])  # noqa: S608 - one of two
    return {} if row is None else dict(row)


def _accounts(
    work: Work, trade: Trade, definition: Definition, lines: Sequence[OrderLine]
) -> list[str]:
    """The account of each line, by its item's group; Refused where it will not do."""
    groups = {one.name: one for one in work.books.setup().item_groups}
    of_item = {row[0]: row[1] for row in work.books.rows("SELECT ITEMID, GLGROUP FROM ITEM")}
    found, complaints, known = [], list[Complaint](), accounts(work)
    for line in lines:
        group = groups.get(of_item.get(line.item) or "")
        account = definition.account
        if group is not None:
            account = group.sold if trade.module == "SO" else group.bought
        if not account:
            raise wrong(f"{definition.name} has no account for item {line.item}.")
        found.append(account)
        complaints += account_complaints(known, [account])
        needs = known[account].needs if account in known else ()
        complaints += [
            Complaint(MISSING_DIMENSION, "", f"Missing the {need} dimension for Account {account}.")
            for need in needs
            if not dict(line.places).get(
                f"{'DEPARTMENT' if need == 'Department' else 'LOCATION'}ID"
            )
        ]
    if complaints:
        raise Refused(*complaints)
    return found


def _legs(
    work: Work,
    trade: Trade,
    lines: Sequence[OrderLine],
    posted_to: Sequence[str],
    control: str,
    rate: Decimal,
) -> tuple[Leg, ...]:
    legs: list[Leg] = []
    for line, account in zip(lines, posted_to, strict=True):
        base, trx = trade.side.sign * in_books(line.trx, rate), trade.side.sign * line.trx
        mine = {**dict(line.places), "ITEMID": line.item}
        mine.pop("LOCATIONID", None)
        place = entity_place(work, line.location)
        party = tuple((n, v) for n, v in mine.items() if n == f"{trade.party}ID")
        legs += [
            Leg(control, base, trx, place, party),
            Leg(account, -base, -trx, line.location, tuple(mine.items()), line.memo),
        ]
    return tuple(legs)


def _document(
    work: Work, trade: Trade, row: sqlite3.Row, rate: Decimal, lines: Sequence[OrderLine]
) -> dict[str, Value]:
    made, trx = new_record(work), sum(line.trx for line in lines)
    made["AUWHENCREATED"] = made.pop("WHENCREATED")
    return {
        **made,
        f"{trade.party}ID": row["CUSTVENDID"],
        f"{trade.party}NAME": row["CUSTVENDNAME"],
        "DOCNUMBER": row["PONUMBER"],
        "DESCRIPTION": row["MESSAGE"],
        "TERMNAME": row["TERMNAME"],
        "STATE": "Posted" if trx else "No Value",
        "RECORDTYPE": trade.record_type,
        "MODULEKEY": trade.side.module,
        "PRBATCH": f"{trade.word}s {row['WHENPOSTED'][:7]}",
        "SYSTEMGENERATED": False,
        "WHENCREATED": row["WHENCREATED"],
        "WHENPOSTED": row["WHENPOSTED"],
        "WHENDUE": row["WHENDUE"],
        "WHENDISCOUNT": _discount_day(work, trade, row, trx),
        "CURRENCY": row["CURRENCY"],
        "BASECURR": row["BASECURR"],
        "EXCHANGE_RATE": rate,
        **totals(in_all(lines, rate), 0),
        **totals(trx, 0, "TRX_"),
        "TOTALSELECTED": amount(0),
        "TRX_TOTALSELECTED": amount(0),
    }


def _item(
    work: Work, trade: Trade, row: sqlite3.Row, line: OrderLine, rate: Decimal
) -> dict[str, Value]:
    return {
        **new_record(work),
        "AMOUNT": amount(in_books(line.trx, rate)),
        "TRX_AMOUNT": amount(line.trx),
        "TOTALPAID": amount(0),
        "TRX_TOTALPAID": amount(0),
        "ENTRYDESCRIPTION": line.memo or line.description or None,
        "ENTRY_DATE": row["WHENPOSTED"],
        "CURRENCY": row["CURRENCY"],
        "BASECURR": row["BASECURR"],
        "ITEMID": line.item,
        **dict.fromkeys(PLACES.values()),
        f"{trade.party}ID": row["CUSTVENDID"],
        **dict(line.places),
    }


def _discount_day(work: Work, trade: Trade, row: sqlite3.Row, trx: int) -> str | None:
    if not row["TERMNAME"]:
        return None
    off = discount(active_term(work, trade.terms, row["TERMNAME"]), row["WHENCREATED"], trx)
    return off.until if off else None


def _reference(work: Work, trade: Trade, row: sqlite3.Row) -> str:
    """The number people know the document by: the vendor's own, or the order's.

    Refused where another invoice, or another bill of the vendor, has it.
    """
    reference = str(row["VENDORDOCNO"] or row["DOCNO"])
    taken = work.books.row(
        f"SELECT 1 FROM {trade.ledger} WHERE RECORDID = ? AND RECORDNO IS NOT ? "  # noqa: S608 - one of two
        f"AND (? = 'ARINVOICE' OR {trade.party}ID = ?)",
        [reference, row["PRRECORDKEY"], trade.ledger, row["CUSTVENDID"]],
    )
    if taken:
        raise wrong(f"Another {trade.word} with the given value(s) {reference}  already exists")
    return reference


def _number(work: Work, trade: Trade) -> int:
    """A record number that none has, nor had and lost."""
    if trade.module == "PO":
        return document_number(work)
    return max(next_number(work), never_used(work, trade.ledger))


def _refresh(work: Work, trade: Trade, party: str) -> None:
    """What the customer owes, or the vendor is owed, after the change."""
    refresh = refresh_customer if trade.module == "SO" else refresh_vendor
    refresh(work, party)
