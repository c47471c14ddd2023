"""How the arguments of a call come: as JSON, as a form, or in the query; always the same ones."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from sandbox.slack.wire import Json, Refused, read_json

NESTED = (
    "blocks", "attachments", "view", "metadata", "files", "chunks", "prompts",
    "loading_messages", "message",
)  # fmt: skip
CHARSETS = ("utf-8", "utf8", "iso-8859-1")
NO_CHARSET = (
    "[WARN] A Content-Type HTTP header was presented but did not declare a charset, such as a"
    " 'utf-8'"
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was sent, how, and what Slack would rather have seen."""

    args: Json = field(default_factory=dict)
    encoding: str = "query"
    warning: str = ""

    def warned(self, answer: Json) -> Json:
        """An answer with the warning in both of its places."""
        if not self.warning:
            return answer
        metadata = {**answer.get("response_metadata", {}), "warnings": [self.warning]}
        if self.warning == "missing_charset":
            metadata["messages"] = [*metadata.get("messages", []), NO_CHARSET]
        return {**answer, "warning": self.warning, "response_metadata": metadata}


def read_arguments(content_type: str, body: bytes, query: str) -> Arguments:
    """The arguments of a call; refused when body and content type do not go together."""
    asked: Json = dict(parse_qsl(query, keep_blank_values=True))
    if not body:
        return Arguments(_unfolded(asked))
    header = Message()
    header["content-type"] = content_type
    kind, charset = header.get_content_type(), header.get_content_charset()
    if not content_type:
        raise Refused("missing_post_type")
    if charset and charset not in CHARSETS:
        raise Refused("invalid_charset")
    if kind == "application/json":
        sent = _json(body, charset)
        return Arguments(_unfolded(asked | sent), "json", "" if charset else "missing_charset")
    if kind in ("application/x-www-form-urlencoded", "text/plain"):
        warning = "superfluous_charset" if charset else ""
        return Arguments(_unfolded(asked | _form(body)), "form", warning)
    if kind == "multipart/form-data":
        return Arguments(_unfolded(asked | parts(content_type, body)), "form")
    raise Refused("invalid_post_type")


def _json(body: bytes, charset: str | None) -> Json:
    try:
        sent = read_json(body.decode(charset or "utf-8"))
    except UnicodeDecodeError:
        raise Refused("invalid_json") from None
    if not isinstance(sent, dict):
        raise Refused("json_not_object")
    return sent


def _form(body: bytes) -> Json:
    try:
        text = body.decode().strip("&\r\n")
        return dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise Refused("invalid_form_data") from None


def parts(content_type: str, body: bytes) -> Json:
    """The fields of a multipart form by name, as text."""
    form = message_from_bytes(f"content-type: {content_type}\r\n\r\n".encode() + body)
    if not form.is_multipart():
        raise Refused("invalid_form_data")
    told: Json = {}
    for part in form.walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            told[name] = content.decode(errors="replace")
    return told


def _unfolded(args: Json) -> Json:
    """Nested values may travel as JSON text in any encoding."""
    return {name: _value(name, value) for name, value in args.items()}


def _value(name: str, value: Any) -> Any:
    if name in NESTED and isinstance(value, str) and value.strip()[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
