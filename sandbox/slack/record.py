"""Every call and every delivery, in order, as JSON lines; never a token."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from sandbox.slack.wire import Clock, Json

HIDDEN = "[hidden]"
SECRET = ("token", "client_secret", "code")  # arguments no line holds


class Record:
    """The lines so far, kept in memory and, when asked, in a file."""

    def __init__(self, clock: Clock, secrets: Iterable[str], path: Path | None = None) -> None:
        self.lines: list[Json] = []
        self._clock = clock
        self._secrets = tuple(secret for secret in secrets if secret)
        self._file = path.open("w", encoding="utf-8") if path else None

    def call(self, method: str, args: Json, response: Json, encoding: str) -> None:
        """A call the bot made."""
        shown = {name: value for name, value in args.items() if name not in SECRET}
        self._add({"method": method, "args": shown, "response": response, "encoding": encoding})

    def delivery(
        self, inbound: str, body: Json, status: int | None, ms: int, answer: object = ""
    ) -> None:
        """A request the bot was sent, how it answered, and what it said with it, if anything."""
        shown = {**body, "token": HIDDEN} if "token" in body else body
        said = {"answer": answer} if answer else {}
        self._add({"inbound": inbound, "body": shown, "status": status, "ms": ms, **said})

    def upload(self, file: str, content: bytes, status: int) -> None:
        """The bytes of a file that arrived: how many, and which."""
        args = {"file": file, "length": len(content), "sha256": sha256(content).hexdigest()}
        self.call("upload", args, {"status": status}, "binary")

    def close(self) -> None:
        """Closes the file."""
        if self._file:
            self._file.close()

    def _add(self, line: Json) -> None:
        text = json.dumps({**line, "at": self._clock().isoformat()})
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        self.lines.append(json.loads(text))
        if self._file:
            self._file.write(text + "\n")
            self._file.flush()
