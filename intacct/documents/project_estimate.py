"""A project estimate: what a project shall cost, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from lxml import etree

from analytics.ledger import AccountNo, DimensionName, Dimensions, Problem, value_of
from intacct.condition import equal
from intacct.documents import checks
from intacct.documents.held import Expected, Held, Lines
from intacct.documents.legacy import optional
from intacct.documents.places import generic_fields
from intacct.wire import amount_text, date_text, element

PROJECT: Final = DimensionName("project")
MOST_ENTRIES: Final = 1000
EstimateKind = Literal[
    "original", "revision", "forecast", "pending change", "approved change", "other"
]
# The months a posted estimate is budgeted in, where an entry has no day of its own.
PostTo = Literal["First period", "All periods", "Estimate date"]


@dataclass(frozen=True, slots=True)
class EstimateEntry:
    """One amount of the estimate, and what kind of figure it is."""

    account: AccountNo
    amount: Decimal
    kind: EstimateKind = "original"
    where: Dimensions = frozenset()  # the project is the estimate's
    memo: str = ""
    effective: date | None = None


@dataclass(frozen=True, slots=True)
class ProjectEstimate:
    """An estimate of one project; the primary one posts to its budget in the ledger."""

    id: str
    project: str
    description: str
    day: date
    entries: tuple[EstimateEntry, ...]
    type: str = ""
    primary: bool = False
    posted: bool = False
    post_to: PostTo = "First period"
    budget: str = ""
    entity: str = ""

    @property
    def key(self) -> str:
        """The estimate's id."""
        return self.id

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        return (*_head_problems(self), *_entry_problems(self))

    def wire(self) -> etree._Element:
        """The `create` call; ValueError where `problems` names an amount."""
        head = element(
            "PJESTIMATE",
            None,
            element("PJESTIMATEID", self.id),
            element("DESCRIPTION", self.description),
            element("PROJECTID", self.project),
            element("ISPRIMARY", _flag(self.primary)),
            element("POSTED", _flag(self.posted)),
            *optional("PJESTIMATETYPENAME", self.type),
            *optional("GLBUDGETID", self.budget),
            element("ESTIMATEDATE", date_text(self.day)),
            element("POSTTO", self.post_to),
            element("ENTRIES", None, *map(_entry, self.entries)),
        )
        return element("create", None, head)

    def held(self) -> Held:
        """The estimate with its entries."""
        head: dict[str, Expected] = {
            "DESCRIPTION": self.description,
            "PROJECTID": self.project,
            "ISPRIMARY": self.primary,
            "POSTED": self.posted,
            "PJESTIMATETYPENAME": self.type,
            "GLBUDGETID": self.budget,
            "ESTIMATEDATE": self.day,
            "POSTTO": self.post_to,
        }
        lines = Lines("PJESTIMATEENTRY", "PJESTIMATEKEY", tuple(map(_held, self.entries)))
        return Held("PJESTIMATE", equal("PJESTIMATEID", self.id), head, (lines,))


def _flag(value: bool) -> str:  # noqa: FBT001 - its only argument
    return "true" if value else "false"


def _entry(entry: EstimateEntry) -> etree._Element:
    return element(
        "PJESTIMATEENTRY",
        None,
        element("ACCOUNTNO", entry.account),
        element("AMOUNT", amount_text(entry.amount)),
        element("WFTYPE", entry.kind),
        *optional("MEMO", entry.memo),
        *optional("EFFECTIVEDATE", date_text(entry.effective) if entry.effective else ""),
        *(element(name, id_) for name, id_ in generic_fields(entry.where).items()),
    )


def _held(entry: EstimateEntry) -> dict[str, Expected]:
    return {
        "ACCOUNTNO": entry.account,
        "AMOUNT": entry.amount,
        "WFTYPE": entry.kind,
        "MEMO": entry.memo,
        **({"EFFECTIVEDATE": entry.effective} if entry.effective else {}),
        **generic_fields(entry.where),
    }


def _head_problems(estimate: ProjectEstimate) -> Iterator[Problem]:
    about = estimate.id.strip() or "estimate"
    yield from checks.natural_key(about, "The estimate's id", estimate.id)
    for what, words in (
        ("The project", estimate.project),
        ("The description", estimate.description),
    ):
        yield from checks.wording(about, what, words, checks.LONGEST_TEXT)
    for what, words in (
        ("The estimate type", estimate.type),
        ("The budget", estimate.budget),
        ("The entity", estimate.entity),
    ):
        yield from checks.optional_wording(about, what, words, checks.LONGEST_TEXT)
    yield from checks.day(about, "The estimate's date", estimate.day)
    if estimate.primary and estimate.posted and not estimate.budget:
        yield Problem(about, "The estimate is to be posted; name the budget it posts to.")
    if not 1 <= len(estimate.entries) <= MOST_ENTRIES:
        count = len(estimate.entries)
        yield Problem(about, f"There are {count} entries; it takes 1 to {MOST_ENTRIES:,}.")


def _entry_problems(estimate: ProjectEstimate) -> Iterator[Problem]:
    for number, entry in enumerate(estimate.entries, start=1):
        at = f"{estimate.id}, entry {number}"
        yield from checks.wording(at, "The account", entry.account, checks.LONGEST_KEY)
        yield from checks.amount(at, entry.amount)
        yield from checks.places(at, entry.where)
        yield from checks.optional_wording(at, "The memo", entry.memo, checks.LONGEST_TEXT)
        if entry.effective:
            yield from checks.day(at, "The effective date", entry.effective)
        if value_of(entry.where, PROJECT):
            yield Problem(at, "The project is the estimate's; leave it out of the entry.")
