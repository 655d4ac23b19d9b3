"""The screens of the self-score: red flags first, then the four criteria with evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from itpm_prep.bank.types import Criterion, Question
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Row
from itpm_prep.widgets.parts import EvidencePicker
from itpm_prep.widgets.question_screen import folded, own_words


class ScoreView(NamedTuple):
    """What the criterion screen shows: the criterion, its place, and the marks so far."""

    criterion: Criterion
    number: int
    total: int
    chosen: int
    evidence: str
    cap: int


def flags_screen(
    question: Question,
    position: int,
    answer: Sequence[tuple[str, str]],
    heard: Sequence[str],
    on_change: Callable[[Sequence[str]], None],
    on_next: Callable[[], None],
) -> tuple[Block, ...]:
    """Which red flags a listener would have heard; ``heard`` holds their numbers as text."""
    choices = [{"value": str(at), "label": flag.text} for at, flag in enumerate(question.red_flags)]
    legend = "Tick what a listener could have heard in your answer"
    flags = Choice(legend, "flags", choices, heard, many=True, on_change=on_change)
    return (
        Html(
            markup.heading("Score your answer", f"Question {position + 1}: {question.title}")
            + markup.text(
                "Red flags come first: each one heard caps a criterion. Often there is none.",
                "p",
                "quiet gap",
            )
        ),
        flags,
        Html(folded("The question and your answer", markup.text(question.stem) + own_words(answer))),
        Row(Html(), Button("Next", "primary", on_next), look="foot"),
    )


def score_screen(
    view: ScoreView,
    answer: Sequence[tuple[str, Sequence[str]]],
    holds: Callable[[str], bool],
    on_change: Callable[[int, str], None],
    on_back: Callable[[], None],
    on_next: Callable[[int, str], None],
) -> tuple[Block, ...]:
    """One criterion; ``answer`` holds (part name, sentences), ``holds`` is the evidence rule."""
    title = markup.heading("Score your answer", f"Criterion {view.number} of {view.total}")
    picker = EvidencePicker(
        **criterion_spec(view, answer), holds=holds, on_change=on_change, on_back=on_back, on_next=on_next
    )
    return Html(title), picker


def criterion_spec(view: ScoreView, answer: Sequence[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """What an ``EvidencePicker`` shows of a criterion: its anchors, the answer by sentences, the marks."""
    return {
        "name": view.criterion.name,
        "answer": [{"name": name, "sentences": list(sentences)} for name, sentences in answer if sentences],
        "anchors": [view.criterion.anchors[score] for score in range(1, 6)],
        "chosen": view.chosen,
        "evidence": view.evidence,
        "cap": view.cap,
        "last": view.number == view.total,
    }
