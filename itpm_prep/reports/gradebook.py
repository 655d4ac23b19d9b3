"""One column of grades as a CSV file that Canvas or Moodle imports.

The columns are those the platforms' own importers read: ``lib/gradebook_importer.rb`` of Canvas and
``grade/import/csv/classes/load_data.php`` of Moodle, and their guides ("How do I import grades in the
Gradebook?", https://docs.moodle.org/en/Grade_import). Both read UTF-8 with a byte order mark.

A learner without an identifier or a grade is left out and listed: an empty cell may wipe a grade in
Canvas, and Moodle gives the grade of a row without an identifier to the learner of the row before.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from itpm_prep.practice.kits import Kit
from itpm_prep.problems import PersonError
from itpm_prep.reports.cells import FORMULA_STARTS, defuse_one
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.identifiers import Identifiers, match
from itpm_prep.reports.kit_status import kit_status
from itpm_prep.reports.words import count

Platform = Literal["canvas", "moodle"]
Measure = Literal["score", "answers", "readiness"]

COLUMNS: dict[Platform, tuple[str, ...]] = {
    "canvas": ("SIS Login ID", "SIS User ID", "ID"),
    "moodle": ("Email address", "ID number", "Username"),
}
"""What a platform may know its users by; the first is the usual one."""

MEASURES: dict[Measure, str] = {
    "score": "mean question score, 1 to 5",
    "answers": "different questions answered",
    "readiness": "readiness for the target, 0 to 100",
}

# Canvas passes over a column whose name holds one of these, or takes it for one of its own.
_NOT_ASSIGNMENTS = [
    *(f"{kind} {what}" for kind in ("Current", "Final") for what in ("Score", "Points", "Grade")),
    *(f"Override {what}" for what in ("Score", "Grade", "Status")),
]
_CANVAS_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_CANVAS_OWN = (*_CANVAS_COLUMNS, "LastName", "FirstName", "Integration ID", "Root Account")
_POINTS_ROW = "Points Possible"
_TITLE_LIMIT = 255
_MOODLE_MOST = 100  # a higher grade makes Moodle refuse the whole file, unless its settings say otherwise


class GradebookError(PersonError):
    """A gradebook that cannot be made as it was asked for."""


@dataclass(frozen=True)
class Gradebook:
    """The file, how many learners it grades, and whom it leaves out (learner_id, name, reason).

    ``points`` is the grade's maximum. ``unused`` are names and learner ids that an identifier was given
    for and no learner has.
    """

    content: bytes
    rows: int
    points: float
    left_out: pd.DataFrame
    unused: list[str]


@dataclass(frozen=True)
class _Row:
    identifier: str
    name: str
    grade: str
    feedback: str


def make_gradebook(
    frames: Frames,
    identifiers: Identifiers,
    *,
    platform: Platform,
    column: str,
    title: str,
    measure: Measure = "score",
    kit: Kit | None = None,
    points: float | None = None,
) -> Gradebook:
    """The grades of a class under ``title``, of all answers or of those to a kit.

    ``column`` is the platform's column of identifiers, one of ``COLUMNS``. ``points`` is the maximum of
    "answers" without a kit; the others have their own. Raises ``GradebookError``.
    """
    title = _checked_title(title, platform)
    if column not in COLUMNS[platform]:
        raise GradebookError(f'"{column}" is no identifier there. Choose {" or ".join(COLUMNS[platform])}.')
    most = _points(measure, kit, points, platform)
    grades = grades_of(frames, measure, kit)
    found = match(grades, identifiers)
    rows, left_out = [], []
    for learner_id, name, grade, feedback in grades.itertuples(index=False):
        identifier, reason = found[learner_id]
        reason = reason or _unfit(identifier, column) or ("no grade: " + feedback if pd.isna(grade) else "")
        if reason:
            left_out.append((learner_id, name, reason))
        else:
            rows.append(_Row(identifier, name, f"{min(grade, most):.10g}", feedback))
    write = _canvas if platform == "canvas" else _moodle
    return Gradebook(
        content=_csv(write(rows, column, title, most)),
        rows=len(rows),
        points=most,
        left_out=pd.DataFrame(left_out, columns=["learner_id", "name", "reason"], dtype="str"),
        unused=identifiers.unused(grades),
    )


def _checked_title(title: str, platform: Platform) -> str:
    clean = " ".join(title.split())
    if not clean or len(clean) > _TITLE_LIMIT:
        raise GradebookError(f"The grade needs a title of 1 to {_TITLE_LIMIT} characters.")
    if clean.startswith(FORMULA_STARTS):
        raise GradebookError(f'"{clean}" begins like a formula. Begin the title with a letter.')
    taken = any(name.casefold() in clean.casefold() for name in (*_NOT_ASSIGNMENTS, _POINTS_ROW))
    if platform == "canvas" and (taken or clean.casefold() in map(str.casefold, _CANVAS_OWN)):
        raise GradebookError(f'"{clean}" is a name that Canvas keeps for itself. Choose another title.')
    return clean


def _points(measure: Measure, kit: Kit | None, points: float | None, platform: Platform) -> float:
    own = {"score": 5.0, "readiness": 100.0, "answers": float(len(kit.questions)) if kit else points}[measure]
    if own is None:
        raise GradebookError("How many answers are full marks? Give the points, or a kit.")
    if not 0 < own <= (_MOODLE_MOST if platform == "moodle" else 10_000):
        raise GradebookError(f"{own:g} points cannot be imported: give 1 to {_MOODLE_MOST}.")
    return own


def grades_of(frames: Frames, measure: Measure, kit: Kit | None = None) -> pd.DataFrame:
    """learner_id, name, grade (missing when there is none) and feedback: what the grade stands on.

    The feedback holds no word that a learner wrote.
    """
    learners = frames.learners
    if measure == "readiness":
        grade = (100 * learners["readiness"]).round(1)
        return _graded(learners, grade, learners["sentence"].astype("str"))
    found = _counts(frames, kit).reindex(learners["learner_id"])
    counts = found[["questions", "scored", "others"]].fillna(0).astype("int64")
    states = [""] * len(learners) if kit is None else _states(frames, kit)
    told = zip(*(counts[name].tolist() for name in counts), states, strict=True)
    feedback = pd.Series(
        [_feedback(*each, asked=len(kit.questions) if kit else 0) for each in told], dtype="str"
    )
    grade = found["mean"].round(2) if measure == "score" else found["questions"].astype("float64")
    return _graded(learners, grade, feedback)


def _counts(frames: Frames, kit: Kit | None) -> pd.DataFrame:
    """By learner: different questions answered, answers scored and reviewed, and their mean."""
    tries = frames.attempts[frames.attempts["counts"] & (frames.attempts["outcome"] == "answered")]
    if kit is not None:
        asked = [question.id for question in kit.questions]
        tries = tries[(tries["kit"] == kit.id) & tries["question_id"].isin(asked)]
    by = tries.assign(others=tries["reviewers"] > 0, scored=tries["q"].notna()).groupby("learner_id")
    return pd.DataFrame(
        {
            "questions": by["question_id"].nunique(),
            "scored": by["scored"].sum(),
            "others": by["others"].sum(),
            "mean": by["q"].mean(),
        }
    )


def _states(frames: Frames, kit: Kit) -> list[str]:
    """How far each learner has come with the kit."""
    return kit_status(frames.attempts, list(frames.learners["learner_id"]), [kit], frames.now)[
        "state"
    ].tolist()


def _graded(learners: pd.DataFrame, grade: pd.Series, feedback: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "learner_id": learners["learner_id"].array,
            "name": learners["name"].array,
            "grade": grade.to_numpy("float64"),
            "feedback": feedback.array,
        }
    )


def _feedback(questions: int, scored: int, reviewed: int, state: str, *, asked: int) -> str:
    """What a grade stands on; ``asked`` is the number of questions of a kit, 0 without one."""
    if not questions:
        return "no question answered yet"
    answered = f"{questions} of {asked} questions" if asked else count(questions, "question")
    said = f"{answered} answered{', ' + state if state else ''}"
    if not scored:
        return f"{said}; none scored yet"
    rated = f"{reviewed} of them reviewed" if reviewed else "self-rated"
    return f"{said}; {count(scored, 'answer')} scored on 1 to 5, {rated}"


def _unfit(identifier: str, column: str) -> str:
    """Why an identifier cannot be written; changing it would give the grade to nobody."""
    if identifier.startswith(FORMULA_STARTS):
        return f"the identifier {identifier} begins like a formula: enter this grade by hand"
    if not identifier.isprintable():
        return "the identifier holds a character that cannot be seen"
    if column == "ID" and not (identifier.isascii() and identifier.isdigit()):
        return f"the identifier {identifier} is no number, and Canvas's ID is one"
    return ""


def _canvas(rows: Sequence[_Row], column: str, title: str, points: float) -> Iterable[Sequence[str]]:
    yield *_CANVAS_COLUMNS, title
    yield f"    {_POINTS_ROW}", "", "", "", "", f"{points:g}"
    for row in rows:
        place = {column: row.identifier, "Student": _canvas_name(row)}
        yield *(place.get(name, "") for name in _CANVAS_COLUMNS), row.grade


def _canvas_name(row: _Row) -> str:
    """The name with its identifier.

    Canvas, when it does not know an identifier, goes by the name alone, and a name is what the learner
    chose. A row whose name holds the words of the points row is taken for that row.
    """
    name = " ".join(row.name.split())
    return row.identifier if _POINTS_ROW in name else defuse_one(f"{name} ({row.identifier})".strip())


def _moodle(rows: Sequence[_Row], column: str, title: str, _points: float) -> Iterable[Sequence[str]]:
    yield column, "Learner", title, f"{title} (feedback)"
    for row in rows:
        yield row.identifier, defuse_one(" ".join(row.name.split())), row.grade, defuse_one(row.feedback)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue().encode("utf-8-sig")
