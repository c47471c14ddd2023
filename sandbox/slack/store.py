"""What outlives the process: every change at once in one SQLite file, when one was asked for."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from sandbox.slack.wire import Json


class Store:
    """Facts by kind and key; without a file, nothing is kept."""

    def __init__(self, path: Path | None, base: str) -> None:
        """Opens the file; addresses in it that began with an earlier base begin with this one."""
        self._db: sqlite3.Connection | None = None
        if path:
            self._db = sqlite3.connect(path, isolation_level=None)
            # a change is in the log before its answer leaves, so `kill -9` loses none
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS fact (kind TEXT, key TEXT, value TEXT, bytes BLOB,"
                " PRIMARY KEY (kind, key))"
            )
            self._move(base)

    def put(self, kind: str, key: str, value: Json, content: bytes | None = None) -> None:
        """Keeps a fact, in place of an earlier one."""
        if self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?)",
                (kind, key, json.dumps(value), content),
            )

    def drop(self, kind: str, key: str) -> None:
        """Forgets a fact."""
        if self._db:
            self._db.execute("DELETE FROM fact WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> list[tuple[str, Json, bytes | None]]:
        """Every fact of a kind, by key."""
        if self._db is None:
            return []
        found = self._db.execute(
            "SELECT key, value, bytes FROM fact WHERE kind = ? ORDER BY key", (kind,)
        )
        return [(key, json.loads(value), content) for key, value, content in found]

    def close(self) -> None:
        """Closes the file."""
        if self._db:
            self._db.close()

    def _move(self, base: str) -> None:
        for _, told, _ in self.all("base"):
            if self._db and told["base"] != base:
                self._db.execute(
                    "UPDATE fact SET value = replace(value, ?, ?)", (told["base"], base)
                )
        self.put("base", "base", {"base": base})
