"""The lines of a journal entry: read, checked against the books, and balanced per entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.values import LARGEST, hundredths
from sandbox.intacct.masters import (
    BY_COLUMN,
    Account,
    account_complaints,
    dimension_complaints,
    task_complaints,
)
from sandbox.intacct.received import number_of
from sandbox.intacct.refusal import COULD_NOT, MISSING_DIMENSION, Complaint
from sandbox.intacct.work import Work

RARE = ("CONTRACTID", "WAREHOUSEID")
AMOUNTS = ("TRX_AMOUNT", "AMOUNT")
RATES = ("EXCH_RATE_DATE", "EXCH_RATE_TYPE_ID", "EXCHANGE_RATE")
DIMENSIONS = (*BY_COLUMN, *RARE, "TASKID", "COSTTYPEID")
TEXTS = ("DESCRIPTION", "DOCUMENT", "DEPARTMENT", "LOCATION", "CURRENCY", *DIMENSIONS)
KNOWN = ("ACCOUNTNO", "TR_TYPE", "ALLOCATION", "SPLIT", *AMOUNTS, *RATES, *TEXTS)
IN_SPLIT = {
    "AMOUNT": "AMOUNT",
    **{name: name for name in ("DEPARTMENT", "LOCATION", *DIMENSIONS)},
    "DEPARTMENTID": "DEPARTMENT",
    "LOCATIONID": "LOCATION",
}
COLUMNS = {"Department": "DEPARTMENT", "Location": "LOCATION"}
CUSTOM = "Custom"
SIDES = {"1": 1, "-1": -1}
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: debit 1 or credit -1, its amount in its own currency, and where it belongs."""

    account: str
    side: int
    amount: Decimal
    rate: Decimal
    words: Mapping[str, str]

    @property
    def base(self) -> Decimal:
        """The amount in the entity's own currency."""
        return (self.amount * self.rate).quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Places:
    """What lines are checked against, looked up once for an entry."""

    accounts: Mapping[str, Account]
    entities: Mapping[str, str]
    currencies: Mapping[str, str]
    own_currency: str
    default_location: str


def read_lines(element: etree._Element, places: Places) -> tuple[list[Line], list[Complaint]]:
    """The line an element describes, or the several it is split into; or what is wrong with it."""
    words = {str(one.tag): (one.text or "").strip() for one in element}
    wrong = [f"Field {name} is not valid for GLENTRY." for name in words if name not in KNOWN]
    if not words.get("ACCOUNTNO"):
        wrong.append("Required field ACCOUNTNO is missing.")
    if words.get("TR_TYPE") not in SIDES:
        wrong.append("TR_TYPE must be 1 (debit) or -1 (credit).")
    if words.get("ALLOCATION", CUSTOM) not in ("", CUSTOM):
        wrong.append(f"Allocation '{words['ALLOCATION']}' does not exist.")
    try:
        figure = _amount(words.get("TRX_AMOUNT") or words.get("AMOUNT") or "")
        rate = _rate(words.get("EXCHANGE_RATE") or "1", figure)
        shares = _shares(element, words, figure)
    except ValueError as error:
        wrong.append(f"{error}.")
    if wrong:
        return [], [complaint(text) for text in wrong]
    account, side = words["ACCOUNTNO"], SIDES[words["TR_TYPE"]]
    found = [Line(account, side, part, rate, {**words, **own}) for part, own in shares]
    return [replace(line, words={**line.words, **_place(line, places)}) for line in found], []


def _place(line: Line, places: Places) -> dict[str, str]:
    return {"LOCATION": line.words.get("LOCATION") or places.default_location}


