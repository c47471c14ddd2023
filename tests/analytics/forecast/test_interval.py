from __future__ import annotations

import numpy as np
import pytest

from analytics.forecast.interval import blend_widths, over_lines, over_months, plain_widths

RNG = np.random.default_rng(5)


def test_a_total_of_two_months_counts_how_their_errors_go_together() -> None:
    # 3² + 4² + 2·0.8·3·4 = 44.2, between 25 (independent) and 49 (added)
    assert over_months(np.array([[3.0], [4.0]])) ** 2 == pytest.approx([44.2])


def test_months_farther_apart_go_together_less() -> None:
    # 1 + 1 + 1 + 2·(0.8 + 0.8 + 0.64) = 7.48
    assert over_months(np.ones((3, 1))) ** 2 == pytest.approx([7.48])


def test_a_sum_of_two_lines_lies_between_independent_and_together() -> None:
    # 0.7·(3² + 4²) + 0.3·(3 + 4)² = 32.2
    assert over_lines(np.array([[3.0], [4.0]])) ** 2 == pytest.approx([32.2])


def test_a_single_month_and_a_single_line_keep_their_width() -> None:
    assert over_months(np.array([[3.0]])) == pytest.approx([3.0])
    assert over_lines(np.array([[3.0]])) == pytest.approx([3.0])


def test_larger_errors_and_farther_members_make_wider_bands() -> None:
    history = RNG.lognormal(0, 0.2, (1, 48))
    errors, spread = np.full((1, 12), 0.1), np.full((1, 12), 0.1)

    usual = blend_widths(history, errors, spread)
    rough = blend_widths(history, 2 * errors, spread)
    unsure = blend_widths(history, errors, 2 * spread)

    assert (rough.half80 > usual.half80).all()
    assert (unsure.half80 > usual.half80).all()
    assert (usual.half95 > usual.half80).all()


def test_more_history_makes_narrower_bands() -> None:
    errors, spread = np.full((1, 12), 0.1), np.full((1, 12), 0.1)
    two_years = np.tile([1.0, 1.2], (1, 12)) + np.repeat([0.0, 0.1], 12)
    five_years = np.tile([1.0, 1.2], (1, 30)) + np.repeat([0.0, 0.1, 0.0, 0.1, 0.0], 12)

    short = blend_widths(two_years, errors, spread)
    long = blend_widths(five_years, errors, spread)

    assert (long.half80 < short.half80).all()


def test_the_third_year_is_less_sure_than_the_first() -> None:
    history = RNG.lognormal(0, 0.2, (1, 48))

    widths = blend_widths(history, np.full((1, 12), 0.1), np.full((1, 36), 0.1))

    assert widths.half80[0, 35] > 1.5 * widths.half80[0, 11]


@pytest.mark.parametrize("months", [1, 2, 6, 11])
def test_less_than_a_year_is_said_with_a_wide_band(months: int) -> None:
    history = np.tile([0.8, 1.2], 6)[:months][None]

    widths = plain_widths(history, 12, sparse=False)

    assert (widths.half80 > 0).all()
    assert (widths.half95 > widths.half80).all()


def test_a_constant_line_still_has_a_band() -> None:
    widths = plain_widths(np.ones((1, 24)), 12, sparse=True)

    assert (widths.half80 > 0).all()
    assert (widths.half95 < 0.5).all()
