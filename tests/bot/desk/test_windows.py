from __future__ import annotations

from datetime import UTC, datetime

from analytics.ledger import DEPARTMENT, AccountNo, Currency, dimensions, month
from bot.approvals.sources import SourceRow
from bot.desk.windows import reject_window, sources_window
from bot.forecasts.kept import KeptAnswer, KeptLine
from bot.messages.render import view_of
from intacct.read.balances import BalancesQuestion
from tests.snapshots import looks_like


def row(period: str, value: str) -> SourceRow:
    return SourceRow("0", "balance", value, account="4000", period=period, entity="100")


def answer(*rows: SourceRow) -> KeptAnswer:
    return KeptAnswer(
        id="FC-ABCDEFGHIJ",
        name="Revenue",
        sign=-1,
        entity="100",
        entity_name="US Inc",
        currency=Currency("USD"),
        read_at=datetime(2026, 11, 21, 9, tzinfo=UTC),
        question=BalancesQuestion(
            "100",
            month(2024, 11),
            month(2026, 10),
            (AccountNo("4000"),),
            (DEPARTMENT,),
            dimensions({"project": "P-7"}),
        ),
        lines=(
            KeptLine(
                AccountNo("4000"),
                "Sales",
                "MKT",
                "",
                "smoothing blend",
                "Best before.",
                ((month(2026, 11), 100),),
            ),
        ),
        rows=rows,
    )


def test_the_rows_add_up_to_the_years_that_the_card_shows() -> None:
    rows = (
        row("2024-11-01", "-100.00"),
        row("2025-10-01", "-50.25"),
        row("2025-11-01", "-10.00"),
        row("2026-10-01", "2.50"),
    )

    drawn = view_of(sources_window(answer(*rows), 0))

    assert "Nov 2025 – Oct 2026     2       7.50" in str(drawn)
    assert "Nov 2024 – Oct 2025     2     150.25" in str(drawn)
    assert looks_like("sources", drawn)


def test_a_page_of_rows_says_what_it_adds_up_to() -> None:
    rows = tuple(row(f"20{24 + n // 12}-{n % 12 + 1:02d}-01", "-1.10") for n in range(25))

    second = str(view_of(sources_window(answer(*rows), 1)))

    assert "(5.50)" in second  # five rows of 1.10 are left on it
    assert "page 2 of 2" in second


def test_a_page_there_is_not_is_the_last_one() -> None:
    assert "page 1 of 1" in str(view_of(sources_window(answer(row("2026-10-01", "1.00")), 99)))


def test_a_rejection_asks_why() -> None:
    assert looks_like("reject", view_of(reject_window("PRP-1")))
