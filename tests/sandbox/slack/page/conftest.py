"""A browser in front of a local workspace with a bolt app behind it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright

from tests.sandbox.slack.office import BEN, FINANCE, Office, open_office

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MANIFEST = """
features:
  slash_commands:
    - {command: /forecast, description: Rolling forecast, usage_hint: "[roll|status]"}
    - {command: /variance, description: Budget against actual, usage_hint: "[period]"}
  shortcuts:
    - {name: Trace this, type: message, callback_id: trace, description: Where it comes from}
oauth_config: {scopes: {bot: [commands, "chat:write", "files:write", "files:read"]}}
settings:
  interactivity: {is_enabled: true}
  event_subscriptions: {bot_events: [app_home_opened, message.im]}
"""
EVERYTHING = """
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  agent_view: {agent_description: Finance}
  slash_commands:
    - {command: /forecast, description: Rolling forecast, usage_hint: "[roll|status]"}
  shortcuts:
    - {name: Trace this, type: message, callback_id: trace, description: Where it comes from}
    - {name: New forecast, type: global, callback_id: new, description: Opens the form}
oauth_config:
  scopes:
    bot: [commands, "assistant:write", "chat:write", "files:read", "files:write", "im:history",
          "im:write", "links.embed:write", "reactions:write"]
settings:
  interactivity: {is_enabled: true}
  event_subscriptions: {bot_events: [app_home_opened, message.im]}
"""


@dataclass
class Visit:
    """One person at one screen, and the workspace behind it."""

    office: Office
    page: Page
    complaints: list[str] = field(default_factory=list)

    async def open(self, who: str = BEN, channel: str = FINANCE) -> None:
        """Opens a conversation as a person, by its address."""
        base = str(self.office.http.base_url)
        await self.page.goto(f"{base}#as={who}&channel={channel}")
        await self.page.get_by_test_id("person").wait_for()

    async def post(self, text: str, *blocks: dict[str, Any], **more: Any) -> str:
        """The app posts to #finance; the `ts` of its message."""
        told = {"channel": FINANCE, "text": text, **({"blocks": blocks} if blocks else {}), **more}
        answer = await self.office.call("chat.postMessage", **told)
        assert answer["ok"], answer
        return str(answer["ts"])

    async def sent(self, count: int) -> list[dict[str, Any]]:
        """What the app was sent by clicks and submissions, once there are that many."""
        for _ in range(150):
            bodies = [line["body"] for line in await self.office.deliveries("interaction")]
            if len(bodies) >= count:
                break
            await asyncio.sleep(0.02)
        return bodies

    def message(self, ts: str) -> Locator:
        return self.page.locator(f'[data-testid="message"][data-ts="{ts}"]')

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium, started once for a file of tests."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, tmp_path: Path) -> AsyncIterator[Visit]:
    """A fresh workspace and a fresh window of 1280 by 900; the page may not complain."""
    async with visiting(browser, tmp_path, MANIFEST) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(browser: Browser, tmp_path_factory: Any) -> AsyncIterator[Visit]:
    """One workspace and one window for a file of tests; what is there stays there."""
    async with visiting(browser, tmp_path_factory.mktemp("shared"), EVERYTHING) as opened:

        @opened.office.app.event("message")
        async def hear() -> None:
            """Messages are heard and left alone."""

        yield opened


@asynccontextmanager
async def visiting(browser: Browser, folder: Path, words: str) -> AsyncIterator[Visit]:
    """A workspace with this manifest and a window before it; the page may not complain."""
    manifest = folder / "manifest.yml"
    manifest.write_text(words)
    async with open_office(manifest=manifest) as office:
        context = await browser.new_context(viewport={"width": 1280, "height": 900})
        opened = Visit(office, await context.new_page())
        opened.page.set_default_timeout(5_000)
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        yield opened
        await context.close()
        assert opened.complaints == []
