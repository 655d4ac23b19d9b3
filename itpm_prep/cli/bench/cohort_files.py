"""A made-up cohort as a cohort's file, written without the way through bundles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from itpm_prep.practice.measures import Measures
from itpm_prep.practice.records import Attempt, Calibration
from itpm_prep.store.cohort import open_cohort
from itpm_prep.store.cohort_columns import Coded, Columns, Name
from itpm_prep.store.cohort_tables import names_of

_MARKS = 4  # of each rating


def write_cohort(tables: dict[Name, Columns], path: Path) -> None:
    """Fill a new file at ``path`` with the facts of ``CohortMaker``; the answers have no words."""
    learners = tables["learners"]
    places = {id_: number for number, id_ in enumerate(_listed(learners["learner_id"]))}
    rows = {
        "attempt": _rows(tables["attempts"], places, "attempt_id", names_of(Attempt)),
        "rating": _ratings(tables, places),
        "calibration": _rows(tables["gates"], places, "calibration_id", names_of(Calibration)),
        "measures": _rows(tables["measures"], places, "attempt_id", names_of(Measures)),
    }
    with open_cohort(path) as cohort, cohort.writing() as connection:
        people = zip(range(len(places)), *(_listed(column) for column in learners.values()), strict=True)
        connection.exec_driver_sql(
            "INSERT INTO learner VALUES (?, ?, ?, ?, ?, ?, '')", [tuple(row) for row in people]
        )
        for table, facts in rows.items():
            every = [(number, *fact) for number, fact in enumerate(facts)]
            holes = ", ".join("?" * len(every[0]))
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({holes})", every)  # noqa: S608 -- our names


def _rows(
    columns: Columns, places: dict[str, int], its_id: str, names: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    """Learner, id, digest, time of the bundle, whether it counts, and the fact's own columns."""
    learners = map(places.__getitem__, _listed(columns["learner_id"]))
    own = zip(*(_listed(columns[name]) for name in names), strict=True)
    for learner, id_, rest in zip(learners, _listed(columns[its_id]), own, strict=True):
        yield learner, id_, b"", 0, 1, *rest


def _ratings(tables: dict[Name, Columns], places: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    scores = tables["scores"]
    criteria = _listed(scores["criterion"])
    packed = [_listed(scores[name]) for name in ("chosen", "score", "cap", "has_evidence")]
    marks = bytes(number for mark in zip(*packed, strict=True) for number in mark)
    own = _rows(tables["ratings"], places, "rating_id", ("attempt_id", "rater", "q", "rated_at"))
    for at, row in enumerate(own):
        first = _MARKS * at
        held = "\n".join(criteria[first : first + _MARKS])
        yield *row, held, marks[_MARKS * first : _MARKS * (first + _MARKS)]


def _listed(column: Any) -> list[Any]:
    return column.listed() if isinstance(column, Coded) else column.tolist()
