"""What the page shows a person: channels, messages, modals, Home, and the record."""

from __future__ import annotations

from sandbox.slack.desk.who import channel_of, person_of
from sandbox.slack.messages import without_metadata
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json
from sandbox.slack.workspace import (
    APP,
    BOT,
    BOT_NAME,
    BOT_USER,
    PEOPLE,
    TEAM,
    TEAM_DOMAIN,
    TEAM_NAME,
    Person,
)


def state(slack: Slack, told: Json) -> Json:
    """Who I am, whom and what I can see, and which commands there are."""
    person = person_of(told)
    shown = ("command", "description", "usage_hint")
    return {
        "team": {"id": TEAM, "name": TEAM_NAME, "domain": TEAM_DOMAIN},
        "me": _person(PEOPLE[person]),
        "people": [_person(each) for each in PEOPLE.values()],
        "channels": [
            {
                "id": channel.id,
                "name": BOT_NAME if channel.kind == "im" else channel.name,
                "kind": channel.kind,
                "topic": channel.topic,
                "members": list(channel.members),
                "is_private": channel.private,
                "is_archived": channel.archived,
                "is_ext_shared": channel.shared,
                **_read(slack, person, channel.id),
            }
            for channel in slack.channels.values()
            if person in channel.members
        ],
        "commands": [
            {name: c.get(name, "") for name in shown} for c in slack.manifest.commands or ()
        ],
        "shortcuts": list(slack.manifest.shortcuts),
        "bot": {
            "id": BOT_USER,
            "bot_id": BOT,
            "app_id": APP,
            "name": BOT_NAME,
            "home": slack.manifest.home_tab and slack.manifest.hears("app_home_opened"),
            "messages_tab": slack.manifest.messages_tab,
            "messages_read_only": slack.manifest.read_only,
            "agent": slack.manifest.agent,
        },
    }


def messages(slack: Slack, told: Json) -> Json:
    """A channel or a thread, oldest first, with what only this person sees."""
    person = person_of(told)
    channel = channel_of(slack, told, person)
    thread = str(told.get("thread_ts") or "")
    everything = slack.messages
    posted = everything.thread(channel.id, thread) if thread else everything.top(channel.id)
    own = [
        message
        for message in everything.ephemerals(channel.id, person)
        if message.get("thread_ts", "") == thread
    ]
    shown = sorted([*posted, *own], key=lambda message: str(message["ts"]))
    return {"messages": [_shown(message) for message in shown]}


def views(slack: Slack, told: Json) -> Json:
    """The open modals, top last."""
    return {"stack": [slack.views.told(view) for view in slack.views.stack(person_of(told))]}


def home(slack: Slack, told: Json) -> Json:
    """The Home tab; null before it was published."""
    view = slack.views.home(person_of(told))
    return {"view": slack.views.told(view) if view else None}


def _person(person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "tz": person.tz,
        "team_id": person.team,
        "is_restricted": person.guest,
        "is_stranger": person.stranger,
    }


def _read(slack: Slack, person: str, channel: str) -> Json:
    """How far the person has read, and what others said since."""
    read = slack.seen.up_to(person, channel)
    said = slack.messages.top(channel)
    new = [m for m in said if m["ts"] > read and m["user"] != person]
    return {"last_read": read, "latest": said[-1]["ts"] if said else "", "unread": len(new)}


def _shown(message: Json) -> Json:
    told = without_metadata(message)
    ephemeral = bool(told.pop("is_ephemeral", False))
    return {**told, "ephemeral": ephemeral, "reply_count": message.get("reply_count", 0)}
