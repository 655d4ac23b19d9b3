"""`itpm-prep cohort`: what an instructor sees when looking after a class on the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from four_learners import ADA, BEN, HOSTILE, NEW, OTHER_ADA, bundles
from kit_samples import sample_kit

from itpm_prep import settings
from itpm_prep.bank.compiled import load_bank
from itpm_prep.cli import main
from itpm_prep.cli.cohort.grading import IDENTIFIED_BY
from itpm_prep.practice.kit_files import encode_kit
from itpm_prep.reports.columns import FRAMES
from itpm_prep.reports.gradebook import COLUMNS

SHOWN = [name for name in FRAMES if name != "texts"]


@pytest.fixture(scope="module")
def settled(tmp_path_factory) -> Path:
    """A data folder in which four learners have been merged, and their bundles beside it."""
    folder = tmp_path_factory.mktemp("settled")
    (folder / "in").mkdir()
    for name, content in bundles(folder).items():
        (folder / "in" / name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ITPM_PREP_HOME", str(folder / "home"))
        load_bank()  # compiled once for all tests
        assert run("merge", folder / "in").exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def here(settled: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the bundles of four learners in ``in/``; nobody has been merged."""
    assert not home.exists()
    folder = tmp_path / "here"
    shutil.copytree(settled / "in", folder / "in")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def merged(settled: Path, home: Path) -> None:
    shutil.copytree(settled / "home", home)


def run(*arguments: object, answer: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["cohort", *map(str, arguments)], input=answer)
    assert "Traceback" not in result.output
    return result


def rows_of(path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(Path(path).read_text("utf-8-sig"), newline="")))


# Handing in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["where"], ["report"], ["export", "--csv", "x"], ["forget", "Ada"]])
def test_before_anybody_has_handed_in_each_command_says_so_and_makes_nothing(command, home, here):
    result = run(*command)
    assert result.exit_code == 1
    assert "Nobody has handed in yet. Merge bundles with: itpm-prep cohort merge FOLDER" in result.output
    assert not home.exists()
    assert [path.name for path in here.iterdir()] == ["in"]


def test_a_folder_is_merged_and_merging_it_again_changes_nothing():
    first, again = run("merge", "in"), run("merge", "in")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "4 files: added " in first.output
    assert "already there 0, faults 0. Learners in the class: 4" in first.output
    assert "4 files: added 0, already there " in again.output


def test_files_and_archives_are_merged_in_any_order(here):
    with ZipFile("all.zip", "w") as packed:
        for path in sorted((here / "in").iterdir())[:3]:
            packed.write(path, path.name)
    assert "Learners in the class: 1" in run("merge", here / "in" / "dddd.jsonl").output
    assert "Learners in the class: 4" in run("merge", "all.zip", "in").output


def test_what_is_no_bundle_is_listed_with_the_reason_and_the_rest_is_merged(here):
    (here / "in" / "notes.txt").write_text("hello")
    cut = here / "in" / "aaaa.jsonl"
    cut.write_bytes(cut.read_bytes()[:-40])
    result = run("merge", "in")
    assert result.exit_code == 1
    assert "notes.txt" in result.output
    assert "aaaa.jsonl:" in result.output
    assert "Learners in the class: 4" in result.output


@pytest.mark.usefixtures("merged")
def test_where_tells_the_file_and_what_it_holds():
    result = run("where")
    assert result.exit_code == 0
    assert str(settings.cohort_database()) in result.output
    held = dict(line.split(maxsplit=1) for line in result.output.splitlines())
    assert held["learners"] == "4"
    assert held["attempts"] == "40"


@pytest.mark.usefixtures("merged")
def test_forgetting_a_learner_asks_first_and_no_means_no():
    refused = run("forget", "Ben Łukasz", answer="n\n")
    assert refused.exit_code == 1
    assert f"Delete everything of Ben Łukasz ({BEN})?" in refused.output
    assert run("forget", BEN, "--yes").exit_code == 0


@pytest.mark.usefixtures("merged")
def test_a_forgotten_learner_leaves_nothing_behind():
    kept = settings.cohort_database().with_suffix(".tables")
    kept.write_text("Ben Łukasz")
    result = run("forget", "ben łukasz", "--yes")
    assert result.exit_code == 0
    assert f"Deleted: ben łukasz ({BEN})" in result.output
    assert not kept.exists()
    assert BEN.encode() not in settings.cohort_database().read_bytes()
    assert "Nobody in the class is called" in run("forget", BEN, "--yes").output


