"""How a piece of Block Kit is described: small checks that say where something is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sandbox.slack.wire import Json


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its JSON pointer and the surface it is shown on."""

    pointer: str
    surface: str  # "message", "modal" or "home"
    file_ready: Callable[[str], bool]

    def at(self, step: str | int) -> Place:
        """One step further in."""
        return Place(f"{self.pointer}/{step}", self.surface, self.file_ready)

    def problem(self, text: str) -> str:
        """One line of `response_metadata.messages`."""
        return f"[ERROR] {text} [json-pointer:{self.pointer}]"


Check = Callable[[object, Place], Iterator[str]]


def string(most: int, least: int = 0) -> Check:
    """Text of a given length in characters."""

    def check(value: object, place: Place) -> Iterator[str]:
        if not isinstance(value, str):
            yield place.problem("must provide a string")
        elif len(value) < least:
            yield place.problem(f"must be more than {least - 1} characters")
        elif len(value) > most:
            yield place.problem(f"must be less than {most + 1} characters")

    return check


def written(pattern: str, words: str) -> Check:
    """Text of a certain form."""

    def check(value: object, place: Place) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield place.problem(f"must be {words}")

    return check


def nothing_or(of: Check) -> Check:
    """A value that may be left null."""

    def check(value: object, place: Place) -> Iterator[str]:
        if value is not None:
            yield from of(value, place)

    return check


def integer(least: int, most: int) -> Check:
    """A whole number between two bounds."""

    def check(value: object, place: Place) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield place.problem("must provide an integer")
        elif not least <= value <= most:
            yield place.problem(f"must be between {least} and {most}")

    return check


def any_number(value: object, place: Place) -> Iterator[str]:
    """Any JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield place.problem("must provide a number")


def above_zero(value: object, place: Place) -> Iterator[str]:
    """A JSON number above zero."""
    problems = list(any_number(value, place))
    yield from problems
    if not problems and isinstance(value, int | float) and value <= 0:
        yield place.problem("must be greater than 0")


def boolean(value: object, place: Place) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield place.problem("must provide a boolean")


def choice(*allowed: str) -> Check:
    """One of a few words."""

    def check(value: object, place: Place) -> Iterator[str]:
        if value not in allowed:
            yield place.problem(f"must be a valid enum value ({', '.join(allowed)})")

    return check


def items(of: Check, least: int, most: int) -> Check:
    """A list of a given length, each item checked."""

    def check(value: object, place: Place) -> Iterator[str]:
        if not isinstance(value, list):
            yield place.problem("must provide an array")
            return
        if len(value) < least:
            yield place.problem(f"no fewer than {least} items allowed")
        if len(value) > most:
            yield place.problem(f"no more than {most} items allowed")
            return
        for index, item in enumerate(value):
            yield from of(item, place.at(index))

    return check


def anything(value: object, place: Place) -> Iterator[str]:  # noqa: ARG001  every check takes both
    """Accepts whatever is there."""
    return iter(())


def one_of(checks: Mapping[str, Check]) -> Check:
    """An object whose `type` says how it is checked."""

    def check(value: object, place: Place) -> Iterator[str]:
        if not isinstance(value, dict):
            yield place.problem("must provide an object")
        elif "type" not in value:
            yield place.problem("missing required field: type")
        elif str(value["type"]) not in checks:
            yield place.at("type").problem(f"unsupported type: {value['type']}")
        else:
            yield from checks[str(value["type"])](value, place)

    return check


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with required and optional fields, and rules across them."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    rules: tuple[Callable[[Json, Place], Iterator[str]], ...] = ()

    def __call__(self, value: object, place: Place) -> Iterator[str]:
        """Every problem of the object, deepest pointers included."""
        if not isinstance(value, dict):
            yield place.problem("must provide an object")
            return
        missing = [name for name in self.required if value.get(name) is None]
        yield from (place.problem(f"missing required field: {name}") for name in missing)
        sound = not missing
        for name, inner in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if name != "type" and check is None:
                yield place.problem(f"invalid additional property: {name}")
            elif check is not None and inner is not None:
                for problem in check(inner, place.at(name)):
                    sound = False
                    yield problem
        if sound:
            told = {name: inner for name, inner in value.items() if inner is not None}
            for rule in self.rules:
                yield from rule(told, place)
