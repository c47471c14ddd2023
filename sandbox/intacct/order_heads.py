"""The head of an order: its number, whose it is, when it is due, and the state it is in."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.company.definitions import Definition
from sandbox.company.values import Value
from sandbox.intacct.conversions import NOT_YET
from sandbox.intacct.legacy import Called
from sandbox.intacct.order_kinds import KEPT, Trade
from sandbox.intacct.order_lines import wrong
from sandbox.intacct.refusal import ALREADY_THERE, Complaint, Refused
from sandbox.intacct.terms import active_term, due_day
from sandbox.intacct.trail import next_number
from sandbox.intacct.work import Work

NO_NUMBER = "PL01000127"
ASKED = ("Draft", "Pending", "Closed")


def active_party(work: Work, trade: Trade, id_: str) -> Mapping[str, Value]:
    """The customer or vendor of this id; Refused where there is none or it is inactive."""
    row = work.books.row(f"SELECT * FROM {trade.party} WHERE {trade.party}ID = ?", [id_])  # noqa: S608 - one of two
    word = trade.party.title()
    if row is None:
        raise wrong(f"{word} '{id_}' does not exist.")
    if row["STATUS"] == "inactive":
        raise wrong(f"{word} '{id_}' is inactive.")
    return dict(row)


def next_document(
    work: Work, trade: Trade, definition: Definition, number: str
) -> dict[str, Value]:
    """The keys of a new document; without a number it gets the next of its definition."""
    number = number or _next_number(work, trade, definition)
    id_ = f"{definition.name}-{number}"
    if work.books.row(f"SELECT 1 FROM {trade.document} WHERE DOCID = ?", [id_]):  # noqa: S608 - one of two
        text = f"Another {definition.name} with the given value(s) {number}  already exists"
        raise Refused(Complaint(ALREADY_THERE, "", text, "Use a unique value instead."))
    record = next_number(work, trade.document)
    return {"RECORDNO": record, "DOCID": id_, "DOCNO": number, "DOCPARID": definition.name}


def kept_columns(called: Called) -> dict[str, Value]:
    """The columns of the texts and dates that were sent; an empty text clears, a date never."""
    columns: dict[str, Value] = {
        column: called.text(name) or None for name, column in KEPT.items() if called.sent(name)
    }
    for column in ("WHENCREATED", "WHENPOSTED"):
        if columns.get(column, True) is None:
            del columns[column]
    if called.part("subtotals") or called.part("updatesubtotals"):
        raise wrong("No subtotals are set up for this transaction definition.")
    return columns


def contact_columns(work: Work, trade: Trade, called: Called) -> dict[str, Value]:
    """The record numbers of the contacts that were named; Refused for a name nobody has."""
    columns: dict[str, Value] = {}
    for name, column in trade.contacts.items():
        part = called.part(name)
        if part is None:
            continue
        wanted = part.text("contactname")
        row = work.books.row("SELECT RECORDNO FROM CONTACT WHERE CONTACTNAME = ?", [wanted])
        if wanted and row is None:
            raise wrong(f"Contact '{wanted}' does not exist.")
        columns[column] = row[0] if row else None
    return columns


def due_columns(
    work: Work, trade: Trade, called: Called, header: Mapping[str, Value], usual: str
) -> dict[str, Value]:
    """The term, and the day it is due: as given, or by the term."""
    name = called.text("termname") or usual
    term = active_term(work, trade.terms, name) if name else None
    day = str(header["WHENCREATED"])
    by_term = due_day(term, day) if term else day
    return {"TERMNAME": name or None, "WHENDUE": called.text("datedue") or by_term}


def state_after(definition: Definition, before: str, asked: str) -> str:
    """The state of a document once it is written; what needs approval is submitted for it."""
    if asked and asked not in ASKED:
        raise wrong(f"state cannot be '{asked}'.")
    if asked == "Draft" and before not in ("", "Draft", "Declined"):
        raise wrong(f"A document that is {before} cannot become a draft again.")
    if asked in ("Draft", "Closed"):
        return asked
    if not asked and before in ("Draft", "Closed"):
        return before
    if definition.approved:
        return "Submitted"
    return "Pending" if asked or before in ("", *NOT_YET) else before


def _next_number(work: Work, trade: Trade, definition: Definition) -> str:
    if not definition.prefix:
        raise Refused(Complaint(NO_NUMBER, "", "Document Number is missing"))
    rows = work.books.rows(
        f"SELECT DOCNO FROM {trade.document} WHERE DOCPARID = ?",  # noqa: S608 - one of two
        [definition.name],
    )
    own = [row[0].removeprefix(definition.prefix) for row in rows if row[0]]
    used = [int(text) for text in own if text.isdecimal()]
    return f"{definition.prefix}{max(used, default=0) + 1:04}"
