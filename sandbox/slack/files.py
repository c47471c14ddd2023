"""Uploaded files: bytes first, completed next, known with their type a moment later."""

from __future__ import annotations

import mimetypes
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from sandbox.slack.stamps import made_up_id
from sandbox.slack.store import Store
from sandbox.slack.wire import Clock, Json, Refused
from sandbox.slack.workspace import BOT_USER, TEAM

PROCESSING = 0.4  # seconds


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
    user: str = BOT_USER
    processing: float | None = PROCESSING  # seconds it takes; None never ends


class Files:
    """All files of the workspace."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self._clock = clock
        self._store = store
        self._files = {key: _remembered(kept, content) for key, kept, content in store.all("file")}

    def expect(self, name: str, length: int, *, keeps_share: bool) -> File:
        """A new file whose bytes are to come."""
        file = File(made_up_id("F"), name, length, keeps_share)
        self.keep(file)
        return file

    def receive(self, file_id: str, content: bytes) -> None:
        """The bytes of an expected file."""
        file = self._files.get(file_id)
        if file is None or file.completed is not None:
            raise Refused("file_not_found")
        file.content = content
        self.keep(file)

    def complete(self, file_id: str, title: str) -> File:
        """Makes an uploaded file known; its type follows."""
        file = self._files.get(file_id)
        if file is None or file.content is None or file.completed is not None:
            raise Refused("file_not_found")
        file.title = title or file.name
        file.completed = self._clock()
        self.keep(file)
        return file

    def keep(self, file: File) -> None:
        """Remembers what changed about a file."""
        self._files[file.id] = file
        told = {**asdict(file), "content": None}
        told["completed"] = file.completed.isoformat() if file.completed else None
        self._store.put("file", file.id, told, file.content)

    def forget(self, file_id: str) -> File:
        """Takes a completed file away."""
        file = self.get(file_id)
        del self._files[file_id]
        self._store.drop("file", file_id)
        return file

    def get(self, file_id: str) -> File:
        """A completed file."""
        file = self._files.get(file_id)
        if file is None or file.completed is None:
            raise Refused("file_not_found")
        return file

    def processed(self, file: File) -> bool:
        """Whether its type and shares are known by now."""
        if file.completed is None or file.processing is None:
            return False
        return self._clock() - file.completed >= timedelta(seconds=file.processing)

    def image_ready(self, file_id: str) -> bool:
        """Whether a block may show it: completed, processed, and an image."""
        file = self._files.get(file_id)
        return file is not None and self.processed(file) and file_type(file).startswith("image/")


def _remembered(kept: Json, content: bytes | None) -> File:
    done = kept["completed"]
    completed = datetime.fromisoformat(done) if done else None
    return File(**{**kept, "content": content, "completed": completed})


def file_type(file: File) -> str:
    """The mimetype, from the name."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def file_object(
    file: File, base: str, *, processed: bool, hidden: frozenset[str] = frozenset()
) -> Json:
    """A file as `files.info` and messages tell it; `hidden` names the private channels."""
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
        "user": file.user,
        "size": len(file.content or b""),
        "user_team": TEAM,
        "editable": False,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{base}files/{file.id}",
        "url_private_download": f"{base}files/{file.id}?download=1",
        "permalink": f"{base}files/{file.id}",
        "shares": {},
        "channels": [],
        "groups": [],
        "ims": [],
    }
    return {**told, **_processed_fields(file, base, hidden)} if processed else told


def _processed_fields(file: File, base: str, hidden: frozenset[str]) -> Json:
    mimetype = file_type(file)
    extension = file.name.rpartition(".")[2].lower()
    public = {c: s for c, s in file.shares.items() if c not in hidden}
    private = {c: s for c, s in file.shares.items() if c in hidden}
    told: Json = {
        "mimetype": mimetype,
        "filetype": extension,
        "pretty_type": extension.upper(),
        "shares": {k: v for k, v in (("public", public), ("private", private)) if v},
        "is_public": bool(public),
        "has_rich_preview": False,
        "channels": list(public),
        "groups": [channel for channel in private if not channel.startswith("D")],
        "ims": [channel for channel in private if channel.startswith("D")],
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
