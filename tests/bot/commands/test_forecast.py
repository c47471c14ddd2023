from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from analytics.forecast.engine import forecast, total, total_backtest, whole
from analytics.ledger import DEPARTMENT, PROJECT, AccountNo, Currency, DimensionName, month
from analytics.ledger.balances import balances
from bot.approvals.sources import balance_rows
from bot.commands.forecast import show
from bot.forecasts.answer import Answer, AnswerLine, body_of, id_of
from bot.forecasts.history import histories_of
from bot.messages.message import Buttons, LineChart, Message, Table
from bot.messages.render import text_of
from bot.messages.tables import words_of
from intacct.read.balances import BalancesQuestion
from intacct.read.dimensions import Entity

LAST = month(2026, 10)
US = Entity("100", "US Inc", Currency("USD"), active=True)


def answered(
    months: int, horizon: int = 12, accounts: int = 1, by: tuple[DimensionName, ...] = ()
) -> Answer:
    """Accounts that earn 1,000.00 in every month, forecast by the real engine."""
    rows = balances(
        {
            "account": str(4000 + n),
            "period": f"{(2026 * 12 + 9 - back) // 12}-{(2026 * 12 + 9 - back) % 12 + 1:02d}-01",
            "entity": "100",
            "department": "",
            "location": "",
            "project": "",
            "currency": "USD",
            "amount": -100_000 - n,
        }
        for n in range(accounts)
        for back in range(months)
    )
    histories = histories_of(rows, -1, LAST)
    forecasts = forecast([h.line for h in histories], horizon, prophet=False)
    coming = total(forecasts, "Revenue")
    return Answer(
        id="FC-ABCDEFGHIJ",
        name="Revenue",
        sign=-1,
        entity=US,
        question=BalancesQuestion("100", month(2021, 11), LAST, (AccountNo("4000"),), by),
        read_at=datetime(2026, 11, 21, 9, tzinfo=UTC),
        lines=tuple(
            AnswerLine("Sales", 1, history, said)
            for history, said in zip(histories, forecasts, strict=True)
        ),
        total=coming,
        whole=whole(coming),
        backtest=total_backtest(forecasts),
        rows=balance_rows(0, rows),
        policy_version=1,
    )


def part(message: Message, kind: type[Table | LineChart | Buttons]) -> object:
    return next(part for part in message.parts if isinstance(part, kind))


def test_the_headline_says_entity_currency_amount_range_and_change() -> None:
    message = show(answered(months=60))

    assert message.title == "Revenue forecast, US Inc (100), Nov 2026 – Oct 2027"
    said = text_of(message)
    assert "USD 12,000.00 over 12 months, 0.0 % on the year before (12,000.00).\n80 % range" in said


def test_three_months_are_compared_with_the_same_three_and_not_with_the_whole_year() -> None:
    table = part(show(answered(months=60, horizon=3)), Table)

    assert isinstance(table, Table)
    assert [column.name for column in table.columns[2:4]] == ["Year before", "Change"]
    assert words_of(table)[1][1:4] == ["3,000.00", "3,000.00", "0.0 %"]


def test_books_that_do_not_reach_back_a_year_are_compared_with_nothing() -> None:
    message = show(answered(months=8))
    table, chart = part(message, Table), part(message, LineChart)

    assert isinstance(table, Table)
    assert isinstance(chart, LineChart)
    assert "with no full year before to compare with" in text_of(message)
    assert words_of(table)[1][2:4] == ["–", "n/m"]
    assert "Year before" not in [series.name for series in chart.series]


def test_months_with_no_year_before_are_compared_with_nothing() -> None:
    message = show(answered(months=60, horizon=24))
    table, chart = part(message, Table), part(message, LineChart)

    assert isinstance(table, Table)
    assert isinstance(chart, LineChart)
    assert "the first twelve 0.0 % on the year before (12,000.00)" in text_of(message)
    assert [column.name for column in table.columns[1:4]] == [
        "Next 24 months",
        "Last 12 months",
        "First year",
    ]
    assert words_of(table)[1][1:4] == ["24,000.00", "12,000.00", "0.0 %"]
    assert "Year before" not in [series.name for series in chart.series]


def test_the_chart_shows_the_coming_months_their_range_and_the_year_before() -> None:
    chart = part(show(answered(months=60)), LineChart)

    assert isinstance(chart, LineChart)
    assert chart.labels[0] == "Nov 26"
    assert [series.name for series in chart.series] == [
        "Forecast",
        "High (80 %)",
        "Low (80 %)",
        "Year before",
    ]
    assert chart.series[0].points == (Decimal("1000.00"),) * 12
    assert chart.unit == "USD"


def test_a_horizon_longer_than_a_chart_shows_as_many_months_as_it_takes() -> None:
    chart = part(show(answered(months=60, horizon=36)), LineChart)

    assert isinstance(chart, LineChart)
    assert len(chart.labels) == 20
    assert chart.title == "Revenue a month, Nov 2026 – Jun 2028"


def test_the_lines_that_are_not_shown_are_a_number_and_the_column_adds_up() -> None:
    table = part(show(answered(months=24, accounts=13)), Table)

    assert isinstance(table, Table)
    seen = words_of(table)[1:]
    assert len(seen) == 12
    assert seen[10][0] == "and 3 more lines"
    shown = [Decimal(row[1].replace(",", "")) for row in seen]
    assert sum(shown[:-1]) == shown[-1] == Decimal("156009.36")  # 13 x 12,000.00 and 12 x 0.78


def test_too_little_history_is_said_and_not_guessed() -> None:
    message = show(answered(months=8))

    assert "the history is too short" in str(message.parts[0])


def test_a_budget_has_no_projects_so_a_split_by_project_cannot_be_saved() -> None:
    by_project = part(show(answered(months=24, by=(PROJECT,))), Buttons)
    by_department = part(show(answered(months=24, by=(DEPARTMENT,))), Buttons)

    assert "forecast.save" not in str(by_project)
    assert "forecast.save" in str(by_department)


def test_the_same_answer_has_the_same_id_and_another_has_another() -> None:
    answer = answered(months=24)

    assert id_of(body_of(answer)) == id_of(body_of(answered(months=24)))
    assert id_of(body_of(answer)) != id_of(body_of(answered(months=25)))
