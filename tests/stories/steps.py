"""What people do in more than one story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.stories.world import ANA, BEN, PATIENCE, World, said, until

FORECAST = "/forecast revenue 12m by department"
# Too short a history for anything that takes time, and more than one month to count.
QUICK = "3m as of 2024-03"
SMALL = f"/forecast 4000 {QUICK}"

Json = dict[str, Any]


def staged(world: World, asked: str = FORECAST) -> tuple[Json, str]:
    """Ana's forecast, saved: the card that waits, and the proposal's id."""
    assert world.type(asked)["ok"]
    answer = world.sees("Save as budget version")
    assert world.tap("forecast.save", answer, ANA)["ok"]
    card = world.sees("To approve")
    return card, proposal_on(card)


def approved(world: World, card: Json, who: str) -> Json:
    """The card after this person looked at every flagged line and approved."""
    if "proposal.review" in str(card):
        assert world.tap("proposal.review", card, who)["ok"]
        assert world.submit(who)["ok"]
        card = world.sees("Reviewed by")
    assert world.tap("proposal.approve", card, who)["ok"]
    return world.sees("Committed")


def ask(world: World, accounts: Sequence[str]) -> None:
    """A quick forecast of each account is typed; nobody waits for the answers."""
    for account in accounts:
        assert world.type(f"/forecast {account} {QUICK}")["ok"]


def answers(world: World, many: int) -> list[Json]:
    """The answers in the channel, awaited until there are so many."""
    return _with_words(world, "Save as budget version", many)


def save(world: World, asked: Sequence[Json]) -> None:
    """Ana saves each of these answers; nobody waits for the cards."""
    for answer in asked:
        assert world.tap("forecast.save", answer, ANA)["ok"]


def cards(world: World, many: int) -> list[Json]:
    """The cards that wait for a decision, awaited until there are so many."""
    return _with_words(world, "To approve", many)


def waiting(world: World, accounts: Sequence[str]) -> list[Json]:
    """The cards of quick forecasts of these accounts, asked for and saved."""
    ask(world, accounts)
    save(world, [about(world, account, "Save as budget version") for account in accounts])
    return [about(world, account, "To approve") for account in accounts]


def about(world: World, account: str, words: str) -> Json:
    """The first message about this account with these words, awaited."""

    def found() -> Json | None:
        seen = [m for m in world.messages() if words in said(m)]
        return next((m for m in seen if account in said(m)), None)

    return until(found)


def approve(world: World, card: Json, who: str = BEN) -> None:
    """A tap on *Approve*, acknowledged."""
    assert world.tap("proposal.approve", card, who)["ok"]


def card_says(world: World, proposal: str, words: str, patience: float = PATIENCE) -> Json:
    """The card of this proposal, awaited until it has these words."""

    def found() -> Json | None:
        seen = [m for m in world.messages() if proposal in said(m)]
        return next((m for m in seen if words in said(m)), None)

    return until(found, patience)


def proposal_on(card: Json) -> str:
    """The id of the proposal this card is about."""
    return next(word for word in said(card).split() if word.startswith("PRP-"))


def _with_words(world: World, words: str, many: int) -> list[Json]:
    def found() -> list[Json] | None:
        seen = [m for m in world.messages() if words in said(m)]
        return seen if len(seen) >= many else None

    return until(found) if many else []
