"""Reading the facts: of one learner's record, or of a cohort.

Nothing else knows where they come from; a server for classes would be a third function here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import numpy as np
import pandas as pd

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import Question
from itpm_prep.practice import words
from itpm_prep.practice.calibration import result_of
from itpm_prep.practice.measures import measure
from itpm_prep.practice.records import Attempt, Calibration, Rating
from itpm_prep.practice.target import read_target
from itpm_prep.reports.column import TIME
from itpm_prep.reports.facts import ATTEMPTS, GATES, LEARNERS, MEASURES, RATINGS, SCORES, Source
from itpm_prep.reports.texts import texts_frame
from itpm_prep.store.cohort import UNKNOWN, Cohort
from itpm_prep.store.cohort_columns import Coded, Column, Columns, Name
from itpm_prep.store.record import Record


def source_of_record(record: Record, bank: Bank | None = None) -> Source:
    """One learner's facts; ``bank`` tells what was asked for and judges figures.

    Raises ``StoreError`` when the record cannot be read.
    """
    learner = record.preference("learner_id") or ""
    target = read_target(record.documents("target"))
    attempts, ratings = record.attempts(), record.ratings()
    known = _questions(attempts, bank)
    who = {
        "learner_id": learner,
        "name": record.preference("learner_name") or "",
        "level": target.level if target else "",
        "specialisation": target.specialisation if target else "",
        "last_bundle_at": None,
    }
    return Source(
        learners=_table([who], LEARNERS),
        attempts=_table((_attempt_row(learner, one) for one in attempts), ATTEMPTS),
        ratings=_table((_rating_row(learner, one) for one in ratings), RATINGS),
        scores=_table((row for one in ratings for row in _score_rows(learner, one)), SCORES),
        gates=_table((_gate_row(learner, one) for one in record.calibrations() if one.marks), GATES),
        measures=_table((_measure_row(learner, one, known) for one in attempts), MEASURES),
        texts=texts_frame(learner, attempts, record.replies(), ratings, known),
    )


def _table(rows: Iterable[Mapping[str, Any]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    listed = list(rows)
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in listed], dtype=dtype) for name, dtype in dtypes.items()}
    )


def _questions(attempts: Iterable[Attempt], bank: Bank | None) -> dict[str, Question]:
    """The questions met, as far as the bank holds them."""
    met = {one.question_id for one in attempts}
    return {id_: bank.question(id_) for id_ in met if id_ in bank} if bank else {}


def _attempt_row(learner: str, attempt: Attempt) -> dict[str, Any]:
    same = {name: getattr(attempt, name, None) for name in ATTEMPTS}
    typed = sum(map(words.count, attempt.parts.values()))
    return {**same, "learner_id": learner, "attempt_id": attempt.id, "words": typed}


def _rating_row(learner: str, rating: Rating) -> dict[str, Any]:
    return {
        "learner_id": learner,
        "attempt_id": rating.attempt_id,
        "rating_id": rating.id,
        "rater": rating.rater,
        "q": rating.q,
        "rated_at": rating.rated_at,
    }


def _score_rows(learner: str, rating: Rating) -> Iterable[dict[str, Any]]:
    of_rating = _rating_row(learner, rating)
    for mark in rating.marks:
        yield {
            **of_rating,
            "criterion": mark.criterion,
            "chosen": mark.chosen,
            "score": mark.score,
            "cap": mark.cap,
            "has_evidence": bool(mark.evidence.strip()),
        }


def _gate_row(learner: str, gate: Calibration) -> dict[str, Any]:
    result = result_of(gate.marks)
    return {
        "learner_id": learner,
        "calibration_id": gate.id,
        "rated_at": gate.rated_at,
        "marks": result.marks,
        "mae": result.mae,
        "leniency": result.leniency,
    }


def _measure_row(learner: str, attempt: Attempt, known: Mapping[str, Question]) -> dict[str, Any]:
    counted = msgspec.structs.asdict(measure(attempt, known.get(attempt.question_id)))
    return {**counted, "learner_id": learner}


# A cohort -----------------------------------------------------------------------------------------


def source_of_cohort(cohort: Cohort) -> Source:
    """The facts of everybody who handed in, by name.

    Raises ``StoreError`` when the cohort cannot be read.
    """
    return source_of_tables(cohort.tables())


def source_of_tables(tables: Mapping[Name, Columns]) -> Source:
    """The facts from the columns that ``Cohort.tables`` gives; numbers are not copied."""
    columns = _Columns()
    learners = columns.table(tables["learners"], LEARNERS).astype(LEARNERS)
    attempts = columns.table(tables["attempts"], ATTEMPTS)
    gates = columns.table(tables["gates"], GATES)
    return Source(
        learners=learners.sort_values(["name", "learner_id"], ignore_index=True),
        attempts=attempts.assign(retry_of=_without_empty(attempts["retry_of"].array)),
        ratings=columns.table(tables["ratings"], RATINGS),
        scores=columns.table(tables["scores"], SCORES),
        gates=gates[gates["marks"] > 0],
        measures=columns.table(tables["measures"], MEASURES),
    )


class _Columns:
    """Columns for pandas; texts that several tables share become one and the same index."""

    def __init__(self) -> None:
        self._texts: dict[int, Any] = {}

    def table(self, columns: Columns, dtypes: Mapping[str, str]) -> pd.DataFrame:
        """A table with these columns and dtypes, but ``category`` for texts."""
        read = {name: self._column(columns[name], dtype) for name, dtype in dtypes.items()}
        return pd.DataFrame(read, copy=False)

    def _column(self, column: Column, dtype: str) -> Any:
        if isinstance(column, Coded):
            return pd.Categorical.from_codes(
                np.frombuffer(column.codes, np.int32), dtype=self._shared(column)
            )
        if column.typecode == "B":
            return np.frombuffer(column, np.uint8).astype(dtype)
        numbers = np.frombuffer(column, dtype if dtype == "float64" else np.int64)
        if dtype == TIME:
            return pd.DatetimeIndex(numbers.view("datetime64[us]"), tz="UTC")
        if dtype == "boolean":
            return pd.arrays.BooleanArray(numbers == 1, numbers == UNKNOWN)
        if dtype == "Int64":
            return pd.arrays.IntegerArray(numbers.astype(np.int64), numbers == UNKNOWN)
        return numbers

    def _shared(self, column: Coded) -> pd.CategoricalDtype:
        known = self._texts.get(id(column.values))
        if known is None:
            known = pd.CategoricalDtype(pd.Index(column.values, dtype="str"))
            self._texts[id(column.values)] = known
        return known


def _without_empty(texts: pd.Categorical) -> pd.Categorical:
    """Empty texts as missing ones."""
    empty = texts.categories.get_indexer(pd.Index([""]))[0]
    return pd.Categorical.from_codes(np.where(texts.codes == empty, -1, texts.codes), dtype=texts.dtype)
