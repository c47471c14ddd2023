"""One office per test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.sandbox.slack.office import Office, open_office


@pytest_asyncio.fixture
async def office() -> AsyncIterator[Office]:
    """A workspace without a manifest, with a bolt app behind it."""
    async with open_office() as opened:
        yield opened
