from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ledger import AccountNo, Currency, month
from bot.approvals.paper import paper_of
from bot.approvals.proposal import Grain, Proposal
from bot.approvals.queue import flagged, source_rows
from bot.approvals.sources import SourceRow
from bot.approvals.stage import Draft, compared_lines, stage
from bot.desk.cards import card
from bot.messages.kept_tables import tables_in
from bot.messages.paper import Paper, amount_of
from bot.services import Services
from intacct.documents.budget_version import BudgetLine, BudgetVersion
from intacct.read.balances import BalancesQuestion
from intacct.read.budgets import BudgetQuestion
from tests.bot.approvals.ledger import PLAIN, draft
from tests.bot.approvals.paper import ANA, FEB, JAN, TITLES, budget, policy
from tests.bot.approvals.paper import proposal as on_paper

BALANCES = BalancesQuestion("100", month(2025, 1), month(2025, 12))
BUDGET = BudgetQuestion("2026 Budget", (AccountNo("4000"),))


def figures(paper: Paper) -> dict[str, Decimal]:
    return {figure.name: figure.amount for figure in paper.figures}


def made(
    document: BudgetVersion,
    rows: tuple[SourceRow, ...],
    grain: Grain,
    turned: tuple[AccountNo, ...] = (),
) -> Proposal:
    """The proposal that such a draft becomes."""
    a_draft = Draft(
        ANA, "C01", "T", document, "2026 Budget", TITLES, (BALANCES, BUDGET), rows, grain, turned
    )
    return replace(
        on_paper(),
        document=document,
        lines=compared_lines(a_draft),
        questions=a_draft.questions,
        grain=grain,
        turned=turned,
    )


def budgeted(
    value: str, location: str = "100", period: str = JAN, account: str = "4000"
) -> SourceRow:
    return SourceRow(
        "1", "budget", value, "2026 Budget", account, period, department="", location=location
    )


def moved(value: str, period: str = "2025-12-01", account: str = "4000") -> SourceRow:
    return SourceRow("0", "balance", value, account=account, period=period, currency="USD")


def test_old_amounts_are_the_budget_lines_they_add_up_and_new_ones_say_how_they_follow(
    services: Services,
) -> None:
    proposal = stage(services, "slack:1", draft(services, budget(PLAIN)))

    paper = paper_of(proposal, source_rows(services.store, proposal), {"4000": -1})

    # 2026 Budget has 900.00 and 2,100.00; the version 990.00 and 2,310.00.
    assert figures(paper)["Old · all lines"] == Decimal("3000.00")
    assert figures(paper)["New · all lines"] == Decimal("3300.00")
    assert figures(paper)["Difference · all lines"] == Decimal("300.00")
    (february,) = (f for f in paper.figures if f.name == "Old · 4000 Sales · SALES · 100 · 2026-02")
    assert [row[1:4] for row in paper.rows_of(february)] == [
        ("2026-02", "SALES · 100", "2026 Budget")
    ]
    (new,) = (f for f in paper.figures if f.name == "New · 4000 Sales · SALES · 100 · 2026-02")
    assert paper.sum_of(new) == Decimal("3000.00")  # sold in January and February
    assert "computed from the balances of this account and place" in new.how
    assert paper.untied() == ()


def test_locations_below_an_entity_are_rows_of_its_one_line() -> None:
    rows = (budgeted("60.00", "110"), budgeted("40.00", "120"), budgeted("7.00", "200"))
    document = budget("4000 Jan - 100 150.00")

    paper = paper_of(made(document, rows, Grain({"110": "100", "120": "100"})), rows, {})

    (old,) = (f for f in paper.figures if f.name == "Old · 4000 Sales · 100 · 2026-01")
    assert [row[2] for row in paper.rows_of(old)] == ["110", "120"]
    assert paper.untied() == ()


def test_costs_beside_income_are_taken_off_so_that_all_adds_up_to_what_was_forecast() -> None:
    rows = (
        budgeted("100.00"),
        budgeted("30.00", account="6000"),
        moved("-90.00"),
        moved("25.00", account="6000"),
    )
    document = budget("4000 Jan - 100 150.00\n6000 Jan - 100 40.00")
    proposal = made(document, rows, Grain(), turned=(AccountNo("6000"),))

    paper = paper_of(proposal, rows, {"4000": -1, "6000": 1}, tables_in(card(proposal, ())))

    # Old 100.00 less 30.00, new 150.00 less 40.00; Intacct holds the 40.00 as they are.
    assert figures(paper)["Old · all lines"] == Decimal("70.00")
    assert figures(paper)["New · all lines"] == Decimal("110.00")
    assert figures(paper)["Difference · all lines"] == Decimal("40.00")
    assert paper.tables[0].total[1:4] == (Decimal("70.00"), Decimal("110.00"), Decimal("40.00"))
    assert sorted(map(amount_of, paper.rows)) == [
        Decimal("-30.00"), Decimal("-25.00"), Decimal("90.00"), Decimal("100.00"),
    ]  # fmt: skip
    assert paper.untied() == ()
    assert "6000 are taken off" in paper.questions[-1]
    assert proposal.document.lines[1].amount == Decimal("40.00")


def test_a_proposal_of_an_older_version_says_what_was_not_kept() -> None:
    rows = (budgeted("60.00", "110"), budgeted("40.00", "120"))
    proposal = made(budget("4000 Jan - 100 150.00"), rows, Grain({"110": "100", "120": "100"}))

    paper = paper_of(replace(proposal, grain=None), rows, {})

    (old,) = (f for f in paper.figures if f.name == "Old · 4000 Sales · 100 · 2026-01")
    assert old.amount == Decimal("100.00")
    assert "not kept" in old.how
    assert paper.untied() == ()


LINES = st.lists(
    st.tuples(
        st.sampled_from(["4000", "6000"]),
        st.sampled_from([JAN, FEB]),
        st.sampled_from(["", "MKT"]),
        st.sampled_from(["100", "110", "200"]),
        st.integers(-(10**10), 10**10),
    ),
    min_size=1,
    max_size=25,
    unique_by=lambda line: line[:4],
)


@settings(max_examples=60)
@given(new=LINES, old=LINES, balances=LINES, together=st.booleans())
def test_every_figure_ties_and_every_amount_on_the_card_is_a_figure(
    new: list[tuple[str, str, str, str, int]],
    old: list[tuple[str, str, str, str, int]],
    balances: list[tuple[str, str, str, str, int]],
    together: bool,
) -> None:
    grain = Grain({"110": "100"}, departments_together=together)
    rows = (
        *(
            replace(budgeted(f"{coins / 100:.2f}", place, period, account), department=where)
            for account, period, where, place, coins in old
        ),
        *(moved(f"{coins / 100:.2f}", account=account) for account, _, _, _, coins in balances),
    )
    document = BudgetVersion(
        "V1",
        "Revenue forecast FC-1 by Tieout",
        Currency("USD"),
        tuple(
            BudgetLine(AccountNo(a), period, where, place, Decimal(coins).scaleb(-2))
            for a, period, where, place, coins in new
        ),
    )
    proposal = made(document, rows, grain)
    marked = flagged(proposal, policy())
    shown = tables_in(card(proposal, marked))

    paper = paper_of(proposal, rows, {}, shown, marked)

    assert paper.untied() == ()
    (table,) = shown
    cells = [*table.rows[: table.shown], table.rest, table.total]
    amounts = {cell for row in cells for cell in row if isinstance(cell, Decimal)}
    assert amounts <= set(figures(paper).values())