def _shares(
    element: etree._Element, words: Mapping[str, str], figure: Decimal
) -> list[tuple[Decimal, dict[str, str]]]:
    """The whole amount, or the parts a custom allocation splits it into with their dimensions."""
    parts = [
        {str(one.tag): (one.text or "").strip() for one in part}
        for part in element.findall("SPLIT")
    ]
    if (words.get("ALLOCATION") == CUSTOM) != bool(parts):
        raise ValueError("A Custom allocation and its SPLIT parts belong together")
    if not parts:
        return [(figure, {})]
    if unknown := [name for part in parts for name in part if name not in IN_SPLIT]:
        raise ValueError(f"Field {unknown[0]} is not valid for SPLIT")
    amounts = [_amount(part.get("AMOUNT", "")) for part in parts]
    if sum(amounts) != figure:
        raise ValueError(f"The SPLIT parts add up to {sum(amounts)}, not to {figure}")
    places = [{IN_SPLIT[name]: text for name, text in part.items()} for part in parts]
    return [
        (share, {name: text for name, text in place.items() if name != "AMOUNT"})
        for share, place in zip(amounts, places, strict=True)
    ]


def complaints_about(
    work: Work, lines: Sequence[Line], places: Places, *, statistical: bool
) -> list[Complaint]:
    """Everything that keeps these lines out of the books, but for their balance."""
    found = account_complaints(places.accounts, (line.account for line in lines))
    found += dimension_complaints(
        work, "DEPARTMENT", (line.words.get("DEPARTMENT", "") for line in lines)
    )
    found += dimension_complaints(
        work, "LOCATION", (line.words.get("LOCATION", "") for line in lines)
    )
    for column, name in BY_COLUMN.items():
        found += dimension_complaints(work, name, (line.words.get(column, "") for line in lines))
    found += [
        complaint(f"{column.removesuffix('ID').title()} '{line.words[column]}' does not exist.")
        for line in lines
        for column in RARE
        if line.words.get(column) and not _is_there(work, column, line.words[column])
    ]
    for line in lines:
        place = [line.words.get(name, "") for name in ("PROJECTID", "TASKID", "COSTTYPEID")]
        found += task_complaints(work, *place)
    if not found:
        for line in lines:
            found += _own_complaints(line, places, statistical=statistical)
    return found


def out_of_balance(lines: Sequence[Line], places: Places) -> dict[str, Decimal]:
    """By how much debits exceed credits in each entity where they do not agree."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[places.entities.get(line.words["LOCATION"], "")] += line.side * line.base
    return {entity: total for entity, total in sums.items() if total}


def currency_of(line: Line, places: Places) -> str:
    """The base currency of the line's entity."""
    entity = places.entities.get(line.words["LOCATION"], "")
    return places.currencies.get(entity) or places.own_currency


def complaint(text: str) -> Complaint:
    """A line, or an entry, that will not do."""
    return Complaint(COULD_NOT, "", text)


def _is_there(work: Work, column: str, id_: str) -> bool:
    name = column.removesuffix("ID")
    statement = f'SELECT 1 FROM "{name}" WHERE "{column}" = ?'  # noqa: S608 - our own names
    return name in OBJECTS and work.books.row(statement, [id_]) is not None


def _own_complaints(line: Line, places: Places, *, statistical: bool) -> list[Complaint]:
    account, found = places.accounts[line.account], []
    if account.statistical != statistical:
        kind = "a statistical" if statistical else "a general"
        found.append(complaint(f"Account {line.account} cannot be used in {kind} journal."))
    needs = set(account.needs) | ({"Location"} if len(places.currencies) > 1 else set())
    found += [
        Complaint(
            MISSING_DIMENSION, "", f"Missing the {name} dimension for Account {line.account}."
        )
        for name in sorted(needs)
        if not line.words.get(COLUMNS.get(name, f"{name.upper()}ID"))
    ]
    return found


def _rate(text: str, figure: Decimal) -> Decimal:
    rate = number_of(text)
    if rate <= 0:
        raise ValueError(f"EXCHANGE_RATE must be greater than zero, not {text}")
    if figure * rate * 100 > LARGEST:
        raise ValueError("TRX_AMOUNT at EXCHANGE_RATE is too large")
    return rate


def _amount(text: str) -> Decimal:
    if not text:
        raise ValueError("Required field TRX_AMOUNT is missing")
    figure = number_of(text)
    hundredths(figure)
    if figure <= 0:
        raise ValueError(f"TRX_AMOUNT must be greater than zero, not {text}")
    return figure
