"""What was measured, as a Markdown table, and the machine in words."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column to the left, the others to the right."""
    marks = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, marks, *rows))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so many of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def machine() -> str:
    """The day, the machine and how busy it was, since others may have worked on it too."""
    day = datetime.now(UTC).date()
    return (
        f"{day}, {os.cpu_count()} cores ({platform.machine()}), Python "
        f"{platform.python_version()}, load {os.getloadavg()[0]:.1f} at the end"
    )
