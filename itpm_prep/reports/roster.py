"""One row per learner: activity, answers, calibration, readiness."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from itpm_prep.practice.calibration import MOST_MAE, STANDS_FOR
from itpm_prep.reports.calibration import by_learner
from itpm_prep.reports.facts import Source
from itpm_prep.reports.joined import Joined, codes
from itpm_prep.reports.model.observations import latest_gates
from itpm_prep.reports.model.readiness import Readiness
from itpm_prep.reports.summary import different, last_of, tally


def roster(
    source: Source, joined: Joined, attempts: pd.DataFrame, readiness: Readiness, now: datetime
) -> pd.DataFrame:
    """The columns of the frame ``learners``, all but ``attention``."""
    number = len(source.learners)
    counted = tally(attempts, joined.learner, number)
    agreed, found = by_learner(joined), readiness.learners
    return source.learners.reset_index(drop=True).assign(
        **_activity(joined, attempts, number),
        **_columns(counted, "answers", "skipped", "retries", "mean_q"),
        **_columns(agreed, "bias", "mae", "within_one", "kappa"),
        pairs=agreed["n"].astype("int64").array,
        **_gates(source, now),
        **_columns(found, "state", "readiness", "coverage", "ready", "label", "sentence", "advice"),
        **_columns(found, "gain", "gain_sd"),
        model_bias=found["bias"].array,
        model_bias_sd=found["bias_sd"].array,
    )


def _columns(frame: pd.DataFrame, *names: str) -> dict[str, Any]:
    return {name: frame[name].array for name in names}


def _activity(joined: Joined, attempts: pd.DataFrame, number: int) -> dict[str, Any]:
    """When a learner was last heard of, different questions, reviewed answers and their reviewers."""
    every = np.ones(len(attempts), dtype=bool)
    last = last_of(joined.learner, every, number)
    given = (attempts["counts"] & (attempts["outcome"] == "answered")).to_numpy(bool)
    reviewed = given & (attempts["reviewers"] > 0).to_numpy(bool)
    others = ~joined.by_self
    question = codes(attempts["question_id"])[0]
    rater = codes(joined.ratings["rater"])[0]
    return {
        "last_answer_at": attempts["submitted_at"].reindex(last).array,
        "questions": different(question[given], joined.learner[given], number),
        "reviewed": np.bincount(joined.learner[reviewed], minlength=number),
        "reviewers": different(rater[others], joined.learner[joined.attempt[others]], number),
    }


def _gates(source: Source, now: datetime) -> dict[str, Any]:
    """The latest gate of each learner, and whether it stands."""
    gates = latest_gates(source.gates, now).set_index("learner_id")
    latest = gates.reindex(pd.Index(source.learners["learner_id"], dtype="str"))
    stands = (latest["mae"] <= MOST_MAE) & (pd.Timestamp(now) < latest["rated_at"] + STANDS_FOR)
    return {
        "calibrated": stands.to_numpy(bool),
        "gate_at": latest["rated_at"].array,
        "gate_mae": latest["mae"].array,
        "leniency": latest["leniency"].array,
    }
