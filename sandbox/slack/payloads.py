"""The bodies of the requests the bot is sent, field by field as Slack sends them."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.slack.stamps import made_up_id
from sandbox.slack.state import Slack
from sandbox.slack.typed import state_values
from sandbox.slack.wire import Json
from sandbox.slack.workspace import APP, BOT_USER, PEOPLE, TEAM, TEAM_DOMAIN

VERIFICATION = "local-verification"  # Slack's old, deprecated proof; always sent, never enough


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a person acts: a message in a channel, or a view."""

    person: str
    subject: Json  # the message or the view as it is now
    channel: str | None = None  # None in a view
    ephemeral: bool = False

    @property
    def blocks(self) -> list[Json]:
        """What can be acted on here."""
        nested = [b for a in self.subject.get("attachments", []) for b in a.get("blocks", [])]
        return [*self.subject.get("blocks", []), *nested]


def slash_command(slack: Slack, person: str, channel: str, command: str, text: str) -> Json:
    """What a typed command sends; every value is a string."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel,
        "channel_name": _channel(slack, channel)["name"],
        "user_id": person,
        "user_name": PEOPLE[person].name,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url(slack, "commands", person, channel),
        "trigger_id": slack.tickets.trigger(person, channel),
    }


def block_actions(slack: Slack, spot: Spot, action: Json) -> Json:
    """What a click or a pick sends."""
    return {
        **_common("block_actions", spot.person),
        "trigger_id": slack.tickets.trigger(spot.person, spot.channel),
        **_where(slack, spot),
        "actions": [action],
    }


def block_suggestion(slack: Slack, spot: Spot, block_id: str, action_id: str, typed: str) -> Json:
    """What typing into an external select sends."""
    where = {k: v for k, v in _where(slack, spot).items() if k not in ("state", "response_url")}
    return {
        **_common("block_suggestion", spot.person),
        **where,
        "action_id": action_id,
        "block_id": block_id,
        "value": typed,
    }


def view_submission(slack: Slack, person: str, view: Json, response_urls: list[Json]) -> Json:
    """What pressing a modal's submit button sends."""
    return {
        **_common("view_submission", person),
        "trigger_id": slack.tickets.trigger(person),
        "view": slack.views.told(view),
        "response_urls": response_urls,
    }


def view_closed(person: str, view: Json, *, is_cleared: bool) -> Json:
    """What closing a modal sends, when the modal asked for it."""
    return {**_common("view_closed", person), "view": view, "is_cleared": is_cleared}


def shortcut(slack: Slack, person: str, callback_id: str, spot: Spot | None) -> Json:
    """What a shortcut sends: global, or on a message."""
    body = _common("shortcut", person)
    body |= {
        "callback_id": callback_id,
        "trigger_id": slack.tickets.trigger(person, spot.channel if spot else None),
        "action_ts": slack.stamps.next(),
    }
    if spot is None or spot.channel is None:
        return body
    ts = spot.subject["ts"]
    return body | {
        "type": "message_action",
        "channel": _channel(slack, spot.channel),
        "message_ts": ts,
        "message": spot.subject,
        "response_url": response_url(slack, "app", person, spot.channel, ts),
    }


def event(slack: Slack, inner: Json, *, shared: bool = False) -> Json:
    """The envelope every event travels in; `shared` when it comes from a shared channel."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": made_up_id("Ev"),
        "event_time": int(slack.clock().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": made_up_id("4-"),
    }


def response_url(
    slack: Slack, kind: str, person: str, channel: str, original: str | None = None
) -> str:
    """A fresh address to answer at."""
    return f"{slack.options.base}{kind}/{TEAM}/{slack.tickets.response(person, channel, original)}"


def _common(kind: str, person: str) -> Json:
    who = PEOPLE[person]
    return {
        "type": kind,
        "user": {"id": person, "username": who.name, "name": who.name, "team_id": who.team},
        "api_app_id": APP,
        "token": VERIFICATION,
        "team": {"id": TEAM, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel(slack: Slack, channel: str) -> Json:
    """A channel by id and name; Slack does not tell the name of a private one."""
    known = slack.channels[channel]
    return {"id": channel, "name": "privategroup" if known.private else known.name}


def _where(slack: Slack, spot: Spot) -> Json:
    """The container of an action, and what is known about it."""
    if spot.channel is None:
        view = slack.views.told(spot.subject)
        return {"container": {"type": "view", "view_id": view["id"]}, "view": view,
                "state": view["state"]}  # fmt: skip
    ts = spot.subject["ts"]
    typed = slack.typed.get((spot.person, ts), {})
    container = {
        "type": "message",
        "message_ts": ts,
        "channel_id": spot.channel,
        "is_ephemeral": spot.ephemeral,
    }
    if "thread_ts" in spot.subject:
        container["thread_ts"] = spot.subject["thread_ts"]
    # what only one person sees cannot be fetched, nor is it told again
    message = {} if spot.ephemeral else {"message": spot.subject}
    return {
        "container": container,
        "channel": _channel(slack, spot.channel),
        **message,
        "state": {"values": state_values(spot.blocks, typed)},
        "response_url": response_url(slack, "actions", spot.person, spot.channel, ts),
    }
