"""``itpm-prep doctor``: one line for each thing, ok or what to do."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from click.testing import CliRunner

from itpm_prep import settings
from itpm_prep.cli import doctor as doctor_module
from itpm_prep.cli import main

pytestmark = pytest.mark.usefixtures("home")


def examine() -> tuple[int, str]:
    result = CliRunner().invoke(main, ["doctor"])
    assert all(line.startswith(("ok    ", "note  ", "todo  ")) for line in result.output.splitlines())
    return result.exit_code, result.output


def todo(output: str) -> str:
    (line,) = (line for line in output.splitlines() if line.startswith("todo"))
    return line


@pytest.fixture
def record(home: Path) -> Path:
    """A data folder as the program makes it, with a SQLite file in it."""
    home.mkdir(mode=0o700)
    path = home / "practice.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (words TEXT)")
        connection.execute("INSERT INTO t VALUES (hex(randomblob(20000)))")
        connection.commit()
    path.chmod(0o600)
    return path


@pytest.mark.usefixtures("record")
def test_a_sound_installation_is_ok_in_every_line() -> None:
    code, output = examine()
    assert code == 0
    for words in (
        "Python 3",
        "packages: ",
        "only you can read it",
        "journal mode delete",
        "file system",
        "questions",
    ):
        assert words in output
    assert "todo" not in output


def test_before_the_first_practice_nothing_is_missing_and_nothing_is_made() -> None:
    code, output = examine()
    assert code == 0
    assert "will be made when you first practise" in output
    assert "no practice record yet" in output
    assert not settings.database().exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions as on POSIX")
def test_a_record_others_can_read_is_to_be_closed(record: Path) -> None:
    record.chmod(0o644)
    code, output = examine()
    assert code == 1
    assert f"chmod 600 '{record}'" in todo(output)


def test_a_file_in_place_of_the_data_folder_is_to_be_moved(home: Path) -> None:
    home.write_text("")
    code, output = examine()
    assert code == 1
    assert f"{home} is a file: move it away" in todo(output)


def test_a_damaged_record_is_named(record: Path) -> None:
    record.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    code, output = examine()
    assert code == 1
    assert f"practice record {record}" in todo(output)


def test_a_record_in_wal_mode_is_to_be_put_right(record: Path) -> None:
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    code, output = examine()
    assert code == 1
    assert "WAL mode" in todo(output)


def test_a_network_disk_is_warned_of(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mount = SimpleNamespace(mountpoint=home.anchor, fstype="nfs4")
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [mount])
    code, output = examine()
    assert code == 1
    assert "network disk (nfs4)" in todo(output)


def test_a_package_that_is_too_old_or_missing_is_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = ["click>=8.1", "voila>=99", "no-such-package>=1", 'other>=1; extra == "test"']
    monkeypatch.setattr(doctor_module, "requires", lambda _: needed)
    code, output = examine()
    assert code == 1
    assert (
        f'voila {importlib.metadata.version("voila")} is too old or too new: pip install "voila>=99"'
        in output
    )
    assert 'no-such-package is missing: pip install "no-such-package>=1"' in output
    assert "other" not in output


def test_a_faulty_question_is_to_be_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = tmp_path / "bank"
    shutil.copytree(settings.bank_dir(), bank)
    (bank / "scenario" / "SCN-GEN-999.yaml").write_text("nothing: right\n")
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(bank))
    code, output = examine()
    assert code == 1
    assert "1 file(s) left out. Run: itpm-prep bank check" in todo(output)


def test_a_bank_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "nowhere"))
    code, output = examine()
    assert code == 1
    assert "nowhere" in todo(output)


def test_no_browser_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr("webbrowser._tryorder", [])
    assert "note  browser: none found" in examine()[1]
