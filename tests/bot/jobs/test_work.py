from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

import pytest
from sqlalchemy import Engine

from bot.jobs.outbox import Asked, asked, waiting
from bot.jobs.work import enqueue
from bot.store.canonical import JSON

NINE = datetime(2025, 7, 1, 9, tzinfo=UTC)


def test_only_the_first_asking_under_a_key_is_new(store: Engine) -> None:
    with store.begin() as tx:
        assert enqueue(tx, "k", "forecast", {"months": 12}, NINE)
        assert not enqueue(tx, "k", "forecast", {"months": 24}, NINE)
    with store.begin() as tx:
        assert not enqueue(tx, "k", "other", {}, NINE)

    found = asked(store, "k")
    assert found == Asked("k", "forecast", '{"months":12}')
    assert found.args() == {"months": 12}


def test_what_is_taken_back_with_its_transaction_was_never_asked(store: Engine) -> None:
    with store.connect() as tx:
        enqueue(tx, "k", "forecast", {}, NINE)
        tx.rollback()

    assert waiting(store) == ()
    assert asked(store, "k") is None


@pytest.mark.parametrize("value", [1.5, Decimal("1.50"), NINE, b"bytes"])
def test_amounts_and_dates_in_arguments_must_be_texts(store: Engine, value: object) -> None:
    args = cast("Mapping[str, JSON]", {"amount": value})
    with pytest.raises(TypeError), store.begin() as tx:
        enqueue(tx, "k", "forecast", args, NINE)


def test_a_job_without_a_key_is_refused(store: Engine) -> None:
    with pytest.raises(ValueError, match="key"), store.begin() as tx:
        enqueue(tx, " ", "forecast", {}, NINE)
