"""A record is made, upgraded with a copy before, and refused when it is newer or something else."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import Connection, column, inspect, table
from store_samples import NOW, make_attempt, make_calibration, make_interview

from itpm_prep.problems import NotSaved, StoreError
from itpm_prep.store import files, tables
from itpm_prep.store.facts import append
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.store.migrations import MIGRATIONS, Migration, back_up, upgrade


def add_mood(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE reply ADD COLUMN mood TEXT")


def add_place_then_break(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE reply ADD COLUMN place TEXT")
    connection.exec_driver_sql("ALTER TABLE nowhere ADD COLUMN place TEXT")


NEWER = (*MIGRATIONS, add_mood)


def upgraded(path: Path, migrations: Sequence[Migration]) -> Path | None:
    return upgrade(LocalRecord(path).engine, path, migrations)


def columns_of(path: Path, table: str) -> set[str]:
    with LocalRecord(path).reading() as connection:
        return {column["name"] for column in inspect(connection).get_columns(table)}


def tables_of(path: Path) -> set[str]:
    with LocalRecord(path).reading() as connection:
        return set(inspect(connection).get_table_names())


def test_the_migrations_make_exactly_the_tables_the_code_works_with(record: LocalRecord) -> None:
    with record.reading() as connection:
        found = inspect(connection)
        assert set(found.get_table_names()) == set(tables.metadata.tables)
        for name, table in tables.metadata.tables.items():
            columns = {
                column["name"]: (str(column["type"]), column["nullable"], bool(column["primary_key"]))
                for column in found.get_columns(name)
            }
            assert columns == {
                column.name: (
                    str(column.type.compile(connection.dialect)),
                    column.nullable,
                    column.primary_key,
                )
                for column in table.columns
            }
            assert {index["name"] for index in found.get_indexes(name)} == {i.name for i in table.indexes}
            assert {key["referred_table"] for key in found.get_foreign_keys(name)} == {
                key.column.table.name for key in table.foreign_keys
            }


def test_an_older_record_is_copied_before_it_is_upgraded(record: LocalRecord) -> None:
    with record.writing() as connection:
        append(connection, make_attempt())

    copy = upgraded(record.path, NEWER)

    assert copy is not None
    assert files.copies(record.path) == [copy]
    assert "before-add_mood" in copy.name
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "mood" in columns_of(record.path, "reply")
    assert "mood" not in columns_of(copy, "reply")
    assert record.attempts() == open_record(copy).attempts() == [make_attempt()]


def test_a_record_of_the_first_release_keeps_all_it_holds_and_takes_the_new_kinds(tmp_path: Path) -> None:
    path = tmp_path / "practice.sqlite3"
    files.prepare(path)
    upgraded(path, MIGRATIONS[:1])
    with LocalRecord(path) as old:
        old.begin(make_interview(), "tab", NOW)
        with old.writing() as connection:
            row = structs.asdict(make_attempt())
            names = [name for name in row if name in columns_of(path, "attempt")]
            old_table = table("attempt", *(column(name, tables.attempt.c[name].type) for name in names))
            connection.execute(old_table.insert(), {name: row[name] for name in names})

    with open_record(path) as record:
        assert record.attempts() == [make_attempt()]
        assert record.unfinished() == make_interview()
        record.keep_document("story", "s1", "{}", NOW)
        record.calibrate(make_calibration())
        assert (record.documents("story"), record.calibrations()) == ({"s1": "{}"}, [make_calibration()])

    [copy] = files.copies(path)
    assert f"before-{MIGRATIONS[1].__name__}" in copy.name
    assert not tables_of(copy) & {"document", "calibration", "keyed_mark"}


def test_a_current_or_a_new_record_is_not_copied(record: LocalRecord) -> None:
    assert upgraded(record.path, MIGRATIONS) is None
    assert files.copies(record.path) == []


def test_a_failing_migration_leaves_what_went_before_and_nothing_of_itself(record: LocalRecord) -> None:
    with pytest.raises(NotSaved, match="no such table: nowhere"):
        upgraded(record.path, (*NEWER, add_place_then_break))

    assert "mood" in columns_of(record.path, "reply")
    assert "place" not in columns_of(record.path, "reply")
    assert upgraded(record.path, NEWER) is None


def test_a_newer_record_is_refused_with_what_to_do_and_left_alone(record: LocalRecord) -> None:
    upgraded(record.path, NEWER)
    before = record.path.read_bytes()

    with pytest.raises(StoreError, match=r"newer version.*add_mood.*pip install --upgrade"):
        open_record(record.path)

    assert record.path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (title)")
    before = path.read_bytes()

    with pytest.raises(StoreError, match="no record of itpm_prep"):
        open_record(path)

    assert path.read_bytes() == before


def test_an_empty_file_left_by_a_crash_becomes_a_record(tmp_path: Path) -> None:
    path = tmp_path / "practice.sqlite3"
    path.touch()
    assert open_record(path).attempts() == []


def test_a_record_that_was_switched_to_wal_is_put_back(record: LocalRecord) -> None:
    with closing(sqlite3.connect(record.path)) as other:
        other.execute("PRAGMA journal_mode = WAL")

    open_record(record.path)

    with record.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"


def test_every_connection_syncs_fully_and_checks_references(record: LocalRecord) -> None:
    with record.writing() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "delete", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_copy_never_overwrites_and_two_copies_of_one_second_get_two_names(record: LocalRecord) -> None:
    first = record.path.with_name("practice.backup-20261004T083015Z.sqlite3")
    back_up(record.path, first)

    with pytest.raises(NotSaved, match="exists already"):
        back_up(record.path, first)
    with pytest.raises(NotSaved, match="cannot be written"):
        back_up(record.path, record.path / "inside" / "a file")

    assert open_record(first).attempts() == []
    assert sorted(record.path.parent.iterdir()) == [first, record.path]
