"""On SQLite one process runs jobs; a second one is told so instead of breaking the limits."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Alone:
    """The lock on a file beside the database; it ends with the process, however that ends."""

    _file: IO[str]

    def release(self) -> None:
        """Let the next process in."""
        self._file.close()


def be_alone(database: Path) -> Alone:
    """The only process that runs jobs on this SQLite file; Misconfigured if there is one."""
    file = database.with_name(f"{database.name}.lock").open("a", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise Misconfigured(
            f"another process is already working on {database.name};"
            " SQLite is for one process, PostgreSQL for several"
        ) from error
    return Alone(file)
