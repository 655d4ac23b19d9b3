"""Only the owner can read the record, and what stands in its way is said with what to do."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from store_samples import NOBODY, NOW, as_ordinary_user, make_interview

from itpm_prep import settings
from itpm_prep.problems import NotSaved, StoreError
from itpm_prep.store import files
from itpm_prep.store.local import open_record

posix = pytest.mark.skipif(os.name != "posix", reason="permissions and owners are POSIX's")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_missing_folders_are_made_and_the_record_is_found_where_settings_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITPM_PREP_HOME", str(tmp_path / "über all" / "data?#%"))
    with open_record() as record:
        record.prefer("name", "value")
    assert settings.database().is_file()
    assert open_record(settings.database()).preference("name") == "value"


@posix
def test_a_new_folder_and_file_are_for_the_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        path = open_record(tmp_path / "home" / "practice.sqlite3").path
    finally:
        os.umask(old)
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)


@posix
def test_what_was_opened_up_to_others_is_closed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITPM_PREP_HOME", str(tmp_path))
    path = open_record().path
    path.chmod(0o644)
    tmp_path.chmod(0o755)

    open_record()

    assert (mode(tmp_path), mode(path)) == (0o700, 0o600)


@posix
@pytest.mark.parametrize("is_home", [True, False])
def test_a_folder_shared_with_others_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_home: bool
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777 if is_home else 0o755)
    if is_home:
        monkeypatch.setenv("ITPM_PREP_HOME", str(shared))
    before = mode(shared)

    open_record(shared / "practice.sqlite3")

    assert mode(shared) == before


@posix
def test_the_record_of_another_user_is_refused(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        path = Path("/etc/hosts")
    else:
        path = open_record(tmp_path / "practice.sqlite3").path
        os.chown(path, NOBODY, NOBODY)
    before = path.read_bytes()

    with pytest.raises(StoreError, match=r"another user.*sudo chown"):
        open_record(path)

    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_record_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not a file"):
        open_record(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(StoreError, match=r"home is a file, not a folder"):
        open_record(tmp_path / "home" / "practice.sqlite3")
    with pytest.raises(StoreError, match=r"cannot be made: Not a directory"):
        open_record(tmp_path / "home" / "deeper" / "practice.sqlite3")


@posix
def test_an_unwritable_folder_is_named_with_what_to_do() -> None:
    with as_ordinary_user() as user:
        user.folder.chmod(0o500)
        with pytest.raises(StoreError, match=r"Permission denied.*ITPM_PREP_HOME"):
            open_record(user.folder / "practice.sqlite3")
        with pytest.raises(StoreError, match=r"folder .*deeper cannot be made: Permission denied"):
            open_record(user.folder / "deeper" / "practice.sqlite3")


@posix
@pytest.mark.parametrize("locked", ["file", "folder"])
def test_a_read_only_record_can_be_read_and_says_that_nothing_was_saved(locked: str) -> None:
    with as_ordinary_user() as user:
        record = open_record(user.folder / "practice.sqlite3")
        record.begin(make_interview(), "tab", NOW)
        if locked == "file":
            record.path.chmod(0o400)
        else:
            user.folder.chmod(0o500)

        again = open_record(record.path)
        with pytest.raises(NotSaved, match="Nothing was saved"):
            again.save_draft("i1", 0, "notes", "words", "tab")

        assert again.unfinished() == make_interview()
        assert again.drafts("i1", 0) == {}


@posix
def test_an_unreadable_record_is_named() -> None:
    with as_ordinary_user() as user:
        path = open_record(user.folder / "practice.sqlite3").path
        path.chmod(0o000)
        with pytest.raises(StoreError, match="you may not read it"):
            open_record(path)


def test_removing_takes_the_side_files_along_and_leaves_the_copies(tmp_path: Path) -> None:
    path = open_record(tmp_path / "practice.sqlite3").path
    journal = path.with_name(path.name + "-journal")
    journal.touch()
    copy = files.copy_name(path, NOW)
    copy.touch()

    assert files.remove(path) == [path, journal]
    assert files.copies(path) == list(tmp_path.iterdir()) == [copy]
    assert files.remove(path) == []


def test_a_file_written_half_takes_no_name_and_leaves_nothing(tmp_path: Path) -> None:
    def write_half() -> None:
        with files.whole_file(tmp_path / "x") as part:
            part.write_text("half")
            raise OSError(5, "disk on fire")

    with pytest.raises(NotSaved, match="disk on fire"):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_the_name_of_a_copy_holds_the_time(tmp_path: Path) -> None:
    name = files.copy_name(tmp_path / "practice.sqlite3", datetime(2026, 10, 4, 8, 30, 15, tzinfo=NOW.tzinfo))
    assert name == tmp_path / "practice.backup-20261004T083015Z.sqlite3"
