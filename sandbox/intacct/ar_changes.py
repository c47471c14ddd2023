"""Invoices and adjustments changed: texts always, lines and days while nothing is paid."""

from __future__ import annotations

import sqlite3

from sandbox.company.values import Value
from sandbox.intacct.ar_documents import (
    Kind,
    action_of,
    active_customer,
    check_number,
    contacts_of,
    drafted,
    due_of,
    found,
    rate_in,
    refused,
    submit,
    texts_of,
)
from sandbox.intacct.document_lines import Item, check_items, keep_items, kept_items, read_item
from sandbox.intacct.legacy import Called, custom_columns
from sandbox.intacct.open_items import LINES
from sandbox.intacct.subledger import AR, batch_of, control_account, erase
from sandbox.intacct.trail import leave_trail, update
from sandbox.intacct.work import Work


def update_document(work: Work, called: Called, kind: Kind) -> int:
    """What was sent is changed; lines by `line_num`; a draft is posted with action Submit."""
    row = found(work, kind, called.attributes.get("key", ""), "update")
    number = int(row["RECORDNO"])
    if called.text("customerid", row["CUSTOMERID"]) != row["CUSTOMERID"]:
        raise refused(f"The customer of {kind.word} {row['RECORDID']} cannot be changed.")
    customer = active_customer(work, row["CUSTOMERID"])
    old = kept_items(work, LINES[kind.object], number)
    items = _changed(work, called, kind, old, control_account(work, AR, customer))
    columns = _changes(work, called, kind, row, items)
    _check_changeable(kind, row, called)
    posted = row["STATE"] != "Draft"
    if items is not old or {"WHENPOSTED", "EXCHANGE_RATE", "RECORDID"} & set(columns):
        check_items(work, items)
        batch = batch_of(work, AR, kind.journal, dict(row))
        if posted and batch:
            erase(work, batch, AR)
        header = {**dict(row), **columns}
        keep_items(work, LINES[kind.object], number, items, header, rate_in(header))
        update(work, kind.object, number, {**columns, **drafted(items, header)})
        if posted:
            update(work, kind.object, number, {"STATE": "Draft", "PRBATCHKEY": None})
            submit(work, kind, number, nogl=not batch)
    else:
        update(work, kind.object, number, columns)
    if not posted and action_of(called, "Draft") == "Submit":
        submit(work, kind, number, nogl=called.flag("nogl"))
    leave_trail(work, kind.object, number, "modify")
    return number


def _changes(
    work: Work, called: Called, kind: Kind, row: sqlite3.Row, items: list[Item]
) -> dict[str, Value]:
    columns = {**texts_of(called, kind), **contacts_of(work, called)}
    columns |= custom_columns(kind.object, called)
    for name, column in (("datecreated", "WHENCREATED"), ("dateposted", "WHENPOSTED")):
        if called.text(name):
            columns[column] = called.text(name)
    if called.text("datecreated") and not called.text("dateposted"):
        columns["WHENPOSTED"] = called.text("datecreated")
    if called.text(kind.number):
        columns["RECORDID"] = called.text(kind.number)
        check_number(work, kind, called.text(kind.number), row["RECORDNO"])
    if any(called.sent(name) for name in ("datedue", "termname", "datecreated")):
        dated = {**dict(row), **columns}
        columns |= due_of(work, called, dated, row["TERMNAME"] or "", items)
    return columns


def _changed(work: Work, called: Called, kind: Kind, old: list[Item], control: str) -> list[Item]:
    """The lines after the call; the very same list where it names none."""
    held = called.part(kind.updated_items)
    if held is None:
        return old
    items = list(old)
    for one in held.parts("updatelineitem"):
        position = one.attributes.get("line_num", "")
        if not position.isdecimal() or not 1 <= int(position) <= len(items):
            raise refused(f"There is no line with line_num '{position}'.")
        index = int(position) - 1
        items[index] = read_item(one, work, control, items[index])
    return [*items, *(read_item(one, work, control) for one in held.parts("lineitem"))]


def _check_changeable(kind: Kind, row: sqlite3.Row, called: Called) -> None:
    """What is paid in part keeps its lines and days; what is settled keeps everything."""
    if row["STATE"] in ("Draft", "Posted", "No Value") and not row["TOTALSELECTED"]:
        return
    sent = {*called.texts, *called.inside}
    if row["STATE"] != "Partially Paid" or sent - {*kind.texts, "datedue", "termname"}:
        raise refused(f"{kind.word} {row['RECORDID']} is {row['STATE']} and cannot be changed.")
