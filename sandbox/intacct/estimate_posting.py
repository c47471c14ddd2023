"""What a primary, posted estimate puts into its budget, and how the budget follows a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from sandbox.company.store import insert
from sandbox.company.values import Stored, amount
from sandbox.intacct.budget_items import (
    DIMENSIONS,
    Item,
    chart_for,
    complaints_about,
    kept_items,
    row_of,
)
from sandbox.intacct.master_kind import Row, complaint
from sandbox.intacct.refusal import Refused
from sandbox.intacct.shown import american
from sandbox.intacct.trail import leave_trail, new_record, update
from sandbox.intacct.work import Work

Place = tuple[str, ...]
COLUMNS = {"DEPT_NO": "DEPARTMENTID", "LOCATION_NO": "LOCATIONID"}
PERIOD = "SELECT NAME FROM REPORTINGPERIOD WHERE BUDGETING = 1 AND STATUS IS NOT 'inactive' "


def posted(work: Work, number: int) -> dict[Place, Decimal]:
    """The estimate's amounts by budget, account, period and dimensions; empty if it posts none."""
    row = work.books.row("SELECT * FROM PJESTIMATE WHERE RECORDNO = ?", [number])
    sums: dict[Place, Decimal] = defaultdict(Decimal)
    if row is None or not (row["ISPRIMARY"] and row["POSTED"]) or row["STATUS"] == "inactive":
        return sums
    for entry in work.books.rows(
        "SELECT * FROM PJESTIMATEENTRY WHERE PJESTIMATEKEY = ? ORDER BY RECORDNO", [number]
    ):
        if not entry["ACCOUNTNO"]:
            raise Refused(complaint("Required field ACCOUNTNO is missing in a posted estimate."))
        held = dict(entry)
        places = tuple(str(held[COLUMNS.get(name, name)] or "") for name in DIMENSIONS)
        periods = _periods(work, dict(row), held)
        for period, share in zip(periods, _split(held["AMOUNT"], len(periods)), strict=True):
            sums[(row["GLBUDGETID"], entry["ACCOUNTNO"], period, *places)] += share
    return sums


def follow(work: Work, before: Mapping[Place, Decimal], after: Mapping[Place, Decimal]) -> None:
    """The budgets' items change by what the estimate puts in now, less what it put in before."""
    changes = {
        place: after.get(place, Decimal(0)) - before.get(place, Decimal(0))
        for place in {**before, **after}
    }
    for budget in sorted({place[0] for place, by in changes.items() if by}):
        row = work.books.row("SELECT RECORDNO FROM GLBUDGETHEADER WHERE BUDGETID = ?", [budget])
        assert row is not None
        mine = {place[1:]: by for place, by in changes.items() if by and place[0] == budget}
        _shift(work, row[0], mine)
        update(work, "GLBUDGETHEADER", row[0], {})
        leave_trail(work, "GLBUDGETHEADER", row[0], "modify")


def _shift(work: Work, header: int, changes: Mapping[Place, Decimal]) -> None:
    chart, kept = chart_for(work, header), kept_items(work, header)
    by_place = {item.place: item for item in kept.values()}
    added = []
    for place, by in changes.items():
        item = by_place.get(place)
        if item:
            update(work, "GLBUDGETITEM", item.number, {"AMOUNT": item.amount + by})
        else:
            added.append(Item(0, place[0], place[1], place[2:], by))
    if wrong := complaints_about(work, chart, added, [*kept.values(), *added]):
        raise Refused(*wrong)
    common = new_record(work)
    rows = [common | row_of(chart, header, item) for item in added]
    insert(work.books.connection, "GLBUDGETITEM", rows)


def _periods(work: Work, estimate: Row, entry: Row) -> list[str]:
    """The periods of an entry: of its own day, or as the estimate says where it posts to."""
    if entry["EFFECTIVEDATE"]:
        return [_period_of(work, entry["EFFECTIVEDATE"])]
    project = work.books.row(
        "SELECT BEGINDATE, ENDDATE FROM PROJECT WHERE PROJECTID = ?", [estimate["PROJECTID"]]
    )
    begin, end = (project["BEGINDATE"], project["ENDDATE"]) if project else (None, None)
    if estimate["POSTTO"] == "Estimate date":
        return [_period_of(work, estimate["ESTIMATEDATE"])]
    if estimate["POSTTO"] != "All periods":
        return [_period_of(work, begin)]
    if not begin or not end:
        raise Refused(complaint("An estimate that posts to all periods needs a project's days."))
    rows = work.books.rows(
        f"{PERIOD} AND END_DATE >= ? AND START_DATE <= ? ORDER BY START_DATE", [begin, end]
    )
    if not rows:
        raise Refused(complaint("The project lies in no reporting period open for budgeting."))
    return [one[0] for one in rows]


def _period_of(work: Work, day: Stored) -> str:
    row = work.books.row(f"{PERIOD} AND ? BETWEEN START_DATE AND END_DATE", [day])
    if row is None:
        said = american(str(day)) if day else "a day that is not given"
        raise Refused(complaint(f"There is no reporting period open for budgeting for {said}."))
    return str(row[0])


def _split(kept: Stored, parts: int) -> list[Decimal]:
    """Equal shares in whole hundredths; what is over goes to the last."""
    whole = int(kept or 0)
    share = abs(whole) // parts * (1 if whole >= 0 else -1)
    return [amount(share)] * (parts - 1) + [amount(whole - share * (parts - 1))]
