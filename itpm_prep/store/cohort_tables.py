"""The tables of the cohort's file, their migrations, and what of each fact becomes a row.

Every fact is kept whole as JSON in ``body``; beside it stand the columns that all learners are looked
through by, so that a frame of a million rows reads no word of an answer. Times are microseconds since
1970 in UTC. ``counts`` is 1 for one row of each learner and id: of several contents under one id the one
from the oldest bundle counts, and the others are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import chain
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection

from itpm_prep.practice import words
from itpm_prep.practice.calibration import result_of
from itpm_prep.practice.measures import Measures
from itpm_prep.practice.records import Attempt, Calibration, Rating, Reply

Kept = Attempt | Reply | Rating | Calibration | Measures
"""What a cohort keeps of a bundle; documents stay with the learner."""

MISSING = -(2**63)
"""A time that is not known; numpy and pandas read it as NaT."""
UNKNOWN = -1
"""A count that is not known."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COMMON = (
    "number INTEGER NOT NULL PRIMARY KEY, learner INTEGER NOT NULL REFERENCES learner (number), "
    "id TEXT NOT NULL, digest BLOB NOT NULL, bundle_at INTEGER NOT NULL, counts INTEGER NOT NULL"
)
COLUMNS: dict[type[Kept], tuple[str, ...]] = {
    Attempt: (
        "interview_id TEXT",
        "question_id TEXT",
        "question_version INTEGER",
        "category TEXT",
        "level TEXT",
        "specialisation TEXT",
        "competency TEXT",
        "mode TEXT",
        "outcome TEXT",
        "retry_of TEXT",
        "take INTEGER",
        "preset TEXT",
        "kit TEXT",
        "started_at INTEGER",
        "submitted_at INTEGER",
        "seconds REAL",
        "words INTEGER",
    ),
    Reply: ("attempt_id TEXT",),
    Rating: ("attempt_id TEXT", "rater TEXT", "q REAL", "rated_at INTEGER", "criteria TEXT", "marks BLOB"),
    Calibration: ("rated_at INTEGER", "marks INTEGER", "mae REAL", "leniency REAL"),
    Measures: (
        "words INTEGER",
        "empty_parts INTEGER",
        "hedges INTEGER",
        "vague_claims INTEGER",
        "long_sentences INTEGER",
        "says_i INTEGER",
        "says_we INTEGER",
        "result_figure INTEGER",
        "points INTEGER",
        "touched INTEGER",
        "figures_right INTEGER",
        "figures_asked INTEGER",
    ),
}
"""The columns of each fact beside those that all have. Not edited once released: see ``MIGRATIONS``."""
TABLES: dict[type[Kept], str] = {
    Attempt: "attempt",
    Reply: "reply",
    Rating: "rating",
    Calibration: "calibration",
    Measures: "measures",
}


def names_of(kind: type[Kept]) -> tuple[str, ...]:
    """The names of a fact's own columns."""
    return tuple(column.split()[0] for column in COLUMNS[kind])


def first_cohort_tables(connection: Connection) -> None:
    """Learners, their facts, and the facts' words."""
    connection.exec_driver_sql(
        "CREATE TABLE learner (number INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, "
        "name TEXT NOT NULL, level TEXT NOT NULL, specialisation TEXT NOT NULL, "
        "bundle_at INTEGER NOT NULL, bundle_id TEXT NOT NULL)"
    )
    for kind, table in TABLES.items():
        own = "".join(f", {column} NOT NULL" for column in COLUMNS[kind])
        connection.exec_driver_sql(f"CREATE TABLE {table} ({_COMMON}{own})")
        connection.exec_driver_sql(f"CREATE INDEX {table}_by_learner ON {table} (learner)")
    connection.exec_driver_sql("CREATE TABLE body (number INTEGER NOT NULL PRIMARY KEY, json BLOB NOT NULL)")


MIGRATIONS = (first_cohort_tables,)


def micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


_COUNTS = attrgetter(*names_of(Measures))


# Rows ---------------------------------------------------------------------------------------------


def _attempt_row(item: Attempt, measured: Mapping[str, int]) -> tuple[Any, ...]:
    return (
        item.interview_id,
        item.question_id,
        item.question_version,
        item.category,
        item.level,
        item.specialisation,
        item.competency,
        item.mode,
        item.outcome,
        item.retry_of or "",
        item.take,
        item.preset,
        item.kit,
        micros(item.started_at),
        micros(item.submitted_at),
        item.seconds,
        _words(item) if (counted := measured.get(item.id)) is None else counted,
    )


def _words(item: Attempt) -> int:
    return sum(map(words.count, item.parts.values()))


def _reply_row(item: Reply, _: Mapping[str, int]) -> tuple[Any, ...]:
    return (item.attempt_id,)


def _rating_row(item: Rating, _: Mapping[str, int]) -> tuple[Any, ...]:
    packed = [(mark.chosen, mark.score, mark.cap, bool(mark.evidence.strip())) for mark in item.marks]
    criteria = "\n".join([mark.criterion for mark in item.marks])
    return item.attempt_id, item.rater, item.q, micros(item.rated_at), criteria, bytes(chain(*packed))


def _calibration_row(item: Calibration, _: Mapping[str, int]) -> tuple[Any, ...]:
    if not item.marks:
        return micros(item.rated_at), 0, 0.0, 0.0
    result = result_of(item.marks)
    return micros(item.rated_at), result.marks, result.mae, result.leniency


def _measures_row(item: Measures, _: Mapping[str, int]) -> tuple[Any, ...]:
    return tuple([UNKNOWN if value is None else int(value) for value in _COUNTS(item)])


ROW_OF: dict[type[Kept], Callable[[Any, Mapping[str, int]], tuple[Any, ...]]] = {
    Attempt: _attempt_row,
    Reply: _reply_row,
    Rating: _rating_row,
    Calibration: _calibration_row,
    Measures: _measures_row,
}
"""A fact's own columns; the words of an attempt are looked up where the learner's machine counted them."""
