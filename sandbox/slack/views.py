"""Modals in their stacks of three, Home tabs, and what people filled in on them."""

from __future__ import annotations

import secrets

from sandbox.slack.stamps import made_up_id
from sandbox.slack.typed import Typed, state_values
from sandbox.slack.wire import Clock, Json, Refused
from sandbox.slack.workspace import APP, BOT, TEAM

MOST_IN_STACK = 3


class Views:
    """Each person's open modals, top last, and their Home."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stacks: dict[str, list[Json]] = {}
        self._homes: dict[str, Json] = {}
        self.typed: dict[str, Typed] = {}

    def stack(self, person: str) -> list[Json]:
        """The open modals of a person, top last."""
        return self._stacks.get(person, [])

    def home(self, person: str) -> Json | None:
        """The person's Home tab, once published."""
        return self._homes.get(person)

    def told(self, view: Json) -> Json:
        """A view as payloads and answers carry it, with its state."""
        values = state_values(view["blocks"], self.typed.get(view["id"], {}))
        return {**view, "state": {"values": values}}

    def open(self, person: str, sent: Json) -> Json:
        """A first modal; whatever was open is gone."""
        self._refuse_same_external_id(sent)
        view = self._made(sent)
        view["root_view_id"] = view["id"]
        self._stacks[person] = [view]
        return view

    def push(self, person: str, sent: Json) -> Json:
        """One more modal on top of the open ones."""
        stack = self.stack(person)
        if not stack:
            raise Refused("not_found")
        if len(stack) >= MOST_IN_STACK:
            raise Refused("push_limit_reached")
        self._refuse_same_external_id(sent)
        view = self._made(sent)
        view["root_view_id"] = stack[0]["id"]
        view["previous_view_id"] = stack[-1]["id"]
        stack.append(view)
        return view

    def replace(self, old: Json, sent: Json, expected_hash: str | None = None) -> Json:
        """Other content for an open view; its id stays, its hash changes."""
        if expected_hash and expected_hash != old["hash"]:
            raise Refused("hash_conflict")
        if sent.get("external_id") != old["external_id"]:
            self._refuse_same_external_id(sent)
        ties = {name: old[name] for name in ("id", "root_view_id", "previous_view_id")}
        view = {**self._made(sent), **ties}
        for stack in self._stacks.values():
            stack[:] = [view if each["id"] == old["id"] else each for each in stack]
        return view

    def publish(self, person: str, sent: Json, expected_hash: str | None) -> Json:
        """The Home tab of a person."""
        old = self._homes.get(person)
        if old and expected_hash and expected_hash != old["hash"]:
            raise Refused("hash_conflict")
        view = self._made(sent)
        view["id"] = old["id"] if old else view["id"]
        view["root_view_id"] = view["id"]
        self._homes[person] = view
        return view

    def find(self, view_id: str | None, external_id: str | None = None) -> tuple[str, Json]:
        """Who has this view open, and the view."""
        everyone = {**self._stacks}
        for person, home in self._homes.items():
            everyone[person] = [*everyone.get(person, []), home]
        for person, views in everyone.items():
            for view in views:
                if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                    return person, view
        raise Refused("not_found")

    def close(self, person: str, view_id: str, *, everything: bool = False) -> list[Json]:
        """Takes a modal (or all of them) away; returns those that were closed, top first."""
        stack = self.stack(person)
        closed = [view for view in reversed(stack) if everything or view["id"] == view_id]
        self._stacks[person] = [view for view in stack if view not in closed]
        for view in closed:
            self.typed.pop(view["id"], None)
        return closed

    def _refuse_same_external_id(self, sent: Json) -> None:
        external_id = sent.get("external_id")
        open_now = [view for stack in self._stacks.values() for view in stack]
        if external_id and any(view["external_id"] == external_id for view in open_now):
            raise Refused("duplicate_external_id")

    def _made(self, sent: Json) -> Json:
        return {
            "id": made_up_id("V"),
            "team_id": TEAM,
            "type": sent["type"],
            "blocks": sent["blocks"],
            "private_metadata": sent.get("private_metadata", ""),
            "callback_id": sent.get("callback_id", ""),
            "hash": f"{int(self._clock().timestamp())}.{secrets.token_hex(4)}",
            "title": sent.get("title"),
            "submit": sent.get("submit"),
            "close": sent.get("close"),
            "clear_on_close": sent.get("clear_on_close", False),
            "notify_on_close": sent.get("notify_on_close", False),
            "root_view_id": None,
            "previous_view_id": None,
            "external_id": sent.get("external_id", ""),
            "app_id": APP,
            "app_installed_team_id": TEAM,
            "bot_id": BOT,
        }
