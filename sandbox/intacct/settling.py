"""Money, discounts and credits are taken off documents line by line, and given back again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sandbox.company.values import Value, amount
from sandbox.intacct.asked import CREDITS, Asked, columns_of
from sandbox.intacct.open_items import (
    DEAD,
    OpenLine,
    document,
    lines_of,
    refresh,
    refresh_customer,
    take,
)
from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused
from sandbox.intacct.shown import american
from sandbox.intacct.subledger import AR, Leg, control_account, entity_place
from sandbox.intacct.terms import active_term, discount
from sandbox.intacct.work import Work

OWED_BACK = ("ARADVANCE", "ARPYMT")
Complain = Callable[[str], Refused]


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays in which currency on which day; an empty customer is several."""

    customer: str
    currency: str
    day: str
    own: int


@dataclass(slots=True)
class Settled:
    """What was done so far: details to keep, lines for the ledger, and whom it concerns."""

    rows: list[dict[str, Value]] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    cash: dict[str, int] = field(default_factory=dict)
    documents: dict[tuple[str, int], str] = field(default_factory=dict)


def too_much(text: str) -> Refused:
    """More is paid than is due."""
    return Refused(Complaint(COULD_NOT, "", text))


def settle(
    work: Work, payer: Payer, details: Sequence[Asked], complain: Complain = too_much
) -> Settled:
    """Carries the details out in their order; Refused for the first that cannot be."""
    settled = Settled()
    for asked in details:
        _settle(work, payer, asked, settled, complain)
    for asked in details:
        if asked.discount or asked.discount_day:
            _check_paid_in_full(work, asked)
    _refresh_all(work, settled, payer.day)
    return settled


def give_back(work: Work, rows: Sequence[sqlite3.Row], day: str) -> Settled:
    """Undoes what the details of a payment did; the lines for the ledger are the opposite ones."""
    settled = Settled()
    for row in rows:
        name = "ARINVOICE" if row["RECORDKEY"] is not None else "ARADJUSTMENT"
        number = row["RECORDKEY"] if name == "ARINVOICE" else row["POSADJKEY"]
        entry = row["ENTRYKEY"] if name == "ARINVOICE" else row["POSADJENTRYKEY"]
        cash, off = row["TRX_PAYMENTAMOUNT"] or 0, row["TRX_DISCOUNTAMOUNT"] or 0
        credit = next((c for c in CREDITS.values() if row[c.amount]), None)
        from_credit = row[credit.amount] if credit else 0
        for part, kind in ((from_credit, ""), (off, "discount"), (cash, "cash")):
            for line, piece in _down(_from_last(work, name, number, entry), part, _paid):
                _move(work, line, -piece, kind, settled)
        if credit:
            found = _from_last(work, credit.object, row[credit.key], row[credit.entry])
            for line, piece in _down(found, from_credit, _paid):
                _move(work, line, -piece, "", settled)
    _refresh_all(work, settled, day)
    return settled


def _settle(work: Work, payer: Payer, asked: Asked, settled: Settled, complain: Complain) -> None:
    row = _payable(work, payer, asked)
    off = asked.discount or _earned(work, asked, row)
    whole, due = asked.whole - asked.discount + off, row["TRX_TOTALDUE"] or 0
    lines = [line for line in lines_of(work, asked.object, asked.record) if line.open > 0]
    if asked.entry is not None:
        lines = [line for line in lines if line.line == asked.entry]
    reach = sum(line.open for line in lines)
    limit = reach if asked.credit == "INLINE" else min(due, reach)
    if whole <= 0:
        raise too_much("The amount of a detail must be greater than zero.")
    if whole > limit:
        raise complain(
            f"The payment amount {amount(whole)} exceeds total amount due {amount(max(limit, 0))} "
            f"for {row['RECORDID'] or asked.record}."
        )
    for piece, kind in ((asked.cash, "cash"), (off, "discount")):
        for line, part in _down(_now(work, lines), piece, _open):
            _move(work, line, part, kind, settled)
            settled.rows.append(_row(asked, line, part, kind))
    if asked.credit:
        _use_credit(work, payer, asked, str(row["CUSTOMERID"]), _now(work, lines), settled)


def _payable(work: Work, payer: Payer, asked: Asked) -> sqlite3.Row:
    row = document(work, asked.object, asked.record)
    word = "Invoice" if asked.object == "ARINVOICE" else "Adjustment"
    if row is None:
        raise too_much(f"{word} with key '{asked.record}' does not exist.")
    if row["STATE"] in DEAD:
        raise too_much(f"{word} {row['RECORDID']} is {row['STATE']} and cannot be paid.")
    if payer.customer and row["CUSTOMERID"] != payer.customer:
        raise too_much(f"{word} {row['RECORDID']} does not belong to customer {payer.customer}.")
    if row["CURRENCY"] != payer.currency:
        raise too_much(f"{word} {row['RECORDID']} is in {row['CURRENCY']}, not {payer.currency}.")
    return row


def _earned(work: Work, asked: Asked, row: sqlite3.Row) -> int:
    """The discount of the term on the day named, in hundredths."""
    if not asked.discount_day:
        return 0
    term = active_term(work, "ARTERM", row["TERMNAME"]) if row["TERMNAME"] else None
    off = term and discount(term, row["WHENCREATED"], row["TRX_TOTALENTERED"] or 0)
    if not off or asked.discount_day > off.grace_until:
        text = f"{row['RECORDID']} has no discount on {american(asked.discount_day)}."
        raise too_much(text)
    return off.hundredths


