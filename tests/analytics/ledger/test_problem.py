from __future__ import annotations

from analytics.ledger import Problem


def test_the_same_problem_found_twice_is_one() -> None:
    twice = {Problem("6000", "no budget"), Problem("6000", "no budget")}

    assert len(twice) == 1
