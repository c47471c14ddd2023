"""A copy of the books answers in place of Intacct, and says so."""

from __future__ import annotations

import os
import subprocess
import sys

from sqlalchemy import func, select

from bot.store.engine import open_held, reading
from bot.store.tables import audit
from tests.stories.steps import FORECAST
from tests.stories.world import ANA, BEN, ROOT, World, said


def read_books(world: World, what: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "staged", what],
        cwd=ROOT,
        env={**os.environ, **world.settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def calls(world: World) -> int:
    """How many calls to Intacct are on record."""
    store = open_held(world.database_url)
    with reading(store) as tx:
        count = select(func.count()).where(audit.c.about == "intacct")
        made: int = tx.execute(count).scalar_one()
    store.dispose()
    return made


def test_a_forecast_from_the_copy_asks_intacct_nothing_and_fresh_figures_can_be_had(
    world: World,
) -> None:
    assert "done" in read_books(world, "refresh")
    before = calls(world)

    world.type(FORECAST)
    answer = world.sees("Save as budget version")
    between = calls(world)
    sale = {"account": "4000", "offset": "1000", "amount": "-987654.32", "date": "2026-11-20"}
    world.someone_posts(**sale, entity="100", department="SALES")
    world.tap("forecast.save", answer, ANA)
    world.sees("To approve")
    world.type(f"{FORECAST} fresh", who=BEN)
    world.sees(f"{FORECAST} fresh", who=BEN)
    world.sees("Save as budget version", who=BEN)

    assert between == before
    assert " · copied " in said(answer)
    assert calls(world) > between
    assert "GLDETAIL" in read_books(world, "status")
