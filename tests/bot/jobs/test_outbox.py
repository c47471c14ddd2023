from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.errors import NotUnderstood
from bot.jobs.outbox import Asked, handed_over, waiting
from bot.jobs.work import enqueue

NINE = datetime(2025, 7, 1, 9, tzinfo=UTC)
EIGHT = datetime(2025, 7, 1, 8, tzinfo=UTC)


def test_the_outbox_gives_the_oldest_first_and_each_until_it_is_handed_over(store: Engine) -> None:
    with store.begin() as tx:
        enqueue(tx, "late", "a", {}, NINE)
        enqueue(tx, "early", "a", {}, EIGHT)
        enqueue(tx, "now", "a", {})
    assert waiting(store) == ("early", "late", "now")

    handed_over(store, "early", NINE)
    handed_over(store, "early", NINE)

    assert waiting(store) == ("late", "now")


@pytest.mark.parametrize("written", ["", "{", "[1]", "null"])
def test_arguments_another_version_wrote_are_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(NotUnderstood, match="please ask again"):
        Asked("k", "forecast", written).args()
