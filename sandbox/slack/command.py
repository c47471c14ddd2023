"""`slack`: starts the local workspace and says where it is."""

from __future__ import annotations

import asyncio
import json
import secrets
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import uvicorn

from sandbox.slack.app import make_app
from sandbox.slack.clockwork import wind_up
from sandbox.slack.manifest import Manifest, read_manifest
from sandbox.slack.sockets import Sockets
from sandbox.slack.state import Keys, Options, Slack
from sandbox.slack.wire import Json
from sandbox.slack.workspace import CHANNELS, PEOPLE, TEAM


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    help="Where to listen; 0 takes any free port.",
)
@click.option("--bot", default=None, help="Where the bot listens; none when it uses Socket Mode.")
@click.option("--record", type=click.Path(path_type=Path), default=None, help="JSON lines go here.")
@click.option(
    "--manifest", type=click.Path(exists=True, path_type=Path), default=None, help="manifest.yml"
)
@click.option("--bot-token", default=None, help="A fixed bot token; otherwise a new one.")
@click.option("--app-token", default=None, help="A fixed app-level token; otherwise a new one.")
@click.option("--signing-secret", default=None, help="A fixed signing secret; otherwise a new one.")
@click.option(
    "--data",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="What outlives a restart goes here; otherwise everything is forgotten.",
)
@click.option(
    "--rate-limits",
    type=click.Choice(["slack", "off"]),
    default="slack",
    help="Whether too many calls are answered with 429.",
)
def slack(
    port: int,
    bot: str | None,
    record: Path | None,
    manifest: Path | None,
    bot_token: str | None,
    app_token: str | None,
    signing_secret: str | None,
    data: Path | None,
    rate_limits: str,
) -> None:
    """Runs a local Slack workspace until it is told to stop."""
    keys = Keys(
        bot_token or f"xoxb-{secrets.token_hex(16)}",
        app_token or f"xapp-{secrets.token_hex(16)}",
        signing_secret or secrets.token_hex(16),
    )
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as taken:
        raise click.ClickException(f"Port {port} cannot be used: {taken.strerror}.") from None
    base = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    allowed = read_manifest(manifest) if manifest else Manifest()
    options = Options(base, bot, record, data=data, limited=rate_limits == "slack")
    asyncio.run(_serve(options, keys, allowed, listener))


class QuietServer(uvicorn.Server):
    """A server that leaves signals alone, so that whoever runs it can finish its own work."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures nothing."""
        yield


async def _serve(options: Options, keys: Keys, manifest: Manifest, listener: socket.socket) -> None:
    workspace = Slack(options, keys, manifest, lambda: datetime.now(UTC))
    workspace.sockets = await Sockets.start()
    wind_up(workspace)
    server = QuietServer(server_settings(workspace))

    def stop() -> None:
        workspace.listeners.close()
        server.should_exit = True

    for signal_number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signal_number, stop)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    click.echo(json.dumps(greeting(options, keys)))
    await serving
    await workspace.close()


def server_settings(workspace: Slack) -> uvicorn.Config:
    """How the workspace is served: quietly, over the plain HTTP parser the API counts on."""
    return uvicorn.Config(
        make_app(workspace),
        http="h11",
        ws="none",
        lifespan="off",
        log_level="warning",
        timeout_graceful_shutdown=2,
    )


def greeting(options: Options, keys: Keys) -> Json:
    """What whoever starts the workspace needs to know."""
    return {
        "api": f"{options.base}api/",
        "page": options.base,
        "bot_token": keys.bot_token,
        "app_token": keys.app_token,
        "signing_secret": keys.signing_secret,
        "channels": {c.name: c.id for c in CHANNELS.values() if c.kind == "channel"},
        "people": {person.name: person.id for person in PEOPLE.values()},
        "team": TEAM,
    }
