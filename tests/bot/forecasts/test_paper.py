from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from analytics.forecast.engine import forecast, total, total_backtest, whole
from analytics.ledger import DEPARTMENT, PROJECT, AccountNo, Currency, from_minor, month
from analytics.ledger.balances import balances
from bot.approvals.sources import balance_rows
from bot.forecasts.answer import Answer, AnswerLine
from bot.forecasts.history import histories_of
from bot.forecasts.kept import KeptAnswer, body_of, id_of, keep, kept
from bot.forecasts.paper import paper_of
from bot.forecasts.shown import message_of
from bot.messages.kept_tables import tables_in
from bot.messages.paper import Paper
from bot.store.engine import open_store
from intacct.read.balances import BalancesQuestion
from intacct.read.dimensions import Entity

LAST = month(2026, 10)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
Posting = tuple[str, str, str, int, int]  # account, department, project, months ago, minor units


def answered(postings: list[Posting], horizon: int = 3, sign: int = -1) -> Answer:
    """A forecast of these postings by the real engine; an account posted to twice adds up."""
    rows = balances(
        {
            "account": account,
            "period": f"{(2026 * 12 + 9 - ago) // 12}-{(2026 * 12 + 9 - ago) % 12 + 1:02d}-01",
            "entity": "100",
            "department": department,
            "location": "",
            "project": project,
            "currency": "USD",
            "amount": amount,
        }
        for account, department, project, ago, amount in postings
    )
    histories = histories_of(rows, sign, LAST)
    forecasts = forecast([h.line for h in histories], horizon, prophet=False)
    months = total(forecasts, "Revenue")
    return Answer(
        id="",
        name="Revenue",
        sign=sign,
        entity=Entity("100", "US Inc", Currency("USD"), active=True),
        question=BalancesQuestion(
            "100", month(2021, 11), LAST, (AccountNo("4000"),), (DEPARTMENT, PROJECT)
        ),
        read_at=NOW,
        lines=tuple(
            AnswerLine("Sales", 1 if history.account < "5" else -1, history, said)
            for history, said in zip(histories, forecasts, strict=True)
        ),
        total=months,
        whole=whole(months),
        backtest=total_backtest(forecasts),
        rows=balance_rows(0, rows),
        policy_version=1,
    )


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store for all tests of the module; what is kept under an id of its own meets no other."""
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'tieout.sqlite'}")
    yield opened
    opened.dispose()


def as_kept(store: Engine, answer: Answer) -> KeptAnswer:
    shown = message_of(answer)
    return kept(store, keep(store, body_of(answer, shown.title, tables_in(shown)), NOW))


def paper(store: Engine, answer: Answer) -> Paper:
    return paper_of(as_kept(store, answer))


def figure(paper: Paper, name: str) -> Decimal:
    (found,) = (figure.amount for figure in paper.figures if figure.name == name)
    return found


POSTINGS = st.lists(
    st.tuples(
        st.sampled_from(["4000", "4100", "5000"]),
        st.sampled_from(["", "MKT", "OPS"]),
        st.sampled_from(["", "P-7"]),
        st.integers(0, 40),
        st.integers(-(10**11), 10**11).filter(bool),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda posting: posting[:4],
)


def test_the_year_before_is_the_sum_of_its_rows_and_the_forecast_says_how_it_follows(
    one_store: Engine,
) -> None:
    twelve = [("4000", "MKT", "", ago, -10_050) for ago in range(24)]
    answer = answered([*twelve, ("4100", "", "", 11, -700)], horizon=3)

    made = paper(one_store, answer)

    assert figure(made, "Year before · Revenue") == Decimal("308.50")  # 3 x 100.50 and 7.00
    assert figure(made, "Year before · 4100 Sales") == Decimal("7.00")
    assert figure(made, "Nov 2025 · Revenue") == Decimal("107.50")
    (computed,) = (f for f in made.figures if f.name == "Next 3 months · 4000 Sales · MKT")
    assert made.sum_of(computed) == Decimal("2412.00")  # 24 x 100.50
    assert computed.how.startswith(answer.lines[0].forecast.method)


@settings(max_examples=40)
@given(postings=POSTINGS, horizon=st.integers(1, 36), sign=st.sampled_from([-1, 1]))
def test_every_figure_ties_and_every_amount_of_the_table_is_a_figure(
    one_store: Engine, postings: list[Posting], horizon: int, sign: int
) -> None:
    answer = answered(postings, horizon, sign)

    made = paper(one_store, answer)

    assert made.untied() == ()
    named = {figure.amount for figure in made.figures}
    for table in tables_in(message_of(answer)):
        shown = [*table.rows[: table.shown], table.rest, table.total]
        cells = {cell for row in shown for cell in row if isinstance(cell, Decimal)}
        assert cells <= named
    whole = answer.whole
    assert {from_minor(coins, Currency("USD")) for coins in (whole.mid, whole.low80)} <= named


def test_the_message_opens_its_own_table_whole(one_store: Engine) -> None:
    answer = answered([(str(4000 + n), "", "", 2, -100 - n) for n in range(13)])

    (table,) = paper(one_store, answer).tables

    assert (table,) == tables_in(message_of(answer))
    assert len(table.rows) == 13


def test_an_answer_kept_by_an_older_version_still_opens(one_store: Engine) -> None:
    answer = answered(
        [("4000", "", "P-7", ago, -10_000) for ago in range(24)]
        + [("5000", "", "", ago, 2_500) for ago in range(24)]
    )
    raw = json.loads(body_of(answer))
    for name in ("title", "policy", "total", "rest", "months", "backtest", "tables"):
        del raw[name]
    for line in raw["lines"]:
        for name in ("project", "own", "said"):
            del line[name]
        line["months"] = [month[:2] for month in line["months"]]
    old = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    made = paper_of(kept(one_store, keep(one_store, old, NOW)))

    assert made.id == id_of(old)
    assert made.title == "Revenue forecast, US Inc (100)"
    assert made.untied() == ()
    first, second = made.figures
    assert made.sum_of(first) == Decimal("2400.00")
    assert made.sum_of(second) == Decimal("-600.00")
