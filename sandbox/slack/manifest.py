"""What the app's manifest allows: its scopes, commands, shortcuts and events."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from sandbox.slack.wire import Json

EVENT_SCOPES = {
    "app_mention": ("app_mentions:read",),
    "message.im": ("im:history",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "assistant_thread_started": ("assistant:write",),
    "assistant_thread_context_changed": ("assistant:write",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "file_shared": ("files:read",),
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of a manifest a workspace acts on; None means nobody said, so everything goes."""

    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    commands: tuple[Json, ...] | None = None
    shortcuts: tuple[Json, ...] = ()
    interactive: bool = True
    home_tab: bool = True
    messages_tab: bool = True
    read_only: bool = False  # people cannot write in the messages tab
    agent: bool = False  # conversations live in the messages tab
    assistant: bool = False  # the older surface, with threads of its own

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
        """Whether the app subscribed to this event and may read what it tells."""
        return self.events is None or (
            event in self.events and self.allows(*EVENT_SCOPES.get(event, ()))
        )


def read_manifest(path: Path) -> Manifest:
    """The manifest in a YAML or JSON file."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    features = told.get("features") or {}
    settings = told.get("settings") or {}
    oauth = told.get("oauth_config") or {}
    tabs = features.get("app_home") or {}
    return Manifest(
        frozenset((oauth.get("scopes") or {}).get("bot") or ()),
        frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or ()),
        tuple(features.get("slash_commands") or ()),
        tuple(features.get("shortcuts") or ()),
        bool((settings.get("interactivity") or {}).get("is_enabled", True)),
        # what the manifest does not say is left as people expect it
        bool(tabs.get("home_tab_enabled", True)),
        bool(tabs.get("messages_tab_enabled", True)),
        bool(tabs.get("messages_tab_read_only_enabled", False)),
        "agent_view" in features,
        "assistant_view" in features,
    )
