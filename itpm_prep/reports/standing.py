"""Readiness for the target as HTML: what is said, on what, and what is missing for it."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from itpm_prep.bank.names import COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.reports.captions import standings
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.model.constants import ANSWERS_FOR_A_TREND, GAIN_DAYS
from itpm_prep.reports.model.observations import observe
from itpm_prep.reports.model.sentences import chance_words, percent
from itpm_prep.reports.nodes import node, table
from itpm_prep.reports.words import CAUTION, score

MOST_MISSING = 5
"""Competencies whose lack is told at once; the table holds them all."""

GAIN_SPAN = GAIN_DAYS / 3
"""Days between the first and the last answer that counts, below which no gain is told. The model sees a
gain as the difference between older and newer answers: from answers of one age comes only what it believed
before, and from less than a third of its 30 days a gain would be drawn out more than three times."""


def target_words(frames: Frames) -> str:
    """The target as a person says it: "Senior, Software"; empty when none was chosen."""
    row: Any = frames.learners.iloc[0]
    if not row.level:
        return ""
    field = SPECIALISATION_NAMES.get(row.specialisation, SPECIALISATION_NAMES["general"])
    return f"{row.level.capitalize()}, {field}"


def readiness(frames: Frames) -> Element:
    """The sentence, what is missing for it, and what is ready, weightiest first."""
    learner: Any = frames.learners.iloc[0]
    return node(
        "div",
        node("p", learner.sentence, class_="lead"),
        *([] if CAUTION in learner.sentence else [node("p", CAUTION, class_="quiet")]),
        *_missing(frames, learner.advice),
        *_ready(frames),
        *_leaning(frames),
        class_="gap",
    )


def _missing(frames: Frames, advice: str) -> list[Element]:
    lacking = _by_weight(frames, ready=False)
    if not frames.learners["level"].iloc[0]:
        return []
    lines = [node("li", node("b", _named(r)), f": {r.advice}") for r in rows_of(lacking.head(MOST_MISSING))]
    rest = len(lacking) - MOST_MISSING
    more = [node("p", f"{rest} more in the table of competencies.", class_="quiet")] if rest > 0 else []
    return [node("h2", "What is missing for it"), node("p", advice), node("ul", *lines), *more]


def _named(row: Any) -> str:
    name = COMPETENCY_NAMES[row.competency]
    if not row.answers:
        return f"{name}, no answer yet"
    return name if pd.isna(row.chance) else f"{name}, {chance_words(row.chance)}"


def _ready(frames: Frames) -> list[Element]:
    said = standings(frames)
    found = [f"{_named(r)}." for r in rows_of(said[said["ready"]])]
    if not found:
        return []
    return [node("h2", "Ready in"), node("ul", *(node("li", one) for one in found))]


def _leaning(frames: Frames) -> list[Element]:
    """Bias and gain as the model sees them, each once there is evidence for it."""
    learner: Any = frames.learners.iloc[0]
    if learner.state == "gate" or not learner.answers:
        return []
    seen = observe(frames.attempts, {learner.learner_id: learner.level}, frames.now)
    found = ", and ".join(filter(None, [_bias(learner, seen), _gain(learner, seen)]))
    told = f"As the model sees it, {found}.".replace("-", "\N{MINUS SIGN}")
    return [node("p", told, class_="quiet")] if found else []


def _bias(learner: Any, seen: pd.DataFrame) -> str:
    """Empty without a gate or a reviewed answer: own scores alone say nothing of a reviewer's."""
    if pd.isna(learner.leniency) and seen["reviewer_q"].isna().all():
        return ""
    side = "above" if learner.model_bias >= 0 else "below"
    return (
        f"your own scores lie {abs(learner.model_bias):.1f} {side} a reviewer's "
        f"(give or take {learner.model_bias_sd:.1f})"
    )


def _gain(learner: Any, seen: pd.DataFrame) -> str:
    """Empty from a few answers, or from answers that lie close together in time."""
    age = seen["age_days"]
    if len(age) < ANSWERS_FOR_A_TREND or age.max() - age.min() < GAIN_SPAN:
        return ""
    return (
        f"30 days of practice change your scores by {learner.gain:+.1f} (give or take {learner.gain_sd:.1f})"
    )


def _by_weight(frames: Frames, *, ready: bool) -> pd.DataFrame:
    rows = frames.readiness[frames.readiness["ready"] == ready]
    return rows.sort_values("share", ascending=False, kind="stable")


def readiness_table(frames: Frames) -> Element:
    """Each competency of the target: where one stands, on what, what is missing, its weight."""
    every = frames.readiness.sort_values("share", ascending=False, kind="stable")
    rows = [
        (
            COMPETENCY_NAMES[r.competency],
            r.sentence,
            r.advice or "Nothing.",
            "\N{EN DASH}" if pd.isna(r.share) else percent(r.share),
            f"{score(r.theta)} ± {score(r.sd)}" if r.answers and not pd.isna(r.theta) else "\N{EN DASH}",
        )
        for r in rows_of(every)
    ]
    head = ("Competency", "Where you stand", "What is missing", "Share", "Standing")
    return node("div", table("Competencies of the target", head, rows, words=3), class_="told")
