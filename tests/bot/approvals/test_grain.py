from __future__ import annotations

from decimal import Decimal

from bot.approvals.proposal import Grain
from bot.approvals.sources import SourceRow
from bot.approvals.stage import Draft, compared_lines
from tests.bot.approvals.paper import ANA, JAN, TITLES, budget


def before(department: str, location: str, amount: str) -> SourceRow:
    return SourceRow(
        "1",
        "budget",
        amount,
        budget="2026 Budget",
        account="4000",
        period=JAN,
        department=department,
        location=location,
    )


def compared(
    document: str, grain: Grain, *rows: SourceRow
) -> list[tuple[str, str, object, Decimal]]:
    draft = Draft(
        ANA, "C01FINANCE", "Sales", budget(document), "2026 Budget", TITLES, (), rows, grain
    )
    return [(line.department, line.location, line.old, line.new) for line in compared_lines(draft)]


def test_an_entitys_line_is_compared_with_all_that_stands_below_it() -> None:
    grain = Grain(entity_of={"110": "100", "111": "100"})

    lines = compared(
        "4000 Jan OPS 100 75.00",
        grain,
        before("OPS", "100", "10.00"),
        before("OPS", "110", "20.00"),
        before("OPS", "111", "30.50"),
        before("OPS", "200", "99.00"),
    )

    assert lines == [("OPS", "100", Decimal("60.50"), Decimal("75.00"))]


def test_a_line_for_all_departments_is_compared_with_all_of_them() -> None:
    lines = compared(
        "4000 Jan - 100 75.00",
        Grain(departments_together=True),
        before("OPS", "100", "10.00"),
        before("MKT", "100", "20.00"),
        before("", "100", "5.00"),
    )

    assert lines == [("", "100", Decimal("35.00"), Decimal("75.00"))]


def test_what_is_kept_apart_is_compared_apart_and_what_is_not_spoken_of_is_no_part() -> None:
    lines = compared(
        "4000 Jan OPS 100 75.00\n4000 Jan MKT 100 1.00",
        Grain(),
        before("OPS", "100", "10.00"),
        before("FIN", "100", "20.00"),
    )

    assert lines == [
        ("OPS", "100", Decimal("10.00"), Decimal("75.00")),
        ("MKT", "100", None, Decimal("1.00")),
    ]