def _check_paid_in_full(work: Work, asked: Asked) -> None:
    open_still = sum(line.open for line in lines_of(work, asked.object, asked.record))
    if open_still:
        raise too_much(
            f"A discount needs the rest to be paid in full: {amount(open_still)} would stay open."
        )


def _use_credit(
    work: Work,
    payer: Payer,
    asked: Asked,
    customer: str,
    lines: list[OpenLine],
    settled: Settled,
) -> None:
    credit = CREDITS[asked.credit]
    row = document(work, credit.object, asked.credit_record)
    kind = asked.credit.title()
    if row is None or row["STATE"] in DEAD or asked.credit_record == payer.own:
        raise too_much(f"{kind} with key '{asked.credit_record}' does not exist.")
    if row["CUSTOMERID"] != customer or row["CURRENCY"] != payer.currency:
        raise too_much(f"{kind} {asked.credit_record} is not of customer {customer}.")
    if asked.credit == "INLINE" and asked.credit_record != asked.record:
        raise too_much("An inline credit belongs to the invoice it is used on.")
    sign = 1 if credit.object in OWED_BACK else -1
    found = [
        line
        for line in lines_of(work, credit.object, asked.credit_record)
        if sign * line.open > 0 and asked.credit_entry in (None, line.line)
    ]
    left = abs(sum(line.open for line in found))
    if asked.credit != "INLINE":
        left = min(left, max(0, sign * (row["TRX_TOTALDUE"] or 0)))
    if asked.credit_amount > left:
        raise too_much(
            f"The amount {amount(asked.credit_amount)} exceeds what is left of "
            f"{kind.lower()} {asked.credit_record}: {amount(left)}."
        )
    _pair_off(work, asked, _down(lines, asked.credit_amount, _open), found, settled)


def _pair_off(
    work: Work,
    asked: Asked,
    parts: list[tuple[OpenLine, int]],
    sources: list[OpenLine],
    settled: Settled,
) -> None:
    """One detail for every line paid from every line of the credit."""
    for line, part in parts:
        for source, piece in _down(sources, part, _open):
            _move(work, line, piece, "", settled)
            sign = 1 if source.open > 0 else -1
            _move(work, source, sign * piece, "", settled)
            row = _row(asked, line, 0, "cash")
            credit = CREDITS[asked.credit]
            row |= {credit.key: source.record, credit.entry: source.line or None}
            settled.rows.append(row | {credit.amount: amount(piece)})
            line = replace(line, paid=line.paid + piece)  # noqa: PLW2901 - the next piece sees it
            sources = [
                replace(one, paid=one.paid + sign * piece) if one.line == source.line else one
                for one in sources
            ]


def _move(work: Work, line: OpenLine, trx: int, kind: str, settled: Settled) -> None:
    """Pays on a line, or gives back, and remembers what the ledger is to be told."""
    row = work.books.row(
        f"SELECT CUSTOMERID FROM {line.object} WHERE RECORDNO = ?",  # noqa: S608 - our own names
        [line.record],
    )
    customer = str(row[0]) if row else ""
    base = take(work, line, trx)
    sign = 1 if line.object in OWED_BACK else -1
    place = entity_place(work, line.location)
    own = dict(line.dimensions) if line.object in OWED_BACK else {}
    dimensions = tuple({**own, "CUSTOMERID": customer}.items())
    account = line.account or _control(work, customer)
    settled.legs.append(Leg(account, sign * base, sign * trx, place, dimensions))
    settled.documents[line.object, line.record] = customer
    if kind == "cash":
        settled.cash[place] = settled.cash.get(place, 0) + trx
    if kind == "discount":
        given = work.books.setup().accounts.discounts_given
        where = tuple({**dict(line.dimensions), "CUSTOMERID": customer}.items())
        settled.legs.append(Leg(given, base, trx, line.location, where, "Discount"))


def _control(work: Work, customer: str) -> str:
    row = work.books.row("SELECT * FROM CUSTOMER WHERE CUSTOMERID = ?", [customer])
    return control_account(work, AR, dict(row) if row else {})


def _row(asked: Asked, line: OpenLine, part: int, kind: str) -> dict[str, Value]:
    bare = replace(asked, entry=line.line, cash=part if kind == "cash" else 0, discount=0)
    columns = columns_of(replace(bare, credit="", discount_day=None))
    if kind == "discount":
        columns |= {"TRX_DISCOUNTAMOUNT": amount(part), "DISCOUNTDATE": asked.discount_day}
    return columns


def _down(
    lines: Sequence[OpenLine], whole: int, room: Callable[[OpenLine], int]
) -> list[tuple[OpenLine, int]]:
    """The amount run down the lines, each taking what it has room for; signs follow the line."""
    pieces, left = [], whole
    for line in lines:
        part = min(left, abs(room(line)))
        if part:
            signed = part if room(line) > 0 or room is _open else -part
            pieces.append((line, signed))
            left -= part
    return pieces


def _open(line: OpenLine) -> int:
    return line.open


def _paid(line: OpenLine) -> int:
    return line.paid


def _from_last(work: Work, name: str, number: int, entry: int | None) -> list[OpenLine]:
    lines = lines_of(work, name, number)
    return [line for line in reversed(lines) if entry in (None, line.line)]


def _now(work: Work, lines: Sequence[OpenLine]) -> list[OpenLine]:
    """The same lines as they are by now."""
    if not lines:
        return []
    wanted = {line.line for line in lines}
    fresh = lines_of(work, lines[0].object, lines[0].record)
    return [line for line in fresh if line.line in wanted]


def _refresh_all(work: Work, settled: Settled, day: str) -> None:
    for name, number in settled.documents:
        refresh(work, name, number, day)
    for customer in dict.fromkeys(settled.documents.values()):
        refresh_customer(work, customer)
