"""Gradebooks, read as the importers of Canvas and Moodle read them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace

import msgspec
import office
import openpyxl
import pandas as pd
import pytest
from four_learners import ADA, BEN, HOSTILE, NEW, OTHER_ADA, frames_of_class
from hypothesis import given, settings
from hypothesis import strategies as st
from kit_samples import sample_kit

from itpm_prep.practice.kits import KitQuestion
from itpm_prep.reports.cells import FORMULA_STARTS
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.gradebook import COLUMNS, GradebookError, grades_of, make_gradebook
from itpm_prep.reports.identifiers import Identifiers, read_typed

EVERYBODY = f"{ADA} = ada@example.org\n{OTHER_ADA} = ada2@example.org\nBen Łukasz = ben@example.org"


@pytest.fixture(scope="module")
def frames(tmp_path_factory) -> Frames:
    made = frames_of_class(tmp_path_factory.mktemp("class"))
    made.tables()
    return made


def typed(lines: str) -> Identifiers:
    found = Identifiers()
    read_typed(lines, found)
    return found


def canvas(frames, lines=EVERYBODY, **wanted):
    wanted = {"column": "SIS Login ID", "title": "Practice", **wanted}
    return make_gradebook(frames, typed(lines), platform="canvas", **wanted)


def moodle(frames, lines=EVERYBODY, **wanted):
    wanted = {"column": "Email address", "title": "Practice", **wanted}
    return make_gradebook(frames, typed(lines), platform="moodle", **wanted)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


@dataclass
class CanvasReads:
    """What Canvas's importer makes of a file: it looks at words in the first columns, row by row."""

    points: dict[str, str]
    grades: dict[tuple[str, str], str]


def read_as_canvas(content: bytes) -> CanvasReads:
    head, *rows = rows_of(content)
    assert len(head) > 3
    assert "Student" in head[0]
    assert "ID" in head[1]
    assert re.search(r"SIS\s+User\s+ID", head[2])
    assert re.search(r"SIS\s+Login\s+ID", head[3])
    assert "Section" in head[4]
    assert [len(row) for row in rows] == [len(head)] * len(rows)
    title = head[5]
    read = CanvasReads({}, {})
    for row in rows:
        if "Points Possible" in row[0]:
            read.points[title] = row[5]
        else:
            [key] = [(name, cell) for name, cell in zip(head[1:4], row[1:4], strict=True) if cell]
            read.grades[key] = row[5]
    return read


def read_as_moodle(content: bytes) -> dict[str, tuple[str, str]]:
    """Identifier to grade and feedback; Moodle gives a row without an identifier to the learner before."""
    head, *rows = rows_of(content)
    assert head == ["Email address", "Learner", "Practice", "Practice (feedback)"]
    assert all(row[0].strip() == row[0] != "" for row in rows)
    assert all(0 <= float(row[2]) <= 100 for row in rows)
    return {row[0]: (row[2], row[3]) for row in rows}


def test_canvas_reads_the_points_and_a_grade_for_each_login(frames):
    read = read_as_canvas(canvas(frames).content)
    assert read.points == {"Practice": "5"}
    assert read.grades == {
        ("SIS Login ID", "ada@example.org"): "3.4",
        ("SIS Login ID", "ada2@example.org"): "2.9",
        ("SIS Login ID", "ben@example.org"): "2.9",
    }


def test_the_grade_is_the_mean_that_the_roster_shows(frames):
    shown = frames.learners.set_index("learner_id")["mean_q"].round(2)
    grades = grades_of(frames, "score").set_index("learner_id")["grade"]
    pd.testing.assert_series_equal(grades, shown, check_names=False)


@pytest.mark.parametrize("column", COLUMNS["canvas"])
def test_the_column_of_identifiers_can_be_chosen(frames, column):
    made = canvas(frames, "Ben Łukasz = 4711", column=column)
    assert read_as_canvas(made.content).grades == {(column, "4711"): "2.9"}
    with pytest.raises(GradebookError, match=r'"Username" is no identifier there\. Choose SIS Login ID or'):
        canvas(frames, column="Username")


