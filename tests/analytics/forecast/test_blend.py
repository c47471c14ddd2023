from __future__ import annotations

import numpy as np
import pytest

from analytics.forecast.blend import fenced, median, signed, spread

NONE = np.nan


def test_the_blend_is_the_middle_of_the_members_that_speak() -> None:
    paths = np.array([[[1.0, 10.0]], [[4.0, 30.0]], [[2.0, NONE]]])

    assert median(paths).tolist() == [[2.0, 20.0]]
    # from 2: 1, 2, 0; from 20: 10, 10
    assert spread(paths)[0] == pytest.approx([1.0, 10.0])


def test_a_path_keeps_within_the_range_of_four_years_and_half_as_much_again_thrice() -> None:
    history = np.array([[999.0, *[10.0, 20.0] * 24]])  # the first month is too long ago

    # 10 to 20, widened by 15 on either side; never negative, so zero is the floor
    assert fenced(np.array([[50.0, 34.0, -50.0]]), history).tolist() == [[35.0, 34.0, 0.0]]


def test_credits_mirror_debits() -> None:
    history = np.array([[-10.0, -20.0, 0.0]])

    assert signed(np.array([[5.0, -5.0]]), history).tolist() == [[0.0, -5.0]]
    assert signed(np.array([[5.0, -5.0]]), -history).tolist() == [[5.0, 0.0]]


def test_a_line_that_had_both_signs_may_have_both() -> None:
    history = np.array([[-10.0, 20.0]])

    assert signed(np.array([[5.0, -5.0]]), history).tolist() == [[5.0, -5.0]]
