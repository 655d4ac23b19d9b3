"""What each chart says, in a sentence, for those who do not see it; and what is too thin to show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd

from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.model.agreement import bias_words
from itpm_prep.reports.model.constants import ANSWERS_FOR_A_TREND
from itpm_prep.reports.summary import QUESTIONS_FOR_A_MEAN
from itpm_prep.reports.words import count, day, join, score

OF_A_TREND = ANSWERS_FOR_A_TREND
"""As many of the latest scored answers as the line of the trend takes its mean of."""


def scored_answers(frames: Frames) -> pd.DataFrame:
    """The attempts with a score that are no retry, oldest first; ``trend`` is the mean of the last four."""
    attempts = frames.attempts
    scored = attempts[attempts["counts"] & attempts["q"].notna()]
    scored = scored.sort_values("submitted_at", kind="stable", ignore_index=True)
    return scored.assign(trend=scored["q"].rolling(OF_A_TREND).mean())


def headline(frames: Frames, now: datetime) -> str:
    """The counts in words: answers, questions, skips, retries, reviews, days."""
    by = frames.categories
    attempts = frames.attempts
    asked = attempts.loc[attempts["outcome"] == "answered", "question_id"].nunique()
    said = f"{count(int(by['answers'].sum()), 'answer')} to {count(asked, 'question')}"
    extras = [f"{number} {what}" for number, what in _extras(frames) if number]
    times = attempts["submitted_at"]
    first, last = day(times.min(), now), day(times.max(), now)
    span = f"on {first}" if first == last else f"from {first} to {last}"
    return f"{', '.join([said, *extras])}, {span}."


def _extras(frames: Frames) -> list[tuple[int, str]]:
    by = frames.categories
    reviewed = int((frames.attempts["reviewers"] > 0).sum())
    scores = frames.criterion_scores
    names = scores.loc[scores["rater"] != "self", "rater"].nunique()
    return [
        (int(by["skipped"].sum()), "skipped"),
        (int(by["retries"].sum()), "written again"),
        (reviewed, f"reviewed by {count(names, 'reviewer')}"),
    ]


def too_thin(frames: Frames) -> list[str]:
    """What is not shown yet, and what it takes."""
    by = frames.categories
    told = []
    unscored = int((by["answers"] - by["scored"]).sum())
    if unscored:
        told.append(f"{count(unscored, 'answer')} without scores: counted, but part of no mean.")
    single = by[(by["scored"] > 0) & by["too_thin"]]["category"]
    if len(single):
        told.append(
            f"{join(CATEGORY_NAMES[c] for c in single)}: scored on one question only. "
            f"A mean is shown from {QUESTIONS_FOR_A_MEAN} different questions."
        )
    if not has_trend(frames):
        told.append(f"{trend_caption(frames)}")
    return told


def next_step(frames: Frames) -> str:
    """One thing to do next, from the least practised categories."""
    by = frames.categories
    least = by[by["answers"] == by["answers"].min()]["category"]
    names = join(CATEGORY_NAMES[c] for c in least)
    choose = f"Choose {'it' if len(least) == 1 else 'from these'} for your next interview."
    if not by["answers"].min():
        return f"Not practised yet: {names}. {choose}"
    if len(least) == len(by):
        return "You have practised all five categories equally. Another interview adds to each."
    return f"Least practised: {names}. {choose}"


def standings(frames: Frames) -> pd.DataFrame:
    """The competencies with an answer that something can be said of, the weightiest for the target first."""
    known = frames.readiness["chance"].notna() & (frames.readiness["answers"] > 0)
    said = frames.readiness[known]
    return said.sort_values("share", ascending=False, kind="stable")


def standings_caption(frames: Frames) -> str:
    """The chart of competencies in words."""
    shown = standings(frames)
    if shown.empty:
        return "Nothing can be said of any competency yet."
    ready = [COMPETENCY_NAMES[c] for c in shown.loc[shown["ready"], "competency"]]
    told = f"Ready in {join(ready)}." if ready else "Ready in none yet."
    return (
        f"{told} Points: where you stand today by this practice, on the scale of 1 to 5; lines: give or "
        "take one standard deviation, about 7 chances in 10. A filled square is ready, an open circle not "
        "yet; 3, the tick on each row, meets the bar."
    )


def has_trend(frames: Frames) -> bool:
    """Whether there are scored answers enough for a trend."""
    return len(scored_answers(frames)) >= ANSWERS_FOR_A_TREND


def trend_caption(frames: Frames) -> str:
    """The trend in words."""
    scored = scored_answers(frames)
    if len(scored) < ANSWERS_FOR_A_TREND:
        return f"The trend is shown from {ANSWERS_FOR_A_TREND} scored answers; you have {len(scored)}."
    line = scored["trend"].dropna()
    first, last = score(line.iloc[0]), score(line.iloc[-1])
    moved = f"from {first} at first to {last} now" if len(line) > 1 else f"{last} now"
    return (
        f"{count(len(scored), 'scored answer')} in the order given. Lowest {score(scored['q'].min())}, "
        f"highest {score(scored['q'].max())}. The line is the mean of the last {OF_A_TREND}: {moved}; "
        "3 meets the bar."
    )


def profile_caption(frames: Frames) -> str:
    """The criterion profile in words."""
    shown = frames.criteria[~frames.criteria["too_thin"]]
    if shown.empty:
        return f"Criterion means are shown from {QUESTIONS_FOR_A_MEAN} different questions."
    said = [
        f"{word} {row.criterion_name}, {score(row.mean_score)} (n = {row.scored})"
        for word, row in (
            ("Highest:", shown.iloc[shown["mean_score"].argmax()]),
            ("lowest:", shown.iloc[shown["mean_score"].argmin()]),
        )
    ]
    return f"{said[0] if len(shown) == 1 else '; '.join(said)}. Means of scores from 1 to 5."


def paired(frames: Frames) -> pd.DataFrame:
    """The criteria scored by oneself and by reviewers, the largest difference first."""
    pairs = frames.calibration[frames.calibration["pairs"] > 0]
    return pairs.sort_values("bias", key=abs, ascending=False, kind="stable")


def against_caption(frames: Frames) -> str:
    """Own scores against the reviewers', over all criteria."""
    row: Any = frames.learners.iloc[0]
    if not row.pairs:
        return "No answer has been scored both by you and by a reviewer yet."
    within = f"{row.within_one:.0%} at most 1 apart"
    kappa = "" if pd.isna(row.kappa) else f", weighted kappa {row.kappa:.2f}"
    return (
        f"Over all criteria: {bias_words(row.bias, row.pairs)}; on average {row.mae:.1f} apart, "
        f"{within}{kappa}. Circles are your means, squares the reviewers'."
    )


def balance_caption(frames: Frames) -> str:
    """The category balance in words."""
    rows = rows_of(frames.categories)
    said = [f"{CATEGORY_NAMES[r.category]} {r.answers} answered, {r.skipped} skipped" for r in rows]
    return f"{'; '.join(said)}."
