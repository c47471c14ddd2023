"""Socket Mode's connections: an address opens one, and who was told to leave is left alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from sandbox.slack.sockets import Sockets


@pytest_asyncio.fixture
async def sockets() -> AsyncIterator[Sockets]:
    open_ = await Sockets.start()
    yield open_
    await open_.close()


@pytest_asyncio.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.asyncio
async def test_an_address_opens_one_connection_and_no_second(
    sockets: Sockets, client: aiohttp.ClientSession
) -> None:
    address = sockets.new_address()
    async with client.ws_connect(address) as link:
        assert (await link.receive_json())["type"] == "hello"

        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await client.ws_connect(address)

    assert refused.value.status == 403


@pytest.mark.asyncio
async def test_a_connection_that_was_told_to_leave_gets_nothing_while_another_is_there(
    sockets: Sockets, client: aiohttp.ClientSession
) -> None:
    async with client.ws_connect(sockets.new_address()) as leaving:
        assert (await leaving.receive_json())["type"] == "hello"
        await sockets.disconnect("refresh_requested", 5)
        assert (await leaving.receive_json())["type"] == "disconnect"
        async with client.ws_connect(sockets.new_address()) as fresh:
            assert (await fresh.receive_json())["type"] == "hello"

            for number in range(4):
                sending = asyncio.create_task(
                    sockets.send("slash_command", {"number": number}, None, 2)
                )
                envelope = await fresh.receive_json(timeout=2)
                await fresh.send_json({"envelope_id": envelope["envelope_id"]})

                assert envelope["payload"] == {"number": number}
                assert (await sending).ok
