"""Small frames for the scoring model: answers, gates and ratings of learners known by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import nan
from typing import Any

import pandas as pd

from itpm_prep.reports.model.posterior import Posterior, posterior
from itpm_prep.reports.model.readiness import Readiness, assess

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TIME = "datetime64[us, UTC]"

Row = tuple[str, str, float, float, float, bool]
"""Learner, competency, own score, reviewer's score, age in days, repeat."""


def observations(rows: Iterable[Row]) -> pd.DataFrame:
    names = ["learner_id", "competency", "self_q", "reviewer_q", "age_days", "repeat"]
    dtypes = {"learner_id": "str", "competency": "str", "repeat": "bool"}
    return pd.DataFrame(list(rows), columns=names).astype(dtypes | dict.fromkeys(names[2:5], "float64"))


def leniencies(found: dict[str, float]) -> pd.DataFrame:
    return pd.DataFrame({"learner_id": pd.Series(list(found), dtype="str"), "leniency": list(found.values())})


def believe(rows: Iterable[Row], competencies: Sequence[str] = ("A", "B", "C"), **gates: float) -> Posterior:
    """What is believed of the learner "x", whose gates give these leniencies."""
    return posterior(observations(rows), leniencies(gates), ["x"], competencies)


def answer(number: int, competency: str = "risk_issue", **changes: object) -> dict[str, object]:
    """Answer ``a<number>`` to a question of its own, handed in ``number`` hours ago, rated 4 by oneself."""
    values: dict[str, object] = {
        "learner_id": "x",
        "attempt_id": f"a{number}",
        "interview_id": f"i{number}",
        "question_id": f"Q{number}",
        "competency": competency,
        "level": "mid",
        "outcome": "answered",
        "retry_of": None,
        "take": 1,
        "submitted_at": NOW - timedelta(hours=number),
        "self_q": 4.0,
        "reviewer_q": nan,
    }
    return values | changes


def attempts(rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    listed = list(rows)
    numbers = {"take": "int64", "self_q": "float64", "reviewer_q": "float64", "submitted_at": TIME}
    dtypes = dict.fromkeys(answer(0), "str") | numbers
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in listed], dtype=dtypes[name]) for name in dtypes}
    )


def gate(days: float = 1, mae: float = 0.5, leniency: float = 0.3, learner: str = "x") -> dict[str, object]:
    """A gate of some days ago."""
    rated_at = NOW - timedelta(days=days)
    return {
        "learner_id": learner,
        "calibration_id": f"c{days}",
        "rated_at": rated_at,
        "mae": mae,
        "leniency": leniency,
    }


def gates(*rows: dict[str, object]) -> pd.DataFrame:
    dtypes = {
        "learner_id": "str",
        "calibration_id": "str",
        "rated_at": TIME,
        "mae": "float64",
        "leniency": "float64",
    }
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtypes[name]) for name in dtypes})


def raters(table: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The ratings behind some attempts: one's own, and of the reviewed ones those of each reviewer."""
    keys = ["learner_id", "attempt_id"]
    own = table.loc[table["self_q"].notna(), keys].assign(rater="self")
    others = [table.loc[table["reviewer_q"].notna(), keys].assign(rater=name) for name in names]
    return pd.concat([own, *others], ignore_index=True).astype("str")


Rows = Sequence[dict[str, object]]
PASSED: Rows = (gate(),)


def judge(
    rows: Rows, passed: Rows = PASSED, target: str = "mid", reviewers: Sequence[str] = ("Ann",)
) -> Readiness:
    """The readiness of the learner "x" after these answers and gates."""
    table = attempts(rows)
    return assess(table, gates(*passed), raters(table, *reviewers), {"x": target}, NOW)


def overall(rows: Rows, **changes: Any) -> pd.Series:
    """The learner's row."""
    return judge(rows, **changes).learners.iloc[0]


def standing(rows: Rows, competency: str = "risk_issue", **changes: Any) -> pd.Series:
    """The row of one competency."""
    return judge(rows, **changes).competencies.set_index("competency").loc[competency]


def spread(competencies: Iterable[str], each: int = 2, **changes: object) -> list[dict[str, object]]:
    """So many answers to different questions of each competency."""
    every = [name for name in competencies for _ in range(each)]
    return [answer(number, name, **changes) for number, name in enumerate(every)]
