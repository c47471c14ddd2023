from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.errors import HorizonOutOfRange, LedgerError, NotEnoughHistory
from analytics.forecast.engine import Line, LineForecast, forecast, total, total_backtest, whole
from analytics.ledger import month, run_of_months

SEASON = (100, 90, 120, 110, 100, 130, 140, 135, 110, 105, 150, 200)
FIRST = month(2022, 1)


def line(amounts: tuple[int, ...], key: str = "6000") -> Line:
    return Line(key, FIRST, amounts)


def one(amounts: tuple[int, ...], horizon: int = 12) -> LineForecast:
    (found,) = forecast([line(amounts)], horizon, prophet=False)
    return found


def rough(months: int, seed: int = 1, level: int = 1000) -> tuple[int, ...]:
    """A season with noise, in whole minor units."""
    noise = np.random.default_rng(seed).lognormal(0, 0.15, months)
    return tuple(round(level * SEASON[m % 12] * noise[m]) for m in range(months))


@pytest.mark.parametrize("horizon", [-1, 0, 37])
def test_only_one_to_thirty_six_months_ahead_are_forecast(horizon: int) -> None:
    with pytest.raises(HorizonOutOfRange, match=f"1 to 36 months ahead, not {horizon}"):
        forecast([line(SEASON * 3)], horizon)


def test_a_line_without_a_month_is_named() -> None:
    with pytest.raises(NotEnoughHistory, match="7000"):
        forecast([line(SEASON), line((), "7000")], 12)


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(LedgerError, match="given twice: 6000"):
        forecast([line(SEASON), line(SEASON)], 12)


def test_no_lines_give_no_forecasts() -> None:
    assert forecast([], 12) == ()


def test_the_estimates_are_the_months_after_the_history() -> None:
    found = one(SEASON * 3, 36)

    assert [e.period for e in found.estimates] == list(run_of_months(month(2025, 1), 36))


def test_a_year_that_always_repeats_is_forecast_as_last_year() -> None:
    found = one(tuple(1000 * a for a in SEASON * 4))

    assert found.method == "seasonal naive"
    assert [e.mid for e in found.estimates] == [1000 * a for a in SEASON]
    assert found.backtest is not None
    assert found.backtest.wape == 0
    assert found.backtest.beats_naive is None  # it is the naive method
    assert "repeating last year was clearly better" in found.why


def test_a_season_with_noise_is_blended_and_beats_last_year() -> None:
    found = one(rough(60))

    assert found.method == "smoothing blend"
    assert found.backtest is not None
    assert found.backtest.origins == 12
    assert found.backtest.beats_naive is True
    assert found.backtest.coverage80 is not None
    assert found.backtest.coverage80 > 0.6
    assert dict(found.considered)["smoothing blend"] == found.backtest.wape
    assert dict(found.considered)["seasonal naive"] == found.backtest.naive_wape
    assert dict(found.considered)["Prophet"] is None


def test_the_blend_is_near_what_the_season_says() -> None:
    found = one(rough(60))

    expected = np.array(SEASON) * 1000
    mids = np.array([e.mid for e in found.estimates])
    assert np.abs(mids - expected).sum() / expected.sum() < 0.10


def test_prophet_is_tried_and_its_error_shown() -> None:
    (found,) = forecast([line(rough(48))], 12)

    assert dict(found.considered)["Prophet"] is not None
    assert "for Prophet where the blend had" in found.why


def test_a_line_that_only_prophet_follows_is_forecast_with_prophet() -> None:
    # Two per cent more each month: the blend's trends fade, Prophet's line goes on.
    found = forecast([line(compounding())], 12)[0]

    assert found.method == "Prophet and blend"
    assert found.backtest is not None
    assert found.backtest.origins == 12
    assert ratio(found.backtest.wape) != ratio(dict(found.considered)["Prophet"])
    assert f"error {ratio(found.backtest.wape)} together over 12 origins" in found.why


def ratio(share: float | None) -> str:
    return "n/m" if share is None else f"{share * 100:.1f} %"


def compounding() -> tuple[int, ...]:
    return tuple(round(100_000 * 1.02**m) for m in range(60))


@pytest.mark.parametrize(
    ("months", "method", "why", "needed"),
    [
        (1, "recent mean", "1 month, 12 needed", "1 closed month: too short to test"),
        (11, "recent mean", "11 months, 12 needed", "11 closed months: too short to test"),
        (12, "seasonal naive", "12 months, 24 needed", "12 closed months: too short to test"),
        (23, "seasonal naive", "23 months, 24 needed", "23 closed months: too short to test"),
        (24, "smoothing blend", "24 months, 36 needed", "24 closed months: too short to test"),
    ],
)
def test_a_short_history_is_said_and_not_guessed(
    months: int, method: str, why: str, needed: str
) -> None:
    found = one(rough(months))

    assert found.method == method
    assert why in found.why
    assert found.backtest is None
    assert [p.sentence.startswith(needed) for p in found.problems] == [True]


def test_the_recent_mean_is_of_six_months_and_its_band_is_wide() -> None:
    found = one((900, 900, 100, 100, 400, 400, 400, 400))

    # 100 + 100 + 4·400 = 1800, by 6
    assert {e.mid for e in found.estimates} == {300}
    assert found.estimates[0].high80 - found.estimates[0].low80 > 300


