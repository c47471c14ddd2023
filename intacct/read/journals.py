"""Journal entries with their lines, in whatever state they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from analytics.ledger import AccountNo, Currency, Period
from intacct.client import Intacct
from intacct.condition import Condition, all_of, between, one_of
from intacct.errors import Garbled
from intacct.read.query import rows
from intacct.wire import amount_from, count_from, date_from, required_text, text_of, yes_or_no

_HEAD = ("BATCHNO", "BATCH_DATE", "BATCH_TITLE", "JOURNAL", "STATE", "MODULE", "REFERENCENO")
_LINE = (
    *("BATCHNO", "LINE_NO", "TR_TYPE", "TRX_AMOUNT", "AMOUNT", "ACCOUNTNO", "STATISTICAL"),
    *("DEPARTMENT", "LOCATION", "CURRENCY", "DOCUMENT", "DESCRIPTION"),
)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line; debits positive, in `currency` ("" where a line counts things, or names none)."""

    record_no: str
    number: int
    account: AccountNo
    amount: Decimal
    currency: Currency
    department: str
    location: str
    document: str
    description: str
    statistical: bool


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry of a journal; `state` is Intacct's label, Posted or Draft or on its way."""

    record_no: str
    number: str
    day: date
    title: str
    journal: str
    state: str
    module: str
    reference: str
    lines: tuple[JournalLine, ...]


def read_journal_entries(
    books: Intacct, period: Period, *, where: Condition | None = None
) -> tuple[JournalEntry, ...]:
    """The entries dated in the period, in the order they were entered, lines in theirs.

    `where` limits the entries by Intacct's own fields, like their journal or their state.
    """
    dated = between("BATCH_DATE", period.first, period.last)
    condition = dated if where is None else all_of(dated, where)
    heads = list(rows(books, "GLBATCH", _HEAD, condition))
    lines: dict[str, list[JournalLine]] = {required_text(head, "RECORDNO"): [] for head in heads}
    if lines:
        for record in rows(books, "GLENTRY", _LINE, one_of("BATCHNO", list(lines))):
            lines[required_text(record, "BATCHNO")].append(_line(record))
    return tuple(_entry(head, lines[required_text(head, "RECORDNO")]) for head in heads)


def _entry(head: etree._Element, lines: list[JournalLine]) -> JournalEntry:
    return JournalEntry(
        record_no=required_text(head, "RECORDNO"),
        number=text_of(head, "BATCHNO"),
        day=date_from(required_text(head, "BATCH_DATE")),
        title=text_of(head, "BATCH_TITLE"),
        journal=text_of(head, "JOURNAL"),
        state=text_of(head, "STATE"),
        module=text_of(head, "MODULE"),
        reference=text_of(head, "REFERENCENO"),
        lines=tuple(sorted(lines, key=lambda line: line.number)),
    )


def _line(record: etree._Element) -> JournalLine:
    side = {"1": 1, "-1": -1}.get(required_text(record, "TR_TYPE"))
    if side is None:
        raise Garbled("a journal line is neither debit nor credit")
    amount = text_of(record, "TRX_AMOUNT") or required_text(record, "AMOUNT")
    return JournalLine(
        record_no=required_text(record, "RECORDNO"),
        number=count_from(text_of(record, "LINE_NO")),
        account=AccountNo(required_text(record, "ACCOUNTNO")),
        amount=side * amount_from(amount),
        currency=Currency(text_of(record, "CURRENCY")),
        department=text_of(record, "DEPARTMENT"),
        location=text_of(record, "LOCATION"),
        document=text_of(record, "DOCUMENT"),
        description=text_of(record, "DESCRIPTION"),
        statistical=yes_or_no(text_of(record, "STATISTICAL")),
    )
