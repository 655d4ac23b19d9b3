"""The parts of the report as HTML trees; the progress app and the printed page draw the same ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES
from itpm_prep.practice.calibration import calibrated_words
from itpm_prep.reports.captions import headline, next_step, scored_answers, too_thin
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Progress
from itpm_prep.reports.nodes import Child, folded, node, table
from itpm_prep.reports.words import CAUTION, SELF, count, day, join, plain, score

STYLE = (Path(__file__).parent / "sections.css").read_text(encoding="utf-8")
"""Rules for what the sections add to the shared style sheet."""


def head(progress: Progress, now: datetime) -> Element:
    """The overall mean when there is enough for one, the counts, and the caution."""
    scored = scored_answers(progress)
    shown = [_mean(scored, now)] if scored["question_id"].nunique() > 1 else []
    lines = [node("p", headline(progress, now)), node("p", CAUTION, class_="quiet")]
    return node("div", *shown, *lines, class_="gap")


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


def thin(progress: Progress) -> Element:
    """What is too thin to show, and what to do next."""
    told = [node("li", line) for line in too_thin(progress)]
    listed = [node("b", "Too little to show yet"), node("ul", *told)] if told else []
    return node("div", *listed, node("p", node("b", "Next: "), next_step(progress)), class_="note")


def history_table(progress: Progress, now: datetime) -> Element:
    """Each scored answer with its number in the chart."""
    rows = [
        (str(number), day(row.submitted_at, now), title_of(row), CATEGORY_NAMES[row.category], score(row.q))
        for number, row in enumerate(rows_of(scored_answers(progress)), 1)
    ]
    return table("Scored answers", ("No.", "Day", "Question", "Category", "Score"), rows, words=4)


def profile_table(progress: Progress) -> Element:
    """Mean score of each criterion."""
    rows = [
        (r.criterion_name, _mean_or_too_few(r, r.mean_score), str(r.scored), str(r.questions))
        for r in rows_of(progress.by_criterion)
    ]
    return table("Mean score of each criterion", ("Criterion", "Mean", "Answers", "Questions"), rows)


def category_table(progress: Progress) -> Element:
    """Answers, skips and means of each category."""
    return _summary_table(progress.by_category, "category", CATEGORY_NAMES)


def competency_table(progress: Progress) -> Element:
    """Answers, skips and means of each competency."""
    return _summary_table(progress.by_competency, "competency", COMPETENCY_NAMES)


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


def competencies(progress: Progress) -> Element:
    """A bar for each competency scored on two questions or more; the others are named below."""
    best_first = progress.by_competency.sort_values("mean_q", ascending=False, kind="stable")
    return _bars([(COMPETENCY_NAMES[r.competency], r, r.mean_q) for r in rows_of(best_first)])


def criteria(progress: Progress) -> Element:
    """A bar for each criterion scored on two questions or more; the others are named below."""
    return _bars([(r.criterion_name, r, r.mean_score) for r in rows_of(progress.by_criterion)])


def _bars(rows: list[tuple[str, Any, float]]) -> Element:
    bars = [_mean_bar(name, row.scored, mean) for name, row, mean in rows if not row.too_thin]
    lacking = {
        "One different question more": [name for name, row, _ in rows if row.questions == 1],
        "Two different questions more": [name for name, row, _ in rows if row.questions == 0],
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


def categories(progress: Progress) -> Element:
    """A bar for the number of answers in each category."""
    by = progress.by_category
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


def title_of(row: Any) -> str:
    """The question's title, or its id when the bank does not hold it."""
    return str(row.title or row.question_id)


def attempts(progress: Progress, now: datetime, *, unfolded: bool) -> Element:
    """All attempts, newest first, each opening to its texts."""
    marks = {str(key): rows for key, rows in progress.scores.groupby("attempt_id")}
    texts = {str(key): rows for key, rows in progress.texts.groupby("attempt_id")}
    rows = rows_of(progress.attempts.sort_values("submitted_at", ascending=False, kind="stable"))
    return node(
        "div",
        *(
            _attempt(r, marks.get(r.attempt_id), texts.get(r.attempt_id), now, unfolded=unfolded)
            for r in rows
        ),
        class_="attempts",
    )


def _attempt(
    row: Any,
    marks: pd.DataFrame | None,
    texts: pd.DataFrame | None,
    now: datetime,
    *,
    unfolded: bool,
) -> Element:
    value = "skipped" if row.outcome == "skipped" else "no score yet" if pd.isna(row.q) else score(row.q)
    summary = node(
        "span",
        node("span", node("b", title_of(row)), node("span", value, class_="q"), class_="row apart"),
        node("span", _about(row, now), class_="quiet"),
        *([] if marks is None else [_marks(marks)]),
        class_="about",
    )
    said = [] if texts is None else [text for _, text in texts.iterrows()]
    body = [_text(text) for text in said] or [node("p", "No words were written.", class_="quiet")]
    return folded(summary, *body, unfolded=unfolded)


def _about(row: Any, now: datetime) -> Element:
    told = [day(row.submitted_at, now), plain(row.mode), plain(row.level)]
    if row.outcome == "answered":
        told.append(count(row.words, "word"))
    if not pd.isna(row.retry_of):
        told.append("written again")
    if row.outcome == "answered" and not pd.isna(row.figures_asked) and row.figures_asked:
        told.append(f"{row.figures_right} of {count(row.figures_asked, 'figure')} right")
    tag = node("span", CATEGORY_NAMES[row.category], class_=f"tag {row.category}")
    return node("span", tag, f" · {' · '.join(told)}")


def _marks(marks: pd.DataFrame) -> Element:
    by_rater = [
        f"{', '.join(f'{m.criterion_name} {m.score}' for m in rows_of(rows))} ({rater_name(str(rater))})"
        for rater, rows in marks.groupby("rater", sort=False)
    ]
    return node("span", "; ".join(by_rater), class_="quiet")


def rater_name(rater: str) -> str:
    """The rater in words."""
    return "self-rated" if rater == SELF else f"by {rater}"


def _text(text: Any) -> Element:
    return node("div", node("h3", text["label"]), node("p", text["text"], dir="auto", class_="own said"))
