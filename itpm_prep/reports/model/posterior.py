"""The readiness model solved exactly: one linear Gaussian model for each learner, many learners at once.

Unknown are the learner's level mu, an offset delta_k for each competency k, the bias b of own scores,
and the gain g in 30 days; the standing today is theta_k = mu + delta_k. Of an answer given ``a`` days ago

- reviewed: reviewer's score = theta_k - g a / 30 + e, and own score - reviewer's score = b + e',
- self-rated only: own score = theta_k - g a / 30 + b + e + e',
- a gate: leniency = b + e''.

The posterior is the best linear unbiased prediction (Henderson 1975, Biometrics 31, 423-447), here in
the form of precisions: those of the prior and of every observation add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from itpm_prep.reports.model import constants as c

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Posterior:
    """What is believed of each learner: rows as in ``learners``, columns as in ``competencies``.

    ``theta``, ``sd`` and ``chance`` (learners x competencies): standing today on 1-5, its standard
    deviation, and the chance that it is 3.0 or more. ``bias`` (own - reviewer's score) and ``gain``
    (in 30 days) with theirs (learners). ``shared`` (learners x competencies) is the covariance of bias
    and standing.
    """

    learners: tuple[str, ...]
    competencies: tuple[str, ...]
    theta: Floats
    sd: Floats
    chance: Floats
    bias: Floats
    bias_sd: Floats
    gain: Floats
    gain_sd: Floats
    shared: Floats


def posterior(
    observations: pd.DataFrame, gates: pd.DataFrame, learners: Sequence[str], competencies: Sequence[str]
) -> Posterior:
    """The posterior of each learner; of one without a row in either frame, what was believed before.

    ``observations``: learner_id, competency, self_q, reviewer_q (missing when there is none), age_days,
    repeat (bool: the question had been answered before); a row without any score tells nothing.
    ``gates``: learner_id and leniency of the one gate that counts. ``ValueError`` for a learner or a
    competency that is not listed.
    """
    count, kinds = len(learners), len(competencies)
    told = [*_answers(observations, learners, competencies), _gates(gates, learners, kinds)]
    mean, covariance = _solve(_prior(kinds), told, count)
    offsets, bias, gain = slice(1, 1 + kinds), 1 + kinds, 2 + kinds
    variance = np.diagonal(covariance, axis1=1, axis2=2)
    theta = mean[:, :1] + mean[:, offsets]
    sd = np.sqrt(variance[:, :1] + variance[:, offsets] + 2 * covariance[:, 0, offsets])
    return Posterior(
        learners=tuple(learners),
        competencies=tuple(competencies),
        theta=theta,
        sd=sd,
        chance=chance_of_bar(theta, sd),
        bias=mean[:, bias],
        bias_sd=np.sqrt(variance[:, bias]),
        gain=mean[:, gain],
        gain_sd=np.sqrt(variance[:, gain]),
        shared=covariance[:, :1, bias] + covariance[:, offsets, bias],
    )


def places(values: pd.Series[str], names: Sequence[str]) -> Places:
    """Where each value stands in ``names``; ``ValueError`` for one that is not there."""
    words = values.astype("category")
    known = pd.Index(names).get_indexer(words.cat.categories)
    if (known < 0).any():
        raise ValueError(f"not listed: {', '.join(map(str, words.cat.categories[known < 0][:5]))}")
    return known[words.cat.codes].astype(np.intp)


def chance_of_bar(mean: Floats, sd: Floats) -> Floats:
    """The chance that a normal variable is 3.0 or more."""
    z = (c.BAR - mean) / (sd * sqrt(2))
    return np.fromiter(map(erfc, z.ravel()), np.float64, z.size).reshape(z.shape) / 2


# The linear system --------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Told:
    """Observations of one form: for each the learner, y, its variance, and unknown -> factor of each."""

    who: Places
    y: Floats
    variance: Floats
    factors: Sequence[tuple[Places, Floats]]


def _prior(kinds: int) -> tuple[Floats, Floats]:
    """Mean and precision of each unknown before any answer: level, offsets, bias, gain."""
    mean = np.array([c.LEVEL_MEAN, *[0.0] * kinds, c.BIAS_MEAN, c.GAIN_MEAN])
    sd = np.array([c.LEVEL_SD, *[c.OFFSET_SD] * kinds, c.BIAS_SD, c.GAIN_SD])
    return mean, sd**-2


def _answers(
    observations: pd.DataFrame, learners: Sequence[str], competencies: Sequence[str]
) -> Iterator[_Told]:
    """The standing that each answer shows, and the bias that each answer scored by both sides shows."""
    who = places(observations["learner_id"], learners)
    offset = 1 + places(observations["competency"], competencies)
    own, reviewer = _floats(observations, "self_q"), _floats(observations, "reviewer_q")
    reviewed = ~np.isnan(reviewer)
    scored = reviewed | ~np.isnan(own)
    twice = np.where(observations["repeat"].to_numpy(bool), c.REPEAT_VARIANCE, 1.0)
    ones = np.ones(len(who))
    alone = np.where(reviewed, 0.0, 1.0)
    bias = np.full(len(who), 1 + len(competencies))
    factors = [
        (np.zeros_like(offset), ones),
        (offset, ones),
        (bias, alone),
        (bias + 1, -_floats(observations, "age_days") / c.GAIN_DAYS),
    ]
    y, variance = np.where(reviewed, reviewer, own), twice * (c.ANSWER_SD**2 + alone * c.SELF_SD**2)
    yield _only(scored, _Told(who, y, variance, factors))
    both = reviewed & ~np.isnan(own)
    yield _only(both, _Told(who, own - reviewer, twice * c.SELF_SD**2, [(bias, ones)]))


def _gates(gates: pd.DataFrame, learners: Sequence[str], kinds: int) -> _Told:
    who = places(gates["learner_id"], learners)
    factor = (np.full(len(who), 1 + kinds), np.ones(len(who)))
    return _Told(who, _floats(gates, "leniency"), np.full(len(who), c.GATE_SD**2), [factor])


def _floats(frame: pd.DataFrame, name: str) -> Floats:
    return frame[name].to_numpy(np.float64, na_value=np.nan)


def _only(which: NDArray[np.bool_], told: _Told) -> _Told:
    factors = [(place[which], factor[which]) for place, factor in told.factors]
    return _Told(told.who[which], told.y[which], told.variance[which], factors)


def _solve(prior: tuple[Floats, Floats], told: Sequence[_Told], count: int) -> tuple[Floats, Floats]:
    """Mean (learners x unknowns) and covariance (learners x unknowns x unknowns)."""
    mean, weight = prior
    size = len(mean)
    precision = np.zeros(count * size * size)
    weighted = np.zeros(count * size)
    for one in told:
        for place, (row, left) in enumerate(one.factors):
            scaled = left / one.variance
            weighted += np.bincount(one.who * size + row, scaled * one.y, count * size)
            for column, right in one.factors[place:]:
                cell = (one.who * size + row) * size + column
                precision += np.bincount(cell, scaled * right, count * size * size)
    upper = np.triu(precision.reshape(count, size, size), 1)
    whole = precision.reshape(count, size, size) + upper.transpose(0, 2, 1) + np.diag(weight)
    covariance = np.linalg.inv(whole).astype(np.float64, copy=False)
    solved = covariance @ (weighted.reshape(count, size) + weight * mean)[:, :, None]
    return solved[:, :, 0], covariance
