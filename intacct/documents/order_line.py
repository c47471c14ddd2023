"""A line of a purchasing document: so many of an item at a price, and where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lxml import etree

from analytics.ledger import DimensionName, Dimensions, Problem, value_of
from intacct.documents import checks
from intacct.documents.held import Expected
from intacct.documents.legacy import optional
from intacct.documents.places import (
    generic_fields,
    legacy_dimensions,
    legacy_places,
    own_dimensions,
)
from intacct.wire import element

MOST_LINES: Final = 1000
MOST_DECIMALS: Final = 6  # of a quantity or a price, which are finer than money
OWN_FIELDS: Final = (DimensionName("item"), DimensionName("warehouse"))


@dataclass(frozen=True, slots=True)
class OrderLine:
    """So many of an item, each at this price in the document's currency."""

    item: str
    quantity: Decimal
    price: Decimal
    unit: str = ""
    memo: str = ""
    warehouse: str = ""
    where: Dimensions = frozenset()


def line_item(
    line: OrderLine, *, source: str = "", related: Iterable[etree._Element] = ()
) -> etree._Element:
    """The `potransitem` element, in Intacct's order.

    `source` is the record number of the line it is made from; `related` says what it changes.
    """
    return element(
        "potransitem",
        None,
        element("itemid", line.item),
        *optional("warehouseid", line.warehouse),
        element("quantity", f"{line.quantity:f}"),
        *optional("unit", line.unit),
        element("price", f"{line.price:f}"),
        *optional("sourcelinekey", source),
        *legacy_places(line.where),
        *optional("memo", line.memo),
        *legacy_dimensions(line.where),
        *related,
    )


def held_line(line: OrderLine) -> dict[str, Expected]:
    """What Intacct holds of it."""
    return {
        "ITEMID": line.item,
        "QUANTITY": line.quantity,
        "UIPRICE": line.price,
        "MEMO": line.memo,
        "WAREHOUSEID": line.warehouse,
        **({"UNIT": line.unit} if line.unit else {}),
        **generic_fields(line.where),
    }


def order_line_problems(
    about: str, lines: Sequence[OrderLine], *, changes: bool = False
) -> Iterator[Problem]:
    """What Intacct would refuse in the lines; only a change may take away."""
    if not 1 <= len(lines) <= MOST_LINES:
        yield Problem(about, f"There are {len(lines)} lines; it takes 1 to {MOST_LINES:,}.")
    for number, line in enumerate(lines, start=1):
        at = f"{about}, line {number}"
        yield from checks.wording(at, "The item", line.item, checks.LONGEST_KEY)
        yield from _figure_problems(at, line, changes=changes)
        yield from checks.places(at, line.where)
        for what, words in (
            ("The unit", line.unit),
            ("The memo", line.memo),
            ("The warehouse", line.warehouse),
        ):
            yield from checks.optional_wording(at, what, words, checks.LONGEST_TEXT)
        for name in own_dimensions(line.where):
            yield Problem(at, f"The call has no place for the dimension {name}; leave it out.")
        for own in OWN_FIELDS:
            if value_of(line.where, own):
                yield Problem(at, f"The {own} is the line's own; give it there.")


def _figure_problems(at: str, line: OrderLine, *, changes: bool) -> Iterator[Problem]:
    for what, figure in (("quantity", line.quantity), ("price", line.price)):
        if not figure.is_finite():
            yield Problem(at, f"The {what} is {figure}; give a number.")
        elif figure.adjusted() >= checks.MOST_DIGITS - checks.MOST_DECIMALS:
            yield Problem(at, f"The {what} {figure:f} is larger than Intacct can hold; check it.")
        elif figure != figure.quantize(Decimal(1).scaleb(-MOST_DECIMALS)):
            yield Problem(at, f"The {what} {figure:f} has more than {MOST_DECIMALS} decimals.")
    if line.quantity.is_finite() and (line.quantity == 0 or (line.quantity < 0 and not changes)):
        yield Problem(at, f"The quantity is {line.quantity:f}; it must be above zero.")
    if line.price.is_finite() and line.price < 0:
        yield Problem(at, f"The price is {line.price:f}; it cannot be negative.")
