"""Own scores beside the reviewers', and the gates."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.practice.calibration import MOST_MAE, STANDS_FOR
from itpm_prep.reports import columns
from itpm_prep.reports.columns import FRAMES, shape
from itpm_prep.reports.facts import Source
from itpm_prep.reports.joined import Joined, locate
from itpm_prep.reports.model.agreement import agree


def pairs_of(joined: Joined) -> pd.DataFrame:
    """The criterion scores given by both sides: attempt, learner and criterion (rows), own and other.

    ``other`` is the mean of the reviewers.
    """
    width = len(joined.criteria)
    attempt, by_self = joined.attempt[joined.rating], joined.by_self[joined.rating]
    reviewed = np.zeros(len(joined.attempts), dtype=bool)
    reviewed[attempt[~by_self]] = True
    kept = reviewed[attempt]
    key, by_self = (attempt * width + joined.criterion)[kept], by_self[kept]
    score = joined.scores["score"].to_numpy(np.float64)[kept]
    cells, place = np.unique(key, return_inverse=True)
    sides = []
    for side in (by_self, ~by_self):
        held = np.bincount(place[side], minlength=len(cells))
        with np.errstate(invalid="ignore"):
            sides.append(np.bincount(place[side], score[side], minlength=len(cells)) / held)
    own, other = sides
    both = ~np.isnan(own) & ~np.isnan(other)
    rows = cells[both] // width
    return pd.DataFrame(
        {
            "attempt": rows,
            "learner": joined.learner[rows],
            "criterion": cells[both] % width,
            "own": own[both],
            "other": other[both],
        }
    )


def by_criterion(joined: Joined) -> pd.DataFrame:
    """The agreement of each learner with the reviewers, for each criterion scored by both."""
    pairs = pairs_of(joined)
    found = agree(pairs, ["learner", "criterion"])
    means = pairs.groupby(["learner", "criterion"])[["own", "other"]].mean().reset_index(drop=True)
    names = np.array([CRITERION_NAMES.get(one, one) for one in joined.criteria], dtype=object)
    criterion = found["criterion"].to_numpy(np.int64)
    return shape(
        found.assign(
            learner_id=joined.learners["learner_id"].take(found["learner"].to_numpy(np.int64)).array,
            criterion=np.array(joined.criteria, dtype=object)[criterion],
            criterion_name=names[criterion],
            own=means["own"],
            reviewers=means["other"],
        ).rename(columns={"n": "pairs"}),
        FRAMES["calibration"],
    )


def by_learner(joined: Joined) -> pd.DataFrame:
    """n, bias, mae, within_one and kappa of each learner, in the order of the roster."""
    found = agree(pairs_of(joined), ["learner"]).set_index("learner").reindex(range(len(joined.learners)))
    return found.assign(n=found["n"].fillna(0)).reset_index(drop=True)


def gates_frame(source: Source, now: datetime) -> pd.DataFrame:
    """Every passage, and whether it stands: the latest one, passed, at most 30 days old."""
    learner = locate(source.gates, source.learners, "learner_id")
    gates = source.gates.assign(learner=learner)[learner >= 0]
    gates = gates.sort_values(["learner", "rated_at", "calibration_id"], kind="stable")
    passed = gates["mae"] <= MOST_MAE
    past = gates["rated_at"] <= now
    latest = ~gates["learner"].where(past).duplicated(keep="last") & past
    stands = latest & passed & (pd.Timestamp(now) < gates["rated_at"] + STANDS_FOR)
    return shape(gates.assign(passed=passed, stands=stands), columns.FRAMES["gates"])
