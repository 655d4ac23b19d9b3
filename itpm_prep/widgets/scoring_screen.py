"""The screens of the self-score: red flags first, then the four criteria with evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ipywidgets import HTML, Widget

from itpm_prep.bank.types import Criterion, Question
from itpm_prep.widgets import markup
from itpm_prep.widgets.parts import Choice, EvidencePicker
from itpm_prep.widgets.question_screen import folded, own_words
from itpm_prep.widgets.setup_screen import button, row


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
) -> tuple[Widget, ...]:
    """Which red flags a listener would have heard; ``heard`` holds their numbers as text."""
    choices = [{"value": str(at), "label": flag.text} for at, flag in enumerate(question.red_flags)]
    flags = Choice("Tick what a listener could have heard in your answer", "flags", choices, heard, many=True)
    flags.add_class("wide")
    flags.observe(lambda change: on_change(change["new"]), "chosen")
    return (
        HTML(
            markup.heading("Score your answer", f"Question {position + 1}: {question.title}")
            + markup.text(
                "Red flags come first: each one heard caps a criterion. Often there is none.",
                "p",
                "quiet gap",
            )
        ),
        flags,
        HTML(folded("The question and your answer", markup.text(question.stem) + own_words(answer))),
        row(HTML(), button("Next", "primary", on_next), look="foot"),
    )


def score_screen(
    view: ScoreView,
    answer: Sequence[tuple[str, Sequence[str]]],
    holds: Callable[[str], bool],
    on_change: Callable[[int, str], None],
    on_back: Callable[[], None],
    on_next: Callable[[int, str], None],
) -> tuple[Widget, ...]:
    """One criterion; ``answer`` holds (part name, sentences), ``holds`` is the evidence rule."""
    picker = EvidencePicker(
        name=view.criterion.name,
        answer=[{"name": name, "sentences": list(sentences)} for name, sentences in answer if sentences],
        anchors=[view.criterion.anchors[score] for score in range(1, 6)],
        chosen=view.chosen,
        evidence=view.evidence,
        holds=holds(view.evidence),
        cap=view.cap,
        last=view.number == view.total,
    )

    def changed(_: object) -> None:
        picker.holds = holds(picker.evidence)
        on_change(picker.chosen, picker.evidence)

    def heard(_: Widget, content: dict[str, object], __: list[bytes]) -> None:
        # What is synced may still be on its way when a button is pressed, so the message brings it along.
        kind, chosen, evidence = content.get("kind"), content.get("chosen"), str(content.get("evidence"))
        if isinstance(chosen, int) and 1 <= chosen <= len(picker.anchors):
            (on_next if kind == "next" else on_change)(chosen, evidence)
        if kind == "back":
            on_back()

    picker.observe(changed, ["chosen", "evidence"])
    picker.on_msg(heard)
    return HTML(markup.heading("Score your answer", f"Criterion {view.number} of {view.total}")), picker
