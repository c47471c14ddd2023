"""A write whose answer was lost may still arrive; what is said meanwhile must allow for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import httpx
import pytest

from bot.approvals.commit import commit
from bot.services import Services
from intacct.errors import OutcomeUnknown
from sandbox.intacct.server import LocalIntacct
from tests.bot.approvals.crash import writes
from tests.bot.approvals.ledger import People, approved, signed_in


@dataclass
class Late(httpx.BaseTransport):
    """The first write is still on its way when the client stops waiting for its answer."""

    real: httpx.HTTPTransport = field(default_factory=httpx.HTTPTransport)
    kept: list[httpx.Request] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if writes(0, request.read()) and not self.kept:
            self.kept.append(request)
            raise httpx.ReadTimeout("60 seconds are over")
        return self.real.handle_request(request)

    def arrives(self) -> None:
        self.real.handle_request(self.kept[0]).read()

    def close(self) -> None:
        self.real.close()


def test_books_that_move_after_a_lost_answer_do_not_prove_that_nothing_was_written(
    services: Services, gateway: LocalIntacct, people: People
) -> None:
    proposal = approved(services)
    line = Late()
    slow = replace(services, books=signed_in(gateway.url, line=line))
    with pytest.raises(OutcomeUnknown):
        commit(slow, proposal.id, lambda: None)
    people.post("250.00")  # somebody books a sale meanwhile

    outcome = commit(slow, proposal.id, lambda: None)  # the job's next try
    line.arrives()

    slow.books.close()
    assert people.budgets() == 1
    assert outcome.kind == "unsettled", (outcome.kind, outcome.sentence)
