from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, insert

from bot.approvals.proposal import State
from bot.approvals.standing import decidable, ended_of, looked_at, undecided, under_way_of
from bot.store.tables import review
from tests.bot.approvals.paper import ANA, BEN, CLEO, DEV, NOW, Clock
from tests.bot.desk.waiting import keep, services_with, waiting


def asked(store: Engine, number: int, state: State, *, hours: int = 0) -> None:
    one = waiting(number)
    keep(store, replace(one, state=state, made_at=NOW + timedelta(hours=hours)))


def test_what_waits_is_for_those_who_may_decide_it_and_in_time(store: Engine) -> None:
    asked(store, 1, "open", hours=1)
    asked(store, 2, "open")
    asked(store, 3, "rejected")
    keep(store, replace(waiting(4), asked_by=CLEO))
    clock = Clock()
    services, standings = services_with(store, clock), undecided(store)

    def may(who: object) -> list[str]:
        return [one.id[-1] for one in decidable(services, who, standings)]  # type: ignore[arg-type]

    assert (may(BEN), may(CLEO), may(ANA), may(DEV)) == (["2", "4", "1"], ["2", "1"], [], [])
    clock.move(hours=72)
    assert may(BEN) == []
    services.books.close()


def test_what_somebody_asked_for_is_under_way_or_ended_the_latest_first(store: Engine) -> None:
    for number, state in enumerate(("open", "approved", "unsettled"), start=1):
        asked(store, number, state, hours=number)  # type: ignore[arg-type]  # texts of states
    for number, state in enumerate(
        ("rejected", "stale", "expired", "committed", "failed"), start=4
    ):
        asked(store, number, state, hours=number)  # type: ignore[arg-type]

    assert [one.id[-1] for one in under_way_of(store, ANA)] == ["3", "2", "1"]
    assert [one.id[-1] for one in ended_of(store, ANA, 3)] == ["8", "7", "6"]
    assert under_way_of(store, BEN) == ()


def test_the_lines_somebody_looked_at_are_counted_while_it_waits(store: Engine) -> None:
    asked(store, 1, "open")
    asked(store, 2, "committed")
    with store.begin() as tx:
        for id_, key in (("1", "a"), ("1", "b"), ("2", "a")):
            row = {"proposal": f"PRP-0000000{id_}", "line_key": key, "at": ""}
            tx.execute(insert(review), {**row, "team": BEN.team, "who": BEN.user})

    assert looked_at(store, BEN) == {"PRP-00000001": 2}
    assert looked_at(store, CLEO) == {}
