"""The reporting periods of the books."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.ledger import Period


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """A period by the name Intacct knows it by; only budgetable ones take budget lines."""

    name: str
    period: Period
    budgetable: bool
