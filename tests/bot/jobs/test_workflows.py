from __future__ import annotations

import pytest

from bot.jobs.workflows import beside


@pytest.mark.parametrize(
    ("store", "engine"),
    [
        ("sqlite:///tieout.sqlite", "sqlite:///tieout-jobs.sqlite"),
        ("sqlite:////var/lib/tieout/books.db", "sqlite:////var/lib/tieout/books-jobs.sqlite"),
        ("postgresql://bot:pw@db:5432/tieout", "postgresql://bot:pw@db:5432/tieout"),
    ],
)
def test_the_engine_keeps_its_own_beside_the_store(store: str, engine: str) -> None:
    assert beside(store) == engine
