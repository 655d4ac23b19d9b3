"""Attempts and criterion scores as frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.practice.calibration import MOST_MAE, STANDS_FOR
from itpm_prep.reports.columns import TIME, shape
from itpm_prep.reports.facts import Source
from itpm_prep.reports.joined import Flags, Joined, Numbers, Rows, codes, place_in
from itpm_prep.reports.learner_columns import ATTEMPTS, CRITERION_SCORES, SIGNALS


def attempts_frame(source: Source, joined: Joined, bank: Bank | None) -> pd.DataFrame:
    """One row per attempt, by learner, oldest first."""
    number = len(joined.attempts)
    own, others = joined.by_self, ~joined.by_self
    q = joined.ratings["q"].to_numpy(np.float64)
    self_q = mean_by(joined.attempt[own], q[own], number)
    reviewer_q = mean_by(joined.attempt[others], q[others], number)
    raters = np.bincount(joined.attempt, minlength=number)
    reviewers = np.bincount(joined.attempt[others], minlength=number)
    self_rated = (raters > 0) & (reviewers == 0)
    return shape(
        joined.attempts.assign(
            title=named(joined.attempts["question_id"], titles(bank), otherwise=""),
            counts=joined.counts,
            q=np.where(reviewers > 0, reviewer_q, self_q),
            self_q=self_q,
            reviewer_q=reviewer_q,
            self_rated=self_rated,
            raters=raters,
            reviewers=reviewers,
            calibrated_at=_gate_then(source.gates, joined, self_rated),
            **_figures(source.measures, joined),
        ),
        ATTEMPTS,
    )


def scores_frame(joined: Joined) -> pd.DataFrame:
    """One row per attempt, rater and criterion, in the order of the attempts."""
    order = np.argsort(joined.rating, kind="stable")
    rating = joined.rating[order]
    scores, attempt = joined.scores.take(order), joined.attempt[rating]
    given, names = joined.criterion[order], [CRITERION_NAMES.get(one, one) for one in joined.criteria]
    return shape(
        scores.assign(
            learner_id=_few(joined.learners["learner_id"], joined.learner[attempt]),
            question_id=_few(joined.attempts["question_id"], attempt),
            criterion=pd.Categorical.from_codes(given, pd.Index(joined.criteria)),
            criterion_name=pd.Categorical.from_codes(given, pd.Index(names)),
            rater=_few(joined.ratings["rater"], rating),
        ),
        CRITERION_SCORES,
    )


def signals_frame(source: Source, joined: Joined) -> pd.DataFrame:
    """What was counted in each attempt, in the order of the attempts."""
    return shape(source.measures.take(joined.measures[joined.measures >= 0]), SIGNALS)


def mean_by(group: Rows, values: Numbers, number: int) -> Numbers:
    """The mean of the values in each group from 0 to ``number`` - 1; NaN where a group has none."""
    held = np.bincount(group, minlength=number)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.bincount(group, values, minlength=number) / held, dtype=np.float64)


def titles(bank: Bank | None) -> dict[str, str]:
    """Question id to title."""
    return {entry.id: entry.title for entry in bank.entries} if bank else {}


def named(ids: pd.Series[Any], names: Mapping[str, str], otherwise: str) -> pd.Series[str]:
    """The name of each id; each different id is looked up once."""
    numbers, met = codes(ids)
    found = pd.Series([names.get(id_, otherwise) for id_ in met], dtype="str")
    return found.take(numbers).set_axis(ids.index)


def _few(texts: pd.Series[str], rows: Rows) -> Any:
    """The texts of these rows, each different one kept once."""
    numbers, met = codes(texts)
    return pd.Categorical.from_codes(numbers[rows], met)


def _gate_then(gates: pd.DataFrame, joined: Joined, self_rated: Flags) -> pd.Series[pd.Timestamp]:
    """The time of the gate that stood when a self-rated attempt was rated; NaT where none did."""
    found = pd.Series(pd.NaT, index=joined.attempts.index, dtype=TIME)
    mine = self_rated[joined.attempt]
    rows = joined.attempt[mine]
    rated = pd.DataFrame(
        {"row": rows, "learner": joined.learner[rows], "moment": joined.ratings["rated_at"].array[mine]}
    )
    owner = place_in(gates["learner_id"], pd.Index(joined.learners["learner_id"]))
    latest = pd.merge_asof(
        rated[np.isin(rated["learner"], owner)].sort_values("moment"),
        gates[["rated_at", "mae"]].assign(learner=owner).sort_values("rated_at"),
        left_on="moment",
        right_on="rated_at",
        by="learner",
    )
    stood = latest[(latest["mae"] <= MOST_MAE) & (latest["moment"] < latest["rated_at"] + STANDS_FOR)]
    found.iloc[stood["row"].to_numpy()] = stood["rated_at"].array
    return found


def _figures(measures: pd.DataFrame, joined: Joined) -> dict[str, pd.Series[int]]:
    """Figures right and asked of each attempt, missing where they were not judged."""
    return {
        name: pd.Series(measures[name].array.take(joined.measures, allow_fill=True))
        for name in ("figures_right", "figures_asked")
    }
