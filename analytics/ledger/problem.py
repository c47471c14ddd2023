"""Something an accountant has to look at; it does not stop the work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What it is about, and the one sentence that says what is wrong and what to do."""

    about: str
    sentence: str
