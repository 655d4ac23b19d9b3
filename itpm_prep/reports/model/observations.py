"""Which answers count, and as what; and which gate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from itpm_prep.bank.types import LEVELS
from itpm_prep.practice.calibration import MOST_MAE
from itpm_prep.reports.model.constants import ATTEMPTS_OF_A_QUESTION

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOBODY = len(LEVELS)  # the level aimed at by those who are left out: no answer reaches it


def observe(attempts: pd.DataFrame, targets: Mapping[str, str], now: datetime) -> pd.DataFrame:
    """The answers that count, one row each, sorted by learner, question and time.

    ``attempts`` has learner_id, attempt_id, interview_id, question_id, competency, level, outcome,
    retry_of, take, submitted_at, self_q and reviewer_q (missing when not rated by that side; of several
    reviewers the mean). ``targets`` maps each learner to the level aimed at, "" for none: then every
    level counts. Learners it does not name are left out.

    So are skipped and unscored answers, those below the target level, earlier takes, all but the latest
    two scored answers to a question, and retries: they are written with the debrief in view. The columns
    are learner_id, attempt_id, question_id, competency, self_q, reviewer_q, age_days, and repeat (bool:
    the question had been answered before).
    """
    tried, question = _tried(attempts)
    scored = (attempts["self_q"].notna() | attempts["reviewer_q"].notna()).to_numpy(bool)
    counts = (scored & _high_enough(attempts, targets))[tried]
    repeat = np.zeros(len(tried), bool)
    repeat[1:] = question[1:] == question[:-1]
    latest = _from_the_end(question[counts]) < ATTEMPTS_OF_A_QUESTION
    names = ["learner_id", "attempt_id", "question_id", "competency", "self_q", "reviewer_q", "submitted_at"]
    told = attempts[names].iloc[tried[counts][latest]].reset_index(drop=True)
    age = (pd.Timestamp(now) - told.pop("submitted_at")).dt.total_seconds() / 86_400
    return told.assign(age_days=age.clip(lower=0.0), repeat=repeat[counts][latest])


def latest_gates(gates: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """The latest gate of each learner up to now: learner_id, rated_at, mae, leniency, passed (bool).

    A gate that was passed stays so until another one is missed: only ratings made in its 30 days count
    as calibrated, but what it found of the bias holds.
    """
    past = gates[(gates["rated_at"] <= now).to_numpy(bool)].sort_values(["rated_at", "calibration_id"])
    last = past.drop_duplicates("learner_id", keep="last")
    found = last[["learner_id", "rated_at", "mae", "leniency"]].assign(passed=last["mae"] <= MOST_MAE)
    return found.astype({"learner_id": "str"}).reset_index(drop=True)


def _tried(attempts: pd.DataFrame) -> tuple[NDArray[np.intp], Codes]:
    """The answers that are neither retry nor earlier take, by learner, question and time.

    Beside their places comes a number for each question of each learner. The id decides between answers
    of the same moment, so that the order of arrival never matters.
    """
    answered = ((attempts["outcome"] == "answered") & attempts["retry_of"].isna()).to_numpy(bool)
    group = _joined(_codes(attempts["learner_id"]), _codes(attempts["question_id"]))
    at = np.flatnonzero(answered)
    at = at[_last_takes(attempts, group, at)]
    moment = attempts["submitted_at"].to_numpy("datetime64[us]").astype(np.int64)[at]
    order = np.lexsort((moment, group[at]))
    if ((np.diff(group[at][order]) == 0) & (np.diff(moment[order]) == 0)).any():
        order = np.lexsort((_codes(attempts["attempt_id"])[at], moment, group[at]))
    return at[order], group[at][order]


def _last_takes(attempts: pd.DataFrame, group: Codes, at: NDArray[np.intp]) -> Flags:
    """Of several takes of an answer within an interview the last one counts."""
    take = attempts["take"].to_numpy(np.int64)[at]
    if take.max(initial=1) == 1:
        return np.ones(len(at), bool)
    _, answer = np.unique(_joined(_codes(attempts["interview_id"]), group)[at], return_inverse=True)
    most = np.zeros(len(at), np.int64)
    np.maximum.at(most, answer, take)
    last: Flags = take == most[answer]
    return last


def _from_the_end(group: Codes) -> Codes:
    """How many rows of the same group come after each; the rows of a group stand together."""
    if not len(group):
        return group
    ends = np.flatnonzero(np.append(np.diff(group) != 0, True))
    return np.repeat(ends, np.diff(ends, prepend=-1)) - np.arange(len(group))


def _high_enough(attempts: pd.DataFrame, targets: Mapping[str, str]) -> Flags:
    """An answer at the level aimed at or above, of a learner who is named."""
    rank: dict[str, int] = {level: place for place, level in enumerate(LEVELS)}
    least = {learner: rank.get(level, 0) for learner, level in targets.items()}
    high: Flags = _numbers(attempts["level"], rank, 0) >= _numbers(attempts["learner_id"], least, NOBODY)
    return high


def _numbers(values: pd.Series[str], numbers: Mapping[str, int], other: int) -> Codes:
    """The number of each value, or ``other``; each different value is looked up once."""
    words = values.astype("category").cat
    known = np.array([*(numbers.get(word, other) for word in words.categories), other], np.int64)
    return known[words.codes]


def _codes(values: pd.Series[str]) -> Codes:
    """A number for each value, in the order of the values themselves."""
    codes, _ = pd.factorize(values, sort=True)
    return codes.astype(np.int64)


def _joined(left: Codes, right: Codes) -> Codes:
    """One number for each pair of codes."""
    joined: Codes = left * (int(right.max(initial=0)) + 1) + right
    return joined
