"""An error as a job keeps it: its kind and its words, so that it is still itself after a crash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from analytics.errors import LedgerError
from bot.errors import BotError
from bot.store.canonical import JSON
from intacct.errors import IntacctError

FAMILIES: Final = (BotError, IntacctError, LedgerError)


def expected(error: Exception) -> bool:
    """Whether it is one of our own families, which has its sentence; any other is a mistake."""
    return isinstance(error, FAMILIES)


def kept(error: Exception) -> dict[str, JSON]:
    """The kind and the words of an error, as JSON."""
    return {"kind": type(error).__qualname__, "words": str(error)}


def recalled(written: Mapping[str, JSON]) -> Exception:
    """An error of the same kind with the same words; a RuntimeError where the kind is not ours."""
    kind, words = str(written.get("kind", "")), str(written.get("words", ""))
    for family in FAMILIES:
        for member in _members(family):
            if member.__qualname__ == kind:
                return member(words)
    return RuntimeError(f"{kind}: {words}")


def _members(family: type[Exception]) -> Iterator[type[Exception]]:
    yield family
    for child in family.__subclasses__():
        yield from _members(child)
