"""The one door through which documents enter Intacct."""

from __future__ import annotations

from dataclasses import dataclass

from intacct.documents.budget_version import BudgetVersion

Document = BudgetVersion


@dataclass(frozen=True, slots=True)
class Receipt:
    """The document is in Intacct: our key, and Intacct's record number."""

    key: str
    record_no: str
