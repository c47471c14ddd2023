"""What a `query` element asks for, checked before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from sandbox.intacct.conditions import COMPARISONS, Condition, Joined, Test
from sandbox.intacct.refusal import not_processed
from sandbox.intacct.request import is_true, text_of

AGGREGATES = ("count", "avg", "min", "max", "sum")
FORMATS = ("xml", "csv", "json")
LARGEST_PAGE = 2000
LARGEST_SET = 1000
FIELD_ONLY = ("isnull", "isnotnull")
PATTERNS = ("like", "notlike")
SETS = ("in", "notin")
PARTS = ("object", "select", "filter", "orderby", "options", "pagesize", "offset", "docparid")


@dataclass(frozen=True, slots=True)
class Selected:
    """A field, or an aggregate of one."""

    function: str
    field: str

    @property
    def name(self) -> str:
        """The element it comes back as."""
        return f"{self.function.upper()}.{self.field}" if self.function else self.field


@dataclass(frozen=True, slots=True)
class Order:
    """One key of the order."""

    field: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Query:
    """Everything one `query` says."""

    object: str
    select: tuple[Selected, ...]
    condition: Condition | None
    order: tuple[Order, ...]
    page_size: int
    offset: int
    fold: bool
    private: bool
    format: str


def read_query(call: etree._Element) -> Query:
    """The query, or a refusal saying which part is wrong."""
    for part in call:
        if part.tag not in PARTS:
            raise not_processed(f"Element '{part.tag}' is not expected in query")
    name = text_of(call, "object")
    if not name:
        raise not_processed("Element 'object' is required in query")
    options = call.find("options")
    option = etree.Element("options") if options is None else options
    return Query(
        object=name,
        select=_select(call.find("select")),
        condition=_filter(call.find("filter")),
        order=_order(call.find("orderby")),
        page_size=_whole(call, "pagesize", 100, lowest=1, highest=LARGEST_PAGE),
        offset=_whole(call, "offset", 0, lowest=0, highest=2**31),
        fold=is_true(text_of(option, "caseinsensitive")),
        private=is_true(text_of(option, "showprivate")),
        format=_format(text_of(option, "returnformat", "xml").lower()),
    )


def _select(part: etree._Element | None) -> tuple[Selected, ...]:
    if part is None or len(part) == 0:
        raise not_processed("Element 'select' is required in query and needs at least one field")
    for one in part:
        if one.tag not in ("field", *AGGREGATES):
            raise not_processed(f"Element '{one.tag}' is not expected in select")
    return tuple(
        Selected("" if one.tag == "field" else str(one.tag), (one.text or "").strip())
        for one in part
    )


def _filter(part: etree._Element | None) -> Condition | None:
    if part is None:
        return None
    if len(part) != 1:
        raise not_processed("Element 'filter' needs exactly one operator")
    return _condition(part[0])


def _condition(part: etree._Element) -> Condition:
    if part.tag in ("and", "or"):
        if len(part) < 2:
            raise not_processed(f"Operator '{part.tag}' needs two or more operators inside")
        return Joined("AND" if part.tag == "and" else "OR", tuple(_condition(one) for one in part))
    return _test(part)


def _test(part: etree._Element) -> Test:
    operator = str(part.tag)
    if operator not in (*COMPARISONS, *FIELD_ONLY, *PATTERNS, *SETS, "between"):
        raise not_processed(f"Operator '{operator}' is not known")
    fields = part.findall("field")
    values = tuple(one.text or "" for one in part.findall("value"))
    if len(fields) != 1 or len(fields) + len(values) != len(part):
        raise not_processed(f"Operator '{operator}' needs one field, and values beside it only")
    fewest, most = _values_of(operator)
    if not fewest <= len(values) <= most:
        raise not_processed(
            f"Operator '{operator}' takes {fewest} to {most} values, not {len(values)}"
        )
    return Test((fields[0].text or "").strip(), operator, values)


def _values_of(operator: str) -> tuple[int, int]:
    if operator in FIELD_ONLY:
        return 0, 0
    if operator in SETS:
        return 1, LARGEST_SET
    return (2, 2) if operator == "between" else (1, 1)


def _order(part: etree._Element | None) -> tuple[Order, ...]:
    found = () if part is None else tuple(part)
    for one in found:
        if one.tag != "order" or one.find("field") is None:
            raise not_processed("Element 'orderby' takes 'order' elements with a field")
    return tuple(Order(text_of(one, "field"), one.find("descending") is not None) for one in found)


def _whole(call: etree._Element, name: str, default: int, *, lowest: int, highest: int) -> int:
    text = text_of(call, name) or str(default)
    if not text.isdecimal() or not lowest <= int(text) <= highest:
        raise not_processed(f"{name} must be a whole number from {lowest} to {highest}, not {text}")
    return int(text)


def _format(text: str) -> str:
    if text not in FORMATS:
        raise not_processed(f"returnformat must be one of {', '.join(FORMATS)}, not {text}")
    return text
