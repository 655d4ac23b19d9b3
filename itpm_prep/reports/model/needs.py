"""What is missing until a learner is ready in a competency: how many answers, of what kind."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from itpm_prep.reports.model import constants as c
from itpm_prep.reports.model.posterior import Floats, Posterior

Kinds = NDArray[np.object_]
Counts = NDArray[np.int64]

REACH = NormalDist().inv_cdf(c.READY_CHANCE)
"""How many standard deviations above the bar a standing lies when its chance is just enough."""


@dataclass(frozen=True, eq=False)
class Needs:
    """What each learner lacks in each competency (learners x competencies).

    ``kind`` is "" (nothing), "questions" (too few different ones), "answers" (as good as those so far),
    "reviews" (no number of self-rated answers would do, reviewed ones would) or "higher" (only better
    answers would do). ``questions`` counts the different questions that are missing; ``answers`` and
    ``reviewed`` how many more answers to new questions, all self-rated or all reviewed, would do if they
    are as good as expected; missing (NaN) when no number up to 12 would.
    """

    kind: Kinds
    questions: Counts
    answers: Floats
    reviewed: Floats


def find_needs(posterior: Posterior, questions: Counts) -> Needs:
    """What is missing, given how many different questions stand behind each competency."""
    variance = posterior.sd**2
    bias_variance = posterior.bias_sd[:, None] ** 2
    shared = posterior.shared
    reviewed = _how_many(posterior, variance, variance, c.ANSWER_SD**2)
    alone = _how_many(
        posterior, variance + shared, variance + 2 * shared + bias_variance, c.ANSWER_SD**2 + c.SELF_SD**2
    )
    short = np.maximum(c.QUESTIONS_OF_A_COMPETENCY - questions, 0)
    ready = (posterior.chance >= c.READY_CHANCE) & (short == 0)
    reviewed, alone = (np.where(ready, 0.0, np.maximum(more, short)) for more in (reviewed, alone))
    kind = np.select(
        [ready, short > 0, ~np.isnan(alone), ~np.isnan(reviewed)],
        ["", "questions", "answers", "reviews"],
        "higher",
    )
    return Needs(kind.astype(object), short, alone, reviewed)


def _how_many(posterior: Posterior, with_standing: Floats, own: Floats, noise: float) -> Floats:
    """The least number of answers that would do, each with the score that is expected of it.

    Such answers leave the standing where it is and narrow it: after n of them its variance is
    v - n c^2 / (noise + n q), with c the covariance of standing and answer and q the answer's variance
    before noise. Solved for n at the variance that puts the bar ``REACH`` deviations below.
    """
    above = posterior.theta - c.BAR
    excess = posterior.sd**2 - (above / REACH) ** 2
    slope = with_standing**2 - own * excess
    possible = (above > 0) & (slope > 0)
    number = np.ceil(noise * excess / np.where(possible, slope, 1.0) - 1e-9)
    return np.where(possible & (number <= c.MOST_ADVISED), np.maximum(number, 0.0), np.nan)