@pytest.mark.usefixtures("merged")
def test_of_two_learners_of_one_name_none_is_forgotten_by_it():
    result = run("forget", "Ada", "--yes")
    assert result.exit_code == 1
    assert "2 learners may be meant: Ada (aaaaaa), Ada (bbbbbb)" in result.output
    assert run("forget", "bbbb", "--yes").exit_code == 0


# Giving out ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("merged")
def test_the_page_of_the_class_goes_into_this_folder_under_a_name_with_the_date(here):
    result = run("report")
    [path] = here.glob("class-*.html")
    assert result.output == f"Written: {path.resolve()}\n"
    page = path.read_text("utf-8")
    assert "4 learners, 35 answers to 28 questions" in page
    assert "<script" not in page


@pytest.mark.usefixtures("merged")
def test_the_page_of_one_learner_holds_their_words():
    assert run("report", "--learner", "Ben Łukasz", "--output", "ben.html").exit_code == 0
    page = Path("ben.html").read_text("utf-8")
    assert "Ben Łukasz" in page
    assert "one two three" in page
    assert run("report", "--learner", "Ada").exit_code == 1


def test_an_id_made_up_to_lead_elsewhere_or_to_steer_the_terminal_does_neither(here):
    hostile = "../../x\x1b[2J=1+1"
    path = here / "in" / "cccc.jsonl"
    head, rest = path.read_bytes().split(b"\n", 1)
    header = json.loads(head) | {"learner": {"id": hostile, "name": "Eve"}}
    path.write_bytes(json.dumps(header).encode() + b"\n" + rest)
    run("merge", path)
    before = set(here.parent.rglob("*.html"))
    said = [
        run("where"),
        run("report", "--learner", "Eve"),
        run("gradebook", "grades.csv", "--to", "canvas", "--title", "P", "--left-out", "list.csv"),
        run("forget", "Eve", answer="y\n"),
    ]
    assert not [result.output for result in said if "\x1b" in result.output]
    [page] = set(here.parent.rglob("*.html")) - before
    assert page.parent == here
    assert page.name.startswith("learner-x2J11-")
    assert "Deleted: Eve (../../x\\x1b[2J=1+1)" in said[-1].output


@pytest.mark.usefixtures("merged")
def test_all_frames_are_written_in_each_kind(here):
    result = run("export", "--excel", "class.xlsx", "--csv", "csv", "--parquet", "parquet")
    assert result.exit_code == 0
    assert openpyxl.load_workbook("class.xlsx", read_only=True).sheetnames == [*SHOWN, "about"]
    assert sorted(path.stem for path in (here / "csv").iterdir()) == sorted(SHOWN)
    assert len(pd.read_csv("csv/attempts.csv")) == len(pd.read_parquet("parquet/attempts.parquet")) == 40
    assert result.output.count("Written: ") == 1 + 2 * len(SHOWN)
    run("export", "--csv", "all.zip")
    with ZipFile("all.zip") as packed:
        assert packed.namelist() == [f"{name}.csv" for name in SHOWN]


@pytest.mark.usefixtures("merged")
def test_an_export_says_what_it_can_write_when_it_is_told_nothing():
    result = run("export")
    assert result.exit_code == 2
    assert "--excel FILE, --csv FOLDER or --parquet FOLDER" in result.output


@pytest.mark.usefixtures("merged")
@pytest.mark.parametrize(
    ("standing", "command"),
    [
        ("page.html", ["report", "--output", "page.html"]),
        ("csv/items.csv", ["export", "--excel", "new.xlsx", "--csv", "csv"]),
        ("all.zip", ["export", "--csv", "all.zip"]),
        ("grades.csv", ["gradebook", "grades.csv", "--to", "canvas", "--title", "P"]),
        ("list.csv", ["gradebook", "new.csv", "--to", "canvas", "--title", "P", "--left-out", "list.csv"]),
    ],
)
def test_nothing_is_written_when_a_file_would_be_replaced(here, standing, command):
    path = here / standing
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    before = set(here.rglob("*"))
    result = run(*command)
    assert result.exit_code == 1
    assert f"{standing} exists. Choose another place, or add --force to replace it." in result.output
    assert set(here.rglob("*")) == before
    assert path.read_text() == "mine"


