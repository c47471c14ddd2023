"""Files that people bring: for a field of a modal, or to share in a conversation."""

from __future__ import annotations

from sandbox.slack.desk.who import person_of
from sandbox.slack.files import File
from sandbox.slack.methods.files import told_file
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, invalid_arguments

LARGEST = 50_000_000  # bytes; a real workspace takes a gigabyte


def upload(slack: Slack, told: Json, content: bytes) -> Json:
    """Takes the bytes of a person's file; it is known at once."""
    person = person_of(told)
    name = str(told.get("name") or "")
    if not name or not content or len(content) > LARGEST:
        raise invalid_arguments(f"name and 1 to {LARGEST} bytes are needed")
    file = slack.files.expect(name, len(content), keeps_share=True)
    file.user, file.processing = person, 0.0
    slack.files.receive(file.id, content)
    slack.files.complete(file.id, name)
    return {"ok": True, "file": told_file(slack, file)}


def chosen(slack: Slack, person: str, wanted: object) -> list[File]:
    """The person's own files with these ids; anything else is refused."""
    ids = wanted if isinstance(wanted, list) else []
    files = [slack.files.get(str(one.get("id") if isinstance(one, dict) else one)) for one in ids]
    if any(file.user != person for file in files):
        raise Refused("file_not_found")
    return files
