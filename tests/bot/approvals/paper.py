"""People, a policy, and budgets written the way one would on paper; no gateway needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from analytics.ledger import AccountNo, Currency
from bot.approvals.proposal import Proposal, ProposalLine
from bot.policy import Person, Policy
from intacct.documents.budget_version import BudgetLine, BudgetVersion

ANA = Person("T01ACME", "U01ANA")  # asks
BEN = Person("T01ACME", "U02BEN")  # decides
CLEO = Person("T01ACME", "U03CLEO")  # asks and decides
DEV = Person("T01ACME", "U04DEV")  # neither
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
JAN, FEB, MAR = (f"Month Ended {month} 2026" for month in ("January", "February", "March"))
TITLES: Mapping[AccountNo, str] = {AccountNo("4000"): "Sales", AccountNo("6000"): "Rent"}


@dataclass(slots=True)
class Clock:
    """A clock that stands still until somebody moves it."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def policy(
    deciders: frozenset[Person] = frozenset({BEN, CLEO}), *, most_lines: int = 100
) -> Policy:
    return Policy(
        version=3,
        forecast_askers=frozenset({ANA, CLEO}),
        budget_deciders=deciders,
        finance_channels=frozenset({"C01FINANCE"}),
        review_above_percent=Decimal(15),
        proposal_life=timedelta(hours=72),
        most_lines=most_lines,
    )


def budget(text: str, budget_id: str = "Forecast v1") -> BudgetVersion:
    """A budget from lines of account, month, department, location, amount; `-` where none."""
    return BudgetVersion(budget_id, f"{budget_id}, from Slack", Currency("USD"), _lines(text))


def _lines(text: str) -> tuple[BudgetLine, ...]:
    rows = [line.split() for line in text.strip().splitlines()]
    months = {"Jan": JAN, "Feb": FEB, "Mar": MAR}
    return tuple(
        BudgetLine(
            AccountNo(account),
            months.get(month, month.replace("_", " ")),
            department.strip("-"),
            location.strip("-"),
            Decimal(amount),
        )
        for account, month, department, location, amount in rows
    )


def line(old: str | None, new: str, account: str = "4000", period: str = JAN) -> ProposalLine:
    was = None if old is None else Decimal(old)
    return ProposalLine(AccountNo(account), "Sales", period, "SALES", "100", was, Decimal(new))


def proposal(*lines: ProposalLine, compared_with: str = "2026 Budget") -> Proposal:
    """A proposal on paper only, open, asked by Ana."""
    document = BudgetVersion(
        "Forecast v1",
        "Forecast v1, from Slack",
        Currency("USD"),
        tuple(BudgetLine(x.account, x.period, x.department, x.location, x.new) for x in lines),
    )
    return Proposal(
        id="PRP-AAAAAAAA",
        key="k1",
        state="open",
        kind="budget version",
        asked_by=ANA,
        channel="C01FINANCE",
        title="Forecast v1",
        document=document,
        lines=lines,
        compared_with=compared_with,
        questions=(),
        payload_hash="",
        sources_hash="0" * 64,
        snapshot_id="SNP-AAAAAAAA",
        policy_version=3,
        made_at=NOW,
        expires_at=NOW + timedelta(hours=72),
    )
