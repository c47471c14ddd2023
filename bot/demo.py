"""`tieout demo`: a company, an Intacct, a Slack and the bot, all on this machine."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import httpx

PATIENCE = 90.0  # seconds until everything must be up
FIRST_FILE = "intacct.log"  # what every demo writes first, and so what a demo's folder is known by


def run(port: int, data: Path, company: str, *, browse: bool) -> int:
    """Start it all, print where the page is, and stop it all on Ctrl-C; the exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    root = _root()
    with ExitStack() as stack:
        _claim(stack, data)
        _empty(data)
        click.echo("Making the demo company and starting its Intacct…", err=True)
        where = ["--company", company, "--data", str(data / "intacct")]
        intacct = _begin(stack, data, "intacct", "--port", "0", *where)
        bot_port = _free_port()
        slack = _begin(
            stack,
            data,
            "slack",
            "--port",
            str(port),
            "--bot",
            f"http://127.0.0.1:{bot_port}",
            "--manifest",
            str(root / "manifest.yml"),
            "--record",
            str(data / "slack.jsonl"),
        )
        env = _settings(data, root, bot_port, intacct, slack)
        bot = _process(stack, data, "bot", [sys.executable, "-m", "bot", "serve"], env)
        _wait_until_up(bot, f"http://127.0.0.1:{bot_port}/health", data)
        _welcome(slack, intacct, data, env)
        if browse:
            webbrowser.open(slack["page"])
        return _until_stopped(bot)


def _claim(stack: ExitStack, data: Path) -> None:
    """Hold the folder until this process ends, however it ends; one that is held is refused."""
    folder = data.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = stack.enter_context(folder.with_name(f"{folder.name}.lock").open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise click.ClickException(
            f"A demo is running in {data}: stop it (Ctrl-C where it was started), or start this"
            " one with --data and another folder."
        ) from error


def _empty(data: Path) -> None:
    """An empty folder; what an earlier demo left in it goes, what is somebody else's does not."""
    if (data / FIRST_FILE).exists():
        click.echo(f"Starting afresh: what an earlier demo kept in {data} is gone.", err=True)
        shutil.rmtree(data)
    elif data.exists() and not (data.is_dir() and not any(data.iterdir())):
        raise click.ClickException(
            f"{data} holds something that no demo made, and a demo empties its folder: choose"
            " another with --data."
        )
    data.mkdir(parents=True, exist_ok=True)


def _begin(stack: ExitStack, data: Path, name: str, *words: str) -> Mapping[str, Any]:
    """A stand-in as a process; what it says of itself when it is ready."""
    command = [sys.executable, "-m", "sandbox", name, *words]
    process = _process(stack, data, name, command, dict(os.environ), talks=True)
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise _not_started(f"The local {name}", data / f"{name}.log")
    said: Mapping[str, Any] = json.loads(line)
    return said


def _process(
    stack: ExitStack,
    data: Path,
    name: str,
    command: list[str],
    env: Mapping[str, str],
    *,
    talks: bool = False,
) -> subprocess.Popen[str]:
    log = stack.enter_context((data / f"{name}.log").open("w", encoding="utf-8"))
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE if talks else log, stderr=log, text=True
    )
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


def _settings(
    data: Path, root: Path, bot_port: int, intacct: Mapping[str, Any], slack: Mapping[str, Any]
) -> dict[str, str]:
    return dict(os.environ) | {
        "TIEOUT_DATABASE_URL": f"sqlite:///{data / 'tieout.sqlite'}",
        "TIEOUT_AUDIT_KEY": secrets.token_hex(32),
        "TIEOUT_POLICY": str(root / "policy.toml"),
        "TIEOUT_DEFAULT_ENTITY": "100",
        "TIEOUT_FIRST_FISCAL_MONTH": "1",
        "TIEOUT_HOST": "127.0.0.1",
        "TIEOUT_PORT": str(bot_port),
        "INTACCT_URL": intacct["url"],
        "INTACCT_SENDER_ID": intacct["sender_id"],
        "INTACCT_SENDER_PASSWORD": intacct["sender_password"],
        "INTACCT_COMPANY_ID": intacct["company_id"],
        "INTACCT_USER_ID": intacct["user_id"],
        "INTACCT_USER_PASSWORD": intacct["user_password"],
        "SLACK_API_URL": slack["api"],
        "SLACK_BOT_TOKEN": slack["bot_token"],
        "SLACK_SIGNING_SECRET": slack["signing_secret"],
        "SLACK_APP_TOKEN": "",
    }


def _wait_until_up(bot: subprocess.Popen[str], health: str, data: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and bot.poll() is None:
        try:
            if httpx.get(health, timeout=2).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise _not_started("The bot", data / "bot.log")


def _not_started(who: str, log: Path) -> click.ClickException:
    """What the process itself gave as the reason, where it gave one in a sentence."""
    said = [line.removeprefix("Error: ") for line in log.read_text("utf-8").splitlines()]
    why = f": {said[-1].rstrip('.')}." if said and said[-1] else "."
    return click.ClickException(f"{who} did not start{why} Its log is {log}")


def _welcome(
    slack: Mapping[str, Any], intacct: Mapping[str, Any], data: Path, env: Mapping[str, str]
) -> None:
    click.echo(
        f"""
Tieout is ready.   (Ctrl-C stops it)

  Slack     {slack["page"]}
  Intacct   {intacct["page"]}

Type  /forecast revenue 12m by department  in #finance, then tap Save as budget version.
Switch to Ben or Cleo to approve it: whoever asked cannot. Then look at the budget in Intacct, and
type  /audit verify . From a terminal:

  TIEOUT_DATABASE_URL={env["TIEOUT_DATABASE_URL"]} TIEOUT_AUDIT_KEY={env["TIEOUT_AUDIT_KEY"]} \\
    {Path(sys.executable).parent / "tieout"} audit verify

Everything it keeps is in {data}.
"""
    )
    sys.stdout.flush()


def _until_stopped(bot: subprocess.Popen[str]) -> int:
    try:
        return bot.wait()
    except KeyboardInterrupt:
        click.echo("Stopping…", err=True)
        return 0


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _root() -> Path:
    """Where policy.toml and manifest.yml lie: beside the packages, or in the folder we are in."""
    for folder in (Path(__file__).resolve().parent.parent, Path.cwd()):
        if (folder / "manifest.yml").is_file() and (folder / "policy.toml").is_file():
            return folder
    raise click.ClickException(
        "The demo needs manifest.yml and policy.toml, which lie in Tieout's own folder and are not"
        " installed with it: start the demo there."
    )
