from __future__ import annotations

from collections.abc import Iterator

import pytest

from analytics.errors import LedgerError
from bot.errors import BotError, explain
from intacct.errors import IntacctError


def family(of: type[Exception]) -> Iterator[type[Exception]]:
    yield of
    for child in of.__subclasses__():
        yield from family(child)


KINDS = sorted(
    {kind for root in (LedgerError, IntacctError, BotError) for kind in family(root)},
    key=lambda kind: kind.__qualname__,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
def test_every_error_has_a_sentence_of_its_own(kind: type[Exception]) -> None:
    sentence = explain(kind("the reason")).sentence

    assert sentence
    assert sentence != explain(RuntimeError()).sentence


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
def test_every_error_says_what_it_means(kind: type[Exception]) -> None:
    assert kind.__doc__


def test_an_error_nobody_thought_of_shows_nothing_of_itself() -> None:
    sentence = explain(RuntimeError("password=hunter2")).sentence

    assert "hunter2" not in sentence
