"""Every frame with its columns: dtype and meaning. Docstrings and the README's table are made from it.

Scores run from 1 to 5. Times are UTC. Shares and chances run from 0 to 1. ``str`` is missing (NaN) where
nothing is known; ``category`` is text of which few different words stand in many rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from itpm_prep.reports.class_columns import ATTENTION, ITEM_CRITERIA, ITEMS, LEARNERS, REVIEW_QUEUE
from itpm_prep.reports.column import TIME, Column
from itpm_prep.reports.learner_columns import (
    ATTEMPTS,
    CALIBRATION,
    CATEGORIES,
    COMPETENCIES,
    CRITERIA,
    CRITERION_SCORES,
    GATES,
    READINESS,
    SIGNALS,
    TEXTS,
)

__all__ = ["FRAMES", "TIME", "Column", "dtypes_of", "make_frame", "rows_of", "shape"]

FRAMES: dict[str, dict[str, Column]] = {
    "attempts": ATTEMPTS,
    "criterion_scores": CRITERION_SCORES,
    "competencies": COMPETENCIES,
    "categories": CATEGORIES,
    "criteria": CRITERIA,
    "calibration": CALIBRATION,
    "gates": GATES,
    "readiness": READINESS,
    "signals": SIGNALS,
    "learners": LEARNERS,
    "attention": ATTENTION,
    "items": ITEMS,
    "item_criteria": ITEM_CRITERIA,
    "review_queue": REVIEW_QUEUE,
    "texts": TEXTS,
}
"""Every public frame, in reading order."""


def dtypes_of(columns: Mapping[str, Column]) -> dict[str, str]:
    """Column name to dtype."""
    return {name: column.dtype for name, column in columns.items()}


def shape(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """The frame with exactly these columns and dtypes, in this order, numbered from 0."""
    made = {name: _typed(frame[name], column.dtype) for name, column in columns.items()}
    return pd.DataFrame(made)


def _typed(column: pd.Series[Any], dtype: str) -> Any:
    if dtype == "str" and isinstance(column.dtype, pd.CategoricalDtype):  # each text is looked up, not made
        return column.cat.categories.array.take(column.cat.codes.to_numpy(), allow_fill=True)
    return column.array if str(column.dtype) == dtype else column.array.astype(dtype)


def make_frame(rows: Iterable[dict[str, Any]], columns: Mapping[str, Column]) -> pd.DataFrame:
    """A frame of exactly these columns and dtypes, however many rows there are."""
    listed = list(rows)
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in listed], dtype=c.dtype) for name, c in columns.items()}
    )


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples; ``Any`` since a column's type is known to the frame, not to mypy."""
    return iter(frame.itertuples())
