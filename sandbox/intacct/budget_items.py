"""The items of a budget: one amount for an account, a period and the dimensions it carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from sandbox.company.values import Value, amount, hundredths
from sandbox.intacct.masters import (
    BY_COLUMN,
    Account,
    account_complaints,
    accounts,
    dimension_complaints,
)
from sandbox.intacct.received import number_of
from sandbox.intacct.refusal import ALREADY_THERE, COULD_NOT, Complaint
from sandbox.intacct.work import Work

REQUIRED = ("ACCT_NO", "PERIODNAME", "AMOUNT")
DIMENSIONS = ("DEPT_NO", "LOCATION_NO", *BY_COLUMN)
MASTERS = {"DEPT_NO": "DEPARTMENT", "LOCATION_NO": "LOCATION"} | BY_COLUMN
PERIODS = "SELECT NAME, START_DATE, END_DATE, BUDGETING, STATUS FROM REPORTINGPERIOD"
KNOWN = ("RECORDNO", *REQUIRED, *DIMENSIONS)


@dataclass(frozen=True, slots=True)
class Item:
    """One amount of a budget, natural sign; number 0 is an item not yet written."""

    number: int
    account: str
    period: str
    dimensions: tuple[str, ...]
    amount: Decimal

    @property
    def place(self) -> tuple[str, ...]:
        """What no two items of a budget may share."""
        return (self.account, self.period, *self.dimensions)


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period and whether budgets may be written in it."""

    first: str
    last: str
    budgeting: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What items refer to, looked up once for a whole budget."""

    accounts: Mapping[str, Account]
    periods: Mapping[str, Period]
    currency: str | None
    budget_id: str


def read_item(
    element: etree._Element, kept: Mapping[int, Item]
) -> tuple[Item | None, list[Complaint]]:
    """The item an element describes, upon the one it changes; or what is wrong with it."""
    words = {str(one.tag): (one.text or "").strip() for one in element}
    wrong = [f"Field {name} is not valid for GLBUDGETITEM." for name in words if name not in KNOWN]
    wrong += [f"Required field {name} is missing." for name in REQUIRED if not words.get(name)]
    number = words.get("RECORDNO", "")
    before = kept.get(int(number)) if number.isdecimal() else None
    if number and before is None:
        wrong.append(f"Cannot find GLBUDGETITEM with RECORDNO '{number}' in this budget.")
    try:
        figure = _amount(words.get("AMOUNT") or "0")
    except ValueError as error:
        figure = Decimal(0)
        wrong.append(f"AMOUNT {error}.")
    if wrong:
        return None, [_wrong(text) for text in wrong]
    old = before.dimensions if before else ("",) * len(DIMENSIONS)
    places = tuple(words.get(name, had) for name, had in zip(DIMENSIONS, old, strict=True))
    item = Item(int(number or 0), words["ACCT_NO"], words["PERIODNAME"], places, figure)
    return item, []


def kept_items(work: Work, header: int) -> dict[int, Item]:
    """The items the budget has now, by record number."""
    columns = ", ".join(DIMENSIONS)
    rows = work.books.rows(
        f"SELECT RECORDNO, ACCT_NO, PERIODNAME, AMOUNT, {columns} FROM GLBUDGETITEM "  # noqa: S608 - our own names
        "WHERE BUDGETKEY = ?",
        [header],
    )
    return {
        row[0]: Item(row[0], row[1], row[2], tuple(one or "" for one in row[4:]), amount(row[3]))
        for row in rows
    }


def chart_for(work: Work, header: int) -> Chart:
    """Accounts and periods as they are now, and the budget's own id and currency."""
    rows = work.books.rows(PERIODS)
    periods = {
        row[0]: Period(row[1], row[2], bool(row[3]) and row[4] != "inactive") for row in rows
    }
    head = work.books.row(
        "SELECT CURRENCY, BUDGETID FROM GLBUDGETHEADER WHERE RECORDNO = ?", [header]
    )
    return Chart(accounts(work), periods, head[0] if head else None, head[1] if head else "")


def complaints_about(
    work: Work, chart: Chart, sent: Sequence[Item], after: Sequence[Item]
) -> list[Complaint]:
    """Unknown or inactive references of the sent items, closed periods, repeated places."""
    complaints = account_complaints(chart.accounts, (item.account for item in sent))
    for name in dict.fromkeys(item.period for item in sent):
        if name not in chart.periods:
            complaints.append(_wrong(f"Reporting period '{name}' does not exist."))
        elif not chart.periods[name].budgeting:
            complaints.append(_wrong(f"Reporting period '{name}' is not open for budgeting."))
    for position, column in enumerate(DIMENSIONS):
        ids = (item.dimensions[position] for item in sent)
        complaints += dimension_complaints(work, MASTERS[column], ids)
    counted = Counter(item.place for item in after)
    complaints += [_repeated(place) for place, times in counted.items() if times > 1]
    return complaints


def row_of(chart: Chart, header: int, item: Item) -> dict[str, Value]:
    """The item's columns."""
    account, period = chart.accounts[item.account], chart.periods[item.period]
    return {
        "BUDGETID": chart.budget_id,
        "BUDGETKEY": header,
        "ACCT_NO": item.account,
        "ACCTTITLE": account.title,
        "PERIODNAME": item.period,
        "PSTARTDATE": period.first,
        "PENDDATE": period.last,
        "AMOUNT": item.amount,
        "CURRENCY": chart.currency,
        "NORMALBALANCE": account.normal,
        **{name: id_ or None for name, id_ in zip(DIMENSIONS, item.dimensions, strict=True)},
    }


def _amount(text: str) -> Decimal:
    figure = number_of(text)
    try:
        hundredths(figure)
    except ValueError as error:
        raise ValueError(f"'{text}' is not an amount: {error}") from error
    return figure


def _repeated(place: tuple[str, ...]) -> Complaint:
    named = ", ".join(part for part in place if part)
    return Complaint(
        ALREADY_THERE,
        "",
        f"Another GLBUDGETITEM with the given value(s) {named}  already exists",
        "Use a unique value instead.",
    )


def _wrong(text: str) -> Complaint:
    return Complaint(COULD_NOT, "", text)
