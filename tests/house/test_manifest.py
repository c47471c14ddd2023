"""manifest.yml declares what the code asks of Slack, and nothing more."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import yaml

from bot.commands import commands
from tests.house.code import ROOT, modules
from tests.house.declared import Asks, asks_of, disagreements

Change = Callable[[dict[str, Any]], object]


def manifest() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return told


def usage() -> dict[str, str]:
    return {name: str(module.USAGE) for name, module in commands().items()}


@cache
def sources() -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8") for file in modules("bot"))


@cache
def asked() -> Asks:
    return asks_of(sources())


def test_manifest_and_code_ask_slack_for_the_same() -> None:
    assert disagreements(asked(), usage(), manifest()) == []


def test_the_calls_are_found_where_they_are_made() -> None:
    found = asked()

    assert {"chat.postMessage", "chat.update", "views.open", "conversations.history"} <= (
        found.methods
    )
    assert {"command", "action", "view"} <= found.listeners


def scopes(told: dict[str, Any]) -> list[str]:
    listed: list[str] = told["oauth_config"]["scopes"]["bot"]
    return listed


def subscribed(told: dict[str, Any]) -> list[str]:
    events = told["settings"].setdefault("event_subscriptions", {})
    listed: list[str] = events.setdefault("bot_events", [])
    return listed


def turned_over(told: dict[str, Any], tab: str) -> None:
    home = told["features"].setdefault("app_home", {})
    home[tab] = not home.get(tab)


IN_THE_MANIFEST: list[tuple[Change, str]] = [
    (lambda told: scopes(told).remove("chat:write"), "the scope chat:write is not declared"),
    (lambda told: scopes(told).append("pins:write"), "the scope pins:write is declared, and noth"),
    (lambda told: scopes(told).remove("commands"), "the scope commands is not declared"),
    (lambda told: subscribed(told).append("app_mention"), "app_mention is subscribed and nobody"),
    (lambda told: told["features"]["slash_commands"].pop(), " is not declared"),
    (
        lambda told: told["features"]["slash_commands"].append({"command": "/wish"}),
        "/wish is declared, and there is no such command",
    ),
    (
        lambda told: told["features"]["slash_commands"][0].update(usage_hint="[what else]"),
        "is “[what else]”, and its USAGE says",
    ),
    (lambda told: told["settings"].pop("interactivity"), "interactivity is not enabled"),
    (
        lambda told: told["features"].update(shortcuts=[{"name": "Trace"}]),
        "shortcuts declared and shortcuts listened to",
    ),
    (lambda told: turned_over(told, "home_tab_enabled"), "the Home tab and views.publish do not"),
    (lambda told: turned_over(told, "messages_tab_enabled"), "a messages tab one can write in"),
]


@pytest.mark.parametrize(("change", "words"), IN_THE_MANIFEST, ids=[w for _, w in IN_THE_MANIFEST])
def test_a_manifest_that_says_more_or_less_is_named(change: Change, words: str) -> None:
    told = copy.deepcopy(manifest())
    change(told)

    found = disagreements(asked(), usage(), told)

    assert [one for one in found if words in one]


IN_THE_CODE = [
    ("client.users_info(user='U1')", "the scope users:read is not declared, and users.info needs"),
    ("call(self.slack.client.reactions_add)", "the scope reactions:write is not declared"),
    ("slack.client.chat_whistle()", "chat.whistle is missing from this test's table"),
    ("app.event('app_mention')(heard)", "the event app_mention is listened to and not subscribed"),
    (
        "MORE = ('team_join',)\nfor one in MORE:\n    app.event(one)(heard)",
        "the event team_join is listened to and not subscribed",
    ),
    ("app.shortcut('trace')(traced)", "shortcuts declared and shortcuts listened to"),
]


@pytest.mark.parametrize(("source", "words"), IN_THE_CODE, ids=[words for _, words in IN_THE_CODE])
def test_code_that_asks_for_more_is_named(source: str, words: str) -> None:
    found = disagreements(asked().also(asks_of([source])), usage(), manifest())

    assert [one for one in found if words in one]


@pytest.mark.parametrize(("method", "scope"), [("chat_", "chat:write"), ("history", "history")])
def test_code_that_asks_for_less_is_named(method: str, scope: str) -> None:
    kept = [source for source in sources() if method not in source]

    found = disagreements(asks_of(kept), usage(), manifest())

    assert [one for one in found if scope in one and "nothing needs it" in one]


def test_a_command_the_manifest_has_not_heard_of_is_named() -> None:
    found = disagreements(asked(), usage() | {"/wish": "/wish [what]"}, manifest())

    assert "/wish is not declared" in found
