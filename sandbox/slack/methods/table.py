"""Which methods there are, which scopes they need, and who may call them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.slack.blocks.catalog import HOME, MESSAGE, MODAL
from sandbox.slack.blocks.check import checked_message_blocks, checked_view
from sandbox.slack.methods import chat, conversations, files, people, reactions, views
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, invalid_arguments

Call = Callable[[Slack, Json], Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Method:
    """One method: any one of its scopes suffices, and only its kind of token."""

    call: Call
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
            checked_view(sent, surface, slack.files.image_ready)
        else:
            in_message = given[0] == MESSAGE and isinstance(sent, dict)
            blocks = sent.get("blocks") if in_message else sent
            checked_message_blocks(blocks, slack.files.image_ready)
    except Refused as refused:
        lines = refused.extra.get("response_metadata", {}).get("messages", [refused.error])
        raise Refused("invalid_blocks", errors=[_problem(line) for line in lines]) from None
    return {}


def _problem(line: str) -> Json:
    message, _, pointer = line.removeprefix("[ERROR] ").partition(" [json-pointer:")
    return {"pointer": pointer.rstrip("]"), "code": "invalid", "message": message}


_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")

METHODS = {
    "api.test": Method(people.api_test, token="none"),  # noqa: S106
    "auth.test": Method(people.auth_test),
    "apps.connections.open": Method(connections_open, token="app"),  # noqa: S106
    "blocks.validate": Method(blocks_validate, token="none"),  # noqa: S106
    "bots.info": Method(people.bots_info, ("users:read",)),
    "team.info": Method(people.team_info, ("team:read",)),
    "chat.postMessage": Method(chat.post_message, ("chat:write",)),
    "chat.update": Method(chat.update, ("chat:write",)),
    "chat.delete": Method(chat.delete, ("chat:write",)),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink),
    "conversations.open": Method(conversations.open_conversation, ("im:write", "mpim:write")),
    "conversations.info": Method(conversations.info, _READ),
    "conversations.list": Method(conversations.list_conversations, _READ),
    "conversations.members": Method(conversations.members, _READ),
    "conversations.history": Method(conversations.history, _HISTORY),
    "conversations.replies": Method(conversations.replies, _HISTORY),
    "users.info": Method(people.info, ("users:read",)),
    "users.list": Method(people.list_users, ("users:read",)),
    "users.lookupByEmail": Method(people.lookup_by_email, ("users:read.email",)),
    "views.open": Method(views.open_view),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
    "views.publish": Method(views.publish),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",)),
    "files.info": Method(files.info, ("files:read",)),
    "reactions.add": Method(reactions.add, ("reactions:write",)),
    "reactions.remove": Method(reactions.remove, ("reactions:write",)),
}
