"""A sentence for one person alone: where they typed or tapped, else by direct message."""

from __future__ import annotations

import logging
from typing import Any

from bot.desk.desk import Desk, reference
from bot.errors import NotDelivered
from bot.messages import send
from bot.messages.message import Message, Paragraph

log = logging.getLogger("tieout")


def tell(desk: Desk, key: str, args: Any, about: str, sentence: str | Paragraph) -> None:
    """The sentence, to whoever asked for the job with this key and these arguments.

    By direct message where there is no address to answer (a window sent back, a tap on the Home)
    or the address takes nothing: what is only seen at once must not be lost.
    """
    if not (args.get("response_url") and _whispered(args["response_url"], key, sentence)):
        try:
            send.post(desk.slack, f"whisper:{key}", args["user"], Message(about, sentence))
        except NotDelivered:
            log.warning("nobody could be told about %s", reference(key))


def _whispered(response_url: str, key: str, sentence: str | Paragraph) -> bool:
    try:
        send.whisper(response_url, sentence)
    except NotDelivered as why:
        log.info("what is said about %s goes by direct message: %s", reference(key), why)
        return False
    return True
