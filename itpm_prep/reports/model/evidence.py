"""What stands behind a judgement: answers, different questions, reviews and reviewers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from itpm_prep.reports.model.posterior import places
from itpm_prep.reports.words import SELF

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Evidence:
    """What stands behind each learner and competency, and how many reviewers behind each learner."""

    answers: Counts
    questions: Counts
    reviewed: Counts
    reviewers: Counts

    @classmethod
    def of(
        cls, seen: pd.DataFrame, ratings: pd.DataFrame, learners: Sequence[str], competencies: Sequence[str]
    ) -> Evidence:
        """Counts of the answers that count."""
        shape = (len(learners), len(competencies))
        cell = places(seen["learner_id"], learners) * shape[1] + places(seen["competency"], competencies)
        first = ~seen.duplicated(["learner_id", "question_id", "competency"]).to_numpy(bool)
        reviewed = seen["reviewer_q"].notna().to_numpy(bool)

        def count(which: NDArray[np.bool_]) -> Counts:
            return np.bincount(cell[which], minlength=shape[0] * shape[1]).astype(np.int64).reshape(shape)

        return cls(
            answers=count(np.ones(len(seen), bool)),
            questions=count(first),
            reviewed=count(reviewed),
            reviewers=_reviewers(seen[reviewed], ratings, learners),
        )


def _reviewers(reviewed: pd.DataFrame, ratings: pd.DataFrame, learners: Sequence[str]) -> Counts:
    """How many different reviewers stand behind the answers of each learner that count."""
    others = ratings.loc[(ratings["rater"] != SELF).to_numpy(bool), ["learner_id", "attempt_id", "rater"]]
    both = pd.concat([reviewed[["learner_id", "attempt_id"]], others], ignore_index=True)
    learner, attempt, rater = (pd.factorize(both[name])[0].astype(np.int64) for name in both)
    answer = learner * (attempt.max(initial=0) + 1) + attempt
    counted = np.isin(answer[len(reviewed) :], answer[: len(reviewed)])
    pair = (learner * (rater.max(initial=0) + 1) + rater)[len(reviewed) :]
    _, first = np.unique(pair[counted], return_index=True)
    who = places(others["learner_id"][counted].iloc[first], learners)
    return np.bincount(who, minlength=len(learners)).astype(np.int64)
