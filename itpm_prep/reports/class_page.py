"""A class as one HTML file that prints, loads nothing and runs nothing."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import isnan
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.bank.types import COMPETENCIES
from itpm_prep.practice.calibration import MOST_MAE
from itpm_prep.reports.attention import RULES
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.nodes import Child, node, scrolled, table
from itpm_prep.reports.printed_page import printed_page
from itpm_prep.reports.words import CAUTION, count, names_of, score

LEAST_QUESTIONS = 2
"""Different questions from which a standing is shown; from fewer it is what most people have."""

_STYLE = (Path(__file__).parent / "class_page.css").read_text(encoding="utf-8")
_SHADES = (2, 2.5, 3, 3.5)
"""Standings from which a cell is a shade darker."""
_HELD = {"coverage": "not enough evidence", "gate": "not calibrated", "target": "no target"}


def page_name(now: datetime) -> str:
    """The file name of a class page of that day."""
    return f"class-{now:%Y-%m-%d}.html"


def class_page(frames: Frames, now: datetime) -> str:
    """The whole class: who needs attention, the roster, learner by competency, questions to mend.

    Days are told in the time zone of ``now``.
    """
    body = _sections(frames, now) if len(frames.learners) else [node("p", "Nobody has handed in yet.")]
    return printed_page("Class", body, now, style=_STYLE, look="itpm class")


def _sections(frames: Frames, now: datetime) -> list[Element]:
    names = names_of(zip(frames.learners["learner_id"], frames.learners["name"], strict=True))
    return [
        node("p", _summary(frames)),
        node("p", CAUTION, class_="quiet"),
        node("h2", "Who needs attention, and why"),
        *_attention(frames, names),
        node("h2", "Roster"),
        _roster(frames, names, now),
        node("h2", "Standing today by competency"),
        *_heat(frames, names),
        node("h2", "Questions to mend"),
        *_items(frames),
    ]


def _summary(frames: Frames) -> str:
    learners = frames.learners
    answers, reviewed = int(learners["answers"].sum()), int(learners["reviewed"].sum())
    judged = int(learners["readiness"].notna().sum())
    return (
        f"{count(len(learners), 'learner')}, {count(answers, 'answer')} to "
        f"{count(len(frames.items), 'question')}, {reviewed} reviewed. Readiness can be told for {judged}."
    )


def _attention(frames: Frames, names: Mapping[str, str]) -> Iterator[Element]:
    reasons: dict[str, list[str]] = {}  # in the order of the frame: whoever is most urgent comes first
    for row in rows_of(frames.attention):
        reasons.setdefault(row.learner_id, []).append(row.reason)
    if reasons:
        rows = [(_name(names[key]), " ".join(told)) for key, told in reasons.items()]
        yield table("Who needs attention, and why", ("Learner", "Why"), rows, words=2)
    else:
        yield node("p", "Nobody, by these rules.")
    yield node("p", "The rules:", class_="quiet rules")
    yield node("ul", *(node("li", rule.words) for rule in RULES), class_="quiet")


def _name(shown: str) -> Element:
    """A name as it was chosen; it cannot turn the direction of what stands beside it."""
    return node("bdi", shown)


def _roster(frames: Frames, names: Mapping[str, str], now: datetime) -> Element:
    head = ("Learner", "Target", "Last answer", "Calibration", "Readiness", "Coverage")
    numbers = ("Answers", "Questions", "Skipped", "Reviewed", "Mean", "Bias")
    rows = (_roster_row(row, names, now) for row in rows_of(frames.learners))
    return table("Learners", (*head, *numbers), rows, words=len(head))


def _roster_row(row: Any, names: Mapping[str, str], now: datetime) -> Sequence[Child]:
    return (
        _name(names[row.learner_id]),
        row.level.capitalize() or "none",
        _short_day(row.last_answer_at, now),
        _calibration(row),
        _HELD.get(row.state, "") if isnan(row.readiness) else f"{_share(row.readiness)}, {row.label}",
        _share(row.coverage),
        *(str(n) for n in (row.answers, row.questions, row.skipped, row.reviewed)),
        score(row.mean_q),
        score(float("nan")) if isnan(row.bias) else f"{row.bias:+.1f} (n {row.pairs})",
    )


def _short_day(moment: pd.Timestamp, now: datetime) -> Element:
    if pd.isna(moment):
        return node("span", "none")
    local = moment.astimezone(now.tzinfo)
    year = "" if local.year == now.year else f" {local.year}"
    return node("span", f"{local.day} {local:%b}{year}", class_="short")


def _calibration(row: Any) -> str:
    if row.calibrated:
        return "calibrated"
    if isnan(row.gate_mae):
        return "no gate yet"
    return "not passed" if row.gate_mae > MOST_MAE else "due again"


def _share(value: float) -> str:
    return score(value) if isnan(value) else f"{value * 100:.0f} %"


def _heat(frames: Frames, names: Mapping[str, str]) -> Iterator[Element]:
    yield node(
        "p",
        f"From 1 to 5, from {LEAST_QUESTIONS} different questions on; 3 meets the bar, ✓ is ready, "
        "a darker cell is a higher standing, a dash too little to tell.",
        class_="quiet",
    )
    place = {competency: at for at, competency in enumerate(COMPETENCIES)}
    cells = {key: [node("td", score(float("nan")))] * len(place) for key in names}
    said = frames.readiness[
        frames.readiness["theta"].notna() & (frames.readiness["questions"] >= LEAST_QUESTIONS)
    ]
    for row in rows_of(said):
        ready = " ✓" if row.ready else ""
        look = f"s{1 + bisect(_SHADES, row.theta)}"
        cells[row.learner_id][place[row.competency]] = node("td", f"{row.theta:.1f}{ready}", class_=look)
    heads = (node("th", node("span", COMPETENCY_NAMES[one]), scope="col") for one in COMPETENCIES)
    head = node("tr", node("th", "Learner", scope="col"), *heads)
    body = (node("tr", node("th", _name(names[key]), scope="row"), *found) for key, found in cells.items())
    yield scrolled("Standing today by competency", head, body, class_="heat")


def _items(frames: Frames) -> Iterator[Element]:
    faulty = frames.items[frames.items["mend"] != ""]
    if faulty.empty:
        yield node("p", "None, by the answers there are.")
        return
    head = ("Question", "What to mend", "Answers", "Skipped", "Mean", "Spread", "Own - reviewer", "Kappa")
    rows = [
        (
            f"{r.title or 'Not in the bank'} ({r.question_id} v{r.question_version})",
            r.mend,
            str(r.answers),
            _share(r.skip_rate),
            score(r.mean_q),
            score(r.sd_q),
            _with_n(r.gap, r.self_pairs),
            _with_n(r.kappa, r.reviewer_pairs),
        )
        for r in rows_of(faulty.sort_values("answers", ascending=False, kind="stable"))
    ]
    yield table("Questions to mend", head, rows, words=2)


def _with_n(value: float, pairs: int) -> str:
    return score(value) if isnan(value) else f"{value:.2f} (n {pairs})"
