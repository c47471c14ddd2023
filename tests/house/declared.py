"""What the code asks of Slack, read from its source, and where manifest.yml says otherwise."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Manifest = Mapping[str, Any]

# What Slack documents for each method, in the kinds of conversation the bot is in.
ANY_CONVERSATION = ("channels", "groups", "im")
HISTORY = tuple(f"{kind}:history" for kind in ANY_CONVERSATION)
READ = tuple(f"{kind}:read" for kind in ANY_CONVERSATION)
SCOPES: Mapping[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # the app-level token's own connections:write
    "auth.test": (),
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.startStream": ("chat:write",),
    "chat.appendStream": ("chat:write",),
    "chat.stopStream": ("chat:write",),
    "conversations.history": HISTORY,
    "conversations.replies": HISTORY,
    "conversations.info": READ,
    "conversations.list": READ,
    "conversations.members": READ,
    "conversations.open": ("im:write",),
    "conversations.join": ("channels:join",),
    "files.getUploadURLExternal": ("files:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.info": ("files:read",),
    "files.delete": ("files:write",),
    "reactions.add": ("reactions:write",),
    "reactions.get": ("reactions:read",),
    "team.info": ("team:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "users.lookupByEmail": ("users:read.email", "users:read"),
    "views.open": (),
    "views.push": (),
    "views.update": (),
    "views.publish": (),
}
OF_EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "message.im": ("im:history",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "app_uninstalled": (),
    "tokens_revoked": (),
}
FAMILIES = {method.partition(".")[0] for method in SCOPES}
LISTENS = {"action", "view", "shortcut", "options", "event", "message", "command"}


@dataclass
class Asks:
    """The methods called, the events listened to, and the other listeners there are."""

    methods: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    listeners: set[str] = field(default_factory=set)

    def also(self, more: Asks) -> Asks:
        """These and those."""
        return Asks(
            self.methods | more.methods,
            self.events | more.events,
            self.listeners | more.listeners,
        )


def asks_of(sources: Iterable[str]) -> Asks:
    """What these modules ask of Slack, by the attributes of clients and apps they name."""
    asks = Asks()
    for source in sources:
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and _ends_in(node.value, "client"):
                method = node.attr.replace("_", ".")
                if method.partition(".")[0] in FAMILIES and "." in method:
                    asks.methods.add(method)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                _listener(node, tree, asks)
    return asks


def _listener(node: ast.Call, tree: ast.Module, asks: Asks) -> None:
    called = node.func
    assert isinstance(called, ast.Attribute)
    if called.attr not in LISTENS or not _ends_in(called.value, "app"):
        return
    asks.listeners.add(called.attr)
    if called.attr == "event":
        asks.events |= set(_strings(node.args[0], tree))
    if called.attr == "message":
        asks.events.add("message")


def _ends_in(node: ast.expr, name: str) -> bool:
    """`client`, `slack.client`, `self.desk.slack.client`."""
    named = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return named == name or named.endswith(f"_{name}")


def _strings(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The texts an expression may be: itself, or what a loop or an assignment gives its name."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for part in node.elts:
            yield from _strings(part, tree)
    elif isinstance(node, ast.Name):
        for other in ast.walk(tree):
            if isinstance(other, ast.For) and getattr(other.target, "id", "") == node.id:
                yield from _strings(other.iter, tree)
            elif isinstance(other, ast.Assign) and node.id in {
                getattr(target, "id", "") for target in other.targets
            }:
                yield from _strings(other.value, tree)


def disagreements(asks: Asks, usage: Mapping[str, str], manifest: Manifest) -> list[str]:
    """Where code and manifest differ, each in a sentence; `usage` are the commands' own words."""
    return [
        *_commands(usage, manifest),
        *_events(asks, manifest),
        *_scopes(asks, manifest),
        *_interactivity(asks, manifest),
        *_home(asks, manifest),
    ]


def _commands(usage: Mapping[str, str], manifest: Manifest) -> Iterator[str]:
    entries = {e["command"]: e for e in manifest.get("features", {}).get("slash_commands", [])}
    for name in sorted(usage.keys() - entries.keys()):
        yield f"{name} is not declared"
    for name in sorted(entries.keys() - usage.keys()):
        yield f"{name} is declared, and there is no such command"
    for name in sorted(usage.keys() & entries.keys()):
        hint, words = entries[name].get("usage_hint"), usage[name].replace(f"{name} ", "")
        if hint != words:
            yield f"the hint of {name} is “{hint}”, and its USAGE says “{words}”"


def _declared_events(manifest: Manifest) -> set[str]:
    return set(manifest["settings"].get("event_subscriptions", {}).get("bot_events", []))


def _events(asks: Asks, manifest: Manifest) -> Iterator[str]:
    declared = _declared_events(manifest)
    heard = {event.partition(".")[0] for event in declared}
    for event in sorted(asks.events - heard):
        yield f"the event {event} is listened to and not subscribed"
    for event in sorted(e for e in declared if e.partition(".")[0] not in asks.events):
        yield f"the event {event} is subscribed and nobody listens"
    for event in sorted(declared - OF_EVENTS.keys()):
        yield f"the event {event} is missing from this test's table of scopes"


def _scopes(asks: Asks, manifest: Manifest) -> Iterator[str]:
    declared = set(manifest["oauth_config"]["scopes"]["bot"])
    for method in sorted(asks.methods - SCOPES.keys()):
        yield f"{method} is missing from this test's table of scopes"
    needed = {scope: method for method in sorted(asks.methods) for scope in SCOPES.get(method, ())}
    for event in sorted(_declared_events(manifest)):
        needed |= dict.fromkeys(OF_EVENTS.get(event, ()), event)
    if asks.listeners & {"command", "shortcut"}:
        needed["commands"] = "every slash command"
    for scope in sorted(needed.keys() - declared):
        yield f"the scope {scope} is not declared, and {needed[scope]} needs it"
    for scope in sorted(declared - needed.keys()):
        yield f"the scope {scope} is declared, and nothing needs it"


def _interactivity(asks: Asks, manifest: Manifest) -> Iterator[str]:
    told = manifest["settings"].get("interactivity", {})
    taps = bool(asks.listeners & {"action", "view", "shortcut", "options"})
    if taps != bool(told.get("is_enabled")):
        yield "interactivity is not enabled" if taps else "interactivity is enabled for nothing"
    if ("options" in asks.listeners) != ("message_menu_options_url" in told):
        yield "menus that ask the bot for options and message_menu_options_url do not go together"
    shortcuts = bool(manifest.get("features", {}).get("shortcuts"))
    if shortcuts != ("shortcut" in asks.listeners):
        yield "shortcuts declared and shortcuts listened to do not go together"


def _home(asks: Asks, manifest: Manifest) -> Iterator[str]:
    told = manifest.get("features", {}).get("app_home", {})
    if bool(told.get("home_tab_enabled")) != ("views.publish" in asks.methods):
        yield "the Home tab and views.publish do not go together"
    writes = bool(told.get("messages_tab_enabled")) and not told.get(
        "messages_tab_read_only_enabled"
    )
    if writes != ("message.im" in _declared_events(manifest)):
        yield "a messages tab one can write in and the event message.im do not go together"
