"""The bot as a process, with keys that are wrong: one sentence, and it has not begun."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from bot.errors import Misconfigured
from bot.messages import picture
from bot.messages.signed_in import SCOPES, not_in, sign_in
from bot.messages.workspace import Slack, connect
from bot.settings import Secret
from bot.store.engine import open_store
from tests.house.code import ROOT
from tests.stories.world import free_port, until

Told = dict[str, Any]
TEAM = "T01ACME"


@contextmanager
def local_slack(*words: str) -> Iterator[Told]:
    command = [sys.executable, "-m", "sandbox", "slack", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield json.loads(process.stdout.readline())
        process.terminate()


@pytest.fixture(scope="module")
def slack() -> Iterator[Told]:
    """A workspace that granted what the manifest asks for."""
    with local_slack("--port", "0", "--manifest", str(ROOT / "manifest.yml")) as told:
        yield told


@pytest.fixture
def workspace(slack: Told, sqlite_url: str) -> Iterator[Slack]:
    """The same as those behind the edge talk to it."""
    store = open_store(sqlite_url)
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    yield connect(slack["api"], slack["bot_token"], store, lambda: now, draw=picture.draw)
    store.dispose()


@pytest.fixture
def settings(slack: Told, tmp_path: Path) -> dict[str, str]:
    """All the bot needs to start with this workspace; Intacct is not asked at the start."""
    return {
        "TIEOUT_DATABASE_URL": f"sqlite:///{tmp_path / 'tieout.sqlite'}",
        "TIEOUT_AUDIT_KEY": "a key for tests",
        "TIEOUT_POLICY": str(ROOT / "policy.toml"),
        "TIEOUT_HOST": "127.0.0.1",
        "TIEOUT_PORT": str(free_port()),
        "INTACCT_URL": "http://127.0.0.1:9/ia/xml/xmlgw.phtml",
        "INTACCT_SENDER_ID": "sender",
        "INTACCT_SENDER_PASSWORD": "hunter2",
        "INTACCT_COMPANY_ID": "acme",
        "INTACCT_USER_ID": "user",
        "INTACCT_USER_PASSWORD": "hunter3",
        "SLACK_API_URL": slack["api"],
        "SLACK_BOT_TOKEN": slack["bot_token"],
        "SLACK_SIGNING_SECRET": slack["signing_secret"],
        "SLACK_APP_TOKEN": "",
    }


def serve(settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """`tieout serve`, which is expected to end by itself."""
    command = [sys.executable, "-m", "bot", "serve"]
    env = {**os.environ, **settings}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            {"SLACK_BOT_TOKEN": "xoxb-0123456789"},
            (
                "SLACK_BOT_TOKEN is no token that Slack knows (invalid_auth): copy the bot token "
                "(xoxb-…) of the app once more"
            ),
        ),
        (
            {"SLACK_BOT_TOKEN": "xapp-0123456789"},
            (
                "SLACK_BOT_TOKEN takes the app's bot token (xoxb-…), and this is an app-level "
                "token (xapp-…)"
            ),
        ),
        (
            {"SLACK_SIGNING_SECRET": " \t"},
            "SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing",
        ),
    ],
)
def test_the_bot_does_not_start_with_a_key_that_is_wrong_and_says_which(
    settings: dict[str, str], wrong: dict[str, str], sentence: str
) -> None:
    done = serve({**settings, **wrong})

    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == f"Error: {sentence}"
    assert "Traceback" not in done.stderr
    assert not any(secret in done.stderr for secret in ("0123456789", "hunter"))


def test_a_scope_that_was_not_granted_is_named(settings: dict[str, str], tmp_path: Path) -> None:
    lacking = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    lacking["oauth_config"]["scopes"]["bot"].remove("files:write")
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(yaml.safe_dump(lacking), encoding="utf-8")

    with local_slack("--port", "0", "--manifest", str(manifest)) as told:
        slack = {"SLACK_API_URL": told["api"], "SLACK_BOT_TOKEN": told["bot_token"]}
        done = serve({**settings, **slack})

    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == (
        "Error: SLACK_BOT_TOKEN: the scope files:write is missing: add it under OAuth & "
        "Permissions of the app (manifest.yml has all) and install the app again"
    )


def test_a_policy_of_another_workspace_is_named(workspace: Slack) -> None:
    with pytest.raises(Misconfigured) as caught:
        sign_in(workspace, None, "T09OTHER")

    assert str(caught.value) == (
        "TIEOUT_POLICY is about the workspace T09OTHER, and SLACK_BOT_TOKEN belongs to T01ACME "
        "(Acme Group): one of the two is the wrong one"
    )


def test_an_app_token_that_slack_does_not_know_is_named(workspace: Slack) -> None:
    with pytest.raises(Misconfigured) as caught:
        sign_in(workspace, Secret("xapp-0123456789"), TEAM)

    assert str(caught.value) == (
        "SLACK_APP_TOKEN is no token that Slack knows (invalid_auth): copy an app-level token of "
        "the app once more"
    )


def test_keys_that_fit_open_the_workspace(workspace: Slack, slack: Told) -> None:
    found = sign_in(workspace, Secret(slack["app_token"]), TEAM)

    assert (found.team, found.url) == (TEAM, "https://acme.slack.com/")


def test_the_channels_the_bot_is_not_in_are_named(workspace: Slack) -> None:
    asked = ["C01FINANCE", "C03GENERAL", "C99NOWHERE"]

    assert list(not_in(workspace, asked)) == ["C03GENERAL", "C99NOWHERE"]


def test_the_manifest_asks_for_the_scopes_that_are_looked_for_at_the_start() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))

    assert set(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES


@contextmanager
def begun(settings: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[str]]:
    """`tieout serve`, once it answers."""
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stderr=errors,
            text=True,
        )
        try:
            until(lambda: healthy(settings) or process.poll() is not None)
            yield process
        finally:
            process.kill()
            process.wait()


def healthy(settings: Mapping[str, str]) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{settings['TIEOUT_PORT']}/health").is_success
    except httpx.TransportError:
        return False


def test_a_slack_that_is_away_does_not_keep_the_bot_from_starting(
    settings: dict[str, str], tmp_path: Path
) -> None:
    away = {**settings, "SLACK_API_URL": f"http://127.0.0.1:{free_port()}/api/"}
    socket_mode = {"SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": ""}
    log = tmp_path / "bot.log"

    with begun({**away, **socket_mode}, log) as process:
        process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=60)

    said = log.read_text(encoding="utf-8")
    assert status == 0
    assert "slack does not answer at SLACK_API_URL" in said
    assert "Traceback" not in said


def test_a_slack_that_comes_back_and_says_no_ends_the_bot_with_the_same_sentence(
    settings: dict[str, str], tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "bot.log"
    away = {**settings, "SLACK_API_URL": f"http://127.0.0.1:{port}/api/"}

    with begun(away, log) as process, local_slack("--port", str(port)):
        status = process.wait(timeout=60)

    assert status == 1
    assert "Error: SLACK_BOT_TOKEN is no token that Slack knows" in log.read_text(encoding="utf-8")
