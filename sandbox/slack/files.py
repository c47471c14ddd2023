"""Uploaded files: bytes first, completed next, known with their type a moment later."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.slack.stamps import made_up_id
from sandbox.slack.wire import Clock, Json, Refused
from sandbox.slack.workspace import BOT_USER

PROCESSING = timedelta(milliseconds=400)


@dataclass(slots=True)
class File:
    """One file, from the asked-for address to the shared message."""

    id: str
    name: str
    length: int
    keeps_share: bool
    content: bytes | None = None
    title: str = ""
    completed: datetime | None = None
    shares: dict[str, list[Json]] = field(default_factory=dict)


class Files:
    """All files of the workspace."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files: dict[str, File] = {}

    def expect(self, name: str, length: int, *, keeps_share: bool) -> File:
        """A new file whose bytes are to come."""
        file = File(made_up_id("F"), name, length, keeps_share)
        self._files[file.id] = file
        return file

    def receive(self, file_id: str, content: bytes) -> None:
        """The bytes of an expected file."""
        file = self._files.get(file_id)
        if file is None:
            raise Refused("file_not_found")
        file.content = content

    def complete(self, file_id: str, title: str) -> File:
        """Makes an uploaded file known; its type follows."""
        file = self._files.get(file_id)
        if file is None or file.content is None or file.completed is not None:
            raise Refused("file_not_found")
        file.title = title or file.name
        file.completed = self._clock()
        return file

    def get(self, file_id: str) -> File:
        """A completed file."""
        file = self._files.get(file_id)
        if file is None or file.completed is None:
            raise Refused("file_not_found")
        return file

    def processed(self, file: File) -> bool:
        """Whether its type and shares are known by now."""
        return file.completed is not None and self._clock() - file.completed >= PROCESSING

    def image_ready(self, file_id: str) -> bool:
        """Whether a block may show it: completed, processed, and an image."""
        file = self._files.get(file_id)
        return file is not None and self.processed(file) and file_type(file).startswith("image/")


def file_type(file: File) -> str:
    """The mimetype, from the name."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def file_object(file: File, base: str, *, processed: bool) -> Json:
    """A file as `files.info` and messages tell it."""
    completed = file.completed
    told: Json = {
        "id": file.id,
        "created": int(completed.timestamp()) if completed else 0,
        "timestamp": int(completed.timestamp()) if completed else 0,
        "name": file.name,
        "title": file.title,
        "mimetype": "",
        "filetype": "",
        "pretty_type": "",
        "user": BOT_USER,
        "size": len(file.content or b""),
        "mode": "hosted",
        "url_private": f"{base}files/{file.id}",
        "url_private_download": f"{base}files/{file.id}?download=1",
        "permalink": f"{base}files/{file.id}",
        "shares": {},
        "channels": [],
        "groups": [],
        "ims": [],
    }
    return {**told, **_processed_fields(file, base)} if processed else told


def _processed_fields(file: File, base: str) -> Json:
    mimetype = file_type(file)
    extension = file.name.rpartition(".")[2].lower()
    public = {c: s for c, s in file.shares.items() if c.startswith("C")}
    private = {c: s for c, s in file.shares.items() if not c.startswith("C")}
    told: Json = {
        "mimetype": mimetype,
        "filetype": extension,
        "pretty_type": extension.upper(),
        "shares": {k: v for k, v in (("public", public), ("private", private)) if v},
        "channels": list(public),
        "ims": list(private),
    }
    if mimetype.startswith("image/"):
        told["thumb_360"] = told["thumb_720"] = f"{base}files/{file.id}"
        width, height = _png_size(file.content or b"")
        told |= {"original_w": width, "original_h": height} if width else {}
    return told


def _png_size(content: bytes) -> tuple[int, int]:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or len(content) < 24:
        return 0, 0
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
