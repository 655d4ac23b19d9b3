"""A table brought back into question files: all of it or nothing, and only what it says."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from itpm_prep.bank.check import read_case
from itpm_prep.bank.exchange.changes import Change, plan_changes, write_changes
from itpm_prep.bank.exchange.shelf import Shelf
from itpm_prep.bank.exchange.table import Row, read_table, write_table
from itpm_prep.bank.types import Question

Put = Callable[[str, str], Path]
Sound = Callable[[str], str]
BEH, SCN = "BEH-INF-001", "SCN-SOF-001"


@pytest.fixture
def bank(folder: Path, put: Put, sound: Sound) -> Path:
    for question_id in (BEH, SCN):
        put(question_id, sound(question_id))
    return folder


@pytest.fixture
def own(bank: Path) -> Shelf:
    """The bank is the person's own to edit."""
    return Shelf(bank, {"": bank})


@pytest.fixture
def pack(bank: Path, tmp_path: Path) -> Shelf:
    """Rows go into a pack; the bank is only read."""
    return Shelf(bank, {"ACME": tmp_path / "acme"}, "ACME")


def question_in(path: Path) -> Question:
    case, problems = read_case(path, path.name)
    assert case is not None, problems
    return case.question


def plan(shelf: Shelf, *rows: dict[str, str]) -> list[Change]:
    changes, problems = plan_changes(
        [Row(number, cells) for number, cells in enumerate(rows, 2)], "t.csv", shelf, date(2026, 11, 22)
    )
    assert problems == []
    return changes


def faults(shelf: Shelf, *rows: dict[str, str]) -> list[tuple[int, str, str]]:
    changes, problems = plan_changes(
        [Row(number, cells) for number, cells in enumerate(rows, 2)], "t.csv", shelf, date(2026, 11, 22)
    )
    assert changes == []
    return [(problem.line, problem.key, f"is {problem.found}; must {problem.must}") for problem in problems]


def bring(shelf: Shelf, *rows: dict[str, str]) -> list[Path]:
    changes = plan(shelf, *rows)
    write_changes(changes)
    return [change.path for change in changes]


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# Questions that are there -------------------------------------------------------------------------


def test_a_table_as_it_was_exported_changes_nothing(own: Shelf) -> None:
    questions = [question_in(path) for path in own.base.rglob("*.yaml")]
    rows, _ = read_table(write_table(questions), "t.csv")
    assert len(rows) == 2
    assert plan(own, *(row.cells for row in rows)) == []


def test_what_a_row_says_goes_into_the_file_and_the_rest_of_it_stays(own: Shelf, sound: Sound) -> None:
    (path,) = bring(own, {"id": SCN, "title": "Red numbers", "tags": "one\ntwo words", "level": "senior"})
    question = question_in(path)
    assert (question.title, question.tags, question.version) == ("Red numbers", ("one", "two words"), 1)
    before, after = sound(SCN).splitlines(), path.read_text().splitlines()
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert changed == [
        "- title: The amber report with red numbers",
        "+ title: Red numbers",
        "+ tags:",
        "+   - one",
        "+   - two words",
    ]


def test_columns_that_are_not_there_and_blank_cells_leave_their_fields_alone(own: Shelf) -> None:
    before = question_in(own.base / "scenario" / f"{SCN}.yaml")
    (path,) = bring(own, {"id": SCN, "title": "New", "stem": "", "prep_s": "", "strong_points": ""})
    after = question_in(path)
    assert (after.stem, after.timing, after.strong_points) == (
        before.stem,
        before.timing,
        before.strong_points,
    )


def test_fields_that_may_be_empty_are_emptied_by_a_blank_cell(own: Shelf, put: Put, sound: Sound) -> None:
    put(BEH, sound(BEH).replace("level: mid", "level: mid\nlevel_also: [senior]\ncontext: A short case."))
    (path,) = bring(own, {"id": BEH, "level_also": "", "frameworks": "", "tags": "", "context": ""})
    question = question_in(path)
    assert (question.level_also, question.frameworks, question.context) == ((), (), None)


def test_a_new_stem_raises_the_version_and_any_change_of_words_undoes_a_review(
    own: Shelf, put: Put, sound: Sound
) -> None:
    reviewed = sound(SCN).replace("status: draft", "status: reviewed")
    reviewed = reviewed.replace("reviewed_by: []", "reviewed_by: [Ann Reader]\n  reviewed_on: 2026-11-22")
    for cells, version, status in (
        ({"stem": "What do you tell the board about these numbers today?"}, 2, "draft"),
        ({"intent": "Looks for candour."}, 1, "draft"),
        ({"topics": "SQ5", "tags": "figures"}, 1, "reviewed"),
        ({"status": "retired", "stem": "What do you tell the board about it now?"}, 2, "retired"),
    ):
        put(SCN, reviewed)
        (path,) = bring(own, {"id": SCN, **cells})
        question = question_in(path)
        assert (question.version, question.status) == (version, status)
        assert question.provenance.reviewed_by == ("Ann Reader",)