def test_moodle_reads_a_grade_and_what_it_stands_on(frames):
    assert read_as_moodle(moodle(frames).content) == {
        "ada@example.org": ("3.4", "23 questions answered; 23 answers scored on 1 to 5, 7 of them reviewed"),
        "ada2@example.org": ("2.9", "3 questions answered; 5 answers scored on 1 to 5, 1 of them reviewed"),
        "ben@example.org": ("2.9", "3 questions answered; 5 answers scored on 1 to 5, 1 of them reviewed"),
    }


def test_whoever_has_no_identifier_or_no_grade_is_left_out_and_listed(frames):
    made = canvas(frames, f"{ADA} = ada@example.org\n{NEW} = new@example.org\nZoë = zoe@example.org")
    assert made.rows == 1
    assert list(made.left_out.itertuples(index=False, name=None)) == [
        (NEW, HOSTILE, "no grade: no question answered yet"),
        (OTHER_ADA, "Ada", "no identifier"),
        (BEN, "Ben Łukasz", "no identifier"),
    ]
    assert made.unused == ["Zoë"]
    assert HOSTILE not in made.content.decode("utf-8-sig")


def test_nobody_is_dropped_in_silence(frames):
    for measure in ("score", "answers", "readiness"):
        made = moodle(frames, measure=measure, points=20)
        assert made.rows + len(made.left_out) == len(frames.learners)
        assert made.rows == len(read_as_moodle(made.content))


def test_two_learners_of_one_name_are_never_guessed(frames):
    made = canvas(frames, "Ada = ada@example.org")
    reasons = made.left_out.set_index("learner_id")["reason"]
    assert (
        reasons[ADA] == reasons[OTHER_ADA] == "2 learners have this name: give the identifier by learner_id"
    )


def test_an_identifier_of_two_learners_is_nobodys(frames):
    made = canvas(frames, f"{ADA} = one@example.org\nBen Łukasz = one@example.org")
    assert made.rows == 0
    told = made.left_out[made.left_out["learner_id"].isin([ADA, BEN])]["reason"]
    assert set(told) == {"the identifier one@example.org belongs to another learner too"}


@pytest.mark.parametrize(
    ("identifier", "reason"),
    [
        ("+4915", "begins like a formula"),
        ("-ben", "begins like a formula"),
        ("@ben", "begins like a formula"),
        ("a\u202eb", "cannot be seen"),
        ("a\x00b", "cannot be seen"),
    ],
)
def test_an_identifier_that_a_spreadsheet_would_change_is_not_written(frames, identifier, reason):
    given = Identifiers()
    given.add(BEN, identifier)
    made = make_gradebook(frames, given, platform="moodle", column="Username", title="Practice")
    assert made.rows == 0
    assert reason in made.left_out.set_index("learner_id")["reason"][BEN]


def test_canvass_own_id_must_be_a_number(frames):
    made = canvas(frames, "Ben Łukasz = ben@example.org", column="ID")
    assert made.rows == 0
    assert "is no number" in made.left_out.set_index("learner_id")["reason"][BEN]


@pytest.mark.parametrize(
    "title",
    ["Final Score", "my current grade", "Section", "student", "Points Possible", "=1+1", "", " ", "x" * 256],
)
def test_a_title_that_would_not_arrive_as_one_is_refused(frames, title):
    with pytest.raises(GradebookError, match="title"):
        canvas(frames, title=title)


def test_a_title_is_written_in_one_line(frames):
    assert (
        rows_of(canvas(frames, title="Week 3:\n risks; and more").content)[0][5] == "Week 3: risks; and more"
    )


def test_answers_are_graded_out_of_the_points_given(frames):
    read = read_as_canvas(canvas(frames, measure="answers", points=10).content)
    assert read.points == {"Practice": "10"}
    assert read.grades["SIS Login ID", "ada@example.org"] == "10"
    assert read.grades["SIS Login ID", "ben@example.org"] == "3"
    with pytest.raises(GradebookError, match="How many answers are full marks"):
        canvas(frames, measure="answers")


@pytest.mark.parametrize("points", [0, -1, 101, float("nan")])
def test_points_that_the_platform_refuses_are_refused_here(frames, points):
    with pytest.raises(GradebookError, match="cannot be imported"):
        moodle(frames, measure="answers", points=points)


