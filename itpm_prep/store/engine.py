"""Transactions on the record's SQLite file, and its faults in plain words.

Every transaction opens the file anew and closes it: nothing stays locked between two of them, and
a file that was deleted or put back is noticed. The rollback journal is used, never WAL: several
processes write to one file, and SQLite before 3.51.3 can damage a WAL file then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from itpm_prep.problems import NotSaved, StoreError
from itpm_prep.store import files

WAIT_S = 5.0
"""Seconds to wait for another process that is writing."""

WRITES = "itpm_prep_writes"

_LOCKED = "another program is writing to it: wait a moment, then try again"
_READ_ONLY = "it may only be read: let yourself write to the file and its folder, then try again"
_WHY_NOT_SAVED = {
    sqlite3.SQLITE_FULL: "the disk is full: make room, then try again",
    sqlite3.SQLITE_IOERR: "the disk failed or is full: look at the disk, then try again",
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened for writing: was it moved, or its folder made read-only?",
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
}
_WHY_NOT_READ = {
    sqlite3.SQLITE_IOERR: "the disk failed: look at the disk, then try again",
    sqlite3.SQLITE_CANTOPEN: "it is missing, or you may not read it",
    sqlite3.SQLITE_READONLY: "a write to it was cut short and it may only be read: make it writable once",
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
}


def connect_sqlite(path: Path) -> sqlite3.Connection:
    """A plain connection to an existing file, transactions left to the caller."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT_S, isolation_level=None
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def build_engine(path: Path, *pragmas: str) -> Engine:
    """An engine on an existing file, its connections set as ``pragmas`` say; touches nothing until used."""

    def connect() -> sqlite3.Connection:
        connection = connect_sqlite(path)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later fails at once when another writes: lock now.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def leave_wal(path: Path) -> None:
    """Put a file that some other tool switched to WAL back to the rollback journal."""
    try:
        with closing(connect_sqlite(path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise explain(error, path, writes=False) from error


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """A transaction that sees one state throughout and writes nothing; raises ``StoreError``."""
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise explain(error.orig, path, writes=False) from error


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """A transaction that is on disk when the block has ended; all of it or, on any fault, nothing.

    Raises ``NotSaved`` when it could not be written and ``StoreError`` when the file is damaged.
    """
    try:
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise explain(error.orig, path, writes=True) from error


class SqliteFile:
    """What is kept in the SQLite file at ``path``; nothing is opened or locked between two calls."""

    def __init__(self, path: Path, *pragmas: str) -> None:
        self.path = path
        self.engine = build_engine(path, *pragmas)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the engine."""
        self.engine.dispose()

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state throughout; raises ``StoreError``."""
        return reading(self.engine, self.path)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that is kept whole or not at all; raises ``NotSaved``."""
        return writing(self.engine, self.path)


def explain(error: BaseException | None, path: Path, *, writes: bool) -> StoreError:
    """What a fault of SQLite means to the person, and what to do."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreError(damaged(path))
    if writes:
        return NotSaved(f"Nothing was saved in {path}: {_WHY_NOT_SAVED.get(code, str(error))}.")
    return StoreError(f"The record {path} cannot be read: {_WHY_NOT_READ.get(code, str(error))}.")


def damaged(path: Path) -> str:
    """What to say of a damaged file, with the newest copy when there is one."""
    found = files.copies(path)
    way_out = (
        f"The newest copy is {found[-1]}. Close the program, move the damaged file away, and put the copy "
        "in its place"
        if found
        else "There is no copy beside it. Close the program and move the damaged file away to start anew; "
        "bundles exported or handed in earlier can then be brought in again"
    )
    return f"The record {path} is damaged, or is no SQLite file. {way_out}."
