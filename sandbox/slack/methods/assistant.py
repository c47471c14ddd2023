"""assistant.threads.*: the status, the title and the prompts of a conversation with the app."""

from __future__ import annotations

from sandbox.slack.postings import tell_assistant, where_bot_may_write
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, invalid_arguments, needed

MOST_PROMPTS = 4
MOST_LOADING_MESSAGES = 10


async def set_status(slack: Slack, args: Json) -> Json:
    """Shows what the app is doing; the next message or two minutes take it away."""
    needed(args, "channel_id", "thread_ts")
    if "status" not in args:
        raise invalid_arguments("missing required field: status")
    loading = args.get("loading_messages") or []
    if not isinstance(loading, list) or not all(isinstance(one, str) for one in loading):
        raise invalid_arguments("must provide an array of strings [json-pointer:/loading_messages]")
    if len(loading) > MOST_LOADING_MESSAGES:
        raise invalid_arguments(
            f"no more than {MOST_LOADING_MESSAGES} items allowed [json-pointer:/loading_messages]"
        )
    thread = _thread(slack, args)
    slack.assistant.set_status(thread, str(args["status"]), tuple(loading))
    tell_assistant(slack, thread)
    return {}


async def set_title(slack: Slack, args: Json) -> Json:
    """Names a thread of a direct message."""
    needed(args, "channel_id", "thread_ts", "title")
    thread = _thread(slack, args)
    _only_direct(slack, thread[0])
    slack.assistant.set_title(thread, str(args["title"]))
    tell_assistant(slack, thread)
    return {}


async def set_suggested_prompts(slack: Slack, args: Json) -> Json:
    """Suggests up to four things to ask, in a thread or at the top of the conversation."""
    needed(args, "channel_id", "prompts")
    prompts = args["prompts"]
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise invalid_arguments(f"must provide 1 to {MOST_PROMPTS} items [json-pointer:/prompts]")
    if any(not isinstance(p, dict) or not p.get("title") or not p.get("message") for p in prompts):
        raise invalid_arguments("missing required field: title, message [json-pointer:/prompts]")
    if slack.manifest.agent and args.get("thread_ts"):
        return {}  # Slack says yes and shows nothing
    thread = _thread(slack, args)
    _only_direct(slack, thread[0])
    shown = [{"title": str(p["title"]), "message": str(p["message"])} for p in prompts]
    slack.assistant.set_prompts(thread, str(args.get("title") or ""), shown)
    tell_assistant(slack, thread)
    return {}


def _thread(slack: Slack, args: Json) -> tuple[str, str]:
    channel = where_bot_may_write(slack, args["channel_id"])
    ts = str(args.get("thread_ts") or "")
    if ts and slack.messages.get(channel, ts) is None:
        raise Refused("invalid_thread_ts")
    return channel, ts


def _only_direct(slack: Slack, channel: str) -> None:
    if slack.channels[channel].sort != "im":
        raise Refused("channel_not_found")
