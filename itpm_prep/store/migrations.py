"""Migrations: small named functions in order, each in one transaction with its own record.

Opening a record whose schema is current only looks. Before an existing record is changed, a copy
is made beside it. A migration is never edited once released: what it makes is spelled out here and
not taken from ``tables``, which describes the newest schema (a test compares the two).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from itpm_prep.problems import StoreError
from itpm_prep.store import engine as transactions
from itpm_prep.store import files
from itpm_prep.store.tables import migration

Migration = Callable[[Connection], None]

_FIRST_TABLES = """
CREATE TABLE interview (
  id VARCHAR NOT NULL PRIMARY KEY, state TEXT NOT NULL, revision INTEGER NOT NULL, holder VARCHAR,
  seen_at DATETIME NOT NULL, started_at DATETIME NOT NULL, touched_at DATETIME NOT NULL,
  ended BOOLEAN NOT NULL);
CREATE INDEX interview_by_touch ON interview (ended, touched_at);
CREATE TABLE attempt (
  seq INTEGER NOT NULL PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, interview_id VARCHAR NOT NULL,
  question_id VARCHAR NOT NULL, question_version INTEGER NOT NULL, bank_hash VARCHAR NOT NULL,
  category VARCHAR NOT NULL, level VARCHAR NOT NULL, specialisation VARCHAR NOT NULL,
  competency VARCHAR NOT NULL, scaffold VARCHAR NOT NULL, mode VARCHAR NOT NULL,
  outcome VARCHAR NOT NULL, parts TEXT NOT NULL, figures TEXT NOT NULL, notes TEXT NOT NULL,
  started_at DATETIME NOT NULL, submitted_at DATETIME NOT NULL, seconds FLOAT NOT NULL,
  retry_of VARCHAR, retry_part VARCHAR);
CREATE INDEX attempt_by_interview ON attempt (interview_id);
CREATE INDEX attempt_by_question ON attempt (question_id, submitted_at);
CREATE INDEX attempt_by_time ON attempt (submitted_at);
CREATE TABLE reply (
  seq INTEGER NOT NULL PRIMARY KEY, id VARCHAR NOT NULL UNIQUE,
  attempt_id VARCHAR NOT NULL REFERENCES attempt (id), probe_id VARCHAR NOT NULL,
  ask TEXT NOT NULL, text TEXT NOT NULL, replied_at DATETIME NOT NULL);
CREATE INDEX reply_by_attempt ON reply (attempt_id);
CREATE INDEX reply_by_time ON reply (replied_at);
CREATE TABLE rating (
  seq INTEGER NOT NULL PRIMARY KEY, id VARCHAR NOT NULL UNIQUE,
  attempt_id VARCHAR NOT NULL REFERENCES attempt (id), rater VARCHAR NOT NULL,
  red_flags TEXT NOT NULL, q FLOAT NOT NULL, rated_at DATETIME NOT NULL);
CREATE INDEX rating_by_attempt ON rating (attempt_id);
CREATE INDEX rating_by_time ON rating (rated_at);
CREATE TABLE criterion_score (
  rating_seq INTEGER NOT NULL REFERENCES rating (seq), place INTEGER NOT NULL,
  criterion VARCHAR NOT NULL, chosen INTEGER NOT NULL, evidence TEXT NOT NULL,
  cap INTEGER NOT NULL, score INTEGER NOT NULL, PRIMARY KEY (rating_seq, place)) WITHOUT ROWID;
CREATE TABLE draft (
  interview_id VARCHAR NOT NULL REFERENCES interview (id), position INTEGER NOT NULL,
  box VARCHAR NOT NULL, text TEXT NOT NULL, PRIMARY KEY (interview_id, position, box));
CREATE TABLE preference (name VARCHAR NOT NULL PRIMARY KEY, value TEXT NOT NULL)
"""

_DOCUMENTS_AND_CALIBRATIONS = """
CREATE TABLE document (
  seq INTEGER NOT NULL PRIMARY KEY, kind VARCHAR NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL,
  kept_at DATETIME NOT NULL, UNIQUE (kind, id));
CREATE TABLE calibration (
  seq INTEGER NOT NULL PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, rated_at DATETIME NOT NULL);
