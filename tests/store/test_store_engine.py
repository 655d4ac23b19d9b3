"""Full disks, damage, two writers and killed processes: real ones, on real files."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from store_samples import NOW, limited_file_size, make_attempt, make_interview

from itpm_prep.problems import NotSaved, StoreError
from itpm_prep.store import engine, files
from itpm_prep.store.local import LocalRecord, open_record

LONG = "word " * 40_000

SETUP = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from itpm_prep.store.local import open_record
record = open_record(Path(sys.argv[1]))
"""
WRITE_DRAFTS = (
    SETUP
    + """
for number in range(1_000_000):
    record.save_draft("i1", 0, "part:action", f"{number} " + "x" * 20_000, "tab")
    print(number, flush=True)
"""
)
OPEN_AND_WRITE = (
    SETUP
    + """
record.prefer(sys.argv[2], "kept")
"""
)
WRITE_MANY_DRAFTS = (
    SETUP
    + """
for number in range(40):
    record.save_draft("i1", number, sys.argv[2], "kept", "tab")
"""
)


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own code)


def test_drafts_survive_a_writer_killed_in_the_middle(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    for _ in range(3):
        with start(WRITE_DRAFTS, record.path) as writer:
            assert writer.stdout is not None
            said = [int(writer.stdout.readline()) for _ in range(5)]
            writer.kill()
            said += [int(line) for line in writer.stdout if line.endswith("\n")]
        with open_record(record.path) as again:
            number, words = again.drafts("i1", 0)["part:action"].split()
        assert int(number) >= said[-1]
        assert words == "x" * 20_000


def test_two_processes_that_write_at_once_both_succeed(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    writers = [start(WRITE_MANY_DRAFTS, record.path, box) for box in ("left", "right")]
    for writer in writers:
        with writer:
            assert writer.wait() == 0

    assert record.counts()["draft"] == 80


def test_two_processes_may_make_the_record_at_the_same_moment(tmp_path: Path) -> None:
    path = tmp_path / "home" / "practice.sqlite3"
    writers = [start(OPEN_AND_WRITE, path, name) for name in ("left", "right", "middle")]
    for writer in writers:
        with writer:
            assert writer.wait() == 0

    assert open_record(path).counts()["preference"] == 3


def test_a_full_disk_is_said_and_changes_nothing(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)

    @event.listens_for(record.engine, "connect")
    def fill(connection: sqlite3.Connection, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(NotSaved, match="the disk is full"):
        record.advance(make_interview(phase="debrief"), [make_attempt(notes=LONG)], "tab", NOW)

    assert record.unfinished() == make_interview()
    assert record.attempts() == []


def test_a_disk_that_refuses_to_take_more_is_said_and_the_record_goes_on_afterwards(
    record: LocalRecord,
) -> None:
    record.begin(make_interview(), "tab", NOW)
    with limited_file_size(record.path.stat().st_size), pytest.raises(NotSaved, match="disk"):
        record.save_draft("i1", 0, "notes", LONG, "tab")

    assert record.drafts("i1", 0) == {}
    record.save_draft("i1", 0, "notes", LONG, "tab")
    assert record.drafts("i1", 0) == {"notes": LONG}


def test_a_full_disk_leaves_no_half_copy(record: LocalRecord) -> None:
    copy = record.path.with_name("copy.sqlite3")
    with limited_file_size(4096), pytest.raises(NotSaved, match=r"copy\.sqlite3 was not made"):
        record.back_up(copy)
    assert list(copy.parent.iterdir()) == [record.path]


def test_a_record_kept_busy_by_another_program_is_said(
    record: LocalRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAIT_S", 0.05)
    with closing(sqlite3.connect(record.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NotSaved, match="another program is writing"):
            record.prefer("name", "value")
        with pytest.raises(StoreError, match="another program is writing") as caught:
            record.preference("name")
    assert not isinstance(caught.value, NotSaved)
    assert record.preference("name") is None


def test_a_reader_in_between_sees_one_state_throughout(record: LocalRecord) -> None:
    record.prefer("name", "old")
    with record.reading() as connection:
        before = connection.exec_driver_sql("SELECT value FROM preference").scalar()
        with (
            closing(sqlite3.connect(record.path, timeout=0, isolation_level=None)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("UPDATE preference SET value = 'new'")
        assert connection.exec_driver_sql("SELECT value FROM preference").scalar() == before == "old"


def test_a_copy_put_in_the_place_of_the_record_meanwhile_is_what_is_read_and_written(
    record: LocalRecord,
) -> None:
    record.prefer("setup", "old")
    copy = files.copy_name(record.path, NOW)
    record.back_up(copy)
    record.prefer("setup", "new")
    copy.replace(record.path)

    assert record.preference("setup") == "old"
    record.prefer("interview_date", "2026-12-01")
    with open_record(record.path) as again:
        assert again.preference("interview_date") == "2026-12-01"


def test_a_record_deleted_meanwhile_is_not_made_anew_in_silence(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    files.remove(record.path)

    with pytest.raises(NotSaved, match="was it moved"):
        record.save_draft("i1", 0, "notes", "words", "tab")
    with pytest.raises(StoreError, match="it is missing"):
        record.unfinished()
    assert not record.path.exists()


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_record_is_said_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "practice.sqlite3"
    path.write_bytes(content)

    with pytest.raises(StoreError, match=r"is damaged.*There is no copy beside it") as caught:
        open_record(path)

    assert not isinstance(caught.value, NotSaved)
    assert path.read_bytes() == content


def test_damage_in_the_middle_is_said_with_the_newest_copy(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    record.advance(make_interview(), [make_attempt(notes=LONG)], "tab", NOW)
    copy = files.copy_name(record.path, NOW)
    record.back_up(copy)
    content = record.path.read_bytes()
    record.path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))

    with pytest.raises(StoreError, match=f"is damaged.*newest copy is {copy}"):
        record.attempts()
    with pytest.raises(StoreError, match="is damaged") as caught:
        record.begin(make_interview("i2"), "tab", NOW)

    assert not isinstance(caught.value, NotSaved)
    assert open_record(copy).attempts() == [make_attempt(notes=LONG)]
