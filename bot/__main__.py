"""The command line: run the bot, try it, prove its record, and forecast files without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from bot.errors import BotError

if TYPE_CHECKING:  # what is heavy to load is loaded by the command that needs it
    from collections.abc import Callable

    from sqlalchemy import Engine

    from bot.services import Services
    from bot.settings import Secret


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tieout")
def main() -> None:
    """Tieout: chat-ops for finance on Sage Intacct."""


@main.command()
def serve() -> None:
    """Run the bot with the settings in the environment (see .env.example)."""
    from bot.log import log_to_stderr
    from bot.settings import Settings

    log_to_stderr()
    try:
        settings = Settings.from_env(os.environ)  # before all that takes a while to load
        from bot.serve import serve as run

        for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
            os.environ.pop(name, None)  # Bolt reads these by itself and then goes its own way
        run(settings)
    except BotError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Where the page is served; any free one by default.",
)
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path(".tieout/demo"),
    help="Where the demo keeps its files; those of an earlier demo are removed.",
)
@click.option("--company", default="demo", help="demo, or a folder made by `tieout sandbox load`.")
def demo(*, port: int, no_browser: bool, data: Path, company: str) -> None:
    """Try everything on this machine: a company, an Intacct, a Slack and the bot."""
    from bot.demo import run

    sys.exit(run(port, data, company, browse=not no_browser))


@main.group()
def audit() -> None:
    """The record of who did what."""


@audit.command("verify")
@click.option("--head", default="", help="A head noted before; it must still be in the chain.")
def verify_record(*, head: str) -> None:
    """Prove that nothing on record was changed; exit 1 and name what is wrong otherwise."""
    from bot.settings import Secret
    from bot.store.engine import open_held

    url, key = os.environ.get("TIEOUT_DATABASE_URL"), os.environ.get("TIEOUT_AUDIT_KEY")
    if not url or not key:
        raise click.ClickException("Set TIEOUT_DATABASE_URL and TIEOUT_AUDIT_KEY first.")
    try:
        store = open_held(url)
    except BotError as error:
        raise click.ClickException(str(error)) from error
    try:
        click.echo(_proved(store, Secret(key), head.strip().lower()))
    finally:
        store.dispose()


def _proved(store: Engine, key: Secret, head: str) -> str:
    """The verdict in a line where all holds; leaves with 1 and says what does not otherwise."""
    from bot.approvals.accounted import unaccounted
    from bot.audit import anything_on_record, has_head, verify

    if not anything_on_record(store):
        raise click.ClickException("Nothing is on record in this database.")
    found = verify(store, key)
    if not found.ok:
        _not_ok(f"NOT ok at row {found.first_bad}: {found.why}")
    if head and not has_head(store, head):
        _not_ok(
            f"NOT ok: the chain holds up to row {found.rows:,}, but the head noted before is not"
            " in it: its tail was cut, or the head is another database's."
        )
    if lacking := unaccounted(store, key):
        _not_ok("NOT ok: the chain holds, but not everything is in it.", *lacking)
    return f"ok: {found.rows:,} rows, head {found.head}"


def _not_ok(*sentences: str) -> NoReturn:
    click.echo("\n".join(sentences), err=True)
    sys.exit(1)


@main.group()
def intacct() -> None:
    """The conversation with Sage Intacct."""


@intacct.command("usage")
def tell_usage() -> None:
    """Say how much of this month's allowance of transactions is used, and where it is heading."""
    from bot.settings import monthly_allowance
    from bot.store.engine import open_held
    from bot.store.usage import usage

    url, company = os.environ.get("TIEOUT_DATABASE_URL"), os.environ.get("INTACCT_COMPANY_ID")
    if not url or not company:
        raise click.ClickException("Set TIEOUT_DATABASE_URL and INTACCT_COMPANY_ID first.")
    try:
        allowance = monthly_allowance(os.environ)
        store = open_held(url)
    except BotError as error:
        raise click.ClickException(str(error)) from error
    try:
        click.echo(usage(store, company, allowance).sentence)
    finally:
        store.dispose()


@main.group()
def staged() -> None:
    """The copy of what was read from Intacct; deleting it loses nothing."""


@staged.command("status")
def staged_status() -> None:
    """How far the copy goes, how old it is, and what its last runs came to."""
    from bot.staged.status import in_words
    from bot.store.engine import open_held

    url = os.environ.get("TIEOUT_DATABASE_URL")
    if not url:
        raise click.ClickException("Set TIEOUT_DATABASE_URL first.")
    try:
        store = open_held(url)
    except BotError as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(in_words(store)))
    store.dispose()


@staged.command("refresh")
def staged_refresh() -> None:
    """Bring the copy up to date with what changed, or make it where there is none."""
    from bot.staged.refresh import refresh

    _read_books(refresh)


@staged.command("rebuild")
def staged_rebuild() -> None:
    """Forget the copy and read all of it again."""
    from bot.staged.refresh import rebuild

    _read_books(rebuild)


def _read_books(read: Callable[[Services, Callable[[str], None]], None]) -> None:
    """With the settings in the environment; each step in a line on standard error."""
    from bot.errors import explain
    from bot.serve import at_work
    from bot.settings import Settings
    from bot.staged.marks import last_runs
    from intacct.errors import IntacctError

    try:
        with at_work(Settings.from_env(os.environ)) as services:
            read(services, lambda words: click.echo(words, err=True))
            run = last_runs(services.store, 1)[0]
    except (BotError, IntacctError) as error:
        raise click.ClickException(explain(error).sentence) from error
    click.echo(f"{run.outcome}: {run.rows_read:,} rows in {run.calls:,} requests")


@main.command()
@click.option(
    "--input",
    "source",
    type=click.File(encoding="utf-8"),
    required=True,
    help="CSV: unique_id, ds (YYYY-MM-DD, first of the month), y.",
)
@click.option("--horizon", type=click.IntRange(1, 36), default=12, show_default=True)
@click.option(
    "--output",
    "target",
    type=click.File("w", encoding="utf-8", lazy=True),
    required=True,
    help="CSV: unique_id, ds, yhat, lo80, hi80, lo95, hi95, method.",
)
def forecast(source: TextIO, horizon: int, target: TextIO) -> None:
    """Forecast a file of monthly series, without Slack or Intacct."""
    from analytics.errors import LedgerError
    from bot.forecasts.files import forecast_file

    try:
        forecast_file(source, horizon, target, lambda words: click.echo(words, err=True))
    except LedgerError as error:
        raise click.ClickException(str(error)) from error


@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def sandbox(words: tuple[str, ...]) -> None:
    """The stand-ins alone: `tieout sandbox intacct`, `slack` or `load`."""
    sys.exit(subprocess.call([sys.executable, "-m", "sandbox", *words]))


@main.command("validate-messages")
@click.argument("recording", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def validate_messages(recording: Path) -> None:
    """Hold a recording of the local Slack against Slack's published limits; 1 with findings."""
    command = [sys.executable, "-m", "sandbox", "validate-messages", str(recording)]
    sys.exit(subprocess.call(command))


if __name__ == "__main__":
    main()
