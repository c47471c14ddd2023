"""Who has looked at every flagged line of a proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Engine, select

from bot.approvals.proposal import ProposalLine
from bot.approvals.queue import line_key
from bot.policy import Person
from bot.store.engine import reading
from bot.store.tables import review


def reviewers(store: Engine, proposal_id: str, lines: Sequence[ProposalLine]) -> tuple[Person, ...]:
    """Everybody whose review covers all these lines; nobody where there are none."""
    query = select(review.c.team, review.c.who, review.c.line_key)
    with reading(store) as tx:
        rows = tx.execute(query.where(review.c.proposal == proposal_id)).all()
    seen: dict[Person, set[str]] = defaultdict(set)
    for team, who, key in rows:
        seen[Person(team, who)].add(key)
    wanted = {line_key(line) for line in lines}
    return tuple(sorted(who for who, keys in seen.items() if wanted and wanted <= keys))
