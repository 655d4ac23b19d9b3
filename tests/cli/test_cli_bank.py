"""``itpm-prep bank`` as a person at the terminal meets it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from itpm_prep import settings
from itpm_prep.cli.bank import bank

SHARED = settings.CHECKOUT / "question_bank"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("ITPM_PREP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank of two questions."""
    for name in ("topics.csv", "scenario/SCN-SOF-001.yaml", "behavioral/BEH-INF-001.yaml"):
        (tmp_path / "bank" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SHARED / name, tmp_path / "bank" / name)
    return tmp_path / "bank"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(bank, list(map(str, arguments)))


def test_check_of_a_sound_bank_says_so_and_ends_with_0(folder: Path) -> None:
    result = run("check", "--folder", folder)
    assert result.exit_code == 0
    assert result.output == "2 files checked: 0 faults in 0 files, 0 notices.\n"


def test_check_prints_all_faults_of_all_files_and_ends_with_1(folder: Path) -> None:
    one, two = folder / "behavioral" / "BEH-INF-001.yaml", folder / "scenario" / "SCN-SOF-001.yaml"
    one.write_text(one.read_text().replace("level: mid", "level: boss").replace("max_s: 180", "max_s: x"))
    two.write_text(two.read_text().replace("answer: 0.822", "answer: 0.9"))
    result = run("check", "--folder", folder)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith(f'{one}:6: level: is "boss"; must be director, junior, mid or senior [schema]')
    assert lines[1].startswith(f'{one}:17: timing.max_s: is "x"; must be a whole number [schema]')
    assert lines[2].startswith(f"{two}:30: figures[0].answer: is 0.9; must be 0.821705, within 0.01")
    assert lines[3] == "2 files checked: 3 faults in 2 files, 0 notices."


def test_check_of_one_path_reports_that_file_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "scenario" / "SCN-SOF-001.yaml").write_text("")
    monkeypatch.chdir(folder)
    assert run("check", "behavioral", "--folder", folder).exit_code == 0
    result = run("check", "scenario/SCN-SOF-001.yaml", "--folder", folder)
    assert result.exit_code == 1
    assert result.output.startswith("scenario/SCN-SOF-001.yaml: (file): is empty; must hold one question")


def test_notices_stand_apart_and_do_not_fail(folder: Path) -> None:
    path = folder / "scenario" / "SCN-SOF-001.yaml"
    copy = path.read_text().replace("id: SCN-SOF-001", "id: SCN-SOF-002")
    path.with_name("SCN-SOF-002.yaml").write_text(copy)
    path.write_text(path.read_text().replace("status: draft", "status: retired"))
    assert "0 notices" in run("check", "--folder", folder).output
    path.write_text(path.read_text().replace("status: retired", "status: draft"))
    output = run("check", "--folder", folder).output
    assert output.index("[duplicate]") < output.index("For a reader to judge") < output.index("[similar]")
    assert output.endswith("1 notice.\n")


def test_list_is_an_aligned_table_with_a_count(folder: Path) -> None:
    result = run("list", "--folder", folder)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "ID           LEVEL   STATUS  COMPETENCY                 TITLE",
        "BEH-INF-001  mid     draft   stakeholder_communication  Bad news before the fix",
        "SCN-SOF-001  senior  draft   metrics_reporting          The amber report with red numbers",
        "2 of 2 questions.",
    ]


def test_list_joins_its_filters_and_says_when_nothing_fits(folder: Path) -> None:
    found = run("list", "--folder", folder, "--category", "scenario", "--competency", "cost_benefit")
    assert "SCN-SOF-001" in found.output
    assert "1 of 2 questions." in found.output
    none = run(
        "list", "--folder", folder, "--level", "junior", "--status", "draft", "--specialisation", "erp"
    )
    assert none.output == "None of the 2 questions fits. Leave an option out to see more.\n"
    assert none.exit_code == 0


def test_list_refuses_a_word_outside_the_closed_list(folder: Path) -> None:
    result = run("list", "--folder", folder, "--level", "boss")
    assert result.exit_code == 2
    assert "'junior', 'mid', 'senior', 'director'" in result.output


def test_list_tells_of_files_left_out(folder: Path) -> None:
    (folder / "scenario" / "SCN-SOF-001.yaml").write_text("x")
    result = run("list", "--folder", folder)
    assert "1 of 1 question." in result.output
    assert "1 file left out because of faults" in result.stderr


def test_list_of_an_empty_folder_says_what_is_wrong(tmp_path: Path) -> None:
    result = run("list", "--folder", tmp_path)
    assert result.exit_code == 1
    assert "a folder without questions" in result.output


def test_new_begins_a_question_and_never_overwrites(folder: Path) -> None:
    result = run("new", "CHG-AGI-001", "--folder", folder)
    path = folder / "change" / "CHG-AGI-001.yaml"
    assert result.exit_code == 0
    assert str(path) in result.output
    path.write_text("my words")
    again = run("new", "CHG-AGI-001", "--folder", folder)
    assert again.exit_code == 1
    assert "is there already and was not touched" in again.output
    assert path.read_text() == "my words"


def test_new_refuses_an_id_that_is_none(folder: Path) -> None:
    result = run("new", "../../etc", "--folder", folder)
    assert result.exit_code == 1
    assert "must look like SCN-ERP-002" in result.output


def test_schema_writes_the_file_that_editors_use(folder: Path) -> None:
    assert run("schema", "--folder", folder).exit_code == 0
    assert (folder / "schema.json").read_text() == (SHARED / "schema.json").read_text()


def test_help_loads_neither_the_yaml_reader_nor_the_rules() -> None:
    code = (
        "import sys; from itpm_prep.cli.bank import bank; bank(['--help'], standalone_mode=False);"
        "heavy = ('yaml', 'ruamel', 'jsonschema', 'itpm_prep.bank.rules');"
        "print([name for name in heavy if name in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (our own code)
    assert done.stdout.endswith("[]\n")
    assert "Check, list, begin and exchange questions." in done.stdout
