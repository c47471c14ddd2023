"""Misbehaviour on request: what the gateway shall do wrong, how often, and to which calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from types import MappingProxyType
from typing import Literal, get_args

Kind = Literal[
    "slow",
    "lose_reply",
    "expire_sessions",
    "busy",
    "garbled",
    "cut",
    "down",
    "billion_laughs",
    "huge",
    "half_transaction",
]
KINDS: tuple[str, ...] = get_args(Kind)
WHOLE: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {  # the number if nothing is said, the least and the most there may be
        "count": (1, 1, 1000),
        "status": (524, 200, 599),
        "after": (0, 0, 10_000),
        "retry_after": (-1, 0, 3600),
        "megabytes": (50, 1, 200),
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of misbehaviour for the next `count` requests that call `function`, or any.

    `slow` takes `seconds`; `garbled` has an HTTP `status`; `busy` says when to come again, unless
    `retry_after` is negative; `expire_sessions` may come `after` so many functions of a request;
    `huge` pads the answer with so many `megabytes`. All but `busy`, `garbled` and `down` act first.
    """

    kind: str
    count: int = 1
    seconds: float = 2
    function: str = ""
    status: int = 524
    after: int = 0
    retry_after: int = -1
    megabytes: int = 50

    def concerns(self, body: bytes) -> bool:
        """Whether this request calls the function the fault is for."""
        if not self.function:
            return True
        name = re.escape(self.function.encode())
        return re.search(rb"<function[^>]*>\s*<" + name + rb"[\s/>]", body) is not None


class Faults:
    """The faults still to happen, first come first served."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """One more fault, after those already waiting."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """No faults any more."""
        with self._lock:
            self._waiting.clear()

    def take_down(self) -> bool:
        """Whether this connection is closed before it is read; then one such fault is used."""
        return self._take(lambda one: one.kind == "down") is not None

    def take(self, body: bytes) -> Fault | None:
        """The fault that befalls this request, now used once."""
        return self._take(lambda one: one.kind != "down" and one.concerns(body))

    def _take(self, wanted: Callable[[Fault], bool]) -> Fault | None:
        with self._lock:
            for position, one in enumerate(self._waiting):
                if wanted(one):
                    left = replace(one, count=one.count - 1)
                    self._waiting[position : position + 1] = [left] if left.count > 0 else []
                    return one
        return None


def read_fault(words: Mapping[str, object]) -> Fault:
    """The fault a control request describes; a ValueError says what is wrong with it."""
    kind, seconds, function = words.get("kind"), words.get("seconds", 2), words.get("function", "")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}")
    if not isinstance(seconds, int | float) or not 0 <= seconds <= 600:
        raise ValueError("seconds must be a number from 0 to 600")
    if not isinstance(function, str) or (function and kind == "down"):
        raise ValueError("function must be the name of a call; nothing is read before going down")
    numbers = {name: _whole(words, name) for name in WHOLE}
    return Fault(kind, seconds=seconds, function=function, **numbers)


def _whole(words: Mapping[str, object], name: str) -> int:
    default, least, most = WHOLE[name]
    value = words.get(name, default)
    said = name in words
    if not isinstance(value, int) or (said and not least <= value <= most):
        raise ValueError(f"{name} must be a whole number from {least} to {most}")
    return value