CREATE INDEX calibration_by_time ON calibration (rated_at);
CREATE TABLE keyed_mark (
  calibration_seq INTEGER NOT NULL REFERENCES calibration (seq), place INTEGER NOT NULL,
  question_id VARCHAR NOT NULL, question_version INTEGER NOT NULL, label VARCHAR NOT NULL,
  criterion VARCHAR NOT NULL, chosen INTEGER NOT NULL, "key" INTEGER NOT NULL,
  PRIMARY KEY (calibration_seq, place)) WITHOUT ROWID
"""


def first_tables(connection: Connection) -> None:
    """Interviews, drafts and preferences; attempts, replies, ratings and scores, append-only."""
    _create(connection, _FIRST_TABLES, ("attempt", "reply", "rating", "criterion_score"))


def documents_and_calibrations(connection: Connection) -> None:
    """Documents; calibrations and their marks, append-only."""
    _create(connection, _DOCUMENTS_AND_CALIBRATIONS, ("calibration", "keyed_mark"))


def _create(connection: Connection, statements: str, append_only: Sequence[str]) -> None:
    for statement in statements.split(";"):
        connection.exec_driver_sql(statement)
    for table in append_only:
        for change in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def takes_and_presets(connection: Connection) -> None:
    """Which take of an answer an attempt is, and the set of one's own it was asked in."""
    connection.exec_driver_sql("ALTER TABLE attempt ADD COLUMN take INTEGER NOT NULL DEFAULT 1")
    connection.exec_driver_sql("ALTER TABLE attempt ADD COLUMN preset TEXT NOT NULL DEFAULT ''")


def kits_and_comments(connection: Connection) -> None:
    """The kit that an attempt answers; what a reviewer says about a criterion and a whole answer."""
    for table, column in (("attempt", "kit"), ("rating", "comment"), ("criterion_score", "comment")):
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")


MIGRATIONS: tuple[Migration, ...] = (
    first_tables,
    takes_and_presets,
    documents_and_calibrations,
    kits_and_comments,
)


def upgrade(engine: Engine, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> Path | None:
    """Bring the file up to the newest schema; returns the copy made before, if one was.

    Raises ``StoreError`` for a newer schema or a file that is something else, ``NotSaved`` when an
    upgrade could not be written (the record is then as it was before the failing migration).
    """
    known = [step.__name__ for step in migrations]
    transactions.leave_wal(path)
    with transactions.reading(engine, path) as connection:
        applied = _applied(connection, path, known)
    if len(applied) == len(known):
        return None
    if not applied:
        # All at once: whoever opens the new file at the same moment sees it without tables or with all.
        with transactions.writing(engine, path) as connection:
            _apply(connection, migrations, _applied(connection, path, known))
        return None
    copy = files.copy_name(path, datetime.now(UTC), f"-before-{known[len(applied)]}")
    back_up(path, copy)
    for step in migrations[len(applied) :]:
        with transactions.writing(engine, path) as connection:
            _apply(connection, [step], _applied(connection, path, known))
    return copy


def _apply(connection: Connection, steps: Sequence[Migration], done: Collection[str]) -> None:
    """Apply what is not done; asked under the lock, since another process may have done it meanwhile."""
    migration.create(connection, checkfirst=True)
    for step in steps:
        if step.__name__ not in done:
            step(connection)
            connection.execute(migration.insert().values(name=step.__name__, applied_at=datetime.now(UTC)))


def _applied(connection: Connection, path: Path, known: Sequence[str]) -> set[str]:
    """The names of the migrations done; a stranger's file and a newer schema are refused."""
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    if not tables:
        return set()
    if migration.name not in tables:
        raise StoreError(
            f"{path} is an SQLite file, but no record of itpm_prep: move it away and start again."
        )
    applied = set(connection.scalars(select(migration.c.name)))
    if newer := applied.difference(known):
        raise StoreError(
            f"The record {path} was made by a newer version of itpm_prep, or for something else "
            f"(it has {', '.join(sorted(newer))}). Update with: pip install --upgrade itpm_prep. "
            "Nothing was changed."
        )
    return applied


def back_up(path: Path, copy: Path) -> None:
    """Copy the record through SQLite's backup interface, owner-only, whole or not at all.

    Raises ``NotSaved`` when the copy exists already or cannot be written.
    """
    with files.whole_file(copy) as part:
        try:
            with (
                closing(transactions.connect_sqlite(path)) as source,
                closing(transactions.connect_sqlite(part)) as target,
            ):
                source.backup(target)
        except sqlite3.Error as error:
            fault = transactions.explain(error, path, writes=True)
            raise type(fault)(f"The copy {copy} was not made. {fault}") from error
