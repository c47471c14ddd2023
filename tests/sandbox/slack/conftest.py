"""One office per test, or one for a whole file where no test needs its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.sandbox.slack.office import Office, open_office


@pytest_asyncio.fixture
async def office() -> AsyncIterator[Office]:
    """A workspace without a manifest, with a bolt app behind it."""
    async with open_office() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_office() -> AsyncIterator[Office]:
    """The office of a whole file; its tests must not mind each other's messages."""
    async with open_office() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def shared(shared_office: Office) -> AsyncIterator[Office]:
    """The shared office, its clock right and its faults taken back after each test."""
    yield shared_office
    shared_office.clock.set_right()
    shared_office.slack.faults.take_back(None, None)
