"""Every attempt with its words, scores and comments, as the printed page holds them."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.nodes import folded, node
from itpm_prep.reports.sections import about, title_of, worth
from itpm_prep.reports.words import SELF


def attempts(frames: Frames, now: datetime, *, unfolded: bool, to_score: Container[str] = ()) -> Element:
    """All attempts, newest first, each opening to its texts; ``to_score`` as ``sections.worth`` has it."""
    scores = frames.criterion_scores
    marks = {str(key): rows for key, rows in scores.groupby("attempt_id", observed=True)}
    texts = {str(key): rows for key, rows in frames.texts.groupby("attempt_id")}
    rows = rows_of(frames.attempts.sort_values("submitted_at", ascending=False, kind="stable"))
    return node(
        "div",
        *(
            _attempt(r, marks.get(r.attempt_id), texts.get(r.attempt_id), now, to_score, unfolded=unfolded)
            for r in rows
        ),
        class_="attempts",
    )


def _attempt(
    row: Any,
    marks: pd.DataFrame | None,
    texts: pd.DataFrame | None,
    now: datetime,
    to_score: Container[str],
    *,
    unfolded: bool,
) -> Element:
    kept_back = row.attempt_id in to_score
    tag = node("span", CATEGORY_NAMES[row.category], class_=f"tag {row.category}")
    summary = node(
        "span",
        node(
            "span",
            node("b", title_of(row)),
            node("span", worth(row, to_score), class_="q"),
            class_="row apart",
        ),
        node("span", node("span", tag, f" · {' · '.join(about(row, now))}"), class_="quiet"),
        *([] if marks is None or kept_back else [_marks(marks)]),
        class_="about",
    )
    said = [] if texts is None else [text for _, text in texts.iterrows()]
    shown = [text for text in said if text["kind"] != "comment" or not kept_back]
    body = [_text(text) for text in shown] or [node("p", "No words were written.", class_="quiet")]
    return folded(summary, *body, unfolded=unfolded)


def _marks(marks: pd.DataFrame) -> Element:
    by_rater = [
        f"{', '.join(f'{m.criterion_name} {m.score}' for m in rows_of(rows))} ({rater_name(str(rater))})"
        for rater, rows in marks.groupby("rater", sort=False, observed=True)
    ]
    return node("span", "; ".join(by_rater), class_="quiet")


def rater_name(rater: str) -> str:
    """The rater in words."""
    return "self-rated" if rater == SELF else f"by {rater}"


def _text(text: Any) -> Element:
    return node("div", node("h3", text["label"]), node("p", text["text"], dir="auto", class_="own said"))
