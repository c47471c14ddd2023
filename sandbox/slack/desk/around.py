"""What stands around a conversation: status, prompts, threads of the assistant, who is in."""

from __future__ import annotations

from sandbox.slack.delivery import deliver_event
from sandbox.slack.desk.who import channel_of, person_of
from sandbox.slack.methods.conversations import bring, take_out
from sandbox.slack.payloads import event
from sandbox.slack.postings import bot_message
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused
from sandbox.slack.workspace import BOT_USER, PEOPLE, TEAM, Channel


def assistant(slack: Slack, told: Json) -> Json:
    """What the app shows around a conversation."""
    channel = channel_of(slack, told, person_of(told))
    return slack.assistant.told((channel.id, str(told.get("thread_ts") or "")))


def scheduled(slack: Slack, told: Json) -> Json:
    """What waits to be posted where the person is."""
    person = person_of(told)
    wanted = str(told.get("channel") or "") or None
    return {
        "scheduled": [
            {"id": one.id, "channel": one.channel, "post_at": one.post_at, **one.told}
            for one in slack.scheduled.of(wanted)
            if person in slack.channels[one.channel].members
        ]
    }


async def look(slack: Slack, told: Json) -> Json:
    """Tells the bot what the person looks at, where it asked to know."""
    person = person_of(told)
    channel = channel_of(slack, told, person)
    if slack.manifest.agent and slack.manifest.hears("app_context_changed"):
        await deliver_event(slack, event(slack, _context(slack, person, channel)))
    thread = _latest_thread(slack, person)
    if thread and slack.manifest.assistant:
        changed = _thread_event(slack, "assistant_thread_context_changed", person, thread, channel)
        await _deliver(slack, changed)
    return {"ok": True}


async def start_thread(slack: Slack, told: Json) -> Json:
    """Opens a new thread with the assistant, as the older surface does."""
    person = person_of(told)
    if not slack.manifest.assistant:
        raise Refused("not_enabled")
    dm = PEOPLE[person].dm
    text = {"subtype": "assistant_app_thread", "text": "New Assistant Thread"}
    message = bot_message(slack, text)
    slack.messages.add(dm, {**message, "thread_ts": message["ts"]})
    slack.tell(dm)
    await _deliver(slack, _thread_event(slack, "assistant_thread_started", person, message["ts"]))
    return {"ok": True, "ts": message["ts"]}


async def invite(slack: Slack, told: Json) -> Json:
    """Brings the bot into a channel."""
    person = person_of(told)
    channel = channel_of(slack, told, person)
    _open_channel(channel)
    if BOT_USER in channel.members:
        raise Refused("already_in_channel")
    bring(slack, channel.id, BOT_USER, person)
    return {"ok": True}


async def uninvite(slack: Slack, told: Json) -> Json:
    """Takes the bot out of a channel."""
    person = person_of(told)
    channel = channel_of(slack, told, person)
    _open_channel(channel)
    if BOT_USER not in channel.members:
        raise Refused("not_in_channel")
    take_out(slack, channel.id, BOT_USER, person)
    return {"ok": True}


def _open_channel(channel: Channel) -> None:
    if channel.sort == "im":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")


def _context(slack: Slack, person: str, channel: Channel) -> Json:
    entity = {"type": "slack#/types/channel_id", "value": channel.id, "team_id": TEAM}
    return {
        "type": "app_context_changed",
        "user": person,
        "channel": PEOPLE[person].dm,
        "context": {"entities": [entity]},
        "event_ts": slack.stamps.next(),
    }


def _latest_thread(slack: Slack, person: str) -> str | None:
    own = [
        message["ts"]
        for message in slack.messages.top(PEOPLE[person].dm)
        if message.get("subtype") == "assistant_app_thread"
    ]
    return own[-1] if own else None


def _thread_event(
    slack: Slack, kind: str, person: str, ts: str, channel: Channel | None = None
) -> Json:
    seen = {"channel_id": channel.id, "team_id": TEAM, "enterprise_id": None} if channel else {}
    where = {"user_id": person, "channel_id": PEOPLE[person].dm, "thread_ts": ts}
    thread = {**where, "context": seen}
    return {"type": kind, "assistant_thread": thread, "event_ts": slack.stamps.next()}


async def _deliver(slack: Slack, inner: Json) -> None:
    if slack.manifest.hears(inner["type"]):
        await deliver_event(slack, event(slack, inner))
