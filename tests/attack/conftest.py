"""A local gateway with a small company, somebody signed in to it, and the services of a job."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from analytics.ledger import FiscalCalendar
from bot.audit import verify
from bot.services import Services
from bot.settings import Secret
from intacct.client import Intacct
from sandbox.intacct.server import LocalIntacct
from tests.bot.approvals.ledger import People, signed_in
from tests.bot.approvals.paper import Clock, policy
from tests.sandbox.intacct.small_company import make_small_company


@pytest.fixture(scope="session")
def company_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company every test begins with."""
    path = tmp_path_factory.mktemp("company") / "small.sqlite"
    make_small_company(path)
    return path


@pytest.fixture
def gateway(company_file: Path, tmp_path: Path) -> Iterator[LocalIntacct]:
    """The local gateway, answering, over a copy of the company."""
    copy = tmp_path / "company.sqlite"
    copy.write_bytes(company_file.read_bytes())
    local = LocalIntacct(copy)
    local.start()
    yield local
    local.stop()


@pytest.fixture
def people(gateway: LocalIntacct) -> People:
    """What people do in Intacct themselves, and what they see there."""
    return People(gateway.page)


@pytest.fixture
def books(gateway: LocalIntacct) -> Iterator[Intacct]:
    """The bot's own conversation with the gateway."""
    conversation = signed_in(gateway.url)
    yield conversation
    conversation.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(books: Intacct, store: Engine, audit_key: Secret, clock: Clock) -> Iterator[Services]:
    """All a job works with; whatever a test did, the chain verifies at its end."""
    made = Services(
        books=books,
        store=store,
        audit_key=audit_key,
        policy=policy(),
        calendar=FiscalCalendar(),
        clock=clock,
        default_entity="100",
    )
    yield made
    checked = verify(store, audit_key)
    assert checked.ok, checked.why


from tests.stories.conftest import demo_company, make_world, world  # noqa: E402,F401
