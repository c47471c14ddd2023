"""`python -m sandbox intacct`: a company served as a local Intacct until it is told to stop."""

from __future__ import annotations

import json
import signal
import tempfile
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from threading import Event

import click

from sandbox.company.demo import make_demo
from sandbox.intacct.limits import Limit
from sandbox.intacct.server import LocalIntacct
from sandbox.intacct.settings import Settings

COMPANY_FILE = "company.sqlite"


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 is any free port.")
@click.option("--company", default="demo", help="demo, or a company's file or folder.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The demo's day; today if absent.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the demo is kept; without it the demo is gone afterwards.",
)
@click.option("--concurrency", type=click.IntRange(0), default=0, help="At once; 0: no limit.")
@click.option("--queue-seconds", type=click.FloatRange(0), default=30, show_default=True)
@click.option("--per-minute", type=click.IntRange(0), default=0, help="0 is without limit.")
def intacct(
    port: int,
    company: str,
    as_of: datetime | None,
    data: Path | None,
    concurrency: int,
    queue_seconds: float,
    per_minute: int,
) -> None:
    """Serve a company at a local gateway; one JSON line says where and how to sign in."""
    stopped = Event()
    limit = Limit(concurrency, queue_seconds, per_minute)
    with ExitStack() as held:
        folder = data or Path(held.enter_context(tempfile.TemporaryDirectory()))
        path = _company(company, folder, as_of.date() if as_of else date.today())  # noqa: DTZ011 - a person's today
        local = _opened(path, port, limit)
        held.callback(local.stop)
        local.start()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        click.echo(json.dumps(_sign_in(local)))
        stopped.wait()


def _company(named: str, folder: Path, as_of: date) -> Path:
    if named != "demo":
        path = Path(named)
        path = path / COMPANY_FILE if path.is_dir() else path
        if not path.is_file():
            raise click.ClickException(f"there is no company at {named}")
        return path
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / COMPANY_FILE
    if not path.exists():
        make_demo(path, as_of)
    return path


def _opened(path: Path, port: int, limit: Limit) -> LocalIntacct:
    try:
        return LocalIntacct(path, port=port, settings=Settings(limit=limit))
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be had: {error.strerror}") from error


def _sign_in(local: LocalIntacct) -> dict[str, str]:
    setup = local.books.setup()
    sender = next(one for one in setup.senders if one.authorised)
    user = next(one for one in setup.users if one.may_write)
    return {
        "url": local.url,
        "sender_id": sender.id,
        "sender_password": sender.password,
        "company_id": setup.company_id,
        "user_id": user.id,
        "user_password": user.password,
        "page": local.page,
    }
