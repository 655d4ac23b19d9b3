"""Who needs attention, and why: a handful of rules that anybody can check by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from itpm_prep.reports.columns import FRAMES, shape
from itpm_prep.reports.joined import Numbers, Rows
from itpm_prep.reports.model.constants import STRONG

SILENT_AFTER = timedelta(days=14)
LATEST = 4
"""Scored answers that tell how somebody does at present: the fewest that make a trend."""
LOW = 2.5
"""Mean question score half a point under the bar (3.0)."""
FALL = 0.75
"""Points between two means of four answers: about twice what chance moves them (.55 * sqrt(2 / 4) = .39)."""
PAIRS = 12
"""Paired criterion scores of three answers; fewer say too little of a bias."""
UNCHECKED = 8
"""Own scores that nobody checked: two interviews' worth."""
SKIPS, SKIPPED_OF = 0.25, 8
"""Share of questions skipped, and how many questions it must be a share of."""


@dataclass(frozen=True)
class Rule:
    """One reason for attention.

    ``urgency`` is 3 for what comes first; ``words`` says when the rule fires. ``fires`` tells it of each
    row of the roster, ``reason`` gives the words for one such row.
    """

    id: str
    urgency: int
    words: str
    fires: Callable[[pd.DataFrame], pd.Series[bool]]
    reason: Callable[[Any], str]


RULES = (
    Rule(
        "silent",
        3,
        f"No answer for {SILENT_AFTER.days} days, or none yet.",
        lambda roster: ~(roster["days"] < SILENT_AFTER.days),
        lambda row: "No answer yet." if pd.isna(row.days) else f"No answer for {int(row.days)} days.",
    ),
    Rule(
        "low",
        3,
        f"The last {LATEST} scored answers have a mean below {LOW}.",
        lambda roster: roster["lately"] < LOW,
        lambda row: f"The last {LATEST} scored answers have a mean of {row.lately:.1f}.",
    ),
    Rule(
        "falling",
        2,
        f"The last {LATEST} scored answers are {FALL} or more below the {LATEST} before them.",
        lambda roster: roster["before"] - roster["lately"] >= FALL,
        lambda row: f"The mean of {LATEST} scored answers fell from {row.before:.1f} to {row.lately:.1f}.",
    ),
    Rule(
        "overrates",
        2,
        f"Own scores more than {STRONG} above the reviewers', over {PAIRS} pairs or more.",
        lambda roster: (roster["bias"] > STRONG) & (roster["pairs"] >= PAIRS),
        lambda row: f"Own scores {row.bias:.1f} above the reviewers' (n = {row.pairs}).",
    ),
    Rule(
        "underrates",
        2,
        f"Own scores more than {STRONG} below the reviewers', over {PAIRS} pairs or more.",
        lambda roster: (roster["bias"] < -STRONG) & (roster["pairs"] >= PAIRS),
        lambda row: f"Own scores {-row.bias:.1f} below the reviewers' (n = {row.pairs}).",
    ),
    Rule(
        "skips",
        2,
        f"{SKIPS:.0%} or more of at least {SKIPPED_OF} questions were skipped.",
        lambda roster: (
            (roster["skipped"] >= SKIPS * (roster["skipped"] + roster["answers"]))
            & (roster["skipped"] + roster["answers"] >= SKIPPED_OF)
        ),
        lambda row: f"Skipped {row.skipped} of {row.skipped + row.answers} questions.",
    ),
    Rule(
        "unchecked",
        1,
        f"{UNCHECKED} or more answers, none of them reviewed, and no gate that stands.",
        lambda roster: (roster["answers"] >= UNCHECKED) & (roster["reviewed"] == 0) & ~roster["calibrated"],
        lambda row: f"{row.answers} answers, none of them reviewed, and no gate that stands.",
    ),
    Rule(
        "no_target",
        1,
        "No target level is set, so there is no readiness.",
        lambda roster: roster["state"] == "target",
        lambda _row: "No target level is set.",
    ),
)
"""Every rule, the most urgent first; the words are shown beside the list."""


def attention_frame(
    roster: pd.DataFrame, attempts: pd.DataFrame, learner: Rows, now: datetime
) -> pd.DataFrame:
    """One row per learner and rule that fires, the most urgent first, then the longest silent.

    ``learner`` is the row in ``roster`` of each attempt; the attempts of a learner stand in the order
    of time.
    """
    lately, before = _means(attempts, learner, len(roster))
    days = (pd.Timestamp(now) - roster["last_answer_at"]).dt.total_seconds() // 86_400
    facts = roster.assign(lately=lately, before=before, days=days)
    fired = pd.concat([_fired(rule, facts) for rule in RULES], ignore_index=True)
    ordered = fired.sort_values(["urgency", "days"], ascending=False, kind="stable", na_position="first")
    return shape(ordered, FRAMES["attention"])


def _fired(rule: Rule, facts: pd.DataFrame) -> pd.DataFrame:
    rows = facts[rule.fires(facts).to_numpy(bool)]
    reasons = pd.Series([rule.reason(row) for row in rows.itertuples()], dtype="str", index=rows.index)
    return rows[["learner_id", "name", "days"]].assign(rule=rule.id, reason=reasons, urgency=rule.urgency)


def _means(attempts: pd.DataFrame, learner: Rows, number: int) -> tuple[Numbers, Numbers]:
    """The mean of the latest scored answers of each learner, and of as many before; NaN with fewer."""
    scored = np.flatnonzero((attempts["counts"] & attempts["q"].notna()).to_numpy(bool))
    owner, q = learner[scored], attempts["q"].to_numpy(np.float64)[scored]
    ends = np.cumsum(np.bincount(owner, minlength=number))
    from_the_end = ends[owner] - 1 - np.arange(len(owner))
    means = []
    for block in (0, 1):
        held = from_the_end // LATEST == block
        full = np.bincount(owner[held], minlength=number) == LATEST
        total = np.bincount(owner[held], q[held], minlength=number)
        means.append(np.where(full, total / LATEST, np.nan))
    return means[0], means[1]
