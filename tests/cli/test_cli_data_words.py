"""``itpm-prep data``, ``report``, ``doctor`` and ``bench`` where something is in the way."""

from __future__ import annotations

import json
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as configure
from hypothesis import strategies as st
from practised import practised, store

from itpm_prep import settings
from itpm_prep.bank.compiled import load_bank
from itpm_prep.cli import doctor as doctor_module
from itpm_prep.cli import main
from itpm_prep.cli.bench.goals import GOALS, render
from itpm_prep.cli.bench.goals import Result as Measured
from itpm_prep.cli.bench.loading import measure_bank
from itpm_prep.cli.doctor import Finding, check_disk, check_folder, check_python, check_record
from itpm_prep.store.local import open_record

pytestmark = pytest.mark.usefixtures("home")


def run(*arguments: object, answer: str | None = None) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)), input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def record(home: Path) -> Path:
    """A record with known answers."""
    kept = open_record(home / "practice.sqlite3")
    store(kept, practised())
    return kept.path


# data


def counts(output: str) -> dict[str, str]:
    pairs = [line.split() for line in output.splitlines()]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[1].replace(",", "").isdigit()}


def test_where_counts_what_was_practised_and_leaves_the_file_as_it_is(record: Path) -> None:
    before = record.read_bytes()
    result = run("data", "where")
    assert result.exit_code == 0
    assert counts(result.output)["attempt"] == "8"
    assert record.read_bytes() == before
    assert "others can get at it" not in result.output


