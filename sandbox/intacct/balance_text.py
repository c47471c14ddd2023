"""What a balance function asks for: a span of days, accounts, places, and how to split them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from sandbox.intacct.company_facts import several_currencies
from sandbox.intacct.conditions import Sql
from sandbox.intacct.received import date_of
from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused
from sandbox.intacct.request import is_true, text_of
from sandbox.intacct.visible import OF_ENTITY
from sandbox.intacct.work import Work

STATISTICAL = ("include", "exclude", "only")
CONTENTS = ("Actual", "Budget", "Actual and Budget")
COMPARISONS = ("Budget minus Actual", "Actual minus Budget")


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of a balance: its column in the ledger and in budgets, and how it is named."""

    name: str
    column: str
    budget_column: str
    master: str
    title: str
    subs: str


def _dimension(name: str) -> Dimension:
    upper = name.upper()
    return Dimension(name, f"{upper}ID", f"{upper}ID", upper, "NAME", f"{name}id_subs")


DIMENSIONS: Mapping[str, Dimension] = MappingProxyType(
    {
        "location": Dimension(
            "location", "LOCATIONID", "LOCATION_NO", "LOCATION", "NAME", "loc_subs"
        ),
        "department": Dimension(
            "department", "DEPARTMENTID", "DEPT_NO", "DEPARTMENT", "TITLE", "dept_subs"
        ),
        **{n: _dimension(n) for n in ("project", "customer", "vendor", "item", "class")},
    }
)
OTHER_PARTS = (
    "reportingperiodname",
    "startdate",
    "enddate",
    "glaccountno",
    "startaccountno",
    "endaccountno",
    "contentselection",
    "budgetid",
    "budgetcomparison",
    "groupby",
    "showzerobalances",
    "showzerowithactivity",
    "statistical",
    "reportingbook",
    "showdeptdetail",
    "showlocdetail",
)
PARTS = (
    *OTHER_PARTS,
    *(f"{one}id" for one in DIMENSIONS),
    *(one.subs for one in DIMENSIONS.values()),
)


@dataclass(frozen=True, slots=True)
class Question:
    """Everything one balance function says; `where` holds column names as `{department}`."""

    first: str
    last: str
    accounts: tuple[str, str] | None
    where: tuple[Sql, ...]
    by: tuple[Dimension, ...]
    location: str
    content: str
    budget_id: str
    comparison: str
    statistical: str
    zeros: bool
    zeros_with_activity: bool


def read_question(work: Work, call: etree._Element, statistical: str) -> Question:
    """The question, or a refusal naming what is wrong; `statistical` is this function's default."""
    for part in call:
        if part.tag not in PARTS:
            raise refusal(f"Element '{part.tag}' is not supported in {call.tag}.")
    location = text_of(call, "locationid")
    if several_currencies(work) and not location:
        raise refusal("locationid is required in a company with several base currencies.")
    if text_of(call, "reportingbook", "ACCRUAL") != "ACCRUAL":
        raise refusal(f"Reporting book '{text_of(call, 'reportingbook')}' does not exist.")
    first, last = _days(work, call)
    return Question(
        first=first,
        last=last,
        accounts=_accounts(work, call),
        where=tuple(_places(work, call)),
        by=_split(call),
        location=location,
        content=_one_of(call, "contentselection", "Actual", CONTENTS),
        budget_id=text_of(call, "budgetid"),
        comparison=_one_of(call, "budgetcomparison", COMPARISONS[0], COMPARISONS),
        statistical=_one_of(call, "statistical", statistical, STATISTICAL),
        zeros=is_true(text_of(call, "showzerobalances")),
        zeros_with_activity=is_true(text_of(call, "showzerowithactivity")),
    )


def refusal(text: str) -> Refused:
    """A balance function that cannot be answered."""
    return Refused(Complaint(COULD_NOT, "", text))


def _days(work: Work, call: etree._Element) -> tuple[str, str]:
    name = text_of(call, "reportingperiodname")
    if name:
        row = work.books.row(
            "SELECT START_DATE, END_DATE FROM REPORTINGPERIOD WHERE NAME = ?", [name]
        )
        if row is None:
            raise refusal(f"Reporting period '{name}' does not exist.")
        return row[0], row[1]
    first, last = _day(call, "startdate"), _day(call, "enddate")
    if first > last:
        raise refusal("startdate must not be after enddate.")
    return first, last


def _day(call: etree._Element, name: str) -> str:
    part = call.find(name)
    if part is None:
        raise refusal("reportingperiodname, or startdate and enddate, is required.")
    year, month, day = (text_of(part, one) for one in ("year", "month", "day"))
    try:
        return date_of(f"{month}/{day}/{year}")
    except ValueError as error:
        raise refusal(f"{name} needs year, month and day of a real date.") from error


def _accounts(work: Work, call: etree._Element) -> tuple[str, str] | None:
    one = text_of(call, "glaccountno")
    if one:
        if not work.books.row(
            "SELECT 1 FROM GLACCOUNT WHERE ACCOUNTNO = ? "
            "UNION ALL SELECT 1 FROM STATACCOUNT WHERE ACCOUNTNO = ?",
            [one, one],
        ):
            raise refusal(f"Account number '{one}' does not exist.")
        return one, one
    first, last = text_of(call, "startaccountno"), text_of(call, "endaccountno")
    if bool(first) != bool(last):
        raise refusal("startaccountno and endaccountno are needed together.")
    return (first, last) if first else None


def _places(work: Work, call: etree._Element) -> list[Sql]:
    found = [
        _place(work, call, one) for one in DIMENSIONS.values() if text_of(call, f"{one.name}id")
    ]
    if work.caller.entity:
        found.append(Sql(f"{{location}} IN ({OF_ENTITY})", (work.caller.entity,)))
    return found


def _place(work: Work, call: etree._Element, one: Dimension) -> Sql:
    id_ = text_of(call, f"{one.name}id")
    key = f"{one.master}ID"
    if not work.books.row(f'SELECT 1 FROM "{one.master}" WHERE {key} = ?', [id_]):  # noqa: S608 - our own names
        raise refusal(f"{one.name.title()} '{id_}' does not exist.")
    if not is_true(text_of(call, one.subs)):
        return Sql(f"{{{one.name}}} = ?", (id_,))
    below = (
        f'WITH RECURSIVE BELOW(ID) AS (SELECT ? UNION SELECT m.{key} FROM "{one.master}" m '  # noqa: S608 - our own names
        "JOIN BELOW ON m.PARENTID = BELOW.ID) SELECT ID FROM BELOW"
    )
    return Sql(f"{{{one.name}}} IN ({below})", (id_,))


def _split(call: etree._Element) -> tuple[Dimension, ...]:
    names = [name.strip().lower() for name in text_of(call, "groupby").split(",") if name.strip()]
    names += ["department"] if is_true(text_of(call, "showdeptdetail")) else []
    names += ["location"] if is_true(text_of(call, "showlocdetail")) else []
    if unknown := [name for name in names if name not in DIMENSIONS]:
        raise refusal(f"groupby cannot be {', '.join(unknown)}.")
    return tuple(DIMENSIONS[name] for name in dict.fromkeys(names))


def _one_of(call: etree._Element, name: str, default: str, allowed: tuple[str, ...]) -> str:
    words = text_of(call, name) or default
    found = [one for one in allowed if one.lower() == words.lower()]
    if not found:
        raise refusal(f"{name} must be one of {', '.join(allowed)}.")
    return found[0]
