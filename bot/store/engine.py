"""The store, opened and brought up to date: a SQLite file out of the box, PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import Misconfigured

READ_ONLY = "tieout_read_only"
_PATIENCE = timedelta(seconds=30)
_CONNECTIONS = 20  # twelve may be kept for long, by turns and senders; the rest are for moments
_MIGRATION_LOCK = 7_116_301  # any number, as long as every process takes the same


def open_store(url: str, patience: timedelta = _PATIENCE) -> Engine:
    """The store behind the URL, at the newest revision; opening it twice, or from two processes
    at once, is harmless.

    A transaction from `begin()` may write. One from `reading(store)` may not, and does not queue
    behind writers. On SQLite a writer queues for as long as its patience lasts. Raises
    Misconfigured for a URL that is neither SQLite nor PostgreSQL, or that does not let us in.
    """
    store = _let_in(_address(url), patience)
    _bring_up_to_date(store)
    return store


def open_held(url: str) -> Engine:
    """The store that is already behind the URL, left at the revision it has; nothing is made.

    Raises Misconfigured, with a sentence that holds no password, where there is none or it does
    not let us in.
    """
    parsed = _address(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise Misconfigured(f"There is no database file {parsed.database}.")
    return _let_in(parsed)


@contextmanager
def reading(store: Engine) -> Iterator[Connection]:
    """A transaction that reads one moment of the store; a write in it is refused."""
    with store.connect().execution_options(**{READ_ONLY: True}) as tx, tx.begin():
        yield tx


def _address(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise Misconfigured("TIEOUT_DATABASE_URL is no database address") from error
    dialect = parsed.get_backend_name()
    if dialect not in {"sqlite", "postgresql"}:
        raise Misconfigured(f"TIEOUT_DATABASE_URL must be sqlite or postgresql, not {dialect}")
    if dialect == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise Misconfigured("TIEOUT_DATABASE_URL must name a file; memory does not outlive us")
    return parsed


def _let_in(address: URL, patience: timedelta = _PATIENCE) -> Engine:
    """The engine, once the database has answered it; Misconfigured without a password otherwise."""
    store = _engine(address, patience)
    try:
        with reading(store) as tx:
            tx.execute(text("SELECT 1"))
    except DBAPIError as error:
        store.dispose()
        raise Misconfigured(_shut(address)) from error
    return store


def _shut(address: URL) -> str:
    if address.get_backend_name() == "sqlite":
        return (
            f"The database file {address.database} (TIEOUT_DATABASE_URL) cannot be opened. Check"
            " that its folder is there, that it may be written to, and that it is a database."
        )
    return (
        f"The postgresql database {address.database} at {address.host or 'this machine'}"
        " (TIEOUT_DATABASE_URL) cannot be opened. Check that it is there and running, and that the"
        " user and password are right."
    )


def _engine(address: URL, patience: timedelta = _PATIENCE) -> Engine:
    sqlite = address.get_backend_name() == "sqlite"
    try:
        # What a statement carried (names, reasons, amounts) must not come out in its error.
        store = create_engine(
            address,
            pool_pre_ping=not sqlite,
            pool_size=_CONNECTIONS // 2,
            max_overflow=_CONNECTIONS // 2,
            hide_parameters=True,
        )
    except (ArgumentError, ModuleNotFoundError) as error:
        raise Misconfigured(
            f"There is no driver for {address.drivername} here; try pip install '.[postgres]' and"
            " an address that begins with postgresql+psycopg"
        ) from error
    if sqlite:
        event.listen(store, "connect", partial(_sqlite_connected, patience))
    event.listen(store, "begin", _begun)
    return store


def _sqlite_connected(
    patience: timedelta, connection: DBAPIConnection, _entry: ConnectionPoolEntry
) -> None:
    # Without this the driver begins transactions by itself, and always as a reader.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {patience // timedelta(milliseconds=1)}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begun(tx: Connection) -> None:
    reads = bool(tx.get_execution_options().get(READ_ONLY))
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql(f"PRAGMA query_only = {int(reads)}")
        # A reader that turns writer halfway is refused at once; a writer queues from the start.
        tx.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
    elif reads:
        tx.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _bring_up_to_date(store: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with store.begin() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        config.attributes["connection"] = tx
        command.upgrade(config, "head")
