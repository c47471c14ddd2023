from __future__ import annotations

from analytics.ledger import LOCATION, AccountNo
from bot.services import Services
from bot.staged import masters
from bot.staged.refresh import refresh
from intacct.read.budgets import BudgetQuestion, read_budget_heads, read_budget_lines
from intacct.read.dimensions import read_location_parents
from intacct.read.periods import read_periods


def test_periods_budgets_and_places_are_what_intacct_says(services: Services) -> None:
    refresh(services)
    books, store = services.books, services.store
    question = BudgetQuestion("2026 Budget", (AccountNo("4000"),))

    assert masters.periods(store) == read_periods(books)
    assert masters.budget_heads(store) == read_budget_heads(books)
    assert masters.budget_lines(store, question) == read_budget_lines(books, question)
    assert len(masters.budget_lines(store, question)) == 2
    assert masters.parents(store, LOCATION) == read_location_parents(books)
