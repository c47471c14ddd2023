from __future__ import annotations

from datetime import date

from analytics.ledger import Period, month
from intacct.read.periods import ReportingPeriod, read_periods
from tests.intacct.paper import Desk, listed, signed_in


def stored(name: str, first: str, last: str, budgeting: str, status: str) -> dict[str, str]:
    return {
        "NAME": name,
        "START_DATE": first,
        "END_DATE": last,
        "BUDGETING": budgeting,
        "STATUS": status,
    }


def test_periods_come_by_date_and_only_active_budgetable_ones_take_budgets() -> None:
    desk = Desk(
        signed_in(),
        listed(
            "REPORTINGPERIOD",
            stored("Feb", "02/01/2026", "02/28/2026", "true", "inactive"),
            stored("Jan", "01/01/2026", "01/31/2026", "true", "active"),
            stored("Year", "01/01/2026", "12/31/2026", "false", "active"),
            stored("Today", "", "", "false", "active"),
        ),
    )

    assert read_periods(desk.books) == (
        ReportingPeriod("Jan", month(2026, 1), budgetable=True),
        ReportingPeriod("Year", Period(date(2026, 1, 1), date(2026, 12, 31)), budgetable=False),
        ReportingPeriod("Feb", month(2026, 2), budgetable=False),
    )
