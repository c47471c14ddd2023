from __future__ import annotations

import re

import pytest

from analytics.forecast.choice import Record, chosen, reason
from analytics.forecast.window import Method


def record(
    origins: int = 12,
    blend: float | None = 0.10,
    naive: float | None = 0.12,
    prophet: float | None = None,
    rival: float | None = None,
) -> Record:
    return Record(origins, blend, blend, naive, prophet, rival)


def test_the_blend_is_taken_where_nothing_is_clearly_nearer() -> None:
    assert chosen(Method.BLEND, record(naive=0.0601)) is Method.BLEND
    assert chosen(Method.BLEND, record(prophet=0.061, rival=0.10)) is Method.BLEND


def test_seasonal_naive_is_taken_at_six_tenths_of_the_blends_error() -> None:
    assert chosen(Method.BLEND, record(naive=0.06)) is Method.NAIVE


def test_where_two_are_clearly_nearer_the_simpler_is_taken() -> None:
    both = record(naive=0.05, prophet=0.04, rival=0.10)

    assert chosen(Method.BLEND, both) is Method.NAIVE


def test_prophet_is_compared_with_the_blend_at_the_same_origins() -> None:
    assert chosen(Method.BLEND, record(prophet=0.05, rival=0.08)) is Method.BLEND
    assert chosen(Method.BLEND, record(prophet=0.05, rival=0.09)) is Method.PROPHET


def test_five_origins_are_too_few_to_leave_the_blend() -> None:
    assert chosen(Method.BLEND, record(origins=5, naive=0.01)) is Method.BLEND
    assert chosen(Method.BLEND, record(origins=6, naive=0.01)) is Method.NAIVE


def test_two_that_never_missed_are_equal_and_the_simpler_is_taken() -> None:
    assert chosen(Method.BLEND, record(blend=0.0, naive=0.0)) is Method.NAIVE


def test_an_error_that_cannot_be_measured_decides_nothing() -> None:
    assert chosen(Method.BLEND, record(blend=None, naive=None)) is Method.BLEND


@pytest.mark.parametrize("allowed", [Method.ZERO, Method.MEAN, Method.NAIVE])
def test_what_the_history_allows_is_never_exceeded(allowed: Method) -> None:
    assert chosen(allowed, record(naive=0.5, prophet=0.01, rival=0.10)) is allowed


@pytest.mark.parametrize(
    ("allowed", "method", "months", "origins", "sentence"),
    [
        (Method.ZERO, Method.ZERO, 36, 1, "nothing was booked in the last twelve months"),
        (Method.MEAN, Method.MEAN, 1, 0, "history too short for a season: 1 month, 12 needed"),
        (Method.MEAN, Method.MEAN, 36, 1, "mostly zero or always the same"),
        (Method.NAIVE, Method.NAIVE, 18, 0, "season of its own: 18 months, 24 needed"),
        (Method.NAIVE, Method.NAIVE, 36, 1, "booked in the same few months each year"),
        (Method.BLEND, Method.BLEND, 30, 0, "too short for a backtest: 30 months, 36 needed"),
        (Method.BLEND, Method.BLEND, 36, 1, "too few origins .* over 1 origin, "),
        (Method.BLEND, Method.NAIVE, 60, 12, "^repeating last year was clearly better"),
        (Method.BLEND, Method.PROPHET, 60, 12, "Prophet and the blend in equal parts"),
    ],
)
def test_the_reason_is_said_in_one_sentence(
    allowed: Method, method: Method, months: int, origins: int, sentence: str
) -> None:
    said = reason(allowed, method, record(origins=origins), 0.1, months, 12)

    assert re.search(sentence, said)


def test_the_figures_of_all_that_were_tried_are_said() -> None:
    tried = record(prophet=0.133, rival=0.094)

    assert reason(Method.BLEND, Method.BLEND, tried, 0.1, 60, 12) == (
        "no other method was clearly better: error 10.0 % for the blend over 12 origins, "
        "12.0 % for repeating last year; 13.3 % for Prophet where the blend had 9.4 %"
    )


def test_the_mix_is_said_with_its_own_error_and_not_with_prophets() -> None:
    tried = record(blend=0.035, naive=0.112, prophet=0.004, rival=0.04)

    assert reason(Method.BLEND, Method.PROPHET, tried, 0.0165, 60, 12) == (
        "Prophet and the blend in equal parts: error 1.7 % together over 12 origins, "
        "3.5 % for the blend alone, 11.2 % for repeating last year"
    )


def test_last_year_taken_is_said_with_the_blends_error_beside_it() -> None:
    tried = record(naive=0.05)

    assert reason(Method.BLEND, Method.NAIVE, tried, 0.05, 60, 12) == (
        "repeating last year was clearly better: error 5.0 % over 12 origins, 10.0 % for the blend"
    )


def test_last_year_that_did_as_well_is_admitted() -> None:
    said = reason(Method.BLEND, Method.BLEND, record(naive=0.09), 0.1, 60, 12)

    assert said.startswith("repeating last year did about as well, but not clearly better: ")


def test_months_of_nothing_leave_no_error_to_say() -> None:
    said = reason(Method.BLEND, Method.BLEND, record(blend=None, naive=None), None, 60, 12)

    assert said == "what came was all zero, so there is no error to compare"