def test_a_backup_is_a_whole_record_and_leaves_the_first_one_alone(record: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert run("data", "backup", copy).output == f"Copied to {copy}\n"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(list(open_record(copy).attempts())) == len(list(open_record(record).attempts())) == 8


def test_two_backups_in_a_row_have_names_of_their_own(record: Path) -> None:
    names = {run("data", "backup").output for _ in range(2)}
    assert len(names) == 2
    assert len(list(record.parent.glob("practice.backup-*.sqlite3"))) == 2


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("command", ["backup", "export"])
def test_a_place_that_is_not_there_is_named_and_nothing_is_left(command: str, tmp_path: Path) -> None:
    result = run("data", command, tmp_path / "nowhere" / "copy")
    assert result.exit_code == 1
    assert f"{tmp_path / 'nowhere' / 'copy'} cannot be written: No such file" in result.output
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("command", ["backup", "export", "import"])
def test_a_folder_in_place_of_a_file_is_refused(command: str, tmp_path: Path) -> None:
    result = run("data", command, tmp_path)
    assert result.exit_code == 2
    assert "is a directory" in result.output


@pytest.mark.usefixtures("record")
def test_an_export_never_overwrites(tmp_path: Path) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text("my words")
    result = run("data", "export", mine)
    assert result.exit_code == 1
    assert f"{mine} exists already: choose another name." in result.output
    assert mine.read_text() == "my words"


def test_import_of_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = run("data", "import", tmp_path / "absent.jsonl")
    assert result.exit_code == 1
    assert f"The bundle {tmp_path / 'absent.jsonl'} cannot be read: No such file" in result.output


def test_a_bundle_of_a_later_version_is_refused(tmp_path: Path) -> None:
    later = tmp_path / "later.jsonl"
    later.write_text(
        json.dumps({"bundle": "itpm_prep", "version": 99, "created_at": "2026-10-04T08:30:00Z"}) + "\n"
    )
    result = run("data", "import", later)
    assert result.exit_code == 1
    assert "has version 99, and this itpm_prep reads up to" in result.output


@pytest.mark.usefixtures("record")
def test_what_was_exported_is_known_to_the_record_it_came_from(tmp_path: Path) -> None:
    bundle = tmp_path / "out.jsonl"
    assert run("data", "export", bundle).output.startswith(f"Exported to {bundle}: 8 attempts, ")
    result = run("data", "import", bundle)
    assert result.exit_code == 0
    assert result.output.startswith("Added 0, already there ")


@pytest.mark.parametrize(("answer", "stays"), [("y\n", False), ("n\n", True), ("\n", True), ("", True)])
def test_only_a_yes_deletes(answer: str, stays: bool, record: Path) -> None:  # noqa: FBT001
    result = run("data", "delete", answer=answer)
    assert record.exists() is stays
    assert ("Deleted" in result.output) is not stays
    assert (result.exit_code == 1) is stays


def test_after_a_deletion_there_is_no_record(record: Path) -> None:
    run("data", "delete", "--yes")
    assert "There is no practice record yet." in run("data", "where").output
    assert not record.exists()


# report


@pytest.mark.usefixtures("record")
def test_a_report_makes_the_folders_it_is_sent_to(tmp_path: Path) -> None:
    page, tables = tmp_path / "a" / "b" / "page.html", tmp_path / "c" / "d"
    result = run("report", "--output", page, "--csv", tables)
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == f"Written: {page}"
    assert sorted(result.output.splitlines()[1:]) == sorted(f"Written: {path}" for path in tables.iterdir())
    assert page.read_text("utf-8").startswith("<!")


@pytest.mark.usefixtures("record")
def test_every_file_in_the_way_is_named_at_once(tmp_path: Path) -> None:
    page, table = tmp_path / "page.html", tmp_path / "criterion_scores.csv"
    for path in (page, table):
        path.write_text("mine")
    result = run("report", "--output", page, "--csv", tmp_path)
    assert result.exit_code == 1
    assert f"Error: {page}, {table} exists." in result.output
    assert {path.read_text() for path in (page, table)} == {"mine"}


@pytest.mark.usefixtures("record")
def test_a_report_can_be_written_again_and_again_with_force(tmp_path: Path) -> None:
    arguments = ("report", "--output", tmp_path / "page.html", "--csv", tmp_path, "--force")
    assert [run(*arguments).exit_code for _ in range(2)] == [0, 0]


def test_a_folder_in_place_of_the_page_is_refused(tmp_path: Path) -> None:
    result = run("report", "--output", tmp_path)
    assert result.exit_code == 2
    assert "is a directory" in result.output


def test_a_report_before_the_first_practice_is_a_page_too(tmp_path: Path) -> None:
    result = run("report", "--output", tmp_path / "page.html")
    assert result.exit_code == 0
    assert "</html>" in (tmp_path / "page.html").read_text("utf-8")


# doctor

Usage = namedtuple("Usage", "free")
Part = namedtuple("Part", "mountpoint fstype")


def only(findings: object) -> Finding:
    (finding,) = findings  # type: ignore[misc]
    return finding


@pytest.mark.parametrize(("free", "kind"), [(99e6, "todo"), (101e6, "ok")])
def test_a_disk_needs_100_megabytes(free: float, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "disk_usage", lambda _: Usage(free))
    finding = only(check_disk())
    assert finding.kind == kind
    assert ("99 MB left: make room." in finding.text) == (kind == "todo")


@pytest.mark.parametrize("fstype", ["nfs4", "cifs", "SMB2", "fuse.sshfs", "9p", "ceph"])
def test_every_common_network_disk_is_known(fstype: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [Part(home.anchor, "ext4"), Part(str(home.parent), fstype)]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: parts)
    finding = only(check_disk())
    assert finding.kind == "todo"
    assert f"network disk ({fstype}): set ITPM_PREP_HOME to a local folder." in finding.text


def test_a_network_disk_elsewhere_is_no_matter(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [Part(home.anchor, "ext4"), Part(f"{home}-of-others", "nfs")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: parts)
    assert only(check_disk()).text.startswith("file system ext4, ")


def test_a_python_that_is_too_old_is_to_be_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    assert only(check_python()).kind == "ok"
    monkeypatch.setattr(doctor_module, "platform", SimpleNamespace(python_version=lambda: "3.8.1"))
    finding = only(check_python())
    assert finding.kind == "todo"
    assert finding.text.startswith("Python 3.8.1 at ")
    assert "install Python >=" in finding.text


def test_folder_and_record_that_others_can_read_are_both_named(record: Path) -> None:
    record.chmod(0o604)
    record.parent.chmod(0o750)
    assert [(finding.kind, finding.text) for finding in check_folder()] == [
        ("todo", f"others can get at {record.parent}: chmod 700 '{record.parent}'."),
        ("todo", f"others can get at {record}: chmod 600 '{record}'."),
    ]


def test_a_record_that_was_practised_with_is_sound_and_stays_as_it_is(record: Path) -> None:
    before = record.read_bytes()
    finding = only(check_record())
    assert finding.kind == "ok"
    assert f"practice record {record} is sound, journal mode " in finding.text
    assert record.read_bytes() == before


def test_a_record_with_a_broken_page_inside_is_to_be_replaced(record: Path) -> None:
    data = bytearray(record.read_bytes())
    data[4096:-4096] = b"\xff" * (len(data) - 8192)
    record.write_bytes(data)
    finding = only(check_record())
    assert finding.kind == "todo"
    assert str(record) in finding.text
    assert "a copy in its place" in finding.text.lower()


def test_a_folder_in_place_of_the_record_is_something_to_do(home: Path) -> None:
    (home / "practice.sqlite3").mkdir(parents=True)
    finding = only(check_record())
    assert finding.kind == "todo"
    assert str(home / "practice.sqlite3") in finding.text


def test_an_empty_bank_is_told_without_its_whole_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("")
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path))
    result = run("doctor")
    assert result.exit_code == 1
    line = f"question bank {tmp_path}: 2 fault(s) in the question bank: Run: itpm-prep bank check"
    assert line in result.output
    assert "a.yaml" not in result.output


