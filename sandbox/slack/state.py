"""The whole workspace while it runs: one event loop changes it, between two awaits at a time."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from sandbox.slack.assistant import Assistant
from sandbox.slack.faults import Faults
from sandbox.slack.files import Files
from sandbox.slack.installs import Installs
from sandbox.slack.limits import Limits
from sandbox.slack.listeners import Listeners
from sandbox.slack.manifest import Manifest
from sandbox.slack.messages import Messages
from sandbox.slack.record import Record
from sandbox.slack.scheduled import Scheduled
from sandbox.slack.seen import Seen
from sandbox.slack.sockets import Sockets
from sandbox.slack.stamps import Stamps
from sandbox.slack.store import Store
from sandbox.slack.streams import Streams
from sandbox.slack.tickets import Tickets
from sandbox.slack.typed import Typed
from sandbox.slack.views import Views
from sandbox.slack.wire import Clock, Refused
from sandbox.slack.workspace import CHANNELS


@dataclass(frozen=True, slots=True)
class Keys:
    """What the bot signs in with and checks signatures with."""

    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    client_secret: str = field(repr=False, default="local-client-secret")


@dataclass(frozen=True, slots=True)
class Options:
    """Where the workspace stands and whom it talks to."""

    base: str  # its own address, with a slash at the end
    bot: str | None  # where the bot listens; None when it comes by Socket Mode
    record: Path | None = None
    retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)  # seconds, for events
    deadline: float = 3.0  # seconds, for acknowledgements
    data: Path | None = None  # what outlives a restart; None forgets everything
    limited: bool = True  # calls are counted by Slack's rate tiers


class Slack:
    """Everything that changes while people and the bot work."""

    def __init__(self, options: Options, keys: Keys, manifest: Manifest, clock: Clock) -> None:
        self.options = options
        self.keys = keys
        self.manifest = manifest
        self.clock = clock
        self.store = Store(options.data, options.base)
        secrets = (keys.bot_token, keys.app_token, keys.signing_secret, keys.client_secret)
        self.record = Record(clock, secrets, options.record)
        self.stamps = Stamps(clock)
        self.channels = dict(CHANNELS)
        self.messages = Messages(self.store)
        self.scheduled = Scheduled(clock, self.store)
        self.streams = Streams(clock, self.store)
        self.assistant = Assistant(clock, self.store)
        self.views = Views(clock, self.store)
        self.files = Files(clock, self.store)
        self.tickets = Tickets(clock, self.store)
        self.seen = Seen(self.store)
        self.installs = Installs(clock)
        self.faults = Faults(clock)
        self.limits = Limits(clock, on=options.limited)
        self.listeners = Listeners()
        self.typed: dict[tuple[str, str], Typed] = {}  # by person and message
        self.client = httpx.AsyncClient(trust_env=False)
        self.sockets: Sockets | None = None
        self._opened = {channel for channel, _, _ in self.store.all("opened")}
        self._background: set[asyncio.Task[None]] = set()
        for channel, kept, _ in self.store.all("channel"):
            self._set_members(channel, tuple(kept["members"]))

    @property
    def heard(self) -> bool:
        """Whether anybody listens for what is delivered."""
        return self.options.bot is not None or bool(self.sockets and self.sockets.connected)

    @property
    def private(self) -> frozenset[str]:
        """The channels that are not everybody's."""
        return frozenset(c.id for c in self.channels.values() if c.sort != "channels")

    def open_again(self, channel: str) -> bool:
        """Opens a direct message; whether that had been done before."""
        before = channel in self._opened
        self._opened.add(channel)
        self.store.put("opened", channel, {})
        return before

    def bring(self, channel: str, user: str) -> None:
        """Makes somebody a member of a channel."""
        self._set_members(channel, (*self.channels[channel].members, user))

    def take_out(self, channel: str, user: str) -> None:
        """Takes somebody out of a channel."""
        members = self.channels[channel].members
        self._set_members(channel, tuple(member for member in members if member != user))

    def _set_members(self, channel: str, members: tuple[str, ...]) -> None:
        self.channels[channel] = dataclasses.replace(self.channels[channel], members=members)
        self.store.put("channel", channel, {"members": list(members)})

    def tell(self, channel: str) -> None:
        """Everybody in a channel fetches it again."""
        self.listeners.tell(self.channels[channel].members, {"type": "message", "channel": channel})

    def notice(self, person: str, text: str) -> None:
        """A toast for one person."""
        self.listeners.tell([person], {"type": "notice", "text": text})

    def later(self, work: Coroutine[None, None, None]) -> None:
        """Work that nobody waits for, kept until it is done."""
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def close(self) -> None:
        """Stops what is still running."""
        self.listeners.close()
        for task in tuple(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        if self.sockets:
            await self.sockets.close()
        await self.client.aclose()
        self.record.close()
        self.store.close()


def missing_scope(slack: Slack, *scopes: str) -> Refused:
    """The refusal that names the scope that is needed and those that were granted."""
    granted = ",".join(sorted(slack.manifest.scopes or ()))
    return Refused("missing_scope", needed=",".join(scopes), provided=granted)