def test_readiness_is_graded_out_of_100_and_only_where_there_is_one(frames):
    made = canvas(frames, measure="readiness")
    ready = frames.learners.set_index("learner_id")["readiness"][ADA]
    assert read_as_canvas(made.content).points == {"Practice": "100"}
    assert read_as_canvas(made.content).grades == {
        ("SIS Login ID", "ada@example.org"): f"{round(100 * ready, 1):g}"
    }
    assert set(made.left_out["learner_id"]) == {OTHER_ADA, BEN, NEW}


def test_a_kit_counts_its_own_answers_alone_and_says_how_far_a_learner_came(frames):
    """Two of Ben's answers are to the kit, one of them to a question that it does not ask."""
    kit = sample_kit(questions=(KitQuestion("SCN-GEN-902", 1), KitQuestion("SCN-GEN-903", 1)))
    attempts = frames.source.attempts
    of_kit = (attempts["learner_id"] == BEN) & attempts["attempt_id"].isin(["a1", "a5"])
    attempts = attempts.assign(kit=attempts["kit"].astype("str").mask(of_kit, kit.id))
    marked = replace(frames, source=replace(frames.source, attempts=attempts))
    score = grades_of(marked, "score", kit).set_index("learner_id").loc[BEN]
    assert score["grade"] == 2.5  # the reviewer's 3, 3, 3, 1
    assert score["feedback"].startswith("1 of 2 questions answered, missing; 1 answer scored")
    made = make_gradebook(
        marked,
        typed(EVERYBODY),
        platform="moodle",
        column="Email address",
        title="P",
        measure="answers",
        kit=kit,
    )
    assert made.points == 2
    assert rows_of(made.content)[1:] == [
        ["ben@example.org", "Ben Łukasz", "1", score["feedback"]],
    ]
    on_time = msgspec.structs.replace(kit, questions=kit.questions[:1], due_at=None)
    assert ", done;" in grades_of(marked, "score", on_time).set_index("learner_id")["feedback"][BEN]


class Renamed:
    """The class with another name for its last learner."""

    def __init__(self, frames: Frames, name: str) -> None:
        self.now, self.attempts = frames.now, frames.attempts
        self.learners = frames.learners.assign(name=[*frames.learners["name"][:-1], name])


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(deadline=None, max_examples=20)
@given(NAMES | st.sampled_from(["Points Possible", "    Points Possible", "=1+1", "a;b;c\nd", "Student,ID"]))
def test_whatever_a_learner_is_called_the_file_grades_the_same(frames, name):
    renamed = Renamed(frames, name)
    lines = f"{ADA} = ada@example.org\n{BEN} = ben@example.org"
    contents = canvas(renamed, lines).content, moodle(renamed, lines).content
    read = read_as_canvas(contents[0])
    assert read.points == {"Practice": "5"}
    assert read.grades == {
        ("SIS Login ID", "ada@example.org"): "3.4",
        ("SIS Login ID", "ben@example.org"): "2.9",
    }
    assert list(read_as_moodle(contents[1])) == ["ada@example.org", "ben@example.org"]
    for content in contents:
        assert not [cell for row in rows_of(content) for cell in row if cell.startswith(FORMULA_STARTS)]
        lines_written = content.decode("utf-8-sig").split("\r\n")
        assert len(lines_written) == len(rows_of(content)) + 1  # Canvas looks at lines to tell the separator


def test_a_row_is_never_found_by_the_name_that_a_learner_chose(frames):
    """Canvas falls back on the name where it does not know the identifier."""
    renamed = Renamed(frames, "Somebody Else")
    students = [row[0] for row in rows_of(canvas(renamed, f"{BEN} = typo@example.org").content)[2:]]
    assert students == ["Somebody Else (typo@example.org)"]


def test_libreoffice_opens_both_and_computes_nothing(frames, tmp_path):
    made = {"canvas": canvas(Renamed(frames, HOSTILE)), "moodle": moodle(Renamed(frames, HOSTILE))}
    for name, book in made.items():
        (tmp_path / f"{name}.csv").write_bytes(book.content)
    office.convert("xlsx", tmp_path, tmp_path / "canvas.csv", tmp_path / "moodle.csv")
    for name in made:
        sheet = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").active
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert "f" not in {cell.data_type for cell in cells}
        assert {3.4, 2.9} <= {cell.value for cell in cells}