# bench

figures = st.lists(st.floats(0.01, 1e4), min_size=1, max_size=7)


@configure(deadline=None, max_examples=50)
@given(st.sampled_from(sorted(GOALS)), figures, figures, st.floats(1, 10))
def test_being_slower_never_mends_a_goal(
    name: str, ours: list[float], control: list[float], factor: float
) -> None:
    slower = Measured(name, [figure * factor for figure in ours], control)
    assert Measured(name, ours, control).ok or not slower.ok


@configure(deadline=None, max_examples=50)
@given(st.sampled_from([name for name in GOALS if GOALS[name].of == "own"]), figures, figures, figures)
def test_a_goal_of_our_own_does_not_ask_the_control(
    name: str, ours: list[float], one: list[float], two: list[float]
) -> None:
    assert Measured(name, ours, one).ok is Measured(name, ours, two).ok


def test_the_table_shows_medians_units_and_limits() -> None:
    table = render(
        [
            Measured("open-cold", [3.0, 2.0, 9.0], [2.0]),
            Measured("import", [70.0], [20.0]),
            Measured("bank-320", [12.5], [5.0]),
        ]
    )
    rows = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in table.splitlines()]
    assert rows[1:] == [
        ["open mock_interview, cold", "3.00 s", "2.00 s", "1.50", "1.15", "over"],
        ["import itpm_prep", "70.00 ms", "20.00 ms", "3.50", "+60 ms", "ok"],
        ["load 320 questions", "12.50 ms", "5.00 ms", "2.50", "10 ms", "over"],
    ]


def test_the_columns_of_the_table_stand_under_their_heads() -> None:
    head, *lines = render([Measured(name, [1.0], [1.0]) for name in GOALS]).splitlines()
    assert len(lines) == len(GOALS)
    for title in ("OURS", "CONTROL", "RATIO", "LIMIT"):
        assert {line[head.index(title) - 1] for line in lines} == {" "}
        assert " " not in {line[head.index(title)] for line in lines}


def test_the_bank_that_is_measured_has_the_size_it_is_named_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (result,) = measure_bank(1, tmp_path, ["bank-320"])
    assert (result.name, len(result.ours), len(result.control)) == ("bank-320", 1, 1)
    assert min(*result.ours, *result.control) > 0
    monkeypatch.setenv("ITPM_PREP_HOME", str(tmp_path / "bank-320"))
    assert len(load_bank(tmp_path / "bank-320-sources")) == 320


def test_measuring_leaves_the_persons_own_cache_alone(tmp_path: Path) -> None:
    load_bank()
    before = {path: path.read_bytes() for path in settings.cache_dir().iterdir()}
    measure_bank(1, tmp_path, ["bank-320"])
    assert {path: path.read_bytes() for path in settings.cache_dir().iterdir()} == before


@pytest.mark.parametrize("arguments", [["--rounds", "0"], ["--only", "speed"]])
def test_bench_refuses_what_it_cannot_measure(arguments: list[str]) -> None:
    result = run("bench", *arguments)
    assert result.exit_code == 2
    assert "Invalid value for" in result.output


@pytest.mark.parametrize("port", ["0", "65536", "http"])
@pytest.mark.parametrize("command", ["lab", "app"])
def test_a_port_that_cannot_be_is_refused(command: str, port: str) -> None:
    result = run(command, "--port", port, "--no-browser")
    assert result.exit_code == 2
    assert "Invalid value for '--port'" in result.output
