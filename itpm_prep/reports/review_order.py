"""Which answers wait for a review, the most uncertain first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from itpm_prep.reports.columns import FRAMES, shape
from itpm_prep.reports.joined import Joined, Numbers, moments, place_in
from itpm_prep.reports.model.posterior import Posterior

MOST_REVIEWERS = 2


def review_queue(joined: Joined, attempts: pd.DataFrame, posterior: Posterior) -> pd.DataFrame:
    """Answers that fewer than two reviewers have scored; of several takes the last one, retries too.

    The most uncertain come first: those whose competency is as likely ready as not, by the chance that
    the model gives (also while it is not told to the learner). Among equals the one that nobody has
    reviewed, then the latest.
    """
    last_take = joined.counts | attempts["retry_of"].notna().to_numpy(bool)
    waits = last_take & (attempts["outcome"] == "answered") & (attempts["reviewers"] < MOST_REVIEWERS)
    rows = np.flatnonzero(waits)
    queue = attempts.take(rows).assign(
        name=joined.learners["name"].take(joined.learner[rows]).array,
        retry=attempts["retry_of"].notna().take(rows),
        reviewer=_reviewer(joined, len(attempts)).take(rows).array,
        uncertainty=_uncertainty(attempts, posterior)[rows],
    )
    order = np.lexsort((-moments(queue["submitted_at"]), queue["reviewers"], -queue["uncertainty"]))
    return shape(queue.take(order), FRAMES["review_queue"])


def _reviewer(joined: Joined, number: int) -> pd.Series[str]:
    """The first reviewer of each attempt; missing when nobody has reviewed it."""
    others = np.flatnonzero(~joined.by_self)[::-1]
    row = np.full(number, -1)
    row[joined.attempt[others]] = others
    return joined.ratings["rater"].reindex(row).reset_index(drop=True)


def _uncertainty(attempts: pd.DataFrame, posterior: Posterior) -> Numbers:
    """1 where ready and not ready are as likely in the answer's competency, 0 where it is settled."""
    learner = place_in(attempts["learner_id"], posterior.learners)
    chance = posterior.chance[learner, place_in(attempts["competency"], posterior.competencies)]
    return 1 - np.abs(2 * chance - 1)
