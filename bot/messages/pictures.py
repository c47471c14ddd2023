"""The pictures of a message: drawn, handed to Slack once, and known by what they show."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from bot.errors import NotDelivered
from bot.messages import files
from bot.messages.message import Fan, LineChart
from bot.messages.picture import key_of
from bot.messages.workspace import Limited, Slack
from bot.store.uploads import ready_under

WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds to the next try
PATIENCE = 30.0  # seconds within which the last one begins

log = logging.getLogger("tieout.slack")


def known_files(slack: Slack, parts: Iterable[Fan | LineChart]) -> dict[str, str]:
    """The files of those of these pictures that Slack has."""
    keys = {_file_key(part): key_of(part) for part in parts}
    if not keys:
        return {}
    return {keys[key]: file for key, file in ready_under(slack.store, list(keys)).items()}


def fetch(slack: Slack, parts: Iterable[Fan | LineChart]) -> Future[dict[str, str]]:
    """The files of these pictures, coming: drawn and handed over in a thread of their own."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")
    coming = thread.submit(lambda: {key_of(part): _patiently(slack, part) for part in parts})
    thread.shutdown(wait=False)
    return coming


def _patiently(slack: Slack, part: Fan | LineChart) -> str:
    """The file, also where Slack does not take it at once."""
    until = time.monotonic() + PATIENCE
    for wait in WAITS:
        try:
            return file_of(slack, part)
        except NotDelivered as why:
            seconds = max(wait, why.seconds) if isinstance(why, Limited) else wait
            if not why.passing or time.monotonic() + seconds > until:
                raise
            log.info("a picture waits: %s; again in %.3g s", why, seconds)
            time.sleep(seconds)
    return file_of(slack, part)


def file_of(slack: Slack, part: Fan | LineChart) -> str:
    """The file that shows it, drawn and handed over if it was not yet. Raises NotDelivered."""
    if known := known_files(slack, [part]):
        return known[key_of(part)]
    key = key_of(part)
    return files.upload(slack, _file_key(part), f"{key[:12]}.png", slack.draw(part), part.title)


def arrived(coming: Future[dict[str, str]], within: float) -> dict[str, str] | None:
    """The files where they came in time, None where they are still to come; {} where none will.

    A picture that fails fails nothing else: whatever went wrong with it, the figures are said.
    """
    try:
        failed = coming.exception(within)
    except TimeoutError:
        return None
    if failed is None:
        return coming.result()
    log.warning("a picture is left out: %s", type(failed).__name__)
    return {}


def _file_key(part: Fan | LineChart) -> str:
    return f"picture:{key_of(part)}"
