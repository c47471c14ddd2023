from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from analytics.errors import LedgerError
from analytics.ledger import (
    DEPARTMENT,
    LOCATION,
    PROJECT,
    AccountNo,
    DimensionName,
    dimensions,
    month,
    shifted,
)
from bot.services import Services
from bot.settings import Secret
from bot.staged.balances import Cell, lines_under, staged_balances
from bot.staged.refresh import refresh
from bot.store.engine import open_store
from intacct.read.balances import BalancesQuestion, read_balances
from tests.bot.staged.copying import Company, Posted, company_at

JAN, FEB = month(2026, 1), month(2026, 2)
REVENUE = BalancesQuestion("100", JAN, FEB, (AccountNo("4000"), AccountNo("4100")))

PLACES = st.tuples(st.sampled_from(("", "SALES", "OPS", "WEST")), st.sampled_from(("100", "110")))
AMOUNTS = st.integers(1, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
DAYS = st.sampled_from(("12/31/2025", "01/01/2026", "01/31/2026", "02/28/2026", "03/01/2026"))
ACCOUNTS = st.sampled_from(("4000", "4100", "6000", "1000"))


@st.composite
def entries(draw: st.DrawFn) -> tuple[Posted, Posted]:
    """Two lines that balance in US Inc."""
    amount, account, other = draw(AMOUNTS), draw(ACCOUNTS), draw(st.sampled_from(("1000", "6000")))
    department, location = draw(PLACES)
    return (other, amount, "", "100"), (account, f"-{amount}", department, location)


@st.composite
def questions(draw: st.DrawFn) -> BalancesQuestion:
    """Any question about the small company, as people or commands may ask it."""
    first = shifted(month(2025, 12), draw(st.integers(0, 3)))
    limits = {
        "department": draw(st.sampled_from(("", "SALES", "OPS", "WEST", "OLD"))),
        "location": draw(st.sampled_from(("", "100", "110"))),
    }
    return BalancesQuestion(
        entity=draw(st.sampled_from(("100", "100", "200"))),
        first=first,
        last=shifted(first, draw(st.integers(0, 3))),
        accounts=tuple(
            AccountNo(number)
            for number in sorted(draw(st.sets(st.sampled_from(("4000", "6000", "1000", "9000")))))
        ),
        by=tuple(draw(st.permutations((DEPARTMENT, LOCATION, PROJECT)))[: draw(st.integers(0, 3))]),
        where=dimensions({name: id_ for name, id_ in limits.items() if id_}),
        statistical=draw(st.booleans()),
    )


@pytest.fixture(scope="module")
def shared(
    small_company: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Company, Services]]:
    """One company and one copy for all that is tried; what was posted stays."""
    folder: Path = tmp_path_factory.mktemp("shared")
    path = folder / "company.sqlite"
    path.write_bytes(small_company)
    store: Engine = open_store(f"sqlite:///{folder / 'tieout.sqlite'}")
    with company_at(path) as company:
        yield company, company.services(store, Secret("k"))
    store.dispose()


@settings(max_examples=15)
@given(
    posted=st.lists(st.tuples(DAYS, entries()), max_size=3),
    fate=st.lists(st.sampled_from(("delete", "change", "leave")), max_size=3),
    asked=st.lists(questions(), min_size=1, max_size=4),
)
def test_the_copy_says_what_intacct_says_whatever_was_asked_and_done(
    shared: tuple[Company, Services],
    posted: list[tuple[str, tuple[Posted, Posted]]],
    fate: list[str],
    asked: list[BalancesQuestion],
) -> None:
    company, services = shared
    numbers = [company.post(day, *lines) for day, lines in posted]
    refresh(services)
    company.clock.move(seconds=40)
    for number, then, (_, lines) in zip(numbers, fate, reversed(posted), strict=False):
        if then == "delete":
            company.delete(number)
        elif then == "change":
            company.post("02/03/2026", *lines, number=number)
    refresh(services)

    for question in asked:
        live = read_balances(services.books, question)
        assert staged_balances(services.store, question).to_dict("list") == live.to_dict("list")


@settings(max_examples=6)
@given(question=questions())
def test_the_lines_under_every_figure_add_up_to_it(
    shared: tuple[Company, Services], question: BalancesQuestion
) -> None:
    _, services = shared
    refresh(services, enough=bool)

    for row in staged_balances(services.store, question).to_dict("records"):
        year, number, _ = map(int, str(row["period"]).split("-"))
        split = {str(name): str(row[name]) for name in question.by if row[name]}
        cell = Cell(AccountNo(str(row["account"])), month(year, number), dimensions(split))
        lines = lines_under(services.store, question, cell)
        assert lines
        assert sum(line.amount for line in lines) == row["amount"]


def test_a_figure_opens_into_its_lines(company: Company, services: Services) -> None:
    refresh(services)

    (sale,) = lines_under(services.store, REVENUE, Cell(AccountNo("4000"), FEB))
    both = lines_under(services.store, REVENUE, Cell(AccountNo("4000"), JAN))

    assert (sale.record_no, sale.batch_key, sale.amount) == (8, 3, -2000_00)
    assert (sale.entry_date.isoformat(), sale.journal) == ("2026-02-28", "GJ")
    assert [line.amount for line in both] == [-1000_00, -250_50]  # Boston is below US Inc
    assert [line["RECORDNO"] for line in company.table("GLDETAIL") if line["BATCHKEY"] == "3"] == [
        "7",
        "8",
    ]


def test_what_balances_are_not_kept_by_is_refused_as_intacct_refuses_it(
    services: Services,
) -> None:
    item = BalancesQuestion("100", JAN, FEB, by=(DimensionName("item"),))

    with pytest.raises(LedgerError, match="not kept by item"):
        staged_balances(services.store, item)
