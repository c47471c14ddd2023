"""A whole world for a story: a company, its Intacct, its Slack, and the bot as a process."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import uuid4

import httpx

ROOT = Path(__file__).resolve().parents[2]
ANA, BEN, CLEO, DEV = "U01ANA", "U02BEN", "U03CLEO", "U04DEV"
TEAM = "T01ACME"
FINANCE, GENERAL = "C01FINANCE", "C03GENERAL"
AUDIT_KEY = "a key for stories"
PATIENCE = 60.0

T = TypeVar("T")
Json = dict[str, Any]


def until(what: Callable[[], T | None], patience: float = PATIENCE) -> T:
    """The first thing found; asked again and again, and an AssertionError when it never comes."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


@dataclass
class World:
    """The processes, and what a person or a test does to them."""

    folder: Path
    company: Path
    database_url: str
    settings: dict[str, str] = field(default_factory=dict)
    socket_mode: bool = False
    rate_limits: bool = False
    intacct: Json = field(default_factory=dict)
    slack: Json = field(default_factory=dict)
    _processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def begin(self) -> None:
        """Start the stand-ins, then the bot."""
        port = free_port()
        self._stand_in("intacct", "--port", "0", "--company", str(self.company))
        self._stand_in(
            "slack",
            *("--port", "0", "--bot", f"http://127.0.0.1:{port}"),
            *("--manifest", str(ROOT / "manifest.yml")),
            *("--record", str(self.folder / "slack.jsonl")),
            *("--rate-limits", "slack" if self.rate_limits else "off"),
        )
        self.intacct, self.slack = self._said("intacct"), self._said("slack")
        self.settings = {**self._settings(port), **self.settings}
        self.begin_bot()

    def begin_bot(self) -> None:
        """Start the bot and wait until it answers."""
        bot = self.launch_bot()
        health = f"http://127.0.0.1:{self.settings['TIEOUT_PORT']}/health"
        until(lambda: _answers(health) or bot.poll() is not None)
        assert bot.poll() is None, self._log("bot")[-2000:]

    def launch_bot(self) -> subprocess.Popen[str]:
        """Start the bot and do not wait."""
        return self._launch("bot", self.settings["TIEOUT_PORT"])

    def begin_replica(self) -> None:
        """Start a second bot on the same database; Slack delivers to the first alone."""
        port = free_port()
        self._launch("replica", str(port))
        until(lambda: _answers(f"http://127.0.0.1:{port}/health"))

    def kill_bot(self, name: str = "bot") -> None:
        """`kill -9`: no farewell."""
        self._processes[name].send_signal(signal.SIGKILL)
        self._processes[name].wait()

    def stop_bot(self, patience: float) -> int:
        """Ask the bot to stop, as a deployment does; how it ended."""
        self._processes["bot"].terminate()
        return self._processes["bot"].wait(patience)

    def begun(self, name: str = "bot") -> list[str]:
        """The jobs this process began, by what they do and their reference, as its log says."""
        return re.findall(r"job (\w+ \w+) begins", self._log(name))

    def ended(self, what: str) -> list[str]:
        """The jobs of this kind that the bot did to their end, by their reference."""
        return re.findall(rf"job {what} (\w+) done", self._log("bot"))

    def _log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    def end(self) -> None:
        """Stop everything, the bots first."""
        for names in (("replica", "bot"), ("slack", "intacct")):
            processes = [self._processes[name] for name in names if name in self._processes]
            for process in processes:
                process.terminate()
            for process in processes:
                _ended(process)

    # what people do

    def type(self, words: str, who: str = ANA, channel: str = FINANCE) -> Json:
        """Type into the composer, as this person."""
        return self._desk("type", {"as": who, "channel": channel, "text": words})

    def tap(self, action: str, message: Json, who: str, channel: str = FINANCE) -> Json:
        """Tap a button of a message."""
        asked = {"as": who, "channel": channel, "message_ts": message["ts"], "action_id": action}
        return self._desk("act", asked)

    def submit(self, who: str, values: Mapping[str, str] | None = None) -> Json:
        """Send the window on top, with these texts in its fields."""
        view = until(lambda: next(iter(reversed(self.windows(who))), None))
        typed = {
            name: {name: {"type": "plain_text_input", "value": value}}
            for name, value in (values or {}).items()
        }
        return self._desk("submit", {"as": who, "view_id": view["id"], "values": typed})

    def press(self, action: str, who: str, option: str = "") -> Json:
        """Tap a button of the window on top, or pick this option of a list there."""
        view = until(lambda: next(iter(reversed(self.windows(who))), None))
        (block,) = (
            block
            for block in view["blocks"]
            if any(e.get("action_id") == action for e in block.get("elements", []))
        )
        asked = {"as": who, "view_id": view["id"], "block_id": block["block_id"]}
        value = {"value": {"selected_option": {"value": option}}} if option else {}
        return self._desk("act", {**asked, "action_id": action, **value})

    def choose(self, field: str, option: str, who: str) -> Json:
        """Send the window on top with this option of its field chosen."""
        view = until(lambda: next(iter(reversed(self.windows(who))), None))
        chosen = {"type": "radio_buttons", "selected_option": {"value": option}}
        asked = {"as": who, "view_id": view["id"], "values": {field: {field: chosen}}}
        return self._desk("submit", asked)

    def close_windows(self, who: str) -> None:
        """Close every window of this person's."""
        for view in self.windows(who)[-1:]:
            self._desk("close", {"as": who, "view_id": view["id"], "all": True})

    def window_says(self, words: str, who: str) -> Json:
        """The window on top of this person's, awaited until it has these words."""

        def found() -> Json | None:
            (*_, top) = self.windows(who) or [{}]
            return top if words in said(top) else None

        return until(found)

    def deliver(self, who: str, what: Json) -> Json:
        """An interaction as Slack signs it, whatever the page shows this person by now."""
        body = {
            "team": {"id": TEAM},
            "user": {"id": who, "team_id": TEAM},
            "trigger_id": uuid4().hex,
            **what,
        }
        content = urlencode({"payload": json.dumps(body)}).encode()
        return self._signed(content, "application/x-www-form-urlencoded")

    def deliver_event(self, event_id: str, event: Json) -> Json:
        """An event as Slack signs it, under an id of the story's choice."""
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": event_id,
            "event_time": int(time.time()),
            "event": event,
        }
        return self._signed(json.dumps(body).encode(), "application/json")

    def _signed(self, content: bytes, kind: str) -> Json:
        now = str(int(time.time()))
        secret = str(self.slack["signing_secret"]).encode()
        seal = hmac.new(secret, f"v0:{now}:".encode() + content, hashlib.sha256).hexdigest()
        headers = {
            "content-type": kind,
            "x-slack-request-timestamp": now,
            "x-slack-signature": f"v0={seal}",
        }
        bot = f"http://127.0.0.1:{self.settings['TIEOUT_PORT']}/slack/events"
        return {"ok": httpx.post(bot, content=content, headers=headers, timeout=30).is_success}

    def open_home(self, who: str) -> Json:
        """Open the bot's Home, as this person."""
        return self._desk("home/open", {"as": who})

    def tap_home(self, button: Json, who: str) -> Json:
        """Tap a button of this person's Home, as `home_button` found it."""
        asked = {"as": who, "view_id": (self.home(who) or {})["id"]}
        return self._desk("act", {**asked, **button})

    # what people see

    def home(self, who: str) -> Json | None:
        """This person's Home, None before it was published."""
        view: Json | None = httpx.get(self._page("desk/home"), params={"as": who}).json()["view"]
        return view

    def messages(self, who: str = ANA, channel: str = FINANCE, thread: str = "") -> list[Json]:
        """What this person sees in the channel or in a thread of it, oldest first."""
        asked = {"channel": channel, "as": who, "thread_ts": thread}
        reply = httpx.get(self._page("desk/messages"), params=asked)
        found: list[Json] = reply.json()["messages"]
        return found

    def windows(self, who: str) -> list[Json]:
        """The open windows of this person, the top one last."""
        stack: list[Json] = httpx.get(self._page("desk/views"), params={"as": who}).json()["stack"]
        return stack

    def sees(self, words: str, who: str = ANA, channel: str = FINANCE) -> Json:
        """The latest message that has these words, awaited."""

        def found() -> Json | None:
            seen = [m for m in self.messages(who, channel) if words in said(m)]
            return seen[-1] if seen else None

        try:
            return until(found)
        except AssertionError as error:
            seen = "\n".join(said(m)[:400] for m in self.messages(who, channel)[-4:])
            raise AssertionError(f"“{words}” was never said; last was:\n{seen}") from error

    # the other side

    def fault(self, **what: object) -> None:
        """Make the local Intacct misbehave."""
        httpx.post(self._gateway("fault"), json=what).raise_for_status()

    def slack_fault(self, **what: object) -> None:
        """Make the local Slack misbehave."""
        self._desk("fault", what)

    def someone_posts(self, **what: object) -> None:
        """A person books a journal entry in Intacct itself."""
        httpx.post(self._gateway("post"), json=what).raise_for_status()

    def table(self, name: str, **where: str) -> list[Json]:
        """The rows of a table of the local Intacct, as they are."""
        rows: list[Json] = httpx.get(self._gateway(f"tables/{name}"), params=where).json()
        return rows

    def versions(self) -> list[Json]:
        """The budget versions that forecasts were saved as."""
        heads = self.table("GLBUDGETHEADER")
        return [head for head in heads if str(head["BUDGETID"]).startswith("FCST-")]

    def slack_record(self) -> list[Json]:
        """Every call and delivery of the local Slack."""
        lines = (self.folder / "slack.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def _desk(self, what: str, body: Mapping[str, object]) -> Json:
        done: Json = httpx.post(self._page(f"desk/{what}"), json=body, timeout=30).json()
        return done

    def _page(self, path: str) -> str:
        return f"{self.slack['page']}{path}"

    def _gateway(self, path: str) -> str:
        return f"{self.intacct['page']}{path}"

    def _launch(self, name: str, port: str) -> subprocess.Popen[str]:
        env = {**os.environ, **self.settings, "TIEOUT_PORT": port}
        self._processes[name] = self._start(name, [sys.executable, "-m", "bot", "serve"], env)
        return self._processes[name]

    def _stand_in(self, name: str, *words: str) -> None:
        command = [sys.executable, "-m", "sandbox", name, *words]
        self._processes[name] = self._start(name, command, dict(os.environ), talks=True)

    def _said(self, name: str) -> Json:
        """What a stand-in says of itself once it can be reached."""
        said = self._processes[name].stdout
        said_of_itself: Json = json.loads(said.readline() if said else "")
        return said_of_itself

    def _start(
        self, name: str, command: list[str], env: Mapping[str, str], *, talks: bool = False
    ) -> subprocess.Popen[str]:
        with (self.folder / f"{name}.log").open("a", encoding="utf-8") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=env,
                stdout=subprocess.PIPE if talks else log,
                stderr=log,
                text=True,
            )

    def _policy(self) -> Path:
        """The policy that ships; but the copy of the books is made when a story says so, or it
        would use up the faults that are meant for somebody else's questions."""
        text = (ROOT / "policy.toml").read_text(encoding="utf-8")
        file = self.folder / "policy.toml"
        file.write_text(text.replace("refresh_minutes = 60", "refresh_minutes = 0"), "utf-8")
        return file

    def _settings(self, port: int) -> dict[str, str]:
        return {
            "TIEOUT_DATABASE_URL": self.database_url,
            "TIEOUT_AUDIT_KEY": AUDIT_KEY,
            "TIEOUT_POLICY": str(self._policy()),
            "TIEOUT_DEFAULT_ENTITY": "100",
            "TIEOUT_HOST": "127.0.0.1",
            "TIEOUT_PORT": str(port),
            "INTACCT_URL": self.intacct["url"],
            "INTACCT_SENDER_ID": self.intacct["sender_id"],
            "INTACCT_SENDER_PASSWORD": self.intacct["sender_password"],
            "INTACCT_COMPANY_ID": self.intacct["company_id"],
            "INTACCT_USER_ID": self.intacct["user_id"],
            "INTACCT_USER_PASSWORD": self.intacct["user_password"],
            "SLACK_API_URL": self.slack["api"],
            "SLACK_BOT_TOKEN": self.slack["bot_token"],
            "SLACK_SIGNING_SECRET": "" if self.socket_mode else self.slack["signing_secret"],
            "SLACK_APP_TOKEN": self.slack["app_token"] if self.socket_mode else "",
        }


def said(message: Json) -> str:
    """Everything a message says, as one text."""
    return "\n".join([str(message.get("text", "")), *_words(message.get("blocks", []))])


def _words(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in _words(value)]
    if isinstance(part, list):
        return [text for value in part for text in _words(value)]
    return []


def _ended(process: subprocess.Popen[str]) -> None:
    """Wait until it has gone; killed where it takes too long."""
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).is_success
    except httpx.TransportError:
        return False


def free_port() -> int:
    """A port below those that the machine gives to whoever calls out, so that it stays free."""
    while True:
        port = random.randrange(20_000, 32_000)
        with closing(socket.socket()) as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
