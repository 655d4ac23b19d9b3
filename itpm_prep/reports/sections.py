"""The parts of the report as HTML trees; the progress app and the printed page draw the same ones."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES
from itpm_prep.practice.calibration import calibrated_words
from itpm_prep.reports.captions import (
    against_caption,
    headline,
    next_step,
    paired,
    scored_answers,
    too_thin,
)
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.model.agreement import bias_words
from itpm_prep.reports.nodes import Child, node, table
from itpm_prep.reports.words import count, day, join, plain, score

STYLE = (Path(__file__).parent / "sections.css").read_text(encoding="utf-8")
"""Rules for what the sections add to the shared style sheet."""


def head(frames: Frames, now: datetime) -> Element:
    """The overall mean when there is enough for one, and the counts."""
    scored = scored_answers(frames)
    shown = [_mean(scored, now)] if scored["question_id"].nunique() > 1 else []
    return node("div", *shown, node("p", headline(frames, now)), class_="gap")


def _standing(scored: pd.DataFrame, now: datetime) -> str:
    """Whether a gate stood when each was rated."""
    passed = scored["calibrated_at"]
    return calibrated_words([None if pd.isna(one) else one.to_pydatetime() for one in passed], now)


def _mean(scored: pd.DataFrame, now: datetime) -> Element:
    rated = f"self-rated, {_standing(scored, now)}" if scored["self_rated"].all() else "partly reviewed"
    return node(
        "p",
        node("span", score(scored["q"].mean()), class_="big"),
        node(
            "span",
            f"mean of {len(scored)} scored answers on a scale of 1 to 5, {rated}",
            class_="quiet",
        ),
        class_="row",
    )


def thin(frames: Frames) -> Element:
    """What is too thin to show, and what to do next."""
    told = [node("li", line) for line in too_thin(frames)]
    listed = [node("b", "Too little to show yet"), node("ul", *told)] if told else []
    return node("div", *listed, node("p", node("b", "Next: "), next_step(frames)), class_="note")


# Tables -------------------------------------------------------------------------------------------


def trend_table(frames: Frames, now: datetime) -> Element:
    """Each scored answer with its number in the chart."""
    rows = [
        (
            str(number),
            day(row.submitted_at, now),
            title_of(row),
            CATEGORY_NAMES[row.category],
            score(row.q),
            score(row.trend),
        )
        for number, row in enumerate(rows_of(scored_answers(frames)), 1)
    ]
    head = ("No.", "Day", "Question", "Category", "Score", "Mean of the last 4")
    return table("Scored answers", head, rows, words=4)


def profile_table(frames: Frames) -> Element:
    """Mean score of each criterion."""
    rows = [
        (r.criterion_name, _mean_or_too_few(r, r.mean_score), str(r.scored), str(r.questions))
        for r in rows_of(frames.criteria)
    ]
    return table("Mean score of each criterion", ("Criterion", "Mean", "Answers", "Questions"), rows)


def against_table(frames: Frames) -> Element:
    """Own mean and reviewers' mean of each criterion scored by both."""
    rows = [
        (
            r.criterion_name,
            bias_words(r.bias, r.pairs),
            score(r.own),
            score(r.reviewers),
            f"{r.bias:+.1f}".replace("-", "\N{MINUS SIGN}"),
            str(r.pairs),
            f"{r.within_one:.0%}",
        )
        for r in rows_of(paired(frames))
    ]
    head = ("Criterion", "In words", "You", "Reviewers", "Difference", "n", "At most 1 apart")
    return table("You and your reviewers", head, rows, words=2)


def category_table(frames: Frames) -> Element:
    """Answers, skips and means of each category."""
    return _summary_table(frames.categories, "category", CATEGORY_NAMES)


def competency_table(frames: Frames) -> Element:
    """Answers, skips and means of each competency."""
    return _summary_table(frames.competencies, "competency", COMPETENCY_NAMES)


