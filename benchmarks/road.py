"""The road as a person walks it, each stretch timed: ask, save, review, approve."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.stories.world import ANA, BEN, Json, World, said

PATIENCE = 300.0
UNDER_WAY = "the result replaces this"
ENDINGS = ("Committed", "Not written", "Out of date", "Unsettled", "Expired")


class Refused(Exception):
    """The road ended early; the message is what the person was told."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What was seen at last, and after how many seconds."""

    message: Json
    seconds: float


def answered(world: World, words: str, every: float = 0.1) -> Timed:
    """Ana types, and waits for whatever answers her; she looks `every` so many seconds."""

    def finished(message: Json) -> bool:
        return message.get("user") != ANA and UNDER_WAY not in said(message)

    return _next(world, lambda: world.type(words), finished, every)


def asked(world: World, words: str) -> Timed:
    """Ana types, and waits for the finished answer; Refused where there is nothing to save."""
    answer = answered(world, words)
    if "forecast.save" not in str(answer.message):
        raise Refused(said(answer.message))
    return answer


def saved(world: World, answer: Json) -> Timed:
    """Ana taps *Save as budget version*, and waits for the card."""
    card = _next(world, lambda: world.tap("forecast.save", answer, ANA), lambda _: True)
    if "To approve" not in said(card.message):
        raise Refused(said(card.message))
    return card


def reviewed(world: World, card: Json) -> Timed:
    """Ben looks at the flagged lines, if there are any."""
    begun = time.monotonic()
    if "proposal.review" in str(card):
        _must(world.tap("proposal.review", card, BEN))
        _must(world.submit(BEN))
        card = _changed(world, card, ("Reviewed by",))
    return Timed(card, time.monotonic() - begun)


def approved(world: World, card: Json) -> Timed:
    """Ben approves, and waits until the version is committed; Refused for any other ending."""
    begun = time.monotonic()
    _must(world.tap("proposal.approve", card, BEN))
    done = _changed(world, card, ENDINGS)
    if "Committed" not in said(done):
        raise Refused(said(done))
    return Timed(done, time.monotonic() - begun)


def _next(
    world: World, act: Callable[[], Json], wanted: Callable[[Json], bool], every: float = 0.1
) -> Timed:
    """Act, then wait for the first newer message that is wanted."""
    before = {message["ts"] for message in world.messages()}
    begun = time.monotonic()
    _must(act())

    def found() -> Json | None:
        new = [m for m in world.messages() if m["ts"] not in before and wanted(m)]
        return new[0] if new else None

    return Timed(_awaited(found, every), time.monotonic() - begun)


def _changed(world: World, message: Json, words: tuple[str, ...]) -> Json:
    """The same message, as soon as it has one of these words."""

    def found() -> Json | None:
        now = [m for m in world.messages() if m["ts"] == message["ts"]]
        return next((m for m in now if any(word in said(m) for word in words)), None)

    return _awaited(found)


def _awaited(found: Callable[[], Json | None], every: float = 0.1) -> Json:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if message := found():
            return message
        time.sleep(every)
    raise Refused(f"nothing came within {PATIENCE:.0f} s")


def _must(done: Json) -> None:
    if not done.get("ok"):
        raise Refused(f"Slack refused: {done}")
