"""``itpm-prep bank`` through the whole command line: paths, filters, and what goes wrong."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from itpm_prep import settings
from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.types import CATEGORIES, COMPETENCIES, LEVELS, SPECIALISATIONS
from itpm_prep.cli import main

SHARED = settings.CHECKOUT / "question_bank"
BEH, LDR, SCN = "BEH-INF-001", "LDR-GEN-001", "SCN-SOF-001"
FILES = (f"behavioral/{BEH}.yaml", f"leadership/{LDR}.yaml", f"scenario/{SCN}.yaml")
as_other_user = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="needs a user without all rights"
)

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bank of this person: three questions, named by ITPM_PREP_BASE_BANK."""
    bank = tmp_path / "bank"
    for name in ("topics.csv", *FILES):
        (bank / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SHARED / name, bank / name)
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(bank))
    return bank


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, ["bank", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_the_bank_named_by_the_variable_is_the_one_that_is_checked() -> None:
    assert run("check").output == "3 files checked: 0 faults in 0 files, 0 notices.\n"


def test_paths_are_shown_as_a_person_in_this_folder_would_write_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder / FILES[2], "level: senior", "level: boss")
    monkeypatch.chdir(folder / "scenario")
    assert run("check").output.startswith(f"{SCN}.yaml:6: level: is ")
    monkeypatch.chdir(folder / "behavioral")
    assert run("check").output.startswith(f"{folder / FILES[2]}:6: level: is ")


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    result = run("check", folder / "scenario" / "SCN-SOF-009.yaml")
    assert result.exit_code == 1
    assert "SCN-SOF-009.yaml: (file): is not readable (No such file" in result.output
    assert result.output.endswith("1 file checked: 1 fault in 1 file, 0 notices.\n")


def test_a_draft_outside_the_bank_is_checked_against_it(folder: Path, tmp_path: Path) -> None:
    draft = tmp_path / "desk" / "behavioral" / f"{BEH}.yaml"
    draft.parent.mkdir(parents=True)
    shutil.copy(folder / FILES[0], draft)
    result = run("check", draft)
    assert result.exit_code == 1
    assert f"{draft}:2: id: is {BEH}, as in {folder / FILES[0]}; must be used by one file" in result.output
    assert "[duplicate]" in result.output
    assert "1 file checked" in result.output


def test_two_paths_are_checked_together_and_each_once(folder: Path) -> None:
    result = run("check", folder / FILES[0], folder / "behavioral", folder / "leadership")
    assert result.output == "2 files checked: 0 faults in 0 files, 0 notices.\n"


def test_a_check_of_nothing_is_no_success(tmp_path: Path) -> None:
    shutil.copy(SHARED / "topics.csv", tmp_path)
    result = run("check", "--folder", tmp_path)
    assert result.exit_code == 1
    assert result.stdout == "0 files checked: 0 faults in 0 files, 0 notices.\n"
    assert f"No question file was found in {tmp_path}" in result.stderr
    assert "--folder" in result.stderr


@pytest.mark.parametrize("command", [["check"], ["list"], ["new", "SCN-ERP-900"], ["schema"]])
def test_a_bank_folder_that_is_not_there_is_named(command: list[str], tmp_path: Path) -> None:
    result = run(*command, "--folder", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "--folder" in result.output
    assert "does not exist" in result.output


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("category", CATEGORIES),
        ("level", LEVELS),
        ("specialisation", SPECIALISATIONS),
        ("competency", COMPETENCIES),
        ("status", ("draft", "reviewed", "retired")),
    ],
)
def test_each_filter_lists_what_its_own_questions_say(
    option: str, values: tuple[str, ...], folder: Path
) -> None:
    edit(folder / FILES[0], "status: draft", "status: retired")
    bank = load_bank(folder)
    seen = []
    for value in values:
        lines = run("list", f"--{option}", value).output.splitlines()
        listed = [line.split()[0] for line in lines if line.startswith(("BEH-", "LDR-", "SCN-"))]
        for name in listed:
            question = bank.question(name)
            own = (
                {question.level, *question.level_also}
                if option == "level"
                else {getattr(question, option, "")}
            )
            assert value in (question.competencies if option == "competency" else own)
        seen += listed
    assert {BEH, LDR, SCN} == set(seen)


def test_a_level_also_finds_questions_that_serve_it_as_a_neighbour(folder: Path) -> None:
    edit(folder / FILES[0], "level: mid", "level: mid\nlevel_also: [junior]")
    output = run("list", "--level", "junior").output
    assert f"{BEH}  mid" in output
    assert output.endswith("1 of 3 questions.\n")


def test_the_table_has_no_blanks_at_the_ends_of_its_lines(folder: Path) -> None:
    lines = run("list").output.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    starts = {line.index(load_bank(folder).question(line.split()[0]).title) for line in lines[1:4]}
    assert starts == {lines[0].index("TITLE")}


def test_a_new_title_is_listed_at_once(folder: Path) -> None:
    run("list")
    edit(folder / FILES[0], "title: Bad news before the fix", "title: Worse news")
    output = run("list", "--category", "behavioral").output
    assert "Worse news" in output
    assert "Bad news" not in output


def test_a_bank_without_one_sound_question_lists_its_faults(folder: Path) -> None:
    for name in FILES:
        (folder / name).write_text("", encoding="utf-8")
    result = run("list")
    assert result.exit_code == 1
    assert "3 fault(s) in the question bank:" in result.output
    assert all(f"{folder / name}: (file): is empty" in result.output for name in FILES)


def test_what_is_begun_fails_the_check_only_by_its_blanks(folder: Path) -> None:
    path = folder / "technical" / "TEC-CYB-009.yaml"
    begun = run("new", "TEC-CYB-009")
    assert begun.output == f"Begun: {path}\nFill in every blank, then run: itpm-prep bank check {path}\n"
    result = run("check", path)
    *faults, last = result.output.splitlines()
    assert result.exit_code == 1
    assert faults
    assert all(": is empty; must be " in line and line.endswith("[schema]") for line in faults)
    assert last.startswith("1 file checked: ")


@pytest.mark.parametrize("wrong", ["SCN-ERP-1", "XXX-ERP-001", "scn-erp-001"])
def test_new_writes_nothing_for_a_wrong_id(wrong: str, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    result = run("new", wrong)
    assert result.exit_code == 1
    assert f"Error: {wrong} is no question id" in result.output
    assert sorted(folder.rglob("*")) == before


@as_other_user
@pytest.mark.parametrize("command", [["new", "SCN-ERP-900"], ["schema"]])
def test_a_bank_that_cannot_be_written_is_said_plainly(command: list[str], folder: Path) -> None:
    for place in (folder, folder / "scenario"):
        place.chmod(0o500)
    try:
        result = run(*command)
    finally:
        for place in (folder, folder / "scenario"):
            place.chmod(0o700)
    assert result.exit_code == 1
    assert "could not be written: Permission denied." in result.output


def test_schema_says_where_it_wrote(folder: Path) -> None:
    (folder / "schema.json").write_text("old", encoding="utf-8")
    assert run("schema").output == f"Written: {folder / 'schema.json'}\n"
    assert (folder / "schema.json").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize("command", ["check", "list", "coverage", "new", "export", "import", "schema"])
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "This question bank alone (default: the one that comes" in " ".join(result.output.split())


def test_new_without_an_id_asks_for_one() -> None:
    result = run("new")
    assert result.exit_code == 2
    assert "Missing argument 'ID'" in result.output
