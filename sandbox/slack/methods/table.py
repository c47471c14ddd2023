"""Which methods there are, which scopes they need, and who may call them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.slack.accepting import accepted_blocks, accepted_view
from sandbox.slack.blocks.catalog import HOME, MESSAGE, MODAL
from sandbox.slack.methods import (
    assistant,
    chat,
    conversations,
    files,
    oauth,
    people,
    reactions,
    scheduled,
    streams,
    views,
)
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, invalid_arguments

Call = Callable[[Slack, Json], Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Method:
    """One method: any one of its scopes suffices, and only its kind of token."""

    call: Call
    tier: int  # of Slack's four; 0 is not counted
    scopes: tuple[str, ...] = ()
    token: str = "bot"  # noqa: S105  "bot", "app" or "none": a kind, not a secret


async def connections_open(slack: Slack, args: Json) -> Json:  # noqa: ARG001
    """A websocket address, good for one connection."""
    if slack.sockets is None:
        raise Refused("internal_error")
    return {"url": slack.sockets.new_address()}


async def blocks_validate(slack: Slack, args: Json) -> Json:
    """Whether Slack would take these blocks, this view or this message."""
    given = [name for name in ("blocks", "view", "message") if args.get(name)]
    if len(given) != 1:
        raise invalid_arguments("must provide exactly one of blocks, view, message")
    sent = args[given[0]]
    try:
        if given[0] == "view":
            surface = HOME if isinstance(sent, dict) and sent.get("type") == HOME else MODAL
            accepted_view(slack, sent, surface)
        else:
            in_message = given[0] == MESSAGE and isinstance(sent, dict)
            blocks = sent.get("blocks") if in_message else sent
            accepted_blocks(slack, blocks)
    except Refused as refused:
        lines = refused.extra.get("response_metadata", {}).get("messages", [refused.error])
        raise Refused("invalid_blocks", errors=[_problem(line) for line in lines]) from None
    return {}


def _problem(line: str) -> Json:
    message, _, pointer = line.removeprefix("[ERROR] ").partition(" [json-pointer:")
    return {"pointer": pointer.rstrip("]"), "code": "invalid", "message": message}


_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_WRITE = ("chat:write",)
_ASSIST = ("assistant:write",)

METHODS = {
    "api.test": Method(people.api_test, 4, token="none"),  # noqa: S106
    "auth.test": Method(people.auth_test, 0),
    "apps.connections.open": Method(connections_open, 3, token="app"),  # noqa: S106
    "assistant.threads.setStatus": Method(assistant.set_status, 0, (*_WRITE, *_ASSIST)),
    "assistant.threads.setTitle": Method(assistant.set_title, 4, _ASSIST),
    "assistant.threads.setSuggestedPrompts": Method(assistant.set_suggested_prompts, 4, _ASSIST),
    "blocks.validate": Method(blocks_validate, 4, token="none"),  # noqa: S106
    "bots.info": Method(people.bots_info, 3, ("users:read",)),
    "team.info": Method(people.team_info, 3, ("team:read",)),
    "chat.postMessage": Method(chat.post_message, 0, _WRITE),
    "chat.update": Method(chat.update, 3, _WRITE),
    "chat.delete": Method(chat.delete, 3, _WRITE),
    "chat.postEphemeral": Method(chat.post_ephemeral, 4, _WRITE),
    "chat.getPermalink": Method(chat.get_permalink, 0),
    "chat.startStream": Method(streams.start, 2, _WRITE),
    "chat.appendStream": Method(streams.append, 4, _WRITE),
    "chat.stopStream": Method(streams.stop, 2, _WRITE),
    "chat.scheduleMessage": Method(scheduled.schedule, 3, _WRITE),
    "chat.deleteScheduledMessage": Method(scheduled.delete, 3, _WRITE),
    "chat.scheduledMessages.list": Method(scheduled.list_scheduled, 3),
    "conversations.open": Method(conversations.open_conversation, 3, ("im:write", "mpim:write")),
    "conversations.info": Method(conversations.info, 3, _READ),
    "conversations.join": Method(conversations.join, 3, ("channels:join",)),
    "conversations.leave": Method(conversations.leave, 3, ("channels:manage", "groups:write")),
    "conversations.list": Method(conversations.list_conversations, 2, _READ),
    "conversations.members": Method(conversations.members, 4, _READ),
    "conversations.history": Method(conversations.history, 3, _HISTORY),
    "conversations.replies": Method(conversations.replies, 3, _HISTORY),
    "oauth.v2.access": Method(oauth.access, 4, token="none"),  # noqa: S106
    "users.info": Method(people.info, 4, ("users:read",)),
    "users.list": Method(people.list_users, 2, ("users:read",)),
    "users.lookupByEmail": Method(people.lookup_by_email, 3, ("users:read.email",)),
    "views.open": Method(views.open_view, 4),
    "views.push": Method(views.push, 4),
    "views.update": Method(views.update, 4),
    "views.publish": Method(views.publish, 4),
    "files.getUploadURLExternal": Method(files.get_upload_url, 4, ("files:write",)),
    "files.completeUploadExternal": Method(files.complete_upload, 4, ("files:write",)),
    "files.info": Method(files.info, 4, ("files:read",)),
    "files.delete": Method(files.delete, 3, ("files:write",)),
    "reactions.add": Method(reactions.add, 3, ("reactions:write",)),
    "reactions.get": Method(reactions.get, 3, ("reactions:read",)),
    "reactions.remove": Method(reactions.remove, 2, ("reactions:write",)),
}
# counted by channel instead of by tier
POSTS = frozenset({"chat.postMessage"})
