"""People and channels are shown by name: no id of theirs stands in a text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sandbox.slack.validate.finding import Finding
from sandbox.slack.validate.recording import Call, Delivery, Line
from sandbox.slack.validate.texts import KNOWN_SIGN, Said, said_in
from sandbox.slack.wire import Json

IDS = ("user", "user_id", "channel", "channel_id")


def name_findings(lines: Sequence[Line]) -> Iterator[Finding]:
    """Every text that shows an id which came with some delivery."""
    ids = {id_ for line in lines if isinstance(line, Delivery) for id_ in _ids(line.body)}
    if not ids:
        return
    shown = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(ids)))})\b")
    for line in lines:
        call = line.method if isinstance(line, Call) else line.kind
        for said in _said(line):
            if found := shown.search(KNOWN_SIGN.sub("", said.text)):
                yield Finding(line.line, call, said.pointer, f"shows the raw id {found[0]}")


def _said(line: Line) -> Iterator[Said]:
    if isinstance(line, Call):
        yield from said_in(line.args, "")
    elif isinstance(line.answer, str):
        yield Said("/answer", line.answer, "")
    else:
        yield from said_in(line.answer, "/answer")


def _ids(body: Json) -> Iterator[str]:
    for told in (body, body.get("event")):
        for name in IDS if isinstance(told, dict) else ():
            value = told.get(name) if isinstance(told, dict) else None
            id_ = value.get("id") if isinstance(value, dict) else value
            if isinstance(id_, str) and len(id_) > 4:
                yield id_
