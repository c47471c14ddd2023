from __future__ import annotations

import numpy as np
import pytest

from analytics.forecast.clean import without_one_offs

SEASON = np.array([1.0, 0.9, 1.1, 1.0, 0.8, 1.2, 1.3, 0.9, 1.0, 0.9, 1.1, 0.8])


def history(years: int = 3) -> np.ndarray:
    noise = np.random.default_rng(11).normal(0, 0.03, 12 * years)
    return (np.tile(SEASON, years) + noise)[None]


@pytest.mark.parametrize("month", [0, 14, 30, 35])
def test_a_booking_of_three_usual_months_is_set_aside(month: int) -> None:
    dirty = history()
    dirty[0, month] += 3

    cleaned, odd = without_one_offs(dirty)

    assert np.flatnonzero(odd[0]).tolist() == [month]
    assert cleaned[0, month] == pytest.approx(SEASON[month % 12], abs=0.25)
    assert np.array_equal(np.delete(cleaned[0], month), np.delete(dirty[0], month))


def test_a_clean_history_is_left_alone() -> None:
    cleaned, odd = without_one_offs(history())

    assert not odd.any()
    assert np.array_equal(cleaned, history())


def test_a_peak_of_every_year_is_season_and_no_one_off() -> None:
    peaks = history()
    peaks[0, 11::12] += 5

    assert not without_one_offs(peaks)[1].any()


def test_a_new_level_is_no_one_off() -> None:
    stepped = history(4)
    stepped[0, 30:] += 2

    assert without_one_offs(stepped)[1].sum() <= 1


def test_never_more_than_three_months_are_set_aside() -> None:
    wild = history()
    wild[0, [3, 10, 17, 24, 31]] += 4

    assert without_one_offs(wild)[1].sum() == 3


def test_with_two_years_nobody_can_say_which_march_is_the_odd_one() -> None:
    dirty = history(2)
    dirty[0, 14] += 3

    assert not without_one_offs(dirty)[1].any()


def test_credits_are_cleaned_like_debits() -> None:
    dirty = history()
    dirty[0, 20] += 3

    cleaned, odd = without_one_offs(dirty)
    mirrored, odd_mirrored = without_one_offs(-dirty)

    assert np.array_equal(odd, odd_mirrored)
    assert np.array_equal(cleaned, -mirrored)
