"""The columns and dtypes of every frame, so that an empty record gives the same shape as a full one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

TIME = "datetime64[us, UTC]"

ATTEMPTS = {
    "attempt_id": "str",
    "interview_id": "str",
    "question_id": "str",
    "question_version": "int64",
    "title": "str",
    "category": "str",
    "level": "str",
    "specialisation": "str",
    "competency": "str",
    "mode": "str",
    "outcome": "str",
    "submitted_at": TIME,
    "seconds": "float64",
    "words": "int64",
    "retry_of": "str",
    "take": "int64",
    "q": "float64",
    "raters": "int64",
    "self_rated": "bool",
    "calibrated_at": TIME,
    "figures_right": "Int64",
    "figures_asked": "Int64",
}
SCORES = {
    "attempt_id": "str",
    "criterion": "str",
    "criterion_name": "str",
    "chosen": "int64",
    "score": "int64",
    "cap": "int64",
    "has_evidence": "bool",
    "rater": "str",
    "rated_at": TIME,
}
TEXTS = {
    "attempt_id": "str",
    "kind": "str",
    "label": "str",
    "text": "str",
    "words": "int64",
}
SUMMARY = {
    "answers": "int64",
    "skipped": "int64",
    "retries": "int64",
    "scored": "int64",
    "questions": "int64",
    "mean_q": "float64",
    "latest_q": "float64",
    "latest_at": TIME,
    "too_thin": "bool",
    "no_trend": "bool",
}
BY_CRITERION = {
    "criterion": "str",
    "criterion_name": "str",
    "scored": "int64",
    "questions": "int64",
    "mean_score": "float64",
    "too_thin": "bool",
}


def make_frame(rows: Iterable[dict[str, Any]], dtypes: dict[str, str]) -> pd.DataFrame:
    """A frame of exactly these columns and dtypes, however many rows there are."""
    listed = list(rows)
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in listed], dtype=dtype) for name, dtype in dtypes.items()}
    )


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples; ``Any`` since a column's type is known to the frame, not to mypy."""
    return iter(frame.itertuples())
