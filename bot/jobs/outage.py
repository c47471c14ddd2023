"""A database that is away comes back: what its absence sounds like, and how long to wait for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from dbos import error as engine_error
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

_FIRST, _LONGEST = 0.5, 15.0  # seconds


def passes(error: Exception) -> bool:
    """Whether the error only says that a database is away or held by somebody: no fault of the job.

    SQLite says of a wrong statement too that it is operational; that one stays wrong.
    """
    if isinstance(error, NoConnection | engine_error.DBOSQueryTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        return False
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)


def waits() -> Iterator[float]:
    """The seconds to wait before each further look, twice as long each time, up to a limit."""
    wait = _FIRST
    while True:
        yield wait
        wait = min(2 * wait, _LONGEST)
