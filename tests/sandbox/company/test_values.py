from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.company.shape import Field, Kind
from sandbox.company.values import LARGEST, Value, amount, counted, hundredths, stored

AMOUNT = Field("AMOUNT", Kind.CURRENCY)
WHEN = Field("WHENMODIFIED", Kind.TIMESTAMP)
DAY = Field("ENTRY_DATE", Kind.DATE)


@given(st.integers(min_value=-LARGEST, max_value=LARGEST))
def test_hundredths_survive_the_way_out_and_back(kept: int) -> None:
    assert hundredths(amount(kept)) == kept


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_an_amount_of_two_decimals_comes_back_as_it_was(value: Decimal) -> None:
    assert amount(hundredths(value)) == value
    assert hundredths(str(value)) == hundredths(value)


@given(
    st.integers(min_value=-(10**30), max_value=10**30).filter(lambda digits: digits % 10 != 0),
    st.integers(min_value=3, max_value=12),
)
def test_no_fraction_of_a_hundredth_is_ever_kept(digits: int, places: int) -> None:
    with pytest.raises(ValueError, match="AMOUNT cannot hold"):
        stored(AMOUNT, Decimal(digits).scaleb(-places))


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("12.34"), 1234),
        (Decimal("-0.01"), -1),
        (7, 700),
        ("1000", 100_000),
        (Decimal("1E+3"), 100_000),
        (None, None),
    ],
)
def test_money_is_kept_in_whole_hundredths(value: Value, kept: int | None) -> None:
    assert stored(AMOUNT, value) == kept


@pytest.mark.parametrize("value", [Decimal("0.005"), Decimal("NaN"), "twelve", True, "1e400"])
def test_what_is_not_an_exact_amount_is_refused_by_name(value: Value) -> None:
    with pytest.raises(ValueError, match="AMOUNT cannot hold"):
        stored(AMOUNT, value)


def test_an_instant_is_kept_in_utc() -> None:
    noon_in_chicago = datetime(2026, 1, 31, 12, 0, 5, tzinfo=timezone(timedelta(hours=-6)))

    assert stored(WHEN, noon_in_chicago) == "2026-01-31 18:00:05"
    assert stored(WHEN, "2026-01-31 18:00:05") == "2026-01-31 18:00:05"


def test_a_date_is_a_date_and_nothing_else() -> None:
    assert stored(DAY, date(1900, 2, 28)) == "1900-02-28"
    for wrong in (datetime(2026, 1, 1, tzinfo=UTC), "2026-02-30", "01/31/2026"):
        with pytest.raises(ValueError, match="ENTRY_DATE cannot hold"):
            stored(DAY, wrong)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        stored(WHEN, datetime(2026, 1, 1))  # noqa: DTZ001 - that is the case


def test_every_other_kind_keeps_only_its_own() -> None:
    flag = Field("BUDGETING", Kind.BOOLEAN)
    rate = Field("EXCHANGE_RATE", Kind.DECIMAL)
    state = Field("STATE", Kind.ENUM, labels={"Posted": "P", "Draft": "I"})
    number = Field("LINE_NO", Kind.INTEGER)
    text = Field("TITLE", Kind.TEXT)

    assert stored(flag, False) == 0
    assert stored(rate, Decimal("1.27")) == "1.27"
    assert stored(state, "Posted") == "Posted"
    assert stored(number, 3) == 3
    assert stored(text, "0040") == "0040"
    for field, wrong in ((flag, 1), (state, "P"), (number, Decimal("1.5")), (text, 40)):
        with pytest.raises(ValueError, match=f"{field.name} cannot hold"):
            stored(field, wrong)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1_200, "1,200 rows")]
)
def test_one_is_not_many(number: int, said: str) -> None:
    assert counted(number, "row") == said
