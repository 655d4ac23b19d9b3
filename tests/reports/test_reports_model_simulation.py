"""A class that is made up: is who is called ready ready, and do the stated chances come true?

The truth of each learner is known here. Eleven competencies, 24 answers in 30 days by turns, four
rounded criterion scores in each, a gate before, a sixth of the answers reviewed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from model_samples import NOW

from itpm_prep.bank.types import COMPETENCIES
from itpm_prep.reports.model.posterior import posterior
from itpm_prep.reports.model.readiness import Readiness, assess

LEARNERS, ANSWERS = 800, 24
KINDS = COMPETENCIES[:11]
NAMES = [f"learner-{number}" for number in range(LEARNERS)]


@dataclass(frozen=True)
class Class:
    """The learners' true standings, and what their answers and gates show of it."""

    theta: np.ndarray
    attempts: pd.DataFrame
    gates: pd.DataFrame

    def assess(self) -> Readiness:
        ratings = self.attempts[["learner_id", "attempt_id"]].assign(rater="self")
        targets = dict.fromkeys(NAMES, "mid")
        return assess(self.attempts, self.gates, ratings, targets, NOW, KINDS)


def make_class(seed: int, bias: float) -> Class:
    random = np.random.default_rng(seed)
    theta = random.normal(2.9, 0.6, (LEARNERS, 1)) + random.normal(0, 0.4, (LEARNERS, len(KINDS)))
    own_bias = random.normal(bias, 0.4, (LEARNERS, 1))
    turns = np.array([random.permutation(np.resize(np.arange(len(KINDS)), ANSWERS)) for _ in range(LEARNERS)])
    answered = np.take_along_axis(theta, turns, axis=1)
    answered += random.normal(0, 0.35, answered.shape) + random.normal(0, 0.30, answered.shape)

    def rate(means: np.ndarray, noise: float, marks: int) -> np.ndarray:
        rounded = np.rint(means[..., None] + random.normal(0, noise, (*means.shape, marks)))
        return rounded.clip(1, 5).mean(axis=-1)

    severity = random.normal(0, 0.15, answered.shape)
    reviewed = np.where(random.random(answered.shape) < 1 / 6, rate(answered + severity, 0.4, 4), np.nan)
    keys = random.integers(1, 6, (LEARNERS, 24))
    apart = rate(keys + own_bias, 0.6, 1) - keys
    return Class(
        theta,
        _attempts(turns, rate(answered + own_bias, 0.6, 4), reviewed, random.uniform(0, 30, answered.shape)),
        pd.DataFrame(
            {
                "learner_id": NAMES,
                "calibration_id": NAMES,
                "rated_at": pd.Series([NOW] * LEARNERS, dtype="datetime64[us, UTC]"),
                "mae": abs(apart).mean(axis=1),
                "leniency": apart.mean(axis=1),
            }
        ),
    )


def _attempts(turns: np.ndarray, own: np.ndarray, reviewed: np.ndarray, days: np.ndarray) -> pd.DataFrame:
    numbers = pd.Series(range(turns.size)).astype("str")
    return pd.DataFrame(
        {
            "learner_id": np.repeat(NAMES, ANSWERS),
            "attempt_id": "a" + numbers,
            "interview_id": "i" + numbers,
            "question_id": "Q" + numbers,
            "competency": np.array(KINDS)[turns.ravel()],
            "level": "mid",
            "outcome": "answered",
            "retry_of": pd.Series([None] * turns.size, dtype="str"),
            "take": 1,
            "submitted_at": (pd.Timestamp(NOW) - pd.to_timedelta(days.ravel(), unit="D")).as_unit("us"),
            "self_q": own.ravel(),
            "reviewer_q": reviewed.ravel(),
        }
    )


@pytest.fixture(scope="module")
def made() -> Class:
    return make_class(seed=20261122, bias=0.2)


@pytest.fixture(scope="module")
def judged(made: Class) -> pd.DataFrame:
    return made.assess().competencies.assign(truth=made.theta.ravel())


def test_hardly_anyone_below_the_bar_is_called_ready(judged):
    assert judged.loc[judged["truth"] < 3.0, "ready"].mean() <= 0.04


def test_most_who_stand_well_above_the_bar_are_found(judged):
    assert judged.loc[judged["truth"] >= 3.5, "ready"].mean() >= 0.78


def test_the_stated_chances_come_true_in_each_fifth(judged):
    shown = judged[judged["chance"].notna()]
    fifth = np.minimum((shown["chance"] * 5).astype(int), 4)
    means = shown.assign(true=shown["truth"] >= 3.0).groupby(fifth)[["chance", "true"]].mean()
    assert len(means) == 5
    assert (means["chance"] - means["true"]).abs().max() <= 0.10


def test_the_bounds_would_catch_a_model_that_believes_every_self_score(made):
    """The same class taken at its word: too many are called ready, so the first bound says something."""
    trusting = made.attempts.assign(reviewer_q=made.attempts["self_q"])
    judged = Class(made.theta, trusting, made.gates).assess().competencies.assign(truth=made.theta.ravel())
    assert judged.loc[judged["truth"] < 3.0, "ready"].mean() > 0.06


def test_the_gate_holds_back_those_who_overrate_themselves():
    """They overrate by .9 and nobody reviews them: taken without the gate many would be called ready."""
    made = make_class(seed=7, bias=0.9)
    alone = made.attempts.assign(reviewer_q=np.nan, age_days=15.0, repeat=False)
    below = made.theta < 3.0
    ungated = posterior(alone, made.gates.head(0), NAMES, KINDS).chance >= 0.80
    gated = (
        Class(made.theta, alone, made.gates).assess().competencies["ready"].to_numpy().reshape(below.shape)
    )
    assert ungated[below].mean() > 0.12
    assert gated[below].mean() <= 0.05