def test_a_table_older_than_the_file_is_refused_unless_it_says_the_same(own: Shelf) -> None:
    stem = {"id": SCN, "version": "1", "stem": "What do you tell the board about these numbers today?"}
    bring(own, stem)
    assert plan(own, stem) == []
    ((row, column, said),) = faults(own, {**stem, "stem": "What now, and to whom do you say it first?"})
    assert (row, column) == (2, "version")
    assert 'is "1"; must be 2, as in the file' in said
    assert plan(own, {**stem, "version": "2", "stem": "What now, and to whom do you say it first?"})


# Questions that are new ---------------------------------------------------------------------------


def test_a_row_with_a_new_id_begins_a_question_from_the_skeleton(own: Shelf) -> None:
    row = {
        "id": "SCN-ERP-090",
        "title": "A cutover: too early",
        "stem": "What do you recommend to the board this evening?",
        "red_flags": "Blames the vendor. [DEC 2]\nLies. [COM 1]",
        "competencies": "risk_issue; cost_benefit",
        "max_s": "",
    }
    (path,) = bring(own, row)
    assert path == own.base / "scenario" / "SCN-ERP-090.yaml"
    text = path.read_text()
    assert text.startswith("# yaml-language-server: ")
    assert "competencies: [risk_issue, cost_benefit]\n" in text
    assert "    cap: {criterion: DEC, max: 2}\n" in text
    assert 'intent: ""  # up to 50 words' in text
    assert "max_s: 300" in text
    _, problems = read_case(path, path.name)
    assert {problem.found for problem in problems} == {"empty"}
    assert plan(own, row) == []
    (again,) = bring(own, {**row, "intent": "Looks for candour.", "prep_s": "100"})
    assert again == path
    assert "prep_s: 100" in path.read_text()


def test_a_pack_gets_its_own_version_of_a_question_of_the_bank(pack: Shelf, put: Put, sound: Sound) -> None:
    source = sound(SCN).replace("status: draft", "status: reviewed").replace("version: 1\ns", "version: 4\ns")
    put(SCN, source.replace("reviewed_by: []", "reviewed_by: [Ann]\n  reviewed_on: 2026-11-22"))
    (change,) = plan(pack, {"id": SCN, "version": "4", "title": "Ours"}, {"id": BEH})
    assert (change.question_id, change.begun) == (f"ACME-{SCN}", True)
    write_changes([change])
    question = question_in(change.path)
    assert change.path == pack.folders["ACME"] / "scenario" / f"{SCN}.yaml"
    assert (question.id, question.title, question.version, question.status) == (SCN, "Ours", 1, "draft")
    assert (question.provenance.reviewed_by, question.provenance.reviewed_on) == ((), None)
    assert question.criteria == question_in(pack.base / "scenario" / f"{SCN}.yaml").criteria
    assert (pack.base / "scenario" / f"{SCN}.yaml").read_text().count("Ours") == 0
    (change,) = plan(pack, {"id": f"ACME-{SCN}", "title": "Ours again"})
    assert not change.begun


def test_rows_find_their_way_by_the_prefix(bank: Path, tmp_path: Path) -> None:
    shelf = Shelf(bank, {"": bank, "ACME": tmp_path / "acme"})
    changes = plan(shelf, {"id": BEH, "title": "Ours"}, {"id": f"ACME-{BEH}", "title": "Theirs"})
    assert [change.path.parent.parent for change in changes] == [bank, tmp_path / "acme"]


