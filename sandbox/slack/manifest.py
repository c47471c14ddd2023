"""What the app's manifest allows: its scopes, commands, shortcuts and events."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from sandbox.slack.wire import Json


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of a manifest a workspace acts on; None means nobody said, so everything goes."""

    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    commands: tuple[Json, ...] | None = None
    shortcuts: tuple[Json, ...] = ()
    interactive: bool = True

    def allows(self, *scopes: str) -> bool:
        """Whether any of these scopes was granted."""
        return self.scopes is None or not scopes or bool(self.scopes & set(scopes))

    def knows(self, command: str) -> bool:
        """Whether the app has this slash command."""
        return self.commands is None or any(c["command"] == command for c in self.commands)

    def escapes(self, command: str) -> bool:
        """Whether mentions in this command's text travel with their ids."""
        return any(c["command"] == command and c.get("should_escape") for c in self.commands or ())

    def hears(self, event: str) -> bool:
        """Whether the app subscribed to this event."""
        return self.events is None or event in self.events


def read_manifest(path: Path) -> Manifest:
    """The manifest in a YAML or JSON file."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    features = told.get("features") or {}
    settings = told.get("settings") or {}
    oauth = told.get("oauth_config") or {}
    return Manifest(
        frozenset((oauth.get("scopes") or {}).get("bot") or ()),
        frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or ()),
        tuple(features.get("slash_commands") or ()),
        tuple(features.get("shortcuts") or ()),
        bool((settings.get("interactivity") or {}).get("is_enabled", True)),
    )
