"""`itpm-prep data`: what a person sees when looking after the record."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from itpm_prep import settings
from itpm_prep.cli import main
from itpm_prep.store.local import open_record
from itpm_prep.store.recordings import keep_recording

ATTEMPT = {
    "id": "a1",
    "interview_id": "i1",
    "question_id": "BEH-GEN-001",
    "question_version": 1,
    "bank_hash": "abc",
    "category": "behavioral",
    "level": "mid",
    "specialisation": "general",
    "competency": "risk_issue",
    "scaffold": "star_l",
    "mode": "mock",
    "outcome": "answered",
    "parts": {"action": "I moved the date."},
    "figures": {},
    "notes": "",
    "started_at": "2026-10-04T08:30:00Z",
    "submitted_at": "2026-10-04T08:32:00Z",
    "seconds": 90.0,
}
HEADER = {"bundle": "itpm_prep", "version": 1, "created_at": "2026-10-04T08:30:00Z"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("ITPM_PREP_HOME", str(folder))
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "facts.jsonl"
    path.write_text(f"{json.dumps(HEADER)}\n{json.dumps({'kind': 'attempt', 'fact': ATTEMPT})}\n")
    return path


def run(*arguments: object, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, ["data", *map(str, arguments)], input=answer)


@pytest.mark.parametrize("command", [["where"], ["backup"], ["export", "x.jsonl"], ["delete", "--yes"]])
def test_without_a_record_each_command_says_so_and_makes_none(command: list[str], home: Path) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert f"There is no practice record yet. It will be made at {home}" in result.output
    assert not home.exists()


def test_where_tells_path_size_counts_permissions_and_copies(bundle: Path) -> None:
    run("import", bundle)
    run("backup")
    path = settings.database()

    result = run("where")

    assert result.exit_code == 0
    assert str(path) in result.output
    assert f"{path.stat().st_size:,} bytes" in result.output
    assert "file 600, folder 700" in result.output
    assert "practice.backup-" in result.output
    assert ["attempt", "1"] in [line.split() for line in result.output.splitlines()]


def test_where_warns_of_open_permissions_and_mends_nothing(home: Path) -> None:
    path = open_record().path
    home.chmod(0o755)
    path.chmod(0o640)

    result = run("where")

    assert f"file 640 (others can get at it: chmod 600 '{path}')" in result.output
    assert f"folder 755 (others can get at it: chmod 700 '{home}')" in result.output
    assert path.stat().st_mode & 0o777 == 0o640


def test_where_says_that_a_record_is_damaged_without_a_traceback() -> None:
    path = open_record().path
    path.write_bytes(b"junk" * 5000)
    result = run("where")
    assert result.exit_code == 1
    assert "is damaged" in result.output
    assert "Traceback" not in result.output


def test_backup_makes_a_dated_copy_beside_the_record_that_holds_everything(bundle: Path, home: Path) -> None:
    run("import", bundle)

    result = run("backup")

    assert result.exit_code == 0
    [copy] = home.glob("practice.backup-*.sqlite3")
    assert f"{datetime.now(UTC):%Y%m}" in copy.name
    assert str(copy) in result.output
    assert [attempt.id for attempt in open_record(copy).attempts()] == ["a1"]


def test_backup_goes_where_it_is_told_and_never_overwrites(tmp_path: Path) -> None:
    open_record()
    copy = tmp_path / "copy.sqlite3"
    assert run("backup", copy).exit_code == 0
    again = run("backup", copy)
    assert again.exit_code == 1
    assert "exists already" in again.output


def test_export_and_import_carry_everything_to_another_machine(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", bundle)
    out = tmp_path / "out.jsonl"
    exported = run("export", out)
    assert exported.exit_code == 0
    assert "1 attempts, 0 replies, 0 ratings" in exported.output

    monkeypatch.setenv("ITPM_PREP_HOME", str(tmp_path / "elsewhere"))
    first, second = run("import", out), run("import", out)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Added 1, already there 0, skipped 0" in first.output
    assert "Added 0, already there 1, skipped 0" in second.output
    assert [attempt.id for attempt in open_record().attempts()] == ["a1"]


def test_import_lists_skipped_lines_with_their_reason_and_ends_with_one(bundle: Path) -> None:
    with bundle.open("a") as file:
        file.write('{"kind": "song", "fact": {}}\n{"kind": "att')

    result = run("import", bundle)

    assert result.exit_code == 1
    assert "Added 1, already there 0, skipped 2" in result.output
    assert f"{bundle}:3: kind: is 'song'" in result.output
    assert f"{bundle}:4: (file): is cut off in the middle" in result.output


def test_import_of_something_else_is_refused_in_one_sentence(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("hello")
    result = run("import", other)
    assert result.exit_code == 1
    assert "is no bundle of itpm_prep" in result.output


def test_delete_asks_first_and_no_means_no() -> None:
    path = open_record().path
    result = run("delete", answer="n\n")
    assert result.exit_code == 1
    assert "itpm-prep data backup" in result.output
    assert path.exists()


def test_delete_says_what_went_and_which_copies_are_left(home: Path) -> None:
    path = open_record().path
    run("backup")
    [copy] = home.glob("practice.backup-*.sqlite3")

    result = run("delete", "--yes")

    assert result.exit_code == 0
    assert f"Deleted {path}" in result.output
    assert f"A copy is left: {copy}" in result.output
    assert list(home.iterdir()) == [copy]


def test_recordings_are_told_and_outlive_the_record() -> None:
    open_record()
    assert "not part of the record" not in run("where").output
    sound = keep_recording("BEH-GEN-001", "audio/webm", b"sound", datetime.now(UTC))
    assert f"1 in {sound.parent}" in run("where").output
    assert f"A recording is left: {sound}" in run("delete", "--yes").output
    assert sound.exists()
