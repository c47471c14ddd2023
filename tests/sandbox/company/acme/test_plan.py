from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.company.acme.places import ENTITIES
from sandbox.company.acme.plan import PLAN, SEASONS, History, actual, expected, history, shares

TOLD = History(date(2022, 11, 1), date(2026, 11, 20), 1)
INSURANCE = next(line for line in PLAN if line.account == "6230")
HOSTING = next(line for line in PLAN if line.account == "5000")
HARDWARE = next(line for line in PLAN if line.account == "4300")
LEGAL = next(line for line in PLAN if line.account == "6400")
US, UK, _ = ENTITIES


def test_history_is_forty_eight_full_months_and_the_current_one() -> None:
    assert history(date(2026, 11, 20), 1) == TOLD
    assert TOLD.index(date(2026, 11, 1)) == 48
    assert TOLD.back(date(2026, 10, 1)) == 1


def test_a_month_is_the_base_with_its_trend_and_the_entitys_size() -> None:
    # 5,400.00 growing 3 % a year: 38 months on, 5,400 x (1 + 0.03 x 38 / 12) = 5,913.00
    assert expected(INSURANCE, US, date(2026, 1, 1), TOLD) == 591_300
    # the UK has 42 % of that: 2,483.46
    assert expected(INSURANCE, UK, date(2026, 1, 1), TOLD) == 248_346
    assert actual(INSURANCE, US, date(2026, 1, 1), TOLD) == 591_300


def test_a_season_moves_the_month() -> None:
    # 80,000.00 x 1.38 in November, 80,000 x (1 + 0.03 / 12) x 1.42 in December
    assert expected(HARDWARE, US, date(2022, 11, 1), TOLD) == 11_040_000
    assert expected(HARDWARE, US, date(2022, 12, 1), TOLD) == 11_388_400
    assert all(len(season) == 12 for season in SEASONS.values())


def test_a_step_is_there_from_its_month_unless_it_was_not_known() -> None:
    # 92,000 growing 14 % a year is 134,933.33 in March 2026, 40 months on; from then a quarter more
    march = date(2026, 3, 1)

    assert expected(HOSTING, US, march, TOLD) == 16_866_667
    assert expected(HOSTING, US, march, TOLD, known_on=date(2025, 12, 12)) == 13_493_333
    # 39 months on: 92,000 x (1 + 0.14 x 39 / 12) = 133,860.00
    assert expected(HOSTING, US, date(2026, 2, 1), TOLD) == 13_386_000


def test_what_comes_once_is_added_once(demo: sqlite3.Connection) -> None:
    months = demo.execute(
        "SELECT SUBSTR(ENTRY_DATE, 1, 7), SUM(AMOUNT) FROM GLDETAIL"
        " WHERE ACCOUNTNO = '6400' AND LOCATIONID = '100' GROUP BY 1 HAVING SUM(AMOUNT) > 5000000"
    ).fetchall()

    assert [row[0] for row in months] == ["2026-04"]
    assert expected(LEGAL, US, date(2026, 4, 1), TOLD) < 1_000_000


def test_chance_stays_within_its_bounds() -> None:
    for month in range(1, 13):
        day = date(2025, month, 1)
        plain = expected(HOSTING, US, day, TOLD)
        assert abs(actual(HOSTING, US, day, TOLD) - plain) <= plain * 25 // 1000 + 1


@given(
    st.integers(min_value=0, max_value=10**12),
    st.lists(st.integers(min_value=1, max_value=1000), min_size=1, max_size=40),
)
def test_shares_add_up_to_the_whole(total: int, weights: list[int]) -> None:
    assert sum(shares(total, weights)) == total


@pytest.mark.parametrize(("total", "parts"), [(10_000, [3334, 3333, 3333]), (0, [0, 0, 0])])
def test_the_first_of_the_largest_takes_the_rest(total: int, parts: list[int]) -> None:
    assert shares(total, [1, 1, 1]) == parts
