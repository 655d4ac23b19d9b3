"""Means and counts over attempts, with the rules that say when there is too little to show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from itpm_prep.bank.names import COMPETENCY_NAMES, CRITERION_NAMES
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.reports import learner_columns as columns
from itpm_prep.reports.columns import shape
from itpm_prep.reports.joined import Flags, Joined, Numbers, Rows, codes, place_in

QUESTIONS_FOR_A_MEAN = 2
"""Different scored questions below which a mean says more about the question than about the person."""

ANSWERS_FOR_A_TREND = 4
"""Scored answers below which a line through them would be drawn from noise."""


def first_tries(attempts: pd.DataFrame) -> pd.DataFrame:
    """The attempts that means and counts are made of: no retries, of several takes the last one."""
    return attempts[attempts["counts"]]


def by_category(attempts: pd.DataFrame, learners: pd.DataFrame) -> pd.DataFrame:
    """All five categories of each learner, in the order of the bank."""
    return _summarise(attempts, learners, "category", CATEGORIES, everyone=True)


def by_competency(attempts: pd.DataFrame, learners: pd.DataFrame) -> pd.DataFrame:
    """The competencies that each learner has met, by name."""
    order = sorted(COMPETENCY_NAMES, key=COMPETENCY_NAMES.__getitem__)
    return _summarise(attempts, learners, "competency", order, everyone=False)


def _summarise(
    attempts: pd.DataFrame, learners: pd.DataFrame, column: str, groups: Sequence[str], *, everyone: bool
) -> pd.DataFrame:
    owner = place_in(attempts["learner_id"], pd.Index(learners["learner_id"]))
    key = owner * len(groups) + place_in(attempts[column], groups)
    found = tally(attempts, key, len(learners) * len(groups))
    found.insert(0, "learner_id", learners["learner_id"].repeat(len(groups)).array)
    found.insert(1, column, list(groups) * len(learners))
    if not everyone:
        met = np.bincount(key, minlength=len(found)) > 0
        found = found[met]
    return shape(found, columns.CATEGORIES if column == "category" else columns.COMPETENCIES)


def tally(attempts: pd.DataFrame, group: Rows, number: int) -> pd.DataFrame:
    """The counts and means of each group of attempts; ``group`` is its number from 0."""
    first = attempts["counts"].to_numpy(bool)
    skipped = (attempts["outcome"] == "skipped").to_numpy(bool)
    q = attempts["q"].to_numpy(np.float64)
    scored = first & ~np.isnan(q)
    latest = last_of(group, scored, number)
    questions = different(codes(attempts["question_id"])[0][scored], group[scored], number)
    count = np.bincount(group[scored], minlength=number)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(group[scored], q[scored], minlength=number) / count
    return pd.DataFrame(
        {
            "answers": np.bincount(group[first & ~skipped], minlength=number),
            "skipped": np.bincount(group[first & skipped], minlength=number),
            "retries": np.bincount(group[attempts["retry_of"].notna().to_numpy(bool)], minlength=number),
            "scored": count,
            "questions": questions,
            "mean_q": mean,
            "latest_q": pd.Series(q).reindex(latest).array,
            "latest_at": attempts["submitted_at"].reindex(latest).array,
            "too_thin": questions < QUESTIONS_FOR_A_MEAN,
            "no_trend": count < ANSWERS_FOR_A_TREND,
        }
    )


def last_of(group: Rows, among: Flags, number: int) -> Rows:
    """The last row of each group among some rows that stand in the order of time; -1 where none is."""
    last = np.full(number, -1, dtype=np.int64)
    np.maximum.at(last, group[among], np.flatnonzero(among))
    return last


def different(values: Rows, group: Rows, number: int) -> Rows:
    """How many different values each group has."""
    width = int(values.max(initial=0)) + 1
    pairs = pd.unique(group * width + values)
    return np.bincount(pairs // width, minlength=number)


# Criteria -----------------------------------------------------------------------------------------


def by_criterion(joined: Joined, attempts: pd.DataFrame) -> pd.DataFrame:
    """The criteria that were scored for each learner, in the order of ``CRITERION_NAMES``."""
    attempt, criterion, mean = criterion_means(joined)
    first = joined.counts[attempt]
    attempt, criterion, mean = attempt[first], criterion[first], mean[first]
    width = len(joined.criteria)
    group, number = joined.learner[attempt] * width + criterion, len(joined.learners) * width
    scored = np.bincount(group, minlength=number)
    questions = different(codes(attempts["question_id"])[0][attempt], group, number)
    met = np.flatnonzero(scored)
    names = [CRITERION_NAMES.get(one, one) for one in joined.criteria]
    return shape(
        pd.DataFrame(
            {
                "learner_id": joined.learners["learner_id"].take(met // width).array,
                "criterion": pd.Series(joined.criteria).take(met % width).array,
                "criterion_name": pd.Series(names).take(met % width).array,
                "scored": scored[met],
                "questions": questions[met],
                "mean_score": np.bincount(group, mean, minlength=number)[met] / scored[met],
                "too_thin": questions[met] < QUESTIONS_FOR_A_MEAN,
            }
        ),
        columns.CRITERIA,
    )


def criterion_means(joined: Joined) -> tuple[Rows, Rows, Numbers]:
    """Attempt, criterion and the mean score that counts: the reviewers', else one's own."""
    own = joined.by_self[joined.rating]
    attempt = joined.attempt[joined.rating]
    reviewed = np.zeros(len(joined.attempts), dtype=bool)
    reviewed[attempt[~own]] = True
    counted = ~own | ~reviewed[attempt]
    width = len(joined.criteria)
    key = attempt[counted] * width + joined.criterion[counted]
    score = joined.scores["score"].to_numpy(np.float64)[counted]
    given = np.bincount(key)
    held = np.flatnonzero(given)
    return held // width, held % width, np.bincount(key, score)[held] / given[held]
