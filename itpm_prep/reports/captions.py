"""What each chart says, in a sentence, for those who do not see it; and what to do next."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Progress
from itpm_prep.reports.summary import ANSWERS_FOR_A_TREND, QUESTIONS_FOR_A_MEAN, first_tries
from itpm_prep.reports.words import count, day, join, score


def scored_answers(progress: Progress) -> pd.DataFrame:
    """The attempts that carry a score and are no retry, oldest first."""
    tries = first_tries(progress.attempts)
    return tries[tries["q"].notna()].sort_values("submitted_at", kind="stable", ignore_index=True)


def headline(progress: Progress, now: datetime) -> str:
    """The counts in words: answers, questions, skips, retries, raters, days."""
    by = progress.by_category
    attempts = progress.attempts
    answered = attempts[attempts["outcome"] == "answered"]
    asked = answered["question_id"].nunique()
    said = f"{count(int(by['answers'].sum()), 'answer')} to {count(asked, 'question')}"
    extras = [f"{number} {what}" for number, what in _extras(progress) if number]
    times = attempts["submitted_at"]
    first, last = day(times.min(), now), day(times.max(), now)
    span = f"on {first}" if first == last else f"from {first} to {last}"
    return f"{', '.join([said, *extras])}, {span}."


def _extras(progress: Progress) -> list[tuple[int, str]]:
    by = progress.by_category
    reviewed = int((progress.attempts["raters"] > progress.attempts["self_rated"]).sum())
    return [
        (int(by["skipped"].sum()), "skipped"),
        (int(by["retries"].sum()), "written again"),
        (reviewed, "reviewed"),
    ]


def too_thin(progress: Progress) -> list[str]:
    """What is not shown yet, and what it takes."""
    by = progress.by_category
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
    if by["no_trend"].all():
        told.append(
            f"No line is drawn through your scores yet: it takes {ANSWERS_FOR_A_TREND} scored answers "
            f"in one category, and you have at most {int(by['scored'].max())}."
        )
    return told


def next_step(progress: Progress) -> str:
    """One thing to do next, from the least practised categories."""
    by = progress.by_category
    least = by[by["answers"] == by["answers"].min()]["category"]
    names = join(CATEGORY_NAMES[c] for c in least)
    choose = f"Choose {'it' if len(least) == 1 else 'from these'} for your next interview."
    if not by["answers"].min():
        return f"Not practised yet: {names}. {choose}"
    if len(least) == len(by):
        return "You have practised all five categories equally. Another interview adds to each."
    return f"Least practised: {names}. {choose}"


def history_caption(progress: Progress, now: datetime) -> str:
    """The history chart in words."""
    scored = scored_answers(progress)
    if scored.empty:
        return "No answer has been scored yet."
    latest = scored.iloc[-1]
    return (
        f"{count(len(scored), 'scored answer')} in the order given. Lowest {score(scored['q'].min())}, "
        f"highest {score(scored['q'].max())}, "
        f"latest {score(latest['q'])} on {day(latest['submitted_at'], now)}. "
        f"Points are joined from {ANSWERS_FOR_A_TREND} answers in a category; 3 meets the bar."
    )


def profile_caption(progress: Progress) -> str:
    """The criterion profile in words."""
    shown = progress.by_criterion[~progress.by_criterion["too_thin"]]
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


def balance_caption(progress: Progress) -> str:
    """The category balance in words."""
    rows = rows_of(progress.by_category)
    said = [f"{CATEGORY_NAMES[r.category]} {r.answers} answered, {r.skipped} skipped" for r in rows]
    return f"{'; '.join(said)}."
