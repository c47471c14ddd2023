"""Files handed to Slack, each once: an address is asked for, the bytes go there, Slack is told.

A file whose bytes arrived and that was never completed does not exist, so a try that died before
is begun anew; one that may have been completed is asked for by its id first.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.errors import NotDelivered
from bot.messages.workspace import Limited, Lost, Slack, call
from bot.store.canonical import read_instant
from bot.store.turn import turn
from bot.store.uploads import Upload, keep_upload, upload_under

LOOKS = (0.2, 0.3, 0.5, 1.0, *(2.0 for _ in range(9)))  # seconds between looks, 20 in all
SENDING = 30.0  # seconds for the bytes
HUNG = timedelta(seconds=30)  # in which Slack may share a file though it did not say so in time


def upload(slack: Slack, key: str, name: str, content: bytes, title: str) -> str:
    """The id of this file in Slack, handed over if it was not yet; it is in no channel.

    Returns when Slack has processed it, so that a block may show it. Raises NotDelivered.
    """
    with turn(slack.store, f"upload:{key}"):
        return _handed_over(slack, key, name, content, {"title": title}, {})


def share(
    slack: Slack, key: str, channel: str, name: str, content: bytes, title: str, words: str
) -> None:
    """A message with this file and these words in the channel, once. Raises NotDelivered."""
    with turn(slack.store, f"upload:{key}"):
        said = {"channel_id": channel, "initial_comment": words}
        _handed_over(slack, key, name, content, {"title": title}, said)


def _handed_over(
    slack: Slack, key: str, name: str, content: bytes, file: dict[str, str], said: dict[str, str]
) -> str:
    begun = upload_under(slack.store, key)
    if begun and begun.state == "ready":
        return begun.file_id
    if begun is None or not _exists(slack, begun.file_id):
        if begun and begun.state == "told" and slack.clock() - read_instant(begun.at) < HUNG:
            raise Lost("Slack may still be sharing the file")
        begun = _sent(slack, key, name, content)
        _complete(slack, key, begun, file, said)
    _wait(slack, begun.file_id)
    keep_upload(slack.store, key, Upload(begun.file_id, "ready"), slack.clock())
    return begun.file_id


def _complete(
    slack: Slack, key: str, begun: Upload, file: dict[str, str], said: dict[str, str]
) -> None:
    """Told that the file is whole, and where it goes; what hangs may be done after all."""
    if said:
        keep_upload(slack.store, key, replace(begun, state="told"), slack.clock())
    try:
        # No `alt_txt` anywhere: it has been seen to keep Slack from sharing the file.
        done = slack.client.files_completeUploadExternal
        call(done, files=[{"id": begun.file_id, **file}], **said)
    except NotDelivered as why:
        if not (isinstance(why, Lost) and why.hung):
            keep_upload(slack.store, key, begun, slack.clock())
        raise


def _sent(slack: Slack, key: str, name: str, content: bytes) -> Upload:
    """The bytes at the address that Slack gave for them."""
    asked = call(slack.client.files_getUploadURLExternal, filename=name, length=len(content))
    begun = Upload(str(asked["file_id"]), "asked")
    keep_upload(slack.store, key, begun, slack.clock())
    address = str(asked["upload_url"])
    if not is_slacks(address, slack.client.base_url):
        raise NotDelivered("Slack named an address that is not its own", passing=False)
    try:
        answer = httpx.post(address, content=content, timeout=SENDING, follow_redirects=False)
    except httpx.TransportError as error:
        raise Lost("Slack did not answer") from error
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise Limited("Slack asks to wait")
    if not answer.is_success:
        raise NotDelivered(f"Slack answered {answer.status_code}", passing=answer.is_server_error)
    return begun


def is_slacks(address: str, api: str) -> bool:
    """Whether a file may go there: where the API is, or another host of Slack's over https."""
    to, at = urlsplit(address), urlsplit(api)
    if (to.scheme, to.netloc) == (at.scheme, at.netloc):
        return True
    names = [(host or "").lower() for host in (to.hostname, at.hostname)]
    return to.scheme == "https" and all(f".{name}".endswith(".slack.com") for name in names)


def _exists(slack: Slack, file_id: str) -> bool:
    return _asked_about(slack, file_id) is not None


def _wait(slack: Slack, file_id: str) -> None:
    """Until Slack knows what kind of file it is; before that no block may show it."""
    for wait in LOOKS:
        if (_asked_about(slack, file_id) or {}).get("mimetype"):
            return
        time.sleep(wait)
    raise Lost("Slack is not done with the file")


def _asked_about(slack: Slack, file_id: str) -> Any:  # a file as Slack tells it
    try:
        return call(slack.client.files_info, file=file_id)["file"]
    except NotDelivered as why:
        if str(why) == "file_not_found":
            return None
        raise
