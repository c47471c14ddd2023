"""What a payment is applied to: open items paid in money, or settled with a customer's credits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from lxml import etree

from analytics.ledger import Currency, Problem
from intacct.documents import checks
from intacct.documents.held import Expected, Lines
from intacct.documents.legacy import optional
from intacct.wire import amount_text, element

NOTHING: Final = Decimal(0)
Kind = Literal["invoice", "debit memo"]
Source = Literal["advance", "credit memo", "inline", "overpayment", "negative invoice"]
# The fields that name an open item and a line of it.
_ITEM_KEYS: Final[Mapping[Kind, tuple[str, str]]] = MappingProxyType(
    {"invoice": ("RECORDKEY", "ENTRYKEY"), "debit memo": ("POSADJKEY", "POSADJENTRYKEY")}
)
# The fields that name a credit, a line of it, and how much of it is used.
_CREDIT_KEYS: Final[Mapping[Source, tuple[str, str, str]]] = MappingProxyType(
    {
        "advance": ("ADVANCEKEY", "ADVANCEENTRYKEY", "TRX_POSTEDADVANCEAMOUNT"),
        "credit memo": ("ADJUSTMENTKEY", "ADJUSTMENTENTRYKEY", "TRX_ADJUSTMENTAMOUNT"),
        "inline": ("INLINEKEY", "INLINEENTRYKEY", "TRX_INLINEAMOUNT"),
        "overpayment": (
            "OVERPAYMENTKEY",
            "OVERPAYMENTENTRYKEY",
            "TRX_POSTEDOVERPAYMENTAMOUNT",
        ),
        "negative invoice": (
            "NEGATIVEINVOICEKEY",
            "NEGATIVEINVOICEENTRYKEY",
            "TRX_NEGATIVEINVOICEAMOUNT",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """An invoice or a debit memo, or one line of it, and what was still due on it when read."""

    kind: Kind
    record_no: str
    customer: str
    due: Decimal
    line: str = ""  # the line's own record number; "" pays the lines from the first on

    @property
    def name(self) -> str:
        """The item in words."""
        return f"{self.kind} {self.record_no}{f', line {self.line}' if self.line else ''}"


@dataclass(frozen=True, slots=True)
class Paid:
    """Money for an open item, and the discount that is let off because it is then paid in full."""

    item: OpenRecord
    amount: Decimal
    discount: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Credited:
    """A credit of the customer's used on an open item, and what was left of it when read."""

    item: OpenRecord
    source: Source
    record_no: str
    left: Decimal
    amount: Decimal
    line: str = ""


def detail_elements(paid: Sequence[Paid], credited: Sequence[Credited]) -> list[etree._Element]:
    """The `ARPYMTDETAIL` elements; each credit has one of its own."""
    return [*map(_paid_element, paid), *map(_credited_element, credited)]


def held_details(paid: Sequence[Paid], credited: Sequence[Credited]) -> Lines:
    """What Intacct holds of them; it splits an amount over an item's lines, so these are added up.

    Lines are compared only where all of the details name one. The discount is not kept in a field
    that is documented; the item's being paid in full is what shows it.
    """
    items = [*(one.item for one in paid), *(one.item for one in credited)]
    by_line = all(item.line for item in items)
    each: list[dict[str, Expected]] = [
        {**_item_fields(one.item, by_line=by_line), "TRX_PAYMENTAMOUNT": one.amount} for one in paid
    ]
    for one in credited:
        key, _, amount = _CREDIT_KEYS[one.source]
        item = _item_fields(one.item, by_line=by_line)
        each.append({**item, key: one.record_no, amount: one.amount})
    return Lines("ARPYMTDETAIL", "PAYMENTKEY", tuple(each), summed=True)


def detail_problems(
    about: str, paid: Sequence[Paid], credited: Sequence[Credited], money: Currency
) -> Iterator[Problem]:
    """What Intacct would refuse in the details, one sentence each."""
    if not paid and not credited:
        yield Problem(about, "Nothing is paid; name an open item, or make it an advance.")
    parts: tuple[Paid | Credited, ...] = (*paid, *credited)
    for one in parts:
        yield from checks.record_number(about, f"The {one.item.kind}", one.item.record_no)
        yield from _line_number(about, f"The {one.item.kind}'s line", one.item.line)
        yield from checks.positive(f"{about}, {one.item.name}", one.amount, money)
        yield from checks.amount(f"{about}, {one.item.name}, due", one.item.due)
    for part in paid:
        what = f"The discount on {part.item.name}"
        yield from checks.not_below_zero(about, what, part.discount, money)
        if part.discount and part.item.line:
            yield Problem(about, f"{what} is for the whole of it; pay it without naming a line.")
    for credit in credited:
        yield from checks.record_number(about, f"The {credit.source}", credit.record_no)
        yield from _line_number(about, f"The {credit.source}'s line", credit.line)
        yield from checks.amount(f"{about}, {credit.source} {credit.record_no}, left", credit.left)


def sum_problems(
    about: str, paid: Sequence[Paid], credited: Sequence[Credited]
) -> Iterator[Problem]:
    """Nothing is paid beyond what is due or used beyond what is left; a discount needs the rest."""
    taken: dict[OpenRecord, Decimal] = defaultdict(Decimal)
    used: dict[tuple[Source, str, str, Decimal], Decimal] = defaultdict(Decimal)
    for one in paid:
        taken[one.item] += one.amount + one.discount
    for credit in credited:
        taken[credit.item] += credit.amount
        used[credit.source, credit.record_no, credit.line, credit.left] += credit.amount
    for item, total in taken.items():
        if total > item.due:
            words = f"{total:,.2f} exceeds total amount due {item.due:,.2f} of {item.name}."
            yield Problem(about, words)
    for discounted in {one.item for one in paid if one.discount}:
        if (rest := discounted.due - taken[discounted]) > 0:
            words = f"A discount needs {discounted.name} to be paid in full; {rest:,.2f} would stay"
            yield Problem(about, f"{words} open.")
    for (source, record_no, _, left), total in used.items():
        if total > left:
            words = f"{total:,.2f} is more than the {left:,.2f} left of {source} {record_no}."
            yield Problem(about, words)


def _line_number(about: str, what: str, line: str) -> Iterator[Problem]:
    yield from checks.record_number(about, what, line) if line else ()


def _item_fields(item: OpenRecord, *, by_line: bool) -> dict[str, Expected]:
    key, entry = _ITEM_KEYS[item.kind]
    return {key: item.record_no, **({entry: item.line} if by_line else {})}


def _item_elements(item: OpenRecord) -> list[etree._Element]:
    key, entry = _ITEM_KEYS[item.kind]
    return [element(key, item.record_no), *optional(entry, item.line)]


def _paid_element(paid: Paid) -> etree._Element:
    discount = amount_text(paid.discount) if paid.discount else ""
    return element(
        "ARPYMTDETAIL",
        None,
        *_item_elements(paid.item),
        *optional("TRX_TOTALDISCOUNTTOAPPLY", discount),
        element("TRX_PAYMENTAMOUNT", amount_text(paid.amount)),
    )


def _credited_element(credited: Credited) -> etree._Element:
    key, entry, amount = _CREDIT_KEYS[credited.source]
    return element(
        "ARPYMTDETAIL",
        None,
        *_item_elements(credited.item),
        element(key, credited.record_no),
        *optional(entry, credited.line),
        element(amount, amount_text(credited.amount)),
    )
