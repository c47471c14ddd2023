"""What a person types: a slash command, or a message that the bot may hear."""

from __future__ import annotations

import json
import uuid

from sandbox.slack import hearing
from sandbox.slack.delivery import deliver
from sandbox.slack.desk.around import invite, uninvite
from sandbox.slack.desk.sharing import chosen
from sandbox.slack.desk.who import channel_of, failed, failure_of, person_of, writable
from sandbox.slack.files import File
from sandbox.slack.methods.files import attach
from sandbox.slack.payloads import slash_command
from sandbox.slack.people_text import as_rich_text, escaped, with_mentions
from sandbox.slack.postings import respond, slackbot_says, thread_of
from sandbox.slack.state import Slack
from sandbox.slack.tickets import ResponseUrl
from sandbox.slack.wire import Json, Refused
from sandbox.slack.workspace import BOT_NAME, PEOPLE, Channel

NOT_A_COMMAND = (
    "{} is not a valid command. In Slack, all messages that start with the “/” character are "
    "interpreted as commands.\n\nIf you are trying to send a message and not run a command, try "
    "preceding the “/” with an empty space."
)

OWN_COMMANDS = {"/invite": invite, "/remove": uninvite}  # Slack's, not the app's


async def type_text(slack: Slack, told: Json) -> Json:
    """Sends what was typed: to the bot when it is a command, else to the channel."""
    person = person_of(told)
    channel = writable(slack, channel_of(slack, told, person), person)
    text = str(told.get("text") or "").strip("\n")
    files = chosen(slack, person, told.get("files"))
    if not text.strip() and not files:
        raise Refused("no_text")
    if text.startswith("/") and not files:
        return await _typed_command(slack, person, channel, text, told)
    return await _message(slack, person, channel, told, files)


async def _typed_command(
    slack: Slack, person: str, channel: Channel, text: str, told: Json
) -> Json:
    """A command of Slack's own, or one of the app's."""
    words = text.split()
    if words[0] in OWN_COMMANDS and words[1:] == [f"@{BOT_NAME.lower()}"]:
        return await OWN_COMMANDS[words[0]](slack, told)
    return await _command(slack, person, channel, text, str(told.get("thread_ts") or ""))


async def _command(slack: Slack, person: str, channel: Channel, text: str, thread: str) -> Json:
    command, *rest = text.split(maxsplit=1)
    words = rest[0] if rest else ""
    if PEOPLE[person].stranger or not slack.manifest.knows(command):
        slackbot_says(slack, channel.id, person, NOT_A_COMMAND.format(command), thread)
        return {"ok": False, "error": "not_a_command"}
    if thread:
        sorry = f"{command} is not supported in threads. Sorry!"
        slackbot_says(slack, channel.id, person, sorry, thread)
        return {"ok": False, "error": "not_supported_in_threads"}
    if slack.manifest.escapes(command):
        words = escaped(words)
    body = slash_command(slack, person, channel.id, command, words.strip())
    reply = await deliver(slack, "slash_command", body)
    if not reply.ok:
        words = f'{command} failed with the error "{failure_of(reply)}"'
        slackbot_says(slack, channel.id, person, words)
        return failed(slack, person, reply, words)
    return _show_immediate(slack, person, channel.id, reply.body)


def _show_immediate(slack: Slack, person: str, channel: str, body: bytes) -> Json:
    """Shows what came with the acknowledgement: plain text or a message."""
    text = body.decode(errors="replace").strip()
    if not text:
        return {"ok": True}
    told: Json = {"text": text}
    if text.startswith("{"):
        told = _parsed(text)
    try:
        respond(slack, ResponseUrl(person, channel, slack.clock(), None), told)
    except Refused as refused:
        slackbot_says(slack, channel, person, f"The answer was refused: {refused.error}")
        return {**refused.answer(), "ok": False}
    return {"ok": True}


def _parsed(text: str) -> Json:
    try:
        told = json.loads(text)
    except ValueError:
        return {"text": text}
    return told if isinstance(told, dict) else {"text": text}


async def _message(
    slack: Slack, person: str, channel: Channel, told: Json, files: list[File]
) -> Json:
    text = with_mentions(str(told.get("text") or "").strip("\n"))
    who = PEOPLE[person]
    message = {
        "type": "message",
        "user": person,
        "text": text,
        "ts": slack.stamps.next(),
        "client_msg_id": str(uuid.uuid4()),
        "team": who.team,
        **({"blocks": [as_rich_text(text)]} if text else {}),
        **({"user_team": who.team, "source_team": who.team} if channel.shared else {}),
        **thread_of(slack, channel.id, told),
    }
    if files:
        message |= {"subtype": "file_share", "upload": True}
        message = attach(slack, channel.id, message, files)
    slack.messages.add(channel.id, message)
    slack.tell(channel.id)
    await hearing.tell_all(slack, channel, hearing.of_message(slack, channel, message))
    return {"ok": True, "ts": message["ts"]}
