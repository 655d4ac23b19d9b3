"""How far two raters of the same answers agree: bias, MAE, share within 1, weighted kappa; in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from itpm_prep.reports.model.constants import PAIRS_FOR_KAPPA, STRONG, WELL_MATCHED
from itpm_prep.reports.words import SELF

STATISTICS = {"n": "int64", "bias": "float64", "mae": "float64", "within_one": "float64", "kappa": "float64"}
"""The columns of every table of agreement and their types."""

_EDGE = 1e-9  # a bias of exactly .25 stays well matched, whatever the sum rounds to


def pair_with_reviewers(scores: pd.DataFrame) -> pd.DataFrame:
    """The criterion scores that both the learner and a reviewer gave: of several reviewers the mean.

    ``scores``: learner_id, attempt_id, criterion, rater and score, one row for each rater. The columns are
    learner_id, attempt_id, criterion, own and other.
    """
    keys = ["learner_id", "attempt_id", "criterion"]
    own = (scores["rater"] == SELF).to_numpy(bool)
    reviewed = scores.loc[~own, [*keys, "score"]]
    means = reviewed.groupby(keys, observed=True, sort=False, as_index=False)["score"].mean()
    return (
        scores.loc[own, [*keys, "score"]]
        .merge(means, on=keys, suffixes=("_own", "_other"))
        .rename(columns={"score_own": "own", "score_other": "other"})
    )


def pair_reviewers(scores: pd.DataFrame) -> pd.DataFrame:
    """The criterion scores of every two reviewers of the same answer, the names in order.

    The columns are learner_id, attempt_id, criterion, rater, own, other_rater and other.
    """
    keys = ["learner_id", "attempt_id", "criterion"]
    reviewed = scores.loc[(scores["rater"] != SELF).to_numpy(bool), [*keys, "rater", "score"]]
    reviewed = reviewed[reviewed.duplicated(keys, keep=False)].astype({"rater": "str"})
    both = reviewed.merge(reviewed.rename(columns={"rater": "other_rater", "score": "other"}), on=keys)
    both = both[both["rater"] < both["other_rater"]].rename(columns={"score": "own"})
    return both[[*keys, "rater", "own", "other_rater", "other"]].reset_index(drop=True)


def agree(pairs: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """The agreement of ``own`` with ``other``, one row for each value of ``by`` (one row without).

    n (pairs); bias, the mean of own - other; mae, the mean of |own - other|; within_one, the share at
    most 1 apart; kappa, quadratic weighted, missing below 30 pairs or when every score is the same. The
    weights being squares, Cohen's kappa (Psychological Bulletin 70, 213-220, 1968) needs no table:
    1 - sum (x - y)^2 / (sum x^2 + sum y^2 - 2 sum x sum y / n).
    """
    x, y = pairs["own"].astype("float64"), pairs["other"].astype("float64")
    apart = x - y
    sums = pd.DataFrame(
        {
            "n": 1,
            "apart": apart,
            "distance": apart.abs(),
            "near": apart.abs() <= 1 + _EDGE,
            "squared": apart**2,
            "x": x,
            "y": y,
            "squares": x**2 + y**2,
        }
    )
    keys = [pairs[name] for name in by]
    found = _statistics(sums.groupby(keys, observed=True).sum() if keys else sums.sum().to_frame().T)
    return found.reset_index(drop=not keys)


def _statistics(sums: pd.DataFrame) -> pd.DataFrame:
    n = sums["n"].astype("float64").where(sums["n"] > 0)
    chance = sums["squares"] - 2 * sums["x"] * sums["y"] / n
    shown = (n >= PAIRS_FOR_KAPPA) & (chance > _EDGE)
    return pd.DataFrame(
        {
            "n": sums["n"],
            "bias": sums["apart"] / n,
            "mae": sums["distance"] / n,
            "within_one": sums["near"] / n,
            "kappa": (1 - sums["squared"] / chance.where(shown, np.nan)),
        }
    ).astype(STATISTICS)


def bias_words(bias: float, n: int) -> str:
    """A bias in words, with n: "overrating by 0.4 (n = 24)"."""
    if not n or np.isnan(bias):
        return "no score from both sides yet (n = 0)"
    if abs(bias) <= WELL_MATCHED + _EDGE:
        return f"well matched, {_signed(bias)} (n = {n})"
    strongly = "strong " if abs(bias) > STRONG + _EDGE else ""
    return f"{strongly}{'overrating' if bias > 0 else 'underrating'} by {abs(bias):.1f} (n = {n})"


def _signed(bias: float) -> str:
    return f"{bias:+.1f}".replace("-", "\N{MINUS SIGN}") if abs(bias) >= 0.05 else "no difference"
