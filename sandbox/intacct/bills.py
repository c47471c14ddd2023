"""Bills: what makes one, and how it reaches the ledger and what the vendor is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.bill_lines import BillLine, keep_lines, kept_lines, legs_of, rate_in
from sandbox.intacct.document_lines import base_currency, check_items, in_books
from sandbox.intacct.exchange import rate_of
from sandbox.intacct.master_kind import complaint
from sandbox.intacct.master_write import already_there
from sandbox.intacct.open_items import refresh
from sandbox.intacct.refusal import Refused
from sandbox.intacct.subledger import AP, Entry, control_account, post
from sandbox.intacct.terms import active_term, discount, due_day
from sandbox.intacct.trail import new_record, next_number, update
from sandbox.intacct.work import Work

JOURNAL = "APJ"
ACTIONS = ("Draft", "Submit")
NEEDED = ("VENDORID", "WHENCREATED", "WHENDUE")
OWED = (
    "SELECT COALESCE(SUM(TOTALDUE), 0) FROM APBILL WHERE VENDORID = ? "
    "AND STATE NOT IN ('Draft', 'Reversed', 'Reversal')"
)


def add_bill(
    work: Work, sent: Mapping[str, Value], lines: Sequence[BillLine], *, draft: bool, nogl: bool
) -> int:
    """A new bill of these columns and lines, posted unless it is to stay a draft; its number."""
    columns = {
        **completed(work, sent, lines, draft=draft),
        "RECORDTYPE": "pi",
        "MODULEKEY": sent.get("MODULEKEY") or AP.module,
        "SYSTEMGENERATED": False,
        "STATE": "Draft",
    }
    number = document_number(work)
    check_number(work, columns, 0)
    row = owned(work) | drafted(lines, columns) | columns | {"RECORDNO": number}
    insert(work.books.connection, "APBILL", [row])
    keep_lines(work, number, lines, columns)
    if not draft:
        submit(work, number, nogl=nogl)
    return number


def completed(
    work: Work, sent: Mapping[str, Value], lines: Sequence[BillLine], *, draft: bool
) -> dict[str, Value]:
    """The columns with all that follows from them; Refused where a bill in the books needs more."""
    columns = dict(sent)
    vendor = vendor_of(work, str(columns.get("VENDORID") or ""), draft=draft)
    columns["VENDORNAME"] = vendor.get("NAME")
    columns["WHENPOSTED"] = columns.get("WHENPOSTED") or columns.get("WHENCREATED")
    columns |= _due(work, columns, lines)
    if not draft:
        if missing := [name for name in NEEDED if not columns.get(name)]:
            raise Refused(*(complaint(f"Required field {name} is missing.") for name in missing))
        _check_days(columns)
    if lines or not draft:
        check_items(work, [line.item for line in lines])
    return columns | _currencies(work, columns, lines)


def vendor_of(work: Work, id_: str, *, draft: bool) -> Mapping[str, Value]:
    """The vendor of this id; Refused where there is none or it is inactive."""
    row = work.books.row("SELECT * FROM VENDOR WHERE VENDORID = ?", [id_])
    if row is None and not id_:
        if draft:
            return {}
        raise Refused(complaint("Required field VENDORID is missing."))
    if row is None or row["STATUS"] == "inactive":
        state = "does not exist" if row is None else "is inactive"
        raise Refused(complaint(f"Vendor '{id_}' {state}."))
    return dict(row)


def submit(work: Work, number: int, *, nogl: bool) -> None:
    """The draft is posted: into the ledger unless told not to, and onto what the vendor is owed."""
    row = work.books.row("SELECT * FROM APBILL WHERE RECORDNO = ?", [number])
    assert row is not None
    vendor = vendor_of(work, row["VENDORID"], draft=False)
    lines = kept_lines(work, number, control_account(work, AP, vendor))
    rate, said = rate_in(dict(row)), row["RECORDID"] or str(number)
    entry = Entry(
        AP,
        JOURNAL,
        row["WHENPOSTED"],
        f"Bill {said}: {row['VENDORNAME']}",
        said,
        row["CURRENCY"],
        rate,
        legs_of(work, lines, row["VENDORID"], rate),
    )
    batch = None if nogl else post(work, entry)
    title = f"Bills {row['WHENPOSTED'][:7]}"
    update(work, "APBILL", number, {"STATE": "Posted", "PRBATCH": title, "PRBATCHKEY": batch})
    refresh(work, "APBILL", number, row["WHENPOSTED"])
    refresh_vendor(work, row["VENDORID"])


def refresh_vendor(work: Work, vendor: str) -> None:
    """What the vendor is owed: the sum of what is due on its posted bills."""
    due = work.books.row(OWED, [vendor])
    found = work.books.row("SELECT RECORDNO FROM VENDOR WHERE VENDORID = ?", [vendor])
    if due and found:
        update(work, "VENDOR", found[0], {"TOTALDUE": amount(due[0])})


def drafted(lines: Sequence[BillLine], columns: Mapping[str, Value]) -> dict[str, Value]:
    """The totals of a draft: it was entered, and asks for nothing yet."""
    rate, zero = rate_in(columns), Decimal(0)
    figures = [line.item.trx for line in lines]
    return {
        "TOTALENTERED": amount(sum(in_books(trx, rate) for trx in figures)),
        "TRX_TOTALENTERED": amount(sum(figures)),
        **{f"{p}TOTAL{n}": zero for p in ("", "TRX_") for n in ("PAID", "DUE", "SELECTED")},
    }


def check_number(work: Work, columns: Mapping[str, Value], own: int) -> None:
    """Refused where another bill of the vendor already has this number."""
    said = columns.get("RECORDID")
    if said and work.books.row(
        "SELECT 1 FROM APBILL WHERE VENDORID IS ? AND RECORDID = ? AND RECORDNO <> ?",
        [str(columns.get("VENDORID") or "") or None, str(said), own],
    ):
        raise Refused(already_there("Bill", "APBILL", str(said)))


def document_number(work: Work) -> int:
    """The next record number: bills and their payments draw from the same ones."""
    return max(next_number(work, name) for name in ("APBILL", "APPYMT"))


def owned(work: Work) -> dict[str, Value]:
    """The common columns of a document, whose WHENCREATED is its own date."""
    made = new_record(work)
    made["AUWHENCREATED"] = made.pop("WHENCREATED")
    return made


def action_in(text: str, usual: str) -> str:
    """Draft or Submit; any other word is Refused."""
    action = text or usual
    if action not in ACTIONS:
        raise Refused(complaint(f"ACTION cannot be '{action}'."))
    return action


def _due(work: Work, columns: Mapping[str, Value], lines: Sequence[BillLine]) -> dict[str, Value]:
    if not columns.get("TERMNAME") or not columns.get("WHENCREATED"):
        return {}
    term, day = active_term(work, "APTERM", str(columns["TERMNAME"])), str(columns["WHENCREATED"])
    off = discount(term, day, sum(line.item.trx for line in lines))
    return {
        "WHENDUE": columns.get("WHENDUE") or due_day(term, day),
        "WHENDISCOUNT": columns.get("WHENDISCOUNT") or (off.until if off else None),
    }


def _check_days(columns: Mapping[str, Value]) -> None:
    if str(columns["WHENDUE"]) < str(columns["WHENCREATED"]):
        raise Refused(complaint("WHENDUE: Date must be on or after WHENCREATED."))


def _currencies(
    work: Work, columns: Mapping[str, Value], lines: Sequence[BillLine]
) -> dict[str, Value]:
    if not lines:
        return {}
    base = base_currency(work, [line.item for line in lines])
    if columns.get("BASECURR", base) not in (None, base):
        raise Refused(complaint(f"The base currency is {base}, not {columns['BASECURR']}."))
    currency, given = str(columns.get("CURRENCY") or base), columns.get("EXCHANGE_RATE")
    day = str(columns.get("WHENPOSTED") or "9999-12-31")
    rate = rate_of(work, currency, base, day, Decimal(str(given)) if given else None)
    return {"BASECURR": base, "CURRENCY": currency, "EXCHANGE_RATE": rate}
