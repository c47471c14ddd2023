"""Whatever people and the books do, in any order: a budget is in the books at most once per
proposal, and only after an approval on record by a permitted person who did not ask for it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from analytics.ledger import FiscalCalendar
from bot.approvals.commit import commit
from bot.approvals.decide import Click, Verdict, decide
from bot.approvals.proposal import Proposal
from bot.approvals.queue import get_proposal
from bot.approvals.review import review
from bot.approvals.stage import stage
from bot.audit import verify
from bot.policy import Person
from bot.services import Services
from bot.settings import Secret
from bot.store import tables
from bot.store.engine import open_store, reading
from intacct.errors import OutcomeUnknown
from sandbox.intacct.server import LocalIntacct
from tests.bot.approvals.ledger import PLAIN, STEEP, People, draft, signed_in
from tests.bot.approvals.paper import ANA, BEN, CLEO, DEV, Clock, budget, policy
from tests.sandbox.intacct.small_company import make_small_company

EVERYBODY = st.sampled_from([ANA, BEN, CLEO, DEV])


class Approvals(RuleBasedStateMachine):
    """A desk where everything happens in any order."""

    proposals = Bundle("proposals")

    def __init__(self) -> None:
        super().__init__()
        self.held = ExitStack()
        folder = Path(self.held.enter_context(TemporaryDirectory()))
        make_small_company(folder / "company.sqlite")
        self.gateway = LocalIntacct(folder / "company.sqlite")
        self.gateway.start()
        self.held.callback(self.gateway.stop)
        books = signed_in(self.gateway.url)
        self.held.callback(books.close)
        store = open_store(f"sqlite:///{folder / 'tieout.sqlite'}")
        self.held.callback(store.dispose)
        self.clock = Clock()
        self.people = People(self.gateway.page)
        self.made: dict[str, Proposal] = {}
        self.clicks = 0
        self.services = Services(
            books=books,
            store=store,
            audit_key=Secret("a key for tests"),
            policy=policy(),
            calendar=FiscalCalendar(),
            clock=self.clock,
            default_entity="100",
        )

    def teardown(self) -> None:
        self.held.close()

    @rule(
        target=proposals,
        number=st.integers(1, 3),
        lines=st.sampled_from([PLAIN, STEEP]),
        asked_by=st.sampled_from([ANA, CLEO]),
    )
    def propose(self, number: int, lines: str, asked_by: Person) -> str:
        made = draft(self.services, budget(lines, f"Forecast v{number}"), asked_by)
        proposal = stage(self.services, f"slack:{number}", made)
        self.made.setdefault(proposal.id, proposal)
        assert self.made[proposal.id].payload_hash == proposal.payload_hash
        return proposal.id

    @rule(proposal=proposals, who=EVERYBODY)
    def look(self, proposal: str, who: Person) -> None:
        review(self.services, proposal, who, self.clock())

    @rule(proposal=proposals, who=EVERYBODY, verdict=st.sampled_from(["approve", "reject"]))
    def tap(self, proposal: str, who: Person, verdict: Verdict) -> None:
        self.clicks += 1
        clicked = Click(f"click {self.clicks}", proposal, verdict, who, self.clock(), "no")
        first = decide(self.services, clicked)
        assert decide(self.services, clicked) == first  # delivered twice

    @rule(proposal=proposals)
    def run_the_commit(self, proposal: str) -> None:
        commit(self.services, proposal, lambda: None)

    @rule(proposal=proposals, kind=st.sampled_from(["lose_reply", "garbled", "cut"]))
    def run_the_commit_on_a_bad_line(self, proposal: str, kind: str) -> None:
        self.people.fault(kind, function="create")
        try:
            commit(self.services, proposal, lambda: None)
        except OutcomeUnknown:
            pass
        finally:
            self.people.fault("none")

    @rule(amount=st.sampled_from(["0.01", "120.00"]))
    def somebody_books_a_sale(self, amount: str) -> None:
        self.people.post(amount)

    @rule(hours=st.sampled_from([1, 30]))
    def time_passes(self, hours: int) -> None:
        self.clock.at += timedelta(hours=hours)

    @invariant()
    def each_budget_is_there_once_and_only_where_it_was_approved(self) -> None:
        for id_, proposal in self.made.items():
            there = self.people.budgets(proposal.document.budget_id)
            assert there <= 1
            if there:
                assert self.approvers(id_)
            now = get_proposal(self.services.store, id_)
            assert now is not None
            assert (now.state == "committed") <= (there == 1)
            for who in self.approvers(id_):
                assert who in (BEN, CLEO)
                assert who != proposal.asked_by

    @invariant()
    def the_chain_holds(self) -> None:
        assert verify(self.services.store, self.services.audit_key).ok

    def approvers(self, proposal: str) -> list[Person]:
        audit = tables.audit
        query = select(audit.c.who).where(audit.c.about == proposal, audit.c.did == "approved")
        with reading(self.services.store) as tx:
            found = tx.execute(query).scalars().all()
        assert len(found) <= 1
        return [Person(*who.split("/")) for who in found]


class TestApprovals(Approvals.TestCase):  # type: ignore[misc, valid-type]  # made by hypothesis
    settings = settings(
        max_examples=8,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
