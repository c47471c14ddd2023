"""From typing to the finished answer, and from *Approve* to *Committed*; where the time goes.

Times are a person's: from the key press until the message is there (looked at ten times a second).
The parts come from the audit rows of the same command: reading is the time its calls to Intacct
took; forecasting is all else from the first of them until the answer is on record, drawing and
sending it too; the rest is before and after.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from benchmarks import road
from benchmarks.report import machine, table
from benchmarks.worlds import demo_world, say
from bot.audit import AuditRow
from bot.store.engine import open_store, reading
from bot.store.tables import audit
from tests.stories.world import World

TIMES = 3
COMMANDS = (
    "/forecast 4000 12m",
    "/forecast revenue 12m by department",
    "/forecast expenses 12m by department",
)


@dataclass(frozen=True, slots=True)
class Walked:
    """One walk down the road, in seconds; `lines` are those of the budget version."""

    lines: int
    answer: float
    reading: float
    forecasting: float
    saving: float
    committing: float


def main() -> None:
    """Walk each road a few times and print the medians."""
    with demo_world() as world:
        road.answered(world, COMMANDS[0])  # the first command signs in and warms up
        walked = {words: [_walked(world, words) for _ in range(TIMES)] for words in COMMANDS}
    header = (
        "command",
        "lines saved",
        "answer",
        "of it reading",
        "of it forecasting",
        "of it the rest",
        "Save to card",
        "Approve to Committed",
    )
    print(f"Median of {TIMES}, in seconds, on the demo company.\n")
    print(table(header, [_row(words, walks) for words, walks in walked.items()]))
    print(f"\n{machine()}")


def _walked(world: World, words: str) -> Walked:
    say(words)
    answer = road.asked(world, words)
    rows = _rows(world)
    card = road.saved(world, answer.message)
    reviewed = road.reviewed(world, card.message)
    done = road.approved(world, reviewed.message)
    read, computed = _parts(rows)
    lines = world.table("GLBUDGETITEM", BUDGETID=str(world.versions()[-1]["BUDGETID"]))
    return Walked(len(lines), answer.seconds, read, computed, card.seconds, done.seconds)


def _rows(world: World) -> list[AuditRow]:
    """The audit rows since the last command was typed."""
    store = open_store(world.database_url)
    with reading(store) as tx:
        rows = [AuditRow(*row) for row in tx.execute(audit.select().order_by(audit.c.seq))]
    store.dispose()
    typed = max(at for at, row in enumerate(rows) if row.did.startswith("typed"))
    return rows[typed:]


def _parts(rows: Sequence[AuditRow]) -> tuple[float, float]:
    """Seconds in calls to Intacct, and the other seconds from the first call to the answer."""
    calls = [row for row in rows if row.did.startswith("called")]
    answered = next(_at(row) for row in rows if row.did.startswith("answered"))
    calling = sum(int(json.loads(row.body)["ms"]) for row in calls) / 1000
    return calling, (answered - _at(calls[0])).total_seconds() - calling


def _at(row: AuditRow) -> datetime:
    return datetime.fromisoformat(row.at)


def _row(words: str, walks: Sequence[Walked]) -> tuple[str, ...]:
    answer, read, computed = (
        median(getattr(walk, name) for walk in walks)
        for name in ("answer", "reading", "forecasting")
    )
    shown = (answer, read, computed, answer - read - computed)
    rest = (median(walk.saving for walk in walks), median(walk.committing for walk in walks))
    return (f"`{words}`", f"{walks[0].lines:,}", *(f"{seconds:.2f}" for seconds in shown + rest))


if __name__ == "__main__":
    main()
