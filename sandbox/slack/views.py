"""Modals in their stacks of three, Home tabs, and what people filled in on them."""

from __future__ import annotations

import secrets

from sandbox.slack.blocks.walk import elements, walk
from sandbox.slack.stamps import made_up_id
from sandbox.slack.store import Store
from sandbox.slack.typed import Typed, started_in, state_values
from sandbox.slack.wire import Clock, Json, Refused
from sandbox.slack.workspace import APP, BOT, TEAM

MOST_IN_STACK = 3


class Views:
    """Each person's open modals, top last, and their Home."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self._clock = clock
        self._store = store
        self._stacks = {person: list(kept["views"]) for person, kept, _ in store.all("stack")}
        self._homes = {person: home for person, home, _ in store.all("home")}
        self.typed: dict[str, Typed] = {view: typed for view, typed, _ in store.all("typed")}

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
        self._set_stack(person, [view])
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
        self._set_stack(person, [*stack, view])
        return view

    def replace(self, old: Json, sent: Json, expected_hash: str | None = None) -> Json:
        """Other content for an open view; its id stays, its hash changes."""
        if expected_hash and expected_hash != old["hash"]:
            raise Refused("hash_conflict")
        if sent.get("external_id") != old["external_id"]:
            self._refuse_same_external_id(sent)
        ties = {name: old[name] for name in ("id", "root_view_id", "previous_view_id")}
        view = {**self._made(sent), **ties}
        person, _ = self.find(old["id"])
        stack = [view if each["id"] == old["id"] else each for each in self.stack(person)]
        self._set_stack(person, stack)
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
        self._store.put("home", person, view)
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
        self._set_stack(person, [view for view in stack if view not in closed])
        return closed

    def preset(self, view: Json, channel: str) -> None:
        """Selects that start with the conversation the modal was opened from do so."""
        typed: Typed = {}
        for _, block in walk(view["blocks"]):
            for element in elements(block):
                if element.get("default_to_current_conversation"):
                    entry = started_in(element, channel)
                    typed.setdefault(block["block_id"], {})[element["action_id"]] = entry
        if typed:
            self.typed[view["id"]] = typed
            self.keep_typed(view["id"])

    def keep_typed(self, view_id: str) -> None:
        """What was filled in just now outlives a restart."""
        self._store.put("typed", view_id, self.typed[view_id])

    def _set_stack(self, person: str, stack: list[Json]) -> None:
        """The open modals from now on; what was filled in on the others is forgotten."""
        gone = {view["id"] for view in self.stack(person)} - {view["id"] for view in stack}
        self._stacks[person] = stack
        self._store.put("stack", person, {"views": stack})
        for view_id in gone:
            self.typed.pop(view_id, None)
            self._store.drop("typed", view_id)

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