# What cannot be brought in ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"id": ""}, "id", "is empty; must be an id such as SCN-ERP-002"),
        ({"id": "SCN-XXX-001"}, "id", 'is "SCN-XXX-001"; must be an id such as'),
        ({"id": "../../../etc"}, "id", "must be an id such as"),
        ({"id": "OTHER-SCN-SOF-001"}, "id", "must be of a pack that is written to here (none is)"),
        ({"level": "boss"}, "level", 'is "boss"; must be director, junior, mid or senior'),
        ({"category": "change"}, "category", 'is "change"; must be scenario, as the id says'),
        ({"specialisation": "erp"}, "specialisation", "must be software, as the id says"),
        ({"status": "reviewed"}, "status", "must be draft: a review is recorded in the file"),
        ({"title": "x" * 61}, "title", "is 61 characters long; must be 1 to 60"),
        ({"prep_s": "5"}, "prep_s", "is 5; must be 15 or more"),
        ({"prep_s": "soon"}, "prep_s", "must be a whole number of seconds"),
        ({"competencies": "risk_issue; luck"}, "competencies", 'is "luck"; must be'),
        ({"strong_points": "only one"}, "strong_points", "is a list of 1; must be a list of 4 to 8"),
        ({"red_flags": "Lies. [REF 1]\nBlames. [DIA 2]"}, "red_flags", "REF"),
        ({"red_flags": "Lies."}, "red_flags", "its cap, such as [ACT 2]"),
        ({"topics": "SQ1; SQ1"}, "topics", "SQ1"),
    ],
)
def test_each_fault_is_told_with_row_column_and_what_must_be(
    cells: dict[str, str], column: str, said: str, own: Shelf
) -> None:
    found = faults(own, {"id": BEH, "title": "Fine"}, {"id": SCN, **cells})
    assert [(row, key) for row, key, _ in found] == [(3, column)]
    assert said in found[0][2]


def test_all_faults_of_all_rows_are_told_at_once(own: Shelf) -> None:
    rows = (
        {"id": SCN, "level": "boss", "prep_s": "x", "max_s": "y"},
        {"id": "nothing"},
        {"id": BEH, "level": "z"},
    )
    assert [(row, key) for row, key, _ in faults(own, *rows)] == [
        (2, "prep_s"),
        (2, "max_s"),
        (2, "level"),
        (3, "id"),
        (4, "level"),
    ]


def test_a_question_stands_in_one_row(own: Shelf) -> None:
    ((row, column, said),) = faults(own, {"id": SCN, "title": "One"}, {"id": SCN, "title": "Two"})
    assert (row, column) == (3, "id")
    assert f"is {SCN}, as in row 2" in said


def test_the_bank_of_an_installed_program_is_read_and_not_changed(bank: Path) -> None:
    shelf = Shelf(bank, {})
    assert plan(shelf, {"id": SCN}) == []
    assert "a pack of your own, with --pack" in faults(shelf, {"id": SCN, "title": "Mine"})[0][2]
    assert "a pack of your own, with --pack" in faults(shelf, {"id": "SCN-SOF-900"})[0][2]


def test_a_row_of_another_pack_is_not_put_into_this_one(pack: Shelf) -> None:
    assert "is written to here (ACME)" in faults(pack, {"id": f"OTHER-{SCN}", "title": "x"})[0][2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: SCN", "id: [SCN"),
        ("version: 1\ns", "version: one\ns"),
        ("timing: {", "timing: now # {"),
        ("topics: [", "topics: SQ1 # ["),
        ("  - text: ", "  - said: "),
    ],
)
def test_a_file_that_cannot_be_read_is_to_be_mended_first(
    old: str, new: str, own: Shelf, put: Put, sound: Sound
) -> None:
    assert old in sound(SCN)
    path = put(SCN, sound(SCN).replace(old, new))
    assert f"must be mended: itpm-prep bank check {path}" in faults(own, {"id": SCN, "title": "x"})[0][2]


def test_a_fault_elsewhere_in_the_file_does_not_stand_in_the_way(own: Shelf, put: Put, sound: Sound) -> None:
    put(SCN, sound(SCN).replace("answer: 0.822", "answer: 0.9"))
    (path,) = bring(own, {"id": SCN, "title": "Red numbers"})
    assert "title: Red numbers" in path.read_text()


# Writing ------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user without all rights")
def test_when_one_file_cannot_be_written_none_is(own: Shelf) -> None:
    changes = plan(own, {"id": BEH, "title": "One"}, {"id": SCN, "title": "Two"})
    before = files(own.base)
    (own.base / "scenario").chmod(0o500)
    try:
        with pytest.raises(OSError, match="Permission"):
            write_changes(changes)
    finally:
        (own.base / "scenario").chmod(0o700)
    assert files(own.base) == before


def test_a_place_that_is_taken_by_a_file_leaves_everything_as_it_was(own: Shelf) -> None:
    (own.base / "change").write_text("in the way")
    changes = plan(own, {"id": BEH, "title": "One"}, {"id": "CHG-GEN-090", "title": "Two"})
    before = files(own.base)
    with pytest.raises(OSError):  # noqa: PT011 -- which one depends on the system
        write_changes(changes)
    assert files(own.base) == before


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_changed_file_keeps_its_permissions(own: Shelf) -> None:
    path = own.base / "scenario" / f"{SCN}.yaml"
    path.chmod(0o640)
    bring(own, {"id": SCN, "title": "New"})
    assert path.stat().st_mode & 0o777 == 0o640
