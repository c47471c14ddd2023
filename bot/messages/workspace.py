"""The workspace as those behind the edge talk to it: its refusals become ours."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPException
from threading import BoundedSemaphore
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy import Engine

from bot.errors import NotDelivered
from bot.messages.message import Fan, LineChart

TIMEOUT = 15  # seconds
SENDERS = 4  # at once in a process; each has up to two of the store's connections


@dataclass(frozen=True, slots=True)
class Slack:
    """The workspace as the work behind the edge talks to it; `draw` makes a PNG of a chart.

    `unknown` are the kinds of block this workspace was found not to take.
    """

    client: WebClient
    store: Engine
    clock: Callable[[], datetime]
    draw: Callable[[Fan | LineChart], bytes]
    unknown: set[str] = field(default_factory=set)
    senders: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(SENDERS))


def connect(
    api_url: str,
    bot_token: str,
    store: Engine,
    clock: Callable[[], datetime],
    draw: Callable[[Fan | LineChart], bytes],
) -> Slack:
    """A conversation with one workspace.

    The library's own repeats are off: it would post a second time when only the answer was lost,
    and sleep where Slack asks to wait.
    """
    client = WebClient(
        token=bot_token,
        base_url=api_url,
        timeout=TIMEOUT,
        ssl=ssl.create_default_context() if api_url.startswith("https") else None,
        retry_handlers=[],
    )
    return Slack(client, store, clock, draw)


class BlocksRefused(Exception):
    """Slack does not take these blocks: those `at` these places, of which it does not know some."""

    def __init__(self, reason: str, pointers: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(reason)
        told = [(int(at), inside in {"", "/type"}) for at, inside in pointers]
        self.at = frozenset(at for at, _ in told)
        self.unknown = frozenset(at for at, as_such in told if as_such)


class Gone(Exception):
    """The message is not there any more."""


class Limited(NotDelivered):
    """Slack asks to be left alone for so many seconds, and did nothing."""

    def __init__(self, words: str, seconds: float = 1.0) -> None:
        super().__init__(words, passing=True)
        self.seconds = seconds


class ShutOut(NotDelivered):
    """Slack does not know the token just now; an app that is installed again is let in again."""


class Lost(NotDelivered):
    """No answer that says whether it was done; `hung` where Slack may still be doing it."""

    def __init__(self, words: str, *, hung: bool = False) -> None:
        super().__init__(words, passing=True)
        self.hung = hung


_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_REFUSED = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
_SHUT_OUT = {"not_authed", "invalid_auth", "token_revoked", "token_expired", "account_inactive"}
_PASSING = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
_WORD = re.compile(r"[a-z][a-z0-9_]*")  # anything else is no answer of Slack's, but of a proxy
_POINTER = re.compile(r"/blocks/(\d+)([\w/]*)")


def call(method: Callable[..., SlackResponse], **said: Any) -> SlackResponse:
    """One call; what another world may throw becomes ours here."""
    try:
        return method(**{name: value for name, value in said.items() if value is not None})
    except SlackApiError as error:
        raise _ours(error) from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        cause = error.reason if isinstance(error, URLError) else error
        raise Lost("Slack did not answer", hung=isinstance(cause, TimeoutError)) from error


def _ours(error: SlackApiError) -> Exception:
    answer = error.response
    reason, status = _reason(answer), int(getattr(answer, "status_code", 200))
    if reason == "ratelimited" or status == 429:
        return Limited("Slack asks to wait", _seconds(answer))
    if reason in _REFUSED:
        return BlocksRefused(reason, _named(answer))
    if reason in _GONE:
        return Gone(reason)
    if reason in _SHUT_OUT:
        return ShutOut(reason)
    if reason in _PASSING or status >= 500 or not _WORD.fullmatch(reason):
        return Lost(f"Slack answered {status}")
    return NotDelivered(reason, passing=False)


def _reason(answer: Any) -> str:  # an answer, or what a proxy says instead of one
    data = getattr(answer, "data", answer)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _seconds(answer: Any) -> float:
    """How long Slack asks to wait; header names come in any case."""
    headers = {str(name).lower(): value for name, value in getattr(answer, "headers", {}).items()}
    asked = headers.get("retry-after", "1")
    asked = asked[0] if isinstance(asked, list) else asked
    return float(asked) if str(asked).strip().isdigit() else 1.0


def _named(answer: Any) -> list[tuple[str, str]]:
    """The blocks that the refusal names, and where inside of them."""
    data = getattr(answer, "data", {})
    told = [*data.get("errors", ()), *data.get("response_metadata", {}).get("messages", ())]
    return _POINTER.findall(str(told))
