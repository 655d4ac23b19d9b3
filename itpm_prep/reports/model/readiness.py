"""Readiness: for each learner and competency, and for the post aimed at, with the rules that hold it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from itpm_prep.bank.types import COMPETENCIES, LEVELS
from itpm_prep.reports.model import constants as c
from itpm_prep.reports.model import sentences
from itpm_prep.reports.model.blueprint import shares
from itpm_prep.reports.model.evidence import Evidence
from itpm_prep.reports.model.needs import find_needs
from itpm_prep.reports.model.observations import latest_gates, observe
from itpm_prep.reports.model.posterior import Floats, Posterior, posterior

Flags = NDArray[np.bool_]

EDGE = 1e-9
"""Shares that add up to one half are one half, whatever the sum rounds to."""

COMPETENCY_COLUMNS = {
    "learner_id": "str",
    "competency": "str",
    "share": "float64",
    "answers": "int64",
    "questions": "int64",
    "reviewed": "int64",
    "theta": "float64",
    "sd": "float64",
    "chance": "float64",
    "ready": "bool",
    "missing": "str",
    "missing_questions": "int64",
    "missing_answers": "Int64",
    "missing_reviewed": "Int64",
    "sentence": "str",
    "advice": "str",
}
LEARNER_COLUMNS = {
    "learner_id": "str",
    "level": "str",
    "state": "str",
    "readiness": "float64",
    "coverage": "float64",
    "label": "str",
    "ready": "int64",
    "answers": "int64",
    "questions": "int64",
    "reviewed": "int64",
    "reviewers": "int64",
    "bias": "float64",
    "bias_sd": "float64",
    "gain": "float64",
    "gain_sd": "float64",
    "gate_at": "datetime64[us, UTC]",
    "gate_passed": "bool",
    "sentence": "str",
    "advice": "str",
}


@dataclass(frozen=True, eq=False, repr=False)
class Readiness:
    """What the model says of some learners today. Frames have their columns and dtypes even when empty.

    ``competencies``: one row per learner and competency of the bank, learner by learner. learner_id,
    competency (str); share (float64: v(k), the competency's share of the blueprint at the target level,
    missing without a target); answers, questions, reviewed (int64: the answers that count, the different
    questions among them, and how many have a reviewer's score); theta, sd (float64, 1-5: standing today
    and its standard deviation), chance (float64, 0-1: that theta is 3.0 or more), all three missing until
    a gate is passed or three answers are reviewed; ready (bool); missing (str: what is missing, "" when
    ready, else ``gate``, ``questions``, ``answers``, ``reviews`` or ``higher``, see ``needs``);
    missing_questions (int64); missing_answers, missing_reviewed (Int64: how many more answers to new
    questions would do, self-rated or reviewed; missing when no number up to 12 would, or while the gate
    is closed); sentence, advice (str: both in words).

    ``learners``: one row per learner. learner_id, level (str, "" without a target); state (str: ``shown``,
    or why there is no readiness: ``target``, ``gate`` or ``coverage``); readiness (float64, 0-1: the
    shares of the ready competencies, missing unless shown); coverage (float64, 0-1: the shares of those
    with two questions or more, missing without a target); label (str: ``reviewed`` when competencies with
    a reviewer's score make up half of the blueprint, else ``self-rated``; "" unless shown); ready (int64:
    competencies); answers, questions, reviewed (int64, as above), reviewers (int64: different ones);
    bias, gain (float64, score points: own - reviewer's score; gain in 30 days) with bias_sd, gain_sd;
    gate_at (datetime64[us, UTC]: the latest gate), gate_passed (bool); sentence, advice (str).

    ``posterior`` is the model's answer itself, without these rules.
    """

    competencies: pd.DataFrame
    learners: pd.DataFrame
    posterior: Posterior


def assess(
    attempts: pd.DataFrame,
    gates: pd.DataFrame,
    ratings: pd.DataFrame,
    targets: Mapping[str, str],
    now: datetime,
    competencies: Sequence[str] = COMPETENCIES,
) -> Readiness:
    """The readiness of every learner that ``targets`` names, in that order.

    ``targets`` maps a learner to the level aimed at, "" for none. ``attempts`` as ``observe`` takes them;
    ``gates``: learner_id, calibration_id, rated_at, mae, leniency; ``ratings``: learner_id, attempt_id and
    rater. Learners who are not named are left out. The same facts in any order give the same result.
    """
    learners = list(targets)
    seen = observe(attempts, targets, now)
    gate = latest_gates(gates[gates["learner_id"].isin(learners).to_numpy(bool)], now)
    gate = gate.set_index("learner_id").reindex(pd.Index(learners, dtype="str"))
    taken = gate[gate["leniency"].notna()].reset_index(names="learner_id")
    believed = posterior(seen, taken, learners, competencies)
    evidence = Evidence.of(seen, ratings, learners, competencies)
    passed = (gate["passed"] == np.True_).to_numpy(bool)
    is_open = passed | (evidence.reviewed.sum(axis=1) >= c.REVIEWED_ANSWERS)
    table = _competencies(believed, evidence, is_open, _weights(targets, competencies))
    whole = _learners(believed, evidence, is_open, table, targets, now)
    gated = {"gate_at": gate["rated_at"].reset_index(drop=True), "gate_passed": passed}
    return Readiness(table, _typed({**whole, **gated}, LEARNER_COLUMNS), believed)


def _weights(targets: Mapping[str, str], competencies: Sequence[str]) -> Floats:
    """The share of each competency at the level each learner aims at; missing without a target."""
    rows: dict[str, Floats] = {level: shares(level, competencies) for level in LEVELS}
    none = np.full(len(competencies), np.nan)
    found = [rows.get(level, none) for level in targets.values()]
    return np.array(found).reshape(len(targets), len(competencies))


def _typed(columns: Mapping[str, Any], dtypes: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: columns[name] for name in dtypes}).astype(dtypes)


def _competencies(believed: Posterior, evidence: Evidence, is_open: Flags, weights: Floats) -> pd.DataFrame:
    """The rows of learners x competencies; what the model believes is hidden while the gate is closed."""
    needs = find_needs(believed, evidence.questions)
    shut = np.broadcast_to(~is_open[:, None], weights.shape)
    kind = np.where(shut, "gate", needs.kind)
    theta, sd, chance, alone, reviewed = (
        np.where(shut, np.nan, values)
        for values in (believed.theta, believed.sd, believed.chance, needs.answers, needs.reviewed)
    )
    learners, names = np.array(believed.learners, object), np.array(believed.competencies, object)
    table = {
        "learner_id": np.repeat(learners, len(names)),
        "competency": np.tile(names, len(learners)),
        "share": weights,
        "answers": evidence.answers,
        "questions": evidence.questions,
        "reviewed": evidence.reviewed,
        "theta": theta,
        "sd": sd,
        "chance": chance,
        "ready": kind == "",
        "missing": kind,
        "missing_questions": needs.questions,
        "missing_answers": alone,
        "missing_reviewed": reviewed,
    }
    flat = {name: values.ravel() for name, values in table.items()}
    return _typed({**flat, **_standing_words(flat)}, COMPETENCY_COLUMNS)


def _standing_words(flat: Mapping[str, NDArray[Any]]) -> dict[str, list[str]]:
    """The two columns in words."""

    def rows(*names: str) -> Iterator[tuple[Any, ...]]:
        return zip(*(flat[name].tolist() for name in names), strict=True)

    counts = rows("answers", "questions", "reviewed")
    stated = zip(rows("missing", "chance", "answers"), counts, strict=True)
    return {
        "sentence": [
            sentences.standing_sentence(kind, chance, sentences.evidence_words(*count), answers)
            for (kind, chance, answers), count in stated
        ],
        "advice": [
            sentences.standing_advice(*row)
            for row in rows("missing", "theta", "missing_questions", "missing_answers", "missing_reviewed")
        ],
    }


def _learners(
    believed: Posterior,
    evidence: Evidence,
    is_open: Flags,
    table: pd.DataFrame,
    targets: Mapping[str, str],
    now: datetime,
) -> dict[str, Any]:
    """The columns of the learners' rows, gates apart."""
    shape = evidence.answers.shape
    weights, ready = (table[name].to_numpy().reshape(shape) for name in ("share", "ready"))
    enough = evidence.questions >= c.QUESTIONS_OF_A_COMPETENCY
    coverage = (weights * enough).sum(axis=1)
    levels = np.array(list(targets.values()), object)
    known = np.isin(levels, LEVELS)
    states = np.select(
        [~known, ~is_open, coverage < c.LEAST_COVERAGE - EDGE], ["target", "gate", "coverage"], "shown"
    )
    is_reviewed = (weights * (evidence.reviewed > 0)).sum(axis=1) >= c.REVIEWED_SHARE - EDGE
    label = np.where(is_reviewed, "reviewed", "self-rated")
    columns = {
        "learner_id": believed.learners,
        "level": np.where(known, levels, ""),
        "state": states,
        "readiness": np.where(states == "shown", (weights * ready).sum(axis=1), np.nan),
        "coverage": coverage,
        "label": np.where(states == "shown", label, ""),
        "ready": ready.sum(axis=1),
        "answers": evidence.answers.sum(axis=1),
        "questions": evidence.questions.sum(axis=1),
        "reviewed": evidence.reviewed.sum(axis=1),
        "reviewers": evidence.reviewers,
        "bias": believed.bias,
        "bias_sd": believed.bias_sd,
        "gain": believed.gain,
        "gain_sd": believed.gain_sd,
    }
    return {**columns, **_learner_words(columns, believed.competencies, weights, ready, evidence, now)}


def _learner_words(
    columns: Mapping[str, Any],
    names: Sequence[str],
    weights: Floats,
    ready: Flags,
    evidence: Evidence,
    now: datetime,
) -> dict[str, list[str]]:
    """The two columns in words."""
    short = np.maximum(c.QUESTIONS_OF_A_COMPETENCY - evidence.questions, 0)
    fields = (columns[name].tolist() for name in sentences.Overall._fields)
    ones = [sentences.Overall(*row) for row in zip(*fields, strict=True)]
    lacks = (
        [
            sentences.Lack(name, share, questions)
            for name, share, questions, is_ready in zip(names, *row, strict=True)
            if not is_ready
        ]
        for row in zip(weights.tolist(), short.tolist(), ready.tolist(), strict=True)
    )
    return {
        "sentence": [sentences.overall_sentence(one, len(names), now) for one in ones],
        "advice": [sentences.overall_advice(*row) for row in zip(ones, lacks, strict=True)],
    }
