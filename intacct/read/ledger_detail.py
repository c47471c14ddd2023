"""Every posted line of a span of days, as a stream of tables."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import Final

import pandas as pd

from analytics.ledger import AccountNo, Currency, Period
from analytics.ledger.ledger_lines import ledger_lines
from intacct.client import Intacct
from intacct.condition import Condition, all_of, between, one_of
from intacct.errors import Garbled
from intacct.read.query import PAGE, Texts, tuple_pages
from intacct.read.setup import own_currency
from intacct.wire import date_from, minor_from, yes_or_no

# our column: Intacct's field
_TEXTS: Final = {
    "record": "RECORDNO",
    "batch": "BATCHKEY",
    "journal": "SYMBOL",
    "module": "MODULEKEY",
    "account": "ACCOUNTNO",
    "entity": "MEGAENTITYID",
    "department": "DEPARTMENTID",
    "location": "LOCATIONID",
    "project": "PROJECTID",
    "customer": "CUSTOMERID",
    "vendor": "VENDORID",
    "item": "ITEMID",
    "class": "CLASSID",
    "document": "DOCUMENT",
    "description": "DESCRIPTION",
}
_READ: Final = (
    "ENTRY_DATE",
    "STATISTICAL",
    "BASECURR",
    "DEBITAMOUNT",
    "CREDITAMOUNT",
    "CURRENCY",
    "TRX_DEBITAMOUNT",
    "TRX_CREDITAMOUNT",
)
_FIELDS: Final = (*_TEXTS.values(), *_READ)
COUNTED: Final = Currency("")  # statistical lines count things, in hundredths


def read_ledger_detail(
    books: Intacct,
    period: Period,
    *,
    accounts: Sequence[AccountNo] = (),
    where: Condition | None = None,
    page: int = PAGE,
) -> Generator[pd.DataFrame, None, None]:
    """Frames of ledger lines, a page each, in the order of the record numbers.

    Only lines posted on days of the period, for the whole ledger is more than Intacct can give.
    No accounts named means all of them; `where` limits further by Intacct's fields. Amounts are
    debits less credits.
    """
    limits = [between("ENTRY_DATE", period.first, period.last)]
    limits += [one_of("ACCOUNTNO", accounts)] if accounts else []
    limits += [where] if where is not None else []
    own = own_currency(books)
    with closing(tuple_pages(books, "GLDETAIL", _FIELDS, all_of(*limits), page=page)) as pages:
        for found in pages:
            if found:
                yield _frame(found, own)


def _frame(found: Sequence[Texts], own: Callable[[], Currency]) -> pd.DataFrame:
    columns = dict(zip(_FIELDS, zip(*found, strict=True), strict=True))
    given: dict[str, Sequence[object]] = {name: columns[at] for name, at in _TEXTS.items()}
    days = {text: date_from(text) for text in set(columns["ENTRY_DATE"])}
    given["day"] = [days[text] for text in columns["ENTRY_DATE"]]
    counts = {text: yes_or_no(text) for text in set(columns["STATISTICAL"])}
    base = [
        COUNTED if counts[flag] else Currency(text) or _known(own())
        for flag, text in zip(columns["STATISTICAL"], columns["BASECURR"], strict=True)
    ]
    entered = [Currency(text) or own for text, own in zip(columns["CURRENCY"], base, strict=True)]
    given["currency"], given["entered_currency"] = base, entered
    given["amount"] = _moved(columns["DEBITAMOUNT"], columns["CREDITAMOUNT"], base)
    given["entered_amount"] = _moved(
        columns["TRX_DEBITAMOUNT"], columns["TRX_CREDITAMOUNT"], entered
    )
    return ledger_lines(given)


def _moved(debits: Texts, credits_: Texts, currencies: Sequence[Currency]) -> list[int]:
    return [
        minor_from(debit or "0", currency) - minor_from(credit or "0", currency)
        for debit, credit, currency in zip(debits, credits_, currencies, strict=True)
    ]


def _known(currency: Currency) -> Currency:
    if not currency:
        raise Garbled("a ledger line names no currency, and neither do the books")
    return currency
