"""Misbehaviour on request: planned, used up or timed out, and taken back."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from sandbox.slack.wire import Clock, Json


@dataclass(slots=True)
class Fault:
    """What goes wrong, where, how often still, and until when."""

    kind: str
    target: str | None = None  # a method, a kind of delivery or a type of block; None is all
    left: int | None = 1  # None goes on until it is taken back or its time is over
    until: datetime | None = None
    seconds: float = 1.0
    times: int = 2  # how often a repeated delivery comes in all
    error: str = ""  # Slack's word for a refusal
    id: int = 0

    def wait(self, now: datetime) -> int:
        """Whole seconds a rate limit asks to wait."""
        left = (self.until - now).total_seconds() if self.until else self.seconds
        return max(1, math.ceil(left))

    def told(self) -> Json:
        """The fault as the desk lists it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "target": self.target,
            "left": self.left,
            "until": self.until.isoformat() if self.until else None,
            "seconds": self.seconds,
            "times": self.times,
            "error": self.error,
        }


class Faults:
    """The faults asked for and not used up yet."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: list[Fault] = []
        self._held: dict[str, list[asyncio.Event]] = {}
        self._last_id = 0

    def plan(self, fault: Fault) -> int:
        """Plans a fault; the number it can be taken back by."""
        self._last_id += 1
        fault.id = self._last_id
        self._waiting.append(fault)
        return fault.id

    def waiting(self) -> list[Fault]:
        """Those that can still happen."""
        now = self._clock()
        self._waiting = [
            fault
            for fault in self._waiting
            if (fault.left is None or fault.left > 0) and (not fault.until or now < fault.until)
        ]
        return self._waiting

    def take_back(self, kind: str | None, number: int | None) -> int:
        """Forgets faults: all, those of a kind, or one; how many these were."""
        gone = [
            fault
            for fault in self.waiting()
            if kind in (None, fault.kind) and number in (None, fault.id)
        ]
        self._waiting = [fault for fault in self._waiting if fault not in gone]
        return len(gone)

    def take(self, kind: str, target: str | None = None, *, named: bool = False) -> Fault | None:
        """The planned fault of this kind, counted as used; None when there is none."""
        everywhere = () if named else (None,)
        for fault in self.waiting():
            if fault.kind == kind and fault.target in (*everywhere, target):
                if fault.left is not None:
                    fault.left -= 1
                return fault
        return None

    @asynccontextmanager
    async def in_turn(self, target: str) -> AsyncIterator[None]:
        """Holds this one back until the next of its kind is done, where that was asked for."""
        if fault := self.take("reorder", target, named=True):
            gate = asyncio.Event()
            self._held.setdefault(target, []).append(gate)
            with suppress(TimeoutError):
                async with asyncio.timeout(fault.seconds):
                    await gate.wait()
            yield
            return
        yield
        for gate in self._held.pop(target, []):
            gate.set()
