"""The tables of a class: who is where, learner by competency, who needs attention, and the questions.

Each is given its lines and has the columns that the lines are made for. The columns about the learner are
in all of them, drawn or not, so that the filter of one holds in the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.bank.types import COMPETENCIES
from itpm_prep.widgets.table import Column, Line, Table

ListView = Literal["roster", "heat", "attention", "items"]

STANDING = (1.5, 4.5)
"""Where the shade of a standing begins and ends; few are outside."""

LEARNER = Column("name", "Learner", hint="As each has chosen; two of one name are told apart by their id")
ABOUT = (
    Column("level", "Level", choose=True, hidden=True),
    Column("specialisation", "Specialisation", choose=True, hidden=True),
    Column("label", "Readiness", choose=True, hidden=True),
    Column("calibration", "Calibration", choose=True, hidden=True),
)

COLUMNS: Mapping[ListView, tuple[Column, ...]] = {
    "roster": (
        LEARNER,
        *ABOUT,
        Column("target", "Target"),
        Column("gate", "Calibration", hint="Whether a gate of keyed answers stands today"),
        Column("last", "Last answer", number=True),
        Column("answers", "Answers", number=True),
        Column("reviewed", "Reviewed", number=True, hint="Answers that a reviewer has scored"),
        Column("coverage", "Coverage", number=True, hint="Share of the target with two questions or more"),
        Column("readiness", "Readiness", number=True, hint="Share of the target that is ready"),
        Column("bias", "Bias", number=True, hint="Own score less the reviewer's, with n"),
        Column("attention", "Attention", number=True, hint="Reasons to look at this learner first"),
    ),
    "heat": (
        LEARNER,
        *ABOUT,
        *(Column(one, COMPETENCY_NAMES[one], number=True, digits=1, heat=STANDING) for one in COMPETENCIES),
    ),
    "attention": (
        LEARNER,
        *ABOUT,
        Column("reason", "Why", wide=True),
        Column("rule", "Rule", choose=True),
        Column("urgency", "Urgency", number=True),
    ),
    "items": (
        Column("title", "Question"),
        Column("id", "Id"),
        Column("category", "Category", choose=True),
        Column("level", "Level", choose=True),
        Column("mend", "To mend", wide=True),
        Column("found", "Finding", choose=True, hidden=True),
        Column("answers", "Answers", number=True),
        Column("skipped", "Skipped", number=True, hint="Share of the times it was put that it was skipped"),
        Column("mean", "Mean", number=True, digits=1, hint="Mean question score, 1 to 5"),
        Column("spread", "Spread", number=True, digits=2, hint="Standard deviation of the question score"),
        Column("ceiling", "Above 3", number=True, hint="Share of the scored answers above 3"),
        Column("floor", "Below 3", number=True, hint="Share of the scored answers below 3"),
        Column("gap", "Gap", number=True, hint="Own question score less the reviewer's, with n"),
        Column("kappa", "Kappa", number=True, hint="Two reviewers, quadratic weights, with n"),
    ),
}
CAPTIONS: Mapping[ListView, str] = {
    "roster": "Learners",
    "heat": "Standing today by competency",
    "attention": "Who needs attention, and why",
    "items": "Questions",
}
FILES: Mapping[ListView, str] = {
    "roster": "roster",
    "heat": "learners_by_competency",
    "attention": "attention",
    "items": "questions",
}
FIRST: Mapping[ListView, str] = {
    "roster": "name",
    "heat": "name",
    "attention": "-urgency",
    "items": "",
}


def draw_list(view: ListView, lines: Iterable[Line], on_open: Callable[[str], None]) -> Table:
    """The table of a view; ``on_open`` gets the key of a line: the learner's id, or the question's."""
    return Table(CAPTIONS[view], COLUMNS[view], lines, FILES[view], sort=FIRST[view], on_open=on_open)


CLASS = (
    Column("competency", "Competency"),
    Column("known", "Judged", number=True, hint="Learners whose standing in it is known"),
    Column("median", "Median", number=True, digits=1, hint="Median standing of those, 1 to 5"),
    Column("ready", "Ready", number=True, hint="Learners who are ready in it"),
    Column("low", "Below 2.5", number=True, hint="Learners whose standing is below 2.5"),
)


def draw_class(lines: Iterable[Line]) -> Table:
    """The class by competency: what to teach next stands first."""
    return Table("The class by competency, lowest first", CLASS, lines, "class_by_competency")
