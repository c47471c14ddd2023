"""What is wrong in a recording: the line, the call, the place in it, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

Problem = tuple[str, str]  # a JSON pointer into what was sent, and what is wrong there


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One rule broken in one line of a recording."""

    line: int
    call: str
    pointer: str
    words: str

    def __str__(self) -> str:
        return f"line {self.line} {self.call} {self.pointer or '/'}: {self.words}"
