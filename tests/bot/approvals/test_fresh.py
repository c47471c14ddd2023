from __future__ import annotations

from bot.approvals.fresh import moved_in_words, moved_since_shown
from bot.approvals.proposal import SourceDifference
from bot.services import Services
from tests.bot.approvals.ledger import People, staged

SALE = SourceDifference("Account 4000, Jan 2026", "1.00 USD", "2.00 USD")


def test_what_moved_is_counted() -> None:
    assert moved_in_words([SALE]) == (
        "The books moved since this was shown: 1 source figure changed. Ask for it again"
        " to see it with the books as they are now."
    )
    assert "1,200 source figures changed." in moved_in_words([SALE] * 1200)


def test_books_that_stood_still_have_not_moved(services: Services) -> None:
    assert moved_since_shown(services, staged(services)) == ()


def test_a_sale_in_another_month_or_account_does_not_matter(
    services: Services, people: People
) -> None:
    proposal = staged(services)
    people.post("99.00", day="2026-03-02")

    assert moved_since_shown(services, proposal) == ()


def test_a_sale_in_a_month_that_was_shown_matters(services: Services, people: People) -> None:
    proposal = staged(services)
    people.post("0.01", day="2026-01-02")

    (moved,) = moved_since_shown(services, proposal)

    assert (moved.was, moved.now) == ("USD (1,000.00)", "USD (1,000.01)")
