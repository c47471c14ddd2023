"""The books of the small company: reading them as the bot, changing them as people do.

Before anything happens there, US Inc (100) sold 1,000.00 in January and 2,000.00 in February
2026 (4000, SALES), and “2026 Budget” holds 900.00 and 2,100.00 for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
from sqlalchemy import select

from analytics.ledger import DEPARTMENT, AccountNo, month
from bot.approvals.decide import Click, Verdict, decide
from bot.approvals.proposal import Proposal
from bot.approvals.question import Question
from bot.approvals.review import review
from bot.approvals.sources import read_rows
from bot.approvals.stage import Draft, stage
from bot.policy import Person
from bot.services import Services
from bot.store import tables
from bot.store.engine import reading
from intacct.client import Address, Intacct
from intacct.documents.budget_version import BudgetVersion
from intacct.read.balances import BalancesQuestion
from intacct.read.budgets import BudgetQuestion
from tests.bot.approvals.paper import ANA, BEN, TITLES, budget
from tests.intacct.paper import Patience

SALES = BalancesQuestion(
    "100", month(2026, 1), month(2026, 2), accounts=(AccountNo("4000"),), by=(DEPARTMENT,)
)
BUDGETED = BudgetQuestion("2026 Budget", (AccountNo("4000"),))
# 900.00 → 990.00 is 10 %, 2,100.00 → 2,310.00 too: nothing to review.
PLAIN = "4000 Jan SALES 100 990.00\n4000 Feb SALES 100 2310.00"
# 900.00 → 1,035.09 is 15.01 %.
STEEP = "4000 Jan SALES 100 1035.09\n4000 Feb SALES 100 2310.00"


def signed_in(url: str, user: str = "bot_user", line: httpx.BaseTransport | None = None) -> Intacct:
    """The client, as the service user, which never really waits."""
    address = Address(url, "sandbox_sender", "sender_pw", "acme", user, "pw!")
    return Intacct(
        address,
        clock=lambda: datetime.now(UTC),
        on_call=lambda _call: None,
        transport=line,
        timeout_seconds=5,
        wait=lambda _seconds: None,
        gate=Patience().gate(),
    )


def draft(
    services: Services,
    document: BudgetVersion,
    asked_by: Person = ANA,
    compared_with: str = "2026 Budget",
    questions: tuple[Question, ...] = (SALES, BUDGETED),
) -> Draft:
    """A draft made from the books as they are now."""
    return Draft(
        asked_by=asked_by,
        channel="C01FINANCE",
        title=document.budget_id,
        document=document,
        compared_with=compared_with,
        titles=TITLES,
        questions=questions,
        rows=read_rows(services.books, questions),
    )


def staged(
    services: Services, lines: str = PLAIN, key: str = "slack:1", asked_by: Person = ANA
) -> Proposal:
    """A proposal on the table."""
    return stage(services, key, draft(services, budget(lines), asked_by))


def click(
    services: Services,
    proposal: Proposal,
    who: Person = BEN,
    verdict: Verdict = "approve",
    key: str = "",
    reason: str = "",
) -> Click:
    """A click at this moment; each person's has its own key."""
    key = key or f"click:{who.user}:{verdict}"
    return Click(key, proposal.id, verdict, who, services.clock(), reason)


def approved(
    services: Services, lines: str = PLAIN, key: str = "slack:1", budget_id: str = "Forecast v1"
) -> Proposal:
    """A proposal of Ana's that Ben reviewed and approved."""
    proposal = stage(services, key, draft(services, budget(lines, budget_id)))
    review(services, proposal.id, BEN, services.clock())
    outcome = decide(services, click(services, proposal, key=f"click:{proposal.id}"))
    assert outcome.kind == "approved", outcome.sentence
    assert outcome.proposal is not None
    return outcome.proposal


def done_to(services: Services, proposal_id: str) -> list[tuple[str, str]]:
    """Who did what to the proposal, as the audit table has it."""
    audit = tables.audit
    query = select(audit.c.who, audit.c.did).where(audit.c.about == proposal_id)
    with reading(services.store) as tx:
        return [(row.who, row.did) for row in tx.execute(query.order_by(audit.c.seq))]


def jobs(services: Services) -> list[str]:
    """The keys of the jobs that are waiting to be run."""
    with reading(services.store) as tx:
        return sorted(tx.execute(select(tables.job.c.key)).scalars())


@dataclass(slots=True)
class People:
    """The control address of the local gateway."""

    page: str

    def post(self, amount: str, day: str = "2026-02-15") -> None:
        """Somebody books a sale: cash against sales."""
        self._do(
            "post",
            {
                "account": "1000",
                "offset": "4000",
                "amount": amount,
                "date": day,
                "entity": "100",
                "department": "SALES",
            },
        )

    def fault(self, kind: str, **more: object) -> None:
        """The gateway misbehaves the next time."""
        self._do("fault", {"kind": kind, "count": 1, **more})

    def budgets(self, budget_id: str = "Forecast v1") -> int:
        """How many budgets of this name are in the books."""
        rows = httpx.get(f"{self.page}tables/GLBUDGETHEADER").json()
        return sum(row["BUDGETID"] == budget_id for row in rows)

    def items(self, budget_id: str = "Forecast v1") -> list[tuple[str, str, str]]:
        """Account, period and amount of each line of the budget in the books."""
        rows = httpx.get(f"{self.page}tables/GLBUDGETITEM").json()
        return [
            (row["ACCT_NO"], row["PERIODNAME"], row["AMOUNT"])
            for row in rows
            if row["BUDGETID"] == budget_id
        ]

    def _do(self, what: str, words: Mapping[str, object]) -> None:
        answered = httpx.post(f"{self.page}{what}", json=words)
        assert answered.status_code == 200, answered.text
