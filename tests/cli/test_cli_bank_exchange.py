"""``itpm-prep bank coverage``, ``export`` and ``import``, and packs, as an instructor meets them."""

from __future__ import annotations

import csv
import io
import os
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from itpm_prep import settings
from itpm_prep.bank.compiled import load_bank
from itpm_prep.cli import main

SHARED = settings.CHECKOUT / "question_bank"
BEH, LDR, SCN = "BEH-INF-001", "LDR-GEN-001", "SCN-SOF-001"
FILES = ("topics.csv", f"behavioral/{BEH}.yaml", f"leadership/{LDR}.yaml", f"scenario/{SCN}.yaml")
as_other_user = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="needs a user without all rights"
)


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This person's bank of three questions; ``home`` is their data folder."""
    assert not home.exists()
    folder = tmp_path / "bank"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SHARED / name, folder / name)
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(folder))
    monkeypatch.delenv("ITPM_PREP_BANK", raising=False)
    return folder


@pytest.fixture
def installed(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bank came with the program."""
    shutil.move(bank, tmp_path / "_share" / "question_bank")
    monkeypatch.delenv("ITPM_PREP_BASE_BANK")
    monkeypatch.setattr(settings, "PACKAGE", tmp_path)


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, ["bank", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def edit(file: Path, question_id: str, **cells: str) -> None:
    """Change cells of a row, or add the row, as a spreadsheet does: semicolons, no mark, new line ends."""
    text = file.read_bytes().decode("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    first, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    row = next((row for row in rows if row[0] == question_id), None)
    if row is None:
        row = [question_id, *[""] * (len(first) - 1)]
        rows.append(row)
    for column, cell in cells.items():
        row[first.index(column)] = cell
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";", lineterminator="\n").writerows([first, *rows])


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# coverage -----------------------------------------------------------------------------------------


def test_coverage_prints_the_tables_and_what_is_missing_and_ends_with_0() -> None:
    result = run("coverage")
    assert result.exit_code == 0
    lines = [line.split() for line in result.output.splitlines()]
    assert ["CATEGORY", "junior", "mid", "senior", "director", "all"] in lines
    assert any(line[:6] == ["scenario", "0/5/10", "<", "0/10/20", "<", "1/11/22"] for line in lines)
    for name in ("SPECIALISATION", "FIRST COMPETENCY", "EXHIBITS WITH FIGURES", "BENCHMARKS"):
        assert any(line.startswith(name) for line in result.output.splitlines())
    assert "still unnamed:" in result.output
    assert "  SQ1  initiate a new IT project" in result.output
    assert "topics that several questions are to name" in result.output
    assert "category x level x specialisation x competency with too many: 0" in result.output
    assert "specialisation x level with too few categories: 32 of 32" in result.output


@pytest.mark.parametrize(("release", "name"), [("first", "the first release"), ("full", "the full bank")])
def test_a_release_is_judged_by_the_exit_code_and_every_gap_is_listed(release: str, name: str) -> None:
    result = run("coverage", "--release", release)
    assert result.exit_code == 1
    assert f"gaps to {name}:\n" in result.output
    least = {"first": 36, "full": 72}[release]
    assert f"  category: behavioral, all: 1, at least {least}\n" in result.output


def test_packs_are_no_part_of_what_the_bank_covers(
    bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run("coverage").output
    monkeypatch.setenv("ITPM_PREP_BANK", str(shutil.copytree(bank, tmp_path / "acme")))
    assert len(load_bank()) == 6
    assert run("coverage").output == before


def test_coverage_without_topics_says_what_to_do(bank: Path) -> None:
    (bank / "topics.csv").unlink()
    result = run("coverage")
    assert result.exit_code == 1
    assert "are not readable (FileNotFoundError): run itpm-prep bank check" in result.output


# export -------------------------------------------------------------------------------------------


def test_export_writes_the_questions_that_fit_and_says_how_many(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    assert run("export", "csv", file).output == f"Exported 3 questions of 3 to {file}.\n"
    result = run("export", "csv", file, "--category", "scenario", "--level", "senior")
    assert result.output == f"Exported 1 question of 3 to {file}.\n"
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == [SCN]


def test_an_export_of_nothing_writes_nothing(tmp_path: Path) -> None:
    result = run("export", "anki", tmp_path / "cards.txt", "--status", "reviewed")
    assert result.exit_code == 1
    assert "No question fits, and nothing was written" in result.output
    assert not (tmp_path / "cards.txt").exists()


@pytest.mark.parametrize(("form", "count"), [("csv", 3), ("moodle", 2), ("anki", 2)])
def test_retired_questions_stay_out_of_what_is_handed_out(
    form: str, count: int, bank: Path, tmp_path: Path
) -> None:
    path = bank / FILES[1]
    path.write_text(path.read_text().replace("status: draft", "status: retired"))
    assert run("export", form, tmp_path / "out").output.startswith(f"Exported {count} questions of 3")
    retired = run("export", form, tmp_path / "out", "--status", "retired")
    assert retired.output.startswith("Exported 1 question of 3")


def test_moodle_and_anki_files_hold_the_questions(tmp_path: Path) -> None:
    run("export", "moodle", tmp_path / "quiz.xml")
    essays = ET.parse(tmp_path / "quiz.xml").findall("question[@type='essay']")  # noqa: S314 -- our own file
    assert [essay.findtext("idnumber") for essay in essays] == [BEH, SCN, LDR]
    assert all("<h4>" in (essay.findtext("responsetemplate/text") or "") for essay in essays)
    run("export", "anki", tmp_path / "cards.txt")
    assert (tmp_path / "cards.txt").read_text().count("itpm-prep-") == 3


def test_a_file_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    result = run("export", "csv", tmp_path / "no" / "mine.csv")
    assert result.exit_code == 1
    assert "mine.csv could not be written: No such file or directory." in result.output


def test_an_unknown_format_lists_the_known_ones(tmp_path: Path) -> None:
    result = run("export", "xls", tmp_path / "mine.xls")
    assert result.exit_code == 2
    assert "'csv', 'moodle', 'anki'" in result.output


# import -------------------------------------------------------------------------------------------


def test_a_table_brought_back_unedited_changes_no_byte(bank: Path, tmp_path: Path) -> None:
    before = contents(bank)
    run("export", "csv", tmp_path / "mine.csv")
    result = run("import", tmp_path / "mine.csv")
    assert result.exit_code == 0
    assert result.output == "0 of 3 rows brought in; the others say what the bank says.\n"
    assert contents(bank) == before


def test_what_was_edited_is_in_the_bank_at_once(bank: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    run("export", "csv", file)
    edit(file, SCN, title="Red numbers", stem="What do you tell the board about these numbers today?")
    edit(file, "SCN-ERP-090", title="New")
    result = run("import", file)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"{SCN} changed in title, stem: {bank / FILES[3]}",
        f"SCN-ERP-090 begun from title: {bank / 'scenario' / 'SCN-ERP-090.yaml'}",
        "2 of 4 rows brought in; the others say what the bank says.",
        "Now run: itpm-prep bank check",
    ]
    assert "Red numbers" in run("list").output
    assert load_bank().question(SCN).version == 2
    assert run("import", file).output.startswith("0 of 4 rows brought in")


def test_one_faulty_row_keeps_all_of_them_out(bank: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    run("export", "csv", file)
    edit(file, BEH, title="Fine")
    edit(file, SCN, level="boss", max_s="soon")
    before = contents(bank)
    result = run("import", file)
    assert result.exit_code == 1
    assert (
        f'{file}, row 4, column max_s: is "soon"; must be a whole number of seconds [table]' in result.output
    )
    assert f'{file}, row 4, column level: is "boss"; must be director, junior, mid or senior' in result.output
    assert "Nothing was imported because of 2 faults." in result.output
    assert contents(bank) == before


def test_a_file_that_is_no_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("some notes\n")
    result = run("import", tmp_path / "notes.csv")
    assert result.exit_code == 1
    assert f"{tmp_path / 'notes.csv'}, row 1, column id: is missing; must be a column" in result.output
    missing = run("import", tmp_path / "none.csv")
    assert "none.csv could not be read: No such file or directory." in missing.output


@as_other_user
def test_a_bank_that_cannot_be_written_is_left_as_it_was(bank: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    run("export", "csv", file)
    edit(file, SCN, title="Red numbers")
    before = contents(bank)
    (bank / "scenario").chmod(0o500)
    try:
        result = run("import", file)
    finally:
        (bank / "scenario").chmod(0o700)
    assert result.exit_code == 1
    assert "could not be written: Permission denied." in result.output
    assert contents(bank) == before


# Packs --------------------------------------------------------------------------------------------


def test_a_pack_is_begun_by_an_import_and_then_used_beside_the_bank(
    bank: Path, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    run("export", "csv", file)
    edit(file, SCN, title="Ours", stem="What do you tell the board about these numbers today?")
    before = contents(bank)
    result = run("import", file, "--pack", "acme")
    assert result.output.startswith(f"ACME-{SCN} begun from title, stem: {home / 'packs' / 'acme'}")
    assert contents(bank) == before
    assert f"ACME-{SCN}  senior  draft   metrics_reporting          Ours" in run("list").output
    assert "4 of 4 questions." in run("list").output
    run("export", "csv", file)
    edit(file, f"ACME-{SCN}", title="Ours, too")
    assert run("import", file).output.startswith(f"ACME-{SCN} changed in title: ")
    checked = run("check")
    assert "4 files checked: " in checked.output
    assert f"word for word the anchor {SCN}" in checked.output


def test_a_faulty_table_begins_no_pack(home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,title\nnothing,x\n")
    assert run("import", tmp_path / "mine.csv", "--pack", "acme").exit_code == 1
    (tmp_path / "mine.csv").write_text(f"id\n{SCN}\n")
    assert run("import", tmp_path / "mine.csv", "--pack", "acme").exit_code == 0
    assert not (home / "packs").exists()


def test_new_begins_a_question_in_a_pack(home: Path) -> None:
    path = home / "packs" / "acme" / "scenario" / "SCN-ERP-001.yaml"
    assert run("new", "SCN-ERP-001", "--pack", "Acme").output.startswith(f"Begun: {path}\n")
    assert f"itpm-prep bank check {path}\n" in path.read_text()
    assert (home / "packs" / "acme" / "pack.yaml").read_text() == "prefix: ACME\n"
    assert "1 file left out because of faults" in run("list").stderr


@pytest.mark.parametrize("command", [["new", "SCN-ERP-001"], ["import", "mine.csv"]])
def test_a_name_that_cannot_be_a_prefix_is_refused(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.csv").write_text("id\n")
    result = run(*command, "--pack", "../x")
    assert result.exit_code == 1
    assert "../x cannot be the name of a pack: it must have 2 to 12 capital letters" in result.output


def test_folder_and_pack_are_two_places(bank: Path) -> None:
    result = run("new", "SCN-ERP-001", "--pack", "acme", "--folder", bank)
    assert result.exit_code == 2
    assert "leave one out" in result.output


@pytest.mark.usefixtures("installed")
def test_the_bank_of_an_installed_program_is_not_written_to(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    run("export", "csv", file)
    assert run("import", file).output.startswith("0 of 3 rows brought in")
    edit(file, SCN, title="Mine")
    result = run("import", file)
    assert result.exit_code == 1
    assert "must be imported into a pack of your own, with --pack" in result.output
    assert "Name a pack of your own with --pack" in run("new", "SCN-ERP-001").output
    assert run("import", file, "--pack", "mine").exit_code == 0
    assert f"MINE-{SCN}" in load_bank()


def test_a_pack_with_faults_leaves_the_bank_in_use_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITPM_PREP_BANK", str(tmp_path / "nowhere"))
    listed = run("list")
    assert listed.exit_code == 0
    assert "3 of 3 questions." in listed.output
    assert "left out because of faults" in listed.stderr
    checked = run("check")
    assert checked.exit_code == 1
    assert "is not a folder that can be read (No such file or directory)" in checked.output
    assert "[pack]" in checked.output
