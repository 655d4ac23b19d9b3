"""The lines of the tables of a class, made from its frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import isnan
from statistics import median
from typing import TYPE_CHECKING, Any

from itpm_prep.apps.cohort import cells
from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.types import COMPETENCIES
from itpm_prep.practice.calibration import MOST_MAE
from itpm_prep.reports.words import names_of
from itpm_prep.widgets.cohort_tables import ListView
from itpm_prep.widgets.table import Cell, Line

if TYPE_CHECKING:
    from itpm_prep.reports.frames import Frames

Lists = dict[ListView, list[Line]]

URGENCY: Mapping[int, str] = {3: "first", 2: "soon", 1: "some time"}
NO_TARGET = "No target"
LOW = 2.5
"""A standing half a point under the bar."""
HELD: Mapping[str, str] = {"coverage": "not enough evidence", "gate": "not calibrated", "target": "no target"}
"""Why there is no readiness, by the state of the frame ``learners``."""


def make_lists(frames: Frames, now: datetime) -> Lists:
    """The lines of every table; days are told in the time zone of ``now``."""
    names = shown_names(frames)
    about = {row.learner_id: _about(row) for row in cells.rows(frames.learners)}
    return {
        "roster": [_roster_line(row, names, about, now) for row in cells.rows(frames.learners)],
        "heat": list(_heat_lines(frames, names, about)),
        "attention": [_attention_line(row, names, about) for row in cells.rows(frames.attention)],
        "items": _item_lines(frames),
    }


def shown_names(frames: Frames) -> Mapping[str, str]:
    """Learner id to the name shown."""
    return names_of(zip(frames.learners["learner_id"], frames.learners["name"], strict=True))


def calibration(row: Any) -> str:
    """Where a learner's gate stands, in a word or two."""
    if row.calibrated:
        return "calibrated"
    if isnan(row.gate_mae):
        return "no gate yet"
    return "not passed" if row.gate_mae > MOST_MAE else "due again"


def _about(row: Any) -> tuple[Cell, ...]:
    """What the learners of every table are filtered by."""
    held = HELD.get(row.state, row.label).capitalize()
    return row.level.capitalize() or NO_TARGET, _field(row) or NO_TARGET, held, calibration(row).capitalize()


def _field(row: Any) -> str:
    return SPECIALISATION_NAMES.get(row.specialisation, "General") if row.level else ""


def _target(row: Any) -> str:
    return f"{row.level.capitalize()}, {_field(row)}" if row.level else "none"


def _readiness(row: Any) -> Cell:
    """R with who has scored, or why there is none."""
    if isnan(row.readiness):
        return None, HELD.get(row.state, "not yet")
    return round(row.readiness, 4), f"{row.readiness * 100:.0f} %, {row.label}"


def _roster_line(
    row: Any, names: Mapping[str, str], about: Mapping[str, Sequence[Cell]], now: datetime
) -> Line:
    return Line(
        row.learner_id,
        (
            names[row.learner_id],
            *about[row.learner_id],
            _target(row),
            calibration(row),
            cells.day(row.last_answer_at, now),
            row.answers,
            row.reviewed,
            cells.share(row.coverage),
            _readiness(row),
            cells.signed(row.bias, row.pairs),
            row.attention,
        ),
    )


def _heat_lines(
    frames: Frames, names: Mapping[str, str], about: Mapping[str, Sequence[Cell]]
) -> Iterator[Line]:
    found = frames.readiness
    place = {competency: at for at, competency in enumerate(COMPETENCIES)}
    standing: dict[str, list[Cell]] = {key: [None] * len(place) for key in names}
    rows = zip(
        found["learner_id"],
        found["competency"],
        found["theta"],
        found["questions"],
        found["ready"],
        strict=True,
    )
    for learner, competency, theta, questions, ready in rows:
        if questions >= 2 and not isnan(theta):  # from fewer questions the standing is what most people have
            value = round(theta, 2)
            standing[learner][place[competency]] = (value, f"{value:.1f} ✓") if ready else value
    for learner, values in standing.items():
        yield Line(learner, (names[learner], *about[learner], *values))


def _attention_line(row: Any, names: Mapping[str, str], about: Mapping[str, Sequence[Cell]]) -> Line:
    rule = row.rule.replace("_", " ").capitalize()
    urgency = (row.urgency, URGENCY[row.urgency])
    return Line(row.learner_id, (names[row.learner_id], *about[row.learner_id], row.reason, rule, urgency))


def _item_lines(frames: Frames) -> list[Line]:
    """Questions with something to mend first, then those that were answered most."""
    rows = sorted(cells.rows(frames.items), key=lambda row: (not row.mend, -row.answers))
    return [_item_line(row) for row in rows]


def item_key(question_id: str, version: int) -> str:
    """The key of a question in the table."""
    return f"{question_id} {version}"


def _item_line(row: Any) -> Line:
    return Line(
        item_key(row.question_id, row.question_version),
        (
            row.title or "Not in the bank",
            f"{row.question_id} v{row.question_version}",
            CATEGORY_NAMES[row.category],
            row.level.capitalize(),
            row.mend or (None, ""),
            row.fault.capitalize() or "Nothing found",
            row.answers,
            cells.share(row.skip_rate),
            cells.number(row.mean_q),
            cells.number(row.sd_q),
            cells.share(row.above_3),
            cells.share(row.below_3),
            cells.signed(row.gap, row.self_pairs),
            cells.with_n(row.kappa, row.reviewer_pairs),
        ),
    )


def class_lines(heat: Sequence[Line]) -> list[Line]:
    """The class by competency, from the lines of the heat map: the lowest median first."""
    first = len(heat[0].cells) - len(COMPETENCIES) if heat else 0
    lines = []
    for at, competency in enumerate(COMPETENCIES, first):
        column = [line.cells[at] for line in heat]
        values = [float(_value(cell)) for cell in column if _value(cell) is not None]
        ready = sum(isinstance(cell, tuple) for cell in column)
        middle = median(values) if values else None
        low = sum(value < LOW for value in values)
        lines.append(Line(competency, (COMPETENCY_NAMES[competency], len(values), middle, ready, low)))
    return sorted(lines, key=lambda line: (line.cells[2] is None, line.cells[2] or 0))


def _value(cell: Cell) -> Any:
    return cell[0] if isinstance(cell, tuple) else cell
