"""The workspace as those behind the edge talk to it: its refusals become ours."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web import SlackResponse
from sqlalchemy import Engine

from bot.errors import NotDelivered


@dataclass(frozen=True, slots=True)
class Slack:
    """The workspace as the work behind the edge talks to it."""

    client: WebClient
    store: Engine
    clock: Callable[[], datetime]


def connect(api_url: str, bot_token: str, store: Engine, clock: Callable[[], datetime]) -> Slack:
    """A conversation with one workspace; waits as long as Slack asks when it says 429.

    The library's own repeats are off: it would post a second time when only the answer was lost.
    """
    client = WebClient(
        token=bot_token,
        base_url=api_url,
        timeout=15,
        ssl=ssl.create_default_context() if api_url.startswith("https") else None,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=3)],
    )
    return Slack(client, store, clock)


class BlocksRefused(Exception):
    """Slack does not take these blocks."""


class Gone(Exception):
    """The message is not there any more."""


_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_REFUSED = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
_PASSING = {"ratelimited", "internal_error", "fatal_error", "service_unavailable"}


def call(method: Callable[..., SlackResponse], **said: Any) -> SlackResponse:
    """One call; what another world may throw becomes ours here."""
    try:
        return method(**{name: value for name, value in said.items() if value is not None})
    except SlackApiError as error:
        reason = str(error.response.get("error", "")) if error.response else ""
        if reason in _REFUSED:
            raise BlocksRefused(reason) from error
        if reason in _GONE:
            raise Gone(reason) from error
        passing = reason in _PASSING or getattr(error.response, "status_code", 200) >= 500
        raise NotDelivered(reason or "Slack refused it", passing=passing) from error
    except (URLError, HTTPException, TimeoutError, ConnectionError, ValueError) as error:
        raise NotDelivered("Slack did not answer", passing=True) from error