def _summary_table(frame: pd.DataFrame, key: str, names: dict[str, str]) -> Element:
    rows = [
        (
            names[getattr(r, key)],
            _mean_or_too_few(r, r.mean_q),
            score(r.latest_q),
            *(str(n) for n in (r.answers, r.scored, r.questions, r.skipped)),
        )
        for r in rows_of(frame)
    ]
    head_cells = (plain(key), "Mean", "Latest", "Answers", "Scored", "Questions", "Skipped")
    return table(f"Answers and scores by {key}", head_cells, rows)


def _mean_or_too_few(row: Any, mean: float) -> str:
    return "too few" if row.too_thin else score(mean)


# Bars ---------------------------------------------------------------------------------------------


def criteria(frames: Frames) -> Element:
    """A bar for each criterion scored on two questions or more; the others are named below."""
    rows = list(rows_of(frames.criteria))
    bars = [_mean_bar(r.criterion_name, r.scored, r.mean_score) for r in rows if not r.too_thin]
    lacking = {
        "One different question more": [r.criterion_name for r in rows if r.questions == 1],
        "Two different questions more": [r.criterion_name for r in rows if r.questions == 0],
    }
    lines = [
        node("p", f"{more} before this is shown: {join(names)}.", class_="quiet")
        for more, names in lacking.items()
        if names
    ]
    return node("div", *bars, *lines)


def _mean_bar(name: str, number: int, mean: float) -> Element:
    told = node(
        "span", name, " ", node("span", f"(n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{number})", class_="quiet")
    )
    return bar(told, track(mean), score(mean))


def against(frames: Frames) -> Element:
    """Own scores against the reviewers', in words and as a table."""
    told = node("p", against_caption(frames))
    return node("div", told, *([against_table(frames)] if len(paired(frames)) else []))


def categories(frames: Frames) -> Element:
    """A bar for the number of answers in each category."""
    by = frames.categories
    most = max(int(by["answers"].max()), 1)
    bars = [bar(CATEGORY_NAMES[r.category], track(5 * r.answers / most), str(r.answers)) for r in rows_of(by)]
    return node("div", *bars)


def bar(name: Child, middle: Element, value: str) -> Element:
    """One line of bars: name, bar, value."""
    label = name if isinstance(name, Element) else node("span", name)
    return node("div", label, middle, node("span", value), class_="bar")


def track(value: float) -> Element:
    """A bar whose full length is 5."""
    return node("span", node("b", style=f"width:{value / 5:.0%}"), class_="track", aria_hidden="true")


# An attempt in words ------------------------------------------------------------------------------


def title_of(row: Any) -> str:
    """The question's title, or its id when the bank does not hold it."""
    return str(row.title or row.question_id)


def about(row: Any, now: datetime) -> list[str]:
    """When, how and at which level an attempt was given, its length and its figures, in a few words each."""
    told = [day(row.submitted_at, now), plain(row.mode), plain(row.level)]
    if row.outcome == "answered":
        told.append(count(row.words, "word"))
    if not pd.isna(row.retry_of):
        told.append("written again")
    if row.outcome == "answered" and not pd.isna(row.figures_asked) and row.figures_asked:
        told.append(f"{row.figures_right} of {count(row.figures_asked, 'figure')} right")
    return told


def worth(row: Any, to_score: Container[str] = ()) -> str:
    """The score of an attempt and whose it is; of those still ``to_score`` the review is kept back."""
    if row.outcome == "skipped":
        return "skipped"
    if row.reviewers and row.attempt_id in to_score:
        return "reviewed; score it yourself to see the review"
    if row.reviewers:
        own = "not scored by yourself" if pd.isna(row.self_q) else f"own score {score(row.self_q)}"
        return f"reviewed {score(row.reviewer_q)}, {own}"
    return "not scored" if pd.isna(row.q) else f"score {score(row.q)}"
