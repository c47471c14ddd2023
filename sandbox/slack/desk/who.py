"""Who is at the desk, and what that person may see."""

from __future__ import annotations

from sandbox.slack.payloads import Spot
from sandbox.slack.reply import Reply
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused
from sandbox.slack.workspace import PEOPLE, Channel

TURNED_OFF = "Sending messages to this app has been turned off."
TROUBLE = "We had some trouble connecting. Try again?"


def person_of(told: Json) -> str:
    """The acting person."""
    person = told.get("as")
    if person not in PEOPLE:
        raise Refused("user_not_found")
    return str(person)


def channel_of(slack: Slack, told: Json, person: str) -> Channel:
    """A channel the person is in."""
    channel = slack.channels.get(str(told.get("channel")))
    if channel is None or person not in channel.members:
        raise Refused("channel_not_found")
    return channel


def writable(slack: Slack, channel: Channel, person: str) -> Channel:
    """The channel, when people can write in it; an archived one or a read-only tab refuses."""
    if channel.archived:
        raise Refused("is_archived")
    if channel.sort == "im" and (slack.manifest.read_only or not slack.manifest.messages_tab):
        slack.notice(person, TURNED_OFF)
        raise Refused("messages_tab_read_only")
    return channel


def spot_of(slack: Slack, told: Json) -> Spot:
    """The message or view the person acts on, as it is now."""
    person = person_of(told)
    if told.get("view_id"):
        return Spot(person, view_of(slack, person, str(told["view_id"])))
    channel = channel_of(slack, told, person)
    ts = str(told.get("message_ts"))
    if ephemeral := slack.messages.get_ephemeral(ts, person):
        return Spot(person, ephemeral.message, channel.id, ephemeral=True)
    message = slack.messages.get(channel.id, ts)
    if message is None:
        raise Refused("message_not_found")
    return Spot(person, slack.messages.with_counters(channel.id, message), channel.id)


def view_of(slack: Slack, person: str, view_id: str) -> Json:
    """The top modal or the Home of the person; a covered modal cannot be used."""
    home = slack.views.home(person)
    usable = [*slack.views.stack(person)[-1:], *([home] if home else [])]
    for view in usable:
        if view["id"] == view_id:
            return view
    raise Refused("view_not_found")


def failed(slack: Slack, person: str, reply: Reply, text: str) -> Json:
    """What the desk answers when the bot did not acknowledge; the person reads why."""
    slack.notice(person, text)
    return {"ok": False, "error": failure_of(reply)}


def failure_of(reply: Reply) -> str:
    """Slack's word for how an acknowledgement failed."""
    return "operation_timeout" if reply.reason == "http_timeout" else "dispatch_failed"
