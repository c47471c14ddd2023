"""Misbehaviour on request: slow, refusing, repeating, or losing the answer."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.slack.wire import invalid_arguments

KINDS = ("slow", "error_500", "ratelimit", "deliver_twice", "lose_reply")


@dataclass(slots=True)
class Fault:
    """What goes wrong, for which method, and how many times still."""

    kind: str
    method: str | None
    left: int
    seconds: float


class Faults:
    """The faults asked for and not used up yet."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def ask(self, kind: str, method: str | None, count: int, seconds: float) -> None:
        """Plans a fault for the next calls or deliveries."""
        if kind not in KINDS:
            raise invalid_arguments(f"kind must be one of {', '.join(KINDS)}")
        self._waiting.append(Fault(kind, method, count, seconds))

    def take(self, kind: str, method: str | None = None) -> Fault | None:
        """The planned fault of this kind, counted as used; None when there is none."""
        for fault in self._waiting:
            if fault.kind == kind and fault.left > 0 and fault.method in (None, method):
                fault.left -= 1
                return fault
        return None
