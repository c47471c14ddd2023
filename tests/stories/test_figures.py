"""Every figure a run shows is worked out again from the tables of the local Intacct alone."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.bot.messages.test_as_xlsx import sheets
from tests.stories.steps import approved, card_says, proposal_on
from tests.stories.test_papers import exported
from tests.stories.world import ANA, BEN, World, said, until

Json = dict[str, Any]
Line = tuple[str, str]  # account, and the place it is split by
Ledger = Mapping[tuple[str, str, str, str, str], Decimal]  # account, month, place, dept, project

BELOW = {"100": {"100", "110"}, "200": {"200", "210"}}
YEAR = [f"2023-{month:02d}" for month in range(4, 13)] + ["2024-01", "2024-02", "2024-03"]
NET = "Other income and expense"


@dataclass(frozen=True, slots=True)
class Case:
    """A question as of March 2024, so that its history is short and soon forecast, and what it is
    about: accounts, their sign, and which months the forecast is compared with."""

    asked: str
    title: str
    accounts: tuple[str, ...]
    sign: int
    before: tuple[str, ...]
    entity: str = "100"
    split: str = ""


REVENUE = ("4000", "4100", "4200", "4300", "4900")
POSTED = """
    SELECT ACCOUNTNO, substr(ENTRY_DATE, 1, 7), LOCATIONID, DEPARTMENTID, PROJECTID, AMOUNT
    FROM GLDETAIL WHERE ENTRY_STATE = 'Posted' AND STATISTICAL = 0 AND ENTRY_DATE <= '2024-03-31'
"""
SPRING = tuple(YEAR[:3])
CASES = (
    Case("Marketing 3m by department", "Marketing", ("6100", "6120", "6150"), 1, SPRING, split="D"),
    Case("revenue 3m by project", "Revenue", REVENUE, -1, SPRING, split="P"),
    Case(f"{NET} 14m", NET, ("8000", "8100", "8200"), -1, tuple(YEAR)),
    Case("8200 3m entity=200", "8200 Exchange differences", ("8200",), 1, SPRING, "200"),
)


@pytest.fixture(scope="module")
def world(demo_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all of it; only the last story changes the books."""
    folder = tmp_path_factory.mktemp("figures")
    company = folder / "company.sqlite"
    shutil.copy(demo_company, company)
    made = World(folder, company, f"sqlite:///{folder / 'tieout.sqlite'}")
    made.begin()
    for case in CASES:
        made.type(f"/forecast {case.asked} as of 2024-03")
    yield made
    made.end()


@pytest.fixture(scope="module")
def ledger(world: World) -> Ledger:
    """What was posted, debits positive, up to March 2024."""
    sums: defaultdict[tuple[str, str, str, str, str], Decimal] = defaultdict(Decimal)
    with closing(sqlite3.connect(world.company)) as books:  # the whole table by HTTP takes seconds
        for account, month, place, department, project, coins in books.execute(POSTED):
            sums[account, month, place, department or "", project or ""] += Decimal(coins) / 100
    return sums


def posted(ledger: Ledger, case: Case) -> dict[Line, dict[str, Decimal]]:
    """By line and month, in the sign of the answer, what is not nothing."""
    found: dict[Line, dict[str, Decimal]] = {}
    for (account, month, place, department, project), amount in ledger.items():
        if account in case.accounts and place in BELOW[case.entity]:
            by = {"D": department, "P": project}.get(case.split, "")
            months = found.setdefault((account, by), defaultdict(Decimal))
            months[month] += case.sign * amount
    return {
        line: {month: amount for month, amount in months.items() if amount}
        for line, months in found.items()
    }


def answer(world: World, title: str) -> Json:
    """The forecast of this and its picture, awaited; not the card of it."""

    def found() -> Json | None:
        seen = (m for m in world.messages() if m["text"].startswith(f"{title} forecast"))
        return next((m for m in seen if "Sources" in said(m) and "alt_text" in str(m)), None)

    return until(found)


def amount(said: str) -> Decimal:
    """An amount as accountants write it."""
    plain = said.strip("()").replace(",", "")
    return -Decimal(plain) if said.startswith("(") else Decimal(plain)


def table_of(message: Json) -> list[list[str]]:
    """The rows of its table, as they are read."""
    (table,) = (block for block in message["blocks"] if block["type"] == "table")
    return [["".join(_texts(cell)) for cell in row] for row in table["rows"][1:]]


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in _texts(value)]
    return [text for one in part for text in _texts(one)] if isinstance(part, list) else []


