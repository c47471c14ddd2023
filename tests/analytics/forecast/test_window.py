from __future__ import annotations

import numpy as np
import pytest

from analytics.forecast.window import Method, allowed, say

BUSY = np.tile([100.0, 90, 120, 110, 100, 130, 140, 135, 110, 105, 150, 200], 4)


def test_what_a_history_allows_depends_on_its_length() -> None:
    lengths = {1: Method.MEAN, 11: Method.MEAN, 12: Method.NAIVE, 23: Method.NAIVE}

    assert {months: allowed(BUSY[:months]) for months in lengths} == lengths
    assert allowed(BUSY[:24]) is Method.BLEND


@pytest.mark.parametrize("months", [3, 12, 36])
def test_nothing_in_the_last_year_means_nothing_to_come(months: int) -> None:
    ended = np.concatenate([BUSY[:24], np.zeros(12)])

    assert allowed(np.zeros(months)) is Method.ZERO
    assert allowed(ended) is Method.ZERO


def test_a_line_that_never_changes_has_nothing_to_smooth() -> None:
    assert allowed(np.full(36, 500.0)) is Method.MEAN


def test_a_line_that_is_mostly_nothing_gets_its_mean() -> None:
    rare = np.zeros(36)
    rare[[2, 9, 17, 30]] = [100, 50, 80, 60]

    (said,) = say([rare], 3)

    assert said.method is Method.MEAN
    assert said.mid == pytest.approx([5, 5, 5])  # 60 in the last twelve months


def test_a_line_booked_in_the_same_months_each_year_is_a_schedule() -> None:
    insurance = np.zeros(36)
    insurance[2::12] = [1000, 1100, 1200]

    (said,) = say([insurance], 12)

    assert said.method is Method.NAIVE
    assert said.mid.tolist() == [0, 0, 1200, *[0] * 9]


def test_a_one_off_is_set_aside_and_named_by_its_month() -> None:
    dirty = np.tile(BUSY, 3)
    dirty[100] += 2000  # the window looked at begins at month 48

    (said,) = say([dirty], 12)

    assert said.replaced == (100,)
    assert said.mid.max() < 400


def test_windows_of_any_length_come_back_in_their_order() -> None:
    windows = [BUSY, BUSY[:5], np.zeros(30), BUSY[:30], BUSY[:12], 2 * BUSY]

    together = say(windows, 4)

    assert [said.method for said in together] == [allowed(window) for window in windows]
    for window, said in zip(windows, together, strict=True):
        (alone,) = say([window], 4)
        assert said.mid.tolist() == alone.mid.tolist()


def test_credits_mirror_debits_to_the_last_digit() -> None:
    rough = BUSY * np.random.default_rng(2).lognormal(0, 0.3, 48)

    debit, credit = say([rough, -rough], 12)

    assert (credit.mid == -debit.mid).all()
    assert (credit.half80 == debit.half80).all()


def test_a_replaced_month_never_gives_a_line_a_sign_it_never_had() -> None:
    fading = np.zeros(49)
    fading[[0, 1, 30, 31, 32, 33, 34, 35]] = [15, 937, 69, 801, 56, 71, 37, 16]
    fading[[14, 15, 21, 24, 25, 26, 27, 28, 29, 47]] = [1, 1, 2, 1, 1, 1, 1, 1, 1, 1]

    (said,) = say([fading], 12)

    assert said.replaced
    assert said.cleaned.min() >= 0
    assert said.mid.min() >= 0
