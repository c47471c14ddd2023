"""What happens by itself: waiting messages are posted, streams closed, statuses taken away."""

from __future__ import annotations

import asyncio

from sandbox.slack.methods.files import resume_shares
from sandbox.slack.methods.streams import finish
from sandbox.slack.postings import post, tell_assistant, where_bot_may_write
from sandbox.slack.scheduled import Waiting
from sandbox.slack.state import Slack
from sandbox.slack.wire import Refused

PAUSE = 0.05  # seconds between two looks at the clock


def wind_up(slack: Slack) -> None:
    """Takes up what an earlier run left waiting, and keeps time until the workspace closes."""
    resume_shares(slack)
    slack.later(_keep_time(slack))


async def _keep_time(slack: Slack) -> None:
    while True:
        tick(slack)
        await asyncio.sleep(PAUSE)


def tick(slack: Slack) -> None:
    """Does what is due now."""
    for waiting in slack.scheduled.due():
        _post(slack, waiting)
    for stream in slack.streams.over():
        message = slack.messages.get(stream.channel, stream.ts)
        if message and not stream.stopped_by_user:
            finish(slack, stream, message, "completed")
        else:
            slack.streams.end(stream)
    for thread in slack.assistant.over():
        slack.assistant.set_status(thread, "", ())
        tell_assistant(slack, thread)


def _post(slack: Slack, waiting: Waiting) -> None:
    """Posts a waiting message, unless the bot may no longer write there."""
    slack.scheduled.take(waiting.id, waiting.channel)
    if "metadata" in waiting.told:
        return  # Slack takes such a message and never posts it
    try:
        post(slack, where_bot_may_write(slack, waiting.channel), waiting.told)
    except Refused:
        return
