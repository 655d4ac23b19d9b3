"""Means and counts over attempts, with the rules that say when there is too little to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.reports.columns import BY_CRITERION, SUMMARY, make_frame
from itpm_prep.reports.words import SELF

QUESTIONS_FOR_A_MEAN = 2
"""Different scored questions below which a mean says more about the question than about the person."""

ANSWERS_FOR_A_TREND = 4
"""Scored answers below which a line through them would be drawn from noise."""


def first_tries(attempts: pd.DataFrame) -> pd.DataFrame:
    """The attempts that are no retry, of several takes the last one.

    A retry is written with the debrief in view; an earlier take was given up for the last one.
    """
    tries = attempts[attempts["retry_of"].isna()]
    last = tries.groupby(["interview_id", "question_id"], dropna=False)["take"].transform("max")
    return tries[tries["take"] == last]


def summarise(attempts: pd.DataFrame, column: str, groups: Iterable[str]) -> pd.DataFrame:
    """One row for each of ``groups``, the values of ``column``; columns as ``Progress`` tells."""
    rows = [{column: group, **_summary_row(attempts[attempts[column] == group])} for group in groups]
    return make_frame(rows, {column: "str", **SUMMARY})


def _summary_row(attempts: pd.DataFrame) -> dict[str, Any]:
    tries = first_tries(attempts)
    scored = tries[tries["q"].notna()].sort_values("submitted_at", kind="stable")
    questions = scored["question_id"].nunique()
    return {
        "answers": (tries["outcome"] == "answered").sum(),
        "skipped": (tries["outcome"] == "skipped").sum(),
        "retries": attempts["retry_of"].notna().sum(),
        "scored": len(scored),
        "questions": questions,
        "mean_q": scored["q"].mean(),
        "latest_q": scored["q"].iloc[-1] if len(scored) else None,
        "latest_at": scored["submitted_at"].iloc[-1] if len(scored) else None,
        "too_thin": questions < QUESTIONS_FOR_A_MEAN,
        "no_trend": len(scored) < ANSWERS_FOR_A_TREND,
    }


def summarise_criteria(attempts: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """One row per criterion that was scored, in the order of ``CRITERION_NAMES``."""
    tries = first_tries(attempts)[["attempt_id", "question_id"]]
    counted = tries.merge(scores, on="attempt_id")
    reviewed = counted.loc[counted["rater"] != SELF, "attempt_id"]
    counted = counted[(counted["rater"] != SELF) | ~counted["attempt_id"].isin(reviewed)]
    rows = [_criterion_row(c, counted[counted["criterion"] == c]) for c in _in_order(counted["criterion"])]
    return make_frame(rows, BY_CRITERION)


def _in_order(found: Sequence[str] | pd.Series[str]) -> list[str]:
    present = set(found)
    return [criterion for criterion in CRITERION_NAMES if criterion in present]


def _criterion_row(criterion: str, marks: pd.DataFrame) -> dict[str, Any]:
    questions = marks["question_id"].nunique()
    return {
        "criterion": criterion,
        "criterion_name": CRITERION_NAMES[criterion],
        "scored": marks["attempt_id"].nunique(),
        "questions": questions,
        "mean_score": marks.groupby("attempt_id")["score"].mean().mean(),
        "too_thin": questions < QUESTIONS_FOR_A_MEAN,
    }
