"""Exchange rates: one record for a type and a pair of currencies, an entry for each start."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from sandbox.company.store import insert
from sandbox.intacct.master_kind import Element, MasterKind, Row, complaint
from sandbox.intacct.received import date_of, number_of
from sandbox.intacct.refusal import Refused
from sandbox.intacct.trail import new_record
from sandbox.intacct.work import Work

CURRENCY = re.compile(r"[A-Z]{3}")
BUILT_IN = "Intacct Daily Rate"
PRECISION = Decimal("0.0000000001")
ENTRY = ("EFFECTIVE_START_DATE", "EXCHANGE_RATE", "RECIPROCAL_RATE")


def _wrong(_: Work, row: Row) -> list[str]:
    pair = (str(row["FROM_CURRENCY"]), str(row["TO_CURRENCY"]))
    found = [f"Currency '{one}' does not exist." for one in pair if not CURRENCY.fullmatch(one)]
    if pair[0] == pair[1]:
        found.append("FROM_CURRENCY and TO_CURRENCY must differ.")
    if row["TYPENAME"] == BUILT_IN:
        found.append(f"The exchange rate type '{BUILT_IN}' cannot be written.")
    return found


def _write_entries(work: Work, row: Row, element: Element, before: Row | None) -> None:
    entries = [_entry(one) for held in element.findall("EXCHANGERATEENTRIES") for one in held]
    if not before and not entries:
        raise Refused(complaint("An exchange rate needs at least one EXCHANGERATEENTRY."))
    days = [day for day, _, _ in entries]
    if len(set(days)) != len(days):
        raise Refused(complaint("Two rates of one exchange rate start on the same day."))
    insert(
        work.books.connection,
        "EXCHANGERATEENTRY",
        [
            new_record(work)
            | {"EXCHANGERATEKEY": int(row["RECORDNO"] or 0)}
            | dict(zip(ENTRY, entry, strict=True))
            for entry in entries
        ],
    )


def _entry(element: Element) -> tuple[str, Decimal, Decimal]:
    words = {str(one.tag): (one.text or "").strip() for one in element}
    try:
        day = date_of(words.get("EFFECTIVE_START_DATE", ""))
        rate = number_of(words.get("EXCHANGE_RATE", ""))
        back = number_of(words["RECIPROCAL_RATE"]) if words.get("RECIPROCAL_RATE") else None
        if rate <= 0 or (back is not None and back <= 0):
            raise ValueError("a rate must be greater than zero")
    except ValueError as error:
        raise Refused(complaint(f"EXCHANGERATEENTRY: {error}.")) from error
    return day, rate, back or (1 / rate).quantize(PRECISION, ROUND_HALF_UP)


EXCHANGE_RATE = MasterKind(
    "EXCHANGERATE",
    "Exchange rate",
    unique=("TYPENAME", "FROM_CURRENCY", "TO_CURRENCY"),
    check=_wrong,
    finish=_write_entries,
)