def test_thirty_six_months_give_one_origin_and_it_is_said() -> None:
    found = one(rough(36))

    assert found.backtest is not None
    assert found.backtest.origins == 1
    assert found.method == "smoothing blend"
    assert found.why.startswith("too few origins to prefer another")
    assert found.problems == ()


def test_a_dead_line_is_zero_and_nothing_else() -> None:
    found = one(rough(36)[:30] + (0,) * 18)

    assert found.method == "zero"
    assert {(e.low95, e.mid, e.high95) for e in found.estimates} == {(0, 0, 0)}


def test_a_line_of_nothing_has_no_error_to_show() -> None:
    found = one((0,) * 48)

    assert found.method == "zero"
    assert found.backtest is not None
    assert (found.backtest.wape, found.backtest.mase) == (None, None)
    assert found.backtest.beats_naive is None


def test_a_rent_stays_what_it_is() -> None:
    found = one((500_000,) * 48)

    assert found.method == "recent mean"
    assert {e.mid for e in found.estimates} == {500_000}


def test_a_one_off_is_named_with_its_month_and_not_repeated() -> None:
    dirty = list(rough(48))
    dirty[40] += 900_000

    found = one(tuple(dirty))

    assert [p.sentence[:8] for p in found.problems] == ["May 2025"]
    assert found.problems[0].about == "6000"
    assert found.problems[0].sentence.endswith("was taken as a one-off")
    assert max(e.mid for e in found.estimates) < 300_000


def test_a_line_that_was_never_negative_is_not_forecast_below_zero() -> None:
    falling = tuple(max(0, 48_000 - 1000 * m) + 10 for m in range(48))

    found = one(falling, 24)

    assert all(e.low95 >= 0 for e in found.estimates)


def test_a_line_that_changes_its_sign_is_forecast_all_the_same() -> None:
    swinging = tuple(round(1000 * np.sin(m / 3) + 10 * (m % 12)) for m in range(48))

    found = one(swinging)

    assert found.method in {"smoothing blend", "seasonal naive"}
    assert min(e.low80 for e in found.estimates) < 0 < max(e.high80 for e in found.estimates)


def test_progress_counts_the_lines() -> None:
    heard: list[tuple[int, int]] = []
    lines = [line(rough(30, seed), str(seed)) for seed in range(3)]

    forecast(lines, 3, prophet=False, progress=lambda done, of: heard.append((done, of)))

    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_a_line_is_forecast_the_same_alone_and_among_others() -> None:
    lines = [line(rough(months, months), str(months)) for months in (7, 20, 30, 48, 49, 60)]

    together = forecast(lines, 12, prophet=False)

    assert together == tuple(forecast([each], 12, prophet=False)[0] for each in lines)


def test_the_same_lines_give_the_same_figures_prophet_and_all() -> None:
    lines = [line(rough(48, seed), str(seed)) for seed in range(2)]

    assert forecast(lines, 12) == forecast(lines, 12)


def test_a_total_adds_exactly_and_is_scored_as_a_sum() -> None:
    found = forecast([line(rough(48, seed), str(seed)) for seed in range(5)], 12, prophet=False)

    sums = total(found, "travel")
    tested = total_backtest(found)

    assert [e.mid for e in sums] == [sum(f.estimates[n].mid for f in found) for n in range(12)]
    assert whole(sums).mid == sum(e.mid for f in found for e in f.estimates)
    assert tested is not None
    assert tested.wape is not None
    assert tested.wape < max(f.backtest.wape or 0 for f in found if f.backtest)


amounts = st.integers(-(10**10), 10**10)
histories = st.one_of(
    st.lists(amounts, min_size=1, max_size=64),
    st.lists(st.sampled_from([0, 0, 0, 5, -3, 10**9]), min_size=1, max_size=64),
    st.lists(st.integers(0, 1000), min_size=24, max_size=64),
).map(tuple)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(history=histories, horizon=st.integers(1, 36))
def test_bounds_are_finite_whole_and_in_order(history: tuple[int, ...], horizon: int) -> None:
    for e in one(history, horizon).estimates:
        bounds = (e.low95, e.low80, e.mid, e.high80, e.high95)
        assert all(type(b) is int for b in bounds)
        assert all(low <= high for low, high in pairwise(bounds))


@quick
@given(history=histories)
def test_signs_mirror_to_the_last_unit(history: tuple[int, ...]) -> None:
    there, back = one(history), one(tuple(-a for a in history))

    assert [e.mid for e in there.estimates] == [-e.mid for e in back.estimates]
    assert [e.low80 for e in there.estimates] == [-e.high80 for e in back.estimates]
    assert [e.low95 for e in there.estimates] == [-e.high95 for e in back.estimates]


@quick
@given(seed=st.integers(0, 10**6), months=st.integers(1, 64))
def test_a_hundred_times_the_amounts_is_a_hundred_times_the_forecast(
    seed: int, months: int
) -> None:
    history = rough(months, seed)

    small, large = one(history), one(tuple(100 * a for a in history))

    assert small.method == large.method
    for little, big in zip(small.estimates, large.estimates, strict=True):
        assert abs(big.mid - 100 * little.mid) <= 51
        assert abs(big.high80 - 100 * little.high80) <= 51