@pytest.mark.usefixtures("merged")
def test_a_file_is_replaced_when_that_is_forced(here):
    (here / "page.html").write_text("mine")
    assert run("report", "--output", "page.html", "--force").exit_code == 0
    assert "4 learners" in (here / "page.html").read_text("utf-8")


# Gradebooks ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("merged")
def test_a_gradebook_is_made_in_two_rounds_by_filling_in_the_list_of_those_left_out():
    first = run("gradebook", "grades.csv", "--to", "moodle", "--title", "Practice", "--left-out", "list.csv")
    assert first.exit_code == 1
    assert "Graded: 0, of 5 points at most. Left out: 4" in first.output
    listed = rows_of("list.csv")
    emails = {ADA: "ada@example.org", OTHER_ADA: "ada2@example.org", BEN: "ben@example.org"}
    filled = [[row[0], row[1], emails.get(row[0], row[2]), row[3]] for row in listed]
    with Path("filled.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(filled)

    second = run(
        "gradebook",
        "grades.csv",
        "--to",
        "moodle",
        "--title",
        "Practice",
        "--identifiers",
        "filled.csv",
        "--force",
    )

    assert second.exit_code == 1
    assert "Graded: 3, of 5 points at most. Left out: 1" in second.output
    assert f"  {HOSTILE} ({NEW[:6]}): no identifier" in second.output
    assert [row[0] for row in rows_of("grades.csv")] == ["Email address", *emails.values()]


@pytest.mark.usefixtures("merged")
def test_identifiers_can_be_typed_and_those_for_nobody_are_told():
    result = run(
        *("gradebook", "grades.csv", "--to", "canvas", "--by", "SIS User ID", "--title", "Practice"),
        *("--identify", "Ben Łukasz=s123", "--identify", "Zoë=s124"),
    )
    assert "Zoë: an identifier was given, and nobody in the class is called so" in result.output
    assert [row[2] for row in rows_of("grades.csv")] == ["SIS User ID", "", "s123"]


@pytest.mark.usefixtures("merged")
def test_a_kit_gives_the_title_and_the_full_marks():
    Path("kit.json").write_bytes(encode_kit(sample_kit()))
    result = run("gradebook", "grades.csv", "--to", "canvas", "--kit", "kit.json", "--measure", "answers")
    assert "of 3 points at most" in result.output
    assert rows_of("grades.csv")[0][-1] == "Week 3: risks"


@pytest.mark.usefixtures("merged")
def test_everybody_graded_ends_with_0(here):
    for name in (OTHER_ADA, NEW):
        run("forget", name, "--yes")
    typed = ["--identify", "Ada=ada", "--identify", "Ben Łukasz=ben"]
    result = run("gradebook", here / "grades.csv", "--to", "canvas", "--title", "Practice", *typed)
    assert result.exit_code == 0
    assert "Left out: 0" in result.output


@pytest.mark.usefixtures("merged")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--title", "Practice", "--identify", "Ada"], "must be a name, =, and an identifier"),
        (["--title", "Final Grade"], "Canvas keeps for itself"),
        ([], "needs a title"),
        (["--title", "P", "--measure", "answers"], "How many answers are full marks?"),
        (["--title", "P", "--by", "Username"], "is no identifier there"),
        (["--title", "P", "--kit", "in/aaaa.jsonl"], "not a kit"),
        (["--title", "P", "--identifiers", "in/aaaa.jsonl"], "needs a first row with learner_id or name"),
    ],
)
def test_what_cannot_be_made_is_told_in_one_sentence_and_nothing_is_written(arguments, told, here):
    result = run("gradebook", "grades.csv", "--to", "canvas", *arguments)
    assert result.exit_code == 1
    assert told in result.output
    assert not (here / "grades.csv").exists()


def test_the_command_knows_every_identifier_of_the_platforms():
    """They are written there a second time so that --help need not import pandas."""
    assert tuple(one for columns in COLUMNS.values() for one in columns) == IDENTIFIED_BY
