"""A company is one SQLite file: a table per object, a view for the ledger detail, its set-up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sandbox.company.detail import GLDETAIL_VIEW, LOCATION_ENTITY_VIEW
from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Field, Kind, Object
from sandbox.company.values import Stored, Value, stored

COLUMN_TYPES = {
    Kind.TEXT: "TEXT",
    Kind.INTEGER: "INTEGER",
    Kind.DECIMAL: "TEXT",
    Kind.CURRENCY: "INTEGER",
    Kind.BOOLEAN: "INTEGER",
    Kind.DATE: "TEXT",
    Kind.TIMESTAMP: "TEXT",
    Kind.ENUM: "TEXT",
}
SETUP_TABLE = "CREATE TABLE SETUP (KEY TEXT PRIMARY KEY, VALUE TEXT NOT NULL) WITHOUT ROWID"
LEDGER_INDEXES = (
    "CREATE INDEX GLENTRY_SUMS ON GLENTRY (ACCOUNTNO, ENTRY_DATE, LOCATION, DEPARTMENT, BATCHNO)",
    "CREATE INDEX GLENTRY_DATES ON GLENTRY (ENTRY_DATE)",
    "CREATE INDEX GLBATCH_DATES ON GLBATCH (BATCH_DATE)",
    "CREATE INDEX AUDITHISTORY_TIMES ON AUDITHISTORY (ACCESSTIME)",
    "CREATE INDEX AUDITHISTORY_RECORDS ON AUDITHISTORY (OBJECTTYPE, OBJECTKEY)",
    "CREATE INDEX ARINVOICE_CUSTOMERS ON ARINVOICE (CUSTOMERID, TOTALDUE)",
    "CREATE INDEX APBILL_VENDORS ON APBILL (VENDORID, TOTALDUE)",
    "CREATE INDEX ARPYMTDETAIL_INVOICES ON ARPYMTDETAIL (RECORDKEY)",
    "CREATE INDEX APPYMTDETAIL_BILLS ON APPYMTDETAIL (RECORDKEY)",
)
AT_ONCE = 5000


@contextmanager
def making(path: Path) -> Iterator[sqlite3.Connection]:
    """An empty company to fill, which takes its name only when it is whole."""
    if path.exists():
        raise FileExistsError(f"{path.name} is already there")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    connection = create_company(part)
    try:
        yield connection
        finish(connection)
    except BaseException:
        connection.close()
        part.unlink()
        raise
    part.rename(path)


def create_company(path: Path) -> sqlite3.Connection:
    """A new, empty company in a file that must not exist yet; the connection is open for filling.

    Filling skips the disk's acknowledgements: a file half made is thrown away, never repaired.
    """
    if path.exists():
        raise FileExistsError(f"{path.name} is already there")
    connection = _connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(SETUP_TABLE)
    for one in OBJECTS.values():
        if not one.view:
            connection.execute(table_of(one))
            for statement in indexes_of(one):
                connection.execute(statement)
    for statement in (*LEDGER_INDEXES, LOCATION_ENTITY_VIEW, GLDETAIL_VIEW):
        connection.execute(statement)
    connection.commit()
    return connection


def finish(connection: sqlite3.Connection) -> None:
    """The company is filled: statistics for the planner are kept, and the file is closed."""
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def open_company(path: Path) -> sqlite3.Connection:
    """A company that exists, in write-ahead mode, so readers and one writer do not wait."""
    if not path.is_file():
        raise FileNotFoundError(f"there is no company in {path.name}")
    connection = _connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    _bring_up(connection)
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """One more connection to a company that is open already; it sees what is committed."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    return sqlite3.connect(
        address, uri=True, timeout=30, check_same_thread=False, cached_statements=256
    )


def insert(
    connection: sqlite3.Connection, object_name: str, rows: Iterable[Mapping[str, Value]]
) -> int:
    """Adds the rows, each a mapping of field to value, and answers how many there were.

    Every row names the same fields. A field left out, or None, is empty. Values are converted
    exactly or refused with a ValueError naming the field; a RECORDNO left out is the next one.
    """
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return 0
    names = tuple(first)
    columns = [_insertable(OBJECTS[object_name], name) for name in names]
    statement = _insertion(object_name, names)
    connection.execute(statement, _kept(columns, first))
    count = 1
    while part := list(islice(remaining, AT_ONCE)):
        connection.executemany(statement, [_kept(columns, row) for row in part])
        count += len(part)
    return count


def table_of(one: Object) -> str:
    """The statement that makes the object's table."""
    columns = ", ".join(_column(field) for field in one.fields.values())
    return f'CREATE TABLE "{one.name}" ({columns})'


def indexes_of(one: Object) -> list[str]:
    """The statements for its business id, its time of change, and its lines' way back."""
    statements = [f'CREATE INDEX "{one.name}_CHANGES" ON "{one.name}" (WHENMODIFIED, RECORDNO)']
    if one.key != "RECORDNO":
        statements.append(f'CREATE UNIQUE INDEX "{one.name}_KEY" ON "{one.name}" ("{one.key}")')
    return statements + [
        f'CREATE INDEX "{line.object}_OWNER" ON "{line.object}" ("{line.parent}")'
        for owner in OBJECTS.values()
        for line in owner.lines
        if line.object == one.name
    ]


def _bring_up(connection: sqlite3.Connection) -> None:
    """Adds what a company made by an earlier version does not have yet: tables and columns."""
    kept = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    for one in OBJECTS.values():
        if one.view:
            continue
        if one.name not in kept:
            for statement in (table_of(one), *indexes_of(one)):
                connection.execute(statement)
            continue
        asked = connection.execute(f'SELECT * FROM "{one.name}" LIMIT 0')  # noqa: S608 - our own names
        columns = {column[0] for column in asked.description}
        for field in one.fields.values():
            if field.name not in columns:
                connection.execute(f'ALTER TABLE "{one.name}" ADD COLUMN {_column(field)}')
    connection.commit()


def _connect(path: Path) -> sqlite3.Connection:
    # The gateway hands one connection from thread to thread under its own lock.
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    return connection


def _column(field: Field) -> str:
    if field.name == "RECORDNO":
        return "RECORDNO INTEGER PRIMARY KEY"
    repeated = f' GENERATED ALWAYS AS ("{field.same_as}") VIRTUAL' if field.same_as else ""
    return f'"{field.name}" {COLUMN_TYPES[field.kind]}{repeated}'


def _insertable(one: Object, name: str) -> Field:
    field = one.fields.get(name)
    if one.view or field is None or field.same_as:
        raise ValueError(f"{one.name} has no field {name} to write")
    return field


def _insertion(object_name: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    return f'INSERT INTO "{object_name}" ({columns}) VALUES ({marks})'  # noqa: S608 - our own names


def _kept(columns: list[Field], row: Mapping[str, Value]) -> list[Stored]:
    if len(row) != len(columns):
        raise ValueError(f"a row has {len(row)} fields where the first had {len(columns)}")
    return [stored(field, row[field.name]) for field in columns]