def line_in(label: str) -> Line:
    """`4100 Professional services · P-101` is account 4100 at P-101."""
    name, _, place = label.partition(" · ")
    return name.split()[0], place


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_what_a_forecast_says_of_the_past_is_what_was_posted(
    world: World, ledger: Ledger, case: Case
) -> None:
    message = answer(world, case.title)
    lines = posted(ledger, case)
    (*rows, total) = table_of(message)

    before = {line_in(row[0]): amount(row[2]) for row in rows}
    assert before == {
        line: sum((months.get(month, Decimal(0)) for month in case.before), Decimal(0))
        for line, months in lines.items()
    }
    assert amount(total[2]) == sum(before.values())
    assert amount(total[1]) == sum((amount(row[1]) for row in rows), Decimal(0))
    assert f"{total[1]} over" in message["text"]
    assert f"which was {total[2]} actual" in message["text"]
    (picture,) = (block for block in message["blocks"] if block["type"] == "image")
    assert f"Forecast in all {total[1]}, 80 % range" in picture["alt_text"]
    (chart,) = (b["chart"] for b in message["blocks"] if b["type"] == "data_visualization")
    points = {s["name"]: [Decimal(str(p["value"])) for p in s["data"]] for s in chart["series"]}
    assert sum(points["Forecast"], Decimal(0)) == amount(total[1])
    if len(case.before) == 3:
        assert points["Actual year before"] == [
            sum((months.get(month, Decimal(0)) for months in lines.values()), Decimal(0))
            for month in case.before
        ]


@pytest.mark.parametrize("case", CASES[:3], ids=[case.title for case in CASES[:3]])
def test_a_workbook_holds_each_balance_and_its_formulas_come_to_what_they_hold(
    world: World, ledger: Ledger, case: Case
) -> None:
    book = sheets(exported(world, answer(world, case.title), "xlsx"))

    sources = rows_of(book["Sources"])
    held = {(line_of(row), row[1]): Decimal(row[-1]) for row in sources}
    assert held == {
        (line, month): value
        for line, months in posted(ledger, case).items()
        for month, value in months.items()
    }
    assert len(held) == len(sources)
    proofs = [cell for cell in book["About"].values() if cell[1]]
    assert proofs
    for value, formula in proofs:
        spans = re.findall(r"Sources!\$[A-Z]\$(\d+)(?::\$[A-Z]\$(\d+))?", formula)
        ends = [(int(first), int(end or first)) for first, end in spans]
        places = [at - 2 for first, end in ends for at in range(first, end + 1)]
        assert sum((Decimal(sources[at][-1]) for at in places), Decimal(0)) == Decimal(value)


def rows_of(sheet: Mapping[str, tuple[str, str]]) -> list[list[str]]:
    """What a sheet's rows hold below their names."""
    rows: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for place, (value, _) in sheet.items():
        column = place.rstrip("0123456789")
        rows[int(place.removeprefix(column))][column] = value
    width = sorted(rows[1])
    return [[rows[at].get(column, "") for column in width] for at in sorted(rows) if at > 1]


def line_of(row: list[str]) -> Line:
    """A source row names its account first, and where it is third."""
    return row[0], row[2]


def test_the_pages_of_a_figure_add_up_to_it(world: World, ledger: Ledger) -> None:
    case = CASES[2]
    message = answer(world, case.title)
    whole = sum((sum(months.values()) for months in posted(ledger, case).values()), Decimal(0))
    assert world.tap("paper.sources", message, BEN)["ok"]
    window = said(world.window_says("Computed, not the sum of its rows.", BEN))
    pages = int(re.findall(r"page 1 of (\d+)", window)[0])

    found = [on_page(window)]
    for page in range(2, pages + 1):
        assert world.press("paper.sources.more", BEN)["ok"]
        found.append(on_page(said(world.window_says(f"page {page} of {pages}", BEN))))

    world.close_windows(BEN)
    assert pages > 1
    assert sum(found, Decimal(0)) == whole
    assert f"which add up to {whole:,}." in window


def on_page(window: str) -> Decimal:
    return amount(re.findall(r"this page ([\d,.()]+), all", window)[0])


def test_income_less_costs_is_one_figure_from_the_answer_to_the_budget_in_intacct(
    world: World,
) -> None:
    message = answer(world, NET)
    forecast = f"USD {table_of(message)[-1][1]}"
    assert world.tap("forecast.save", message, ANA)["ok"]
    card = world.sees("To approve")

    assert forecast in card["text"]
    assert "8100, 8200 are costs and taken off here" in said(card)
    (*rows, total) = table_of(card)
    assert f"USD {total[1]}" == forecast  # nothing to compare with: only Line and New
    assert amount(total[1]) == sum((amount(row[1]) for row in rows), Decimal(0))
    world.open_home(BEN)
    assert until(lambda: forecast in said(world.home(BEN) or {}))

    done = approved(world, card, BEN)
    assert forecast in said(card_says(world, proposal_on(done), "Committed"))
    own: defaultdict[str, Decimal] = defaultdict(Decimal)
    for item in world.table("GLBUDGETITEM", BUDGETID=world.versions()[0]["BUDGETID"]):
        own[item["ACCT_NO"]] += Decimal(item["AMOUNT"])
    assert own["8100"] > 0
    assert own["8000"] - own["8100"] - own["8200"] == amount(forecast.removeprefix("USD "))
