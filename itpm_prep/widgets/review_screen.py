"""The screens of one blind review: read, one criterion after the other, the end, and all marks beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from itpm_prep.bank.types import Question
from itpm_prep.practice.figures import FigureResult
from itpm_prep.practice.records import Attempt, Rating, Reply
from itpm_prep.practice.review import SELF, Review
from itpm_prep.practice.words import count
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Row
from itpm_prep.widgets.marks_beside import marks_of, reviews_beside
from itpm_prep.widgets.mode_words import MODE_NAMES
from itpm_prep.widgets.parts import Action, AnswerForm, Box, EvidencePicker
from itpm_prep.widgets.question_screen import OnAction, OnDraft, case, folded, own_words
from itpm_prep.widgets.scoring_screen import ScoreView, criterion_spec

BLIND = "The learner's own scores, and those of other reviewers, are shown once you have submitted yours."
NAMELESS = "(no name)"


class Given(NamedTuple):
    """An answer as a reviewer reads it: ``parts`` holds (part name, text); the learner's notes stay out."""

    learner: str
    question: Question
    attempt: Attempt
    parts: Sequence[tuple[str, str]]
    replies: Sequence[Reply]
    figures: Sequence[FigureResult]


def read_screen(
    given: Given,
    heard: Sequence[str],
    on_change: Callable[[Sequence[str]], None],
    on_leave: Callable[[], None],
    on_next: Callable[[], None],
) -> tuple[Block, ...]:
    """The question and the whole answer, then the red flags; ``heard`` holds their numbers as text."""
    question = given.question
    choices = [{"value": str(at), "label": flag.text} for at, flag in enumerate(question.red_flags)]
    flags = Choice("Red flags: tick what you heard", "flags", choices, heard, many=True, on_change=on_change)
    return (
        *_top(given, 0),
        Html(case(question) + folded("What the interviewer listens for", _listens_for(question))),
        Html(_answer(given)),
        flags,
        Html(markup.text("Each one heard caps a criterion. Often there is none.", "p", "quiet")),
        Html(markup.text(BLIND, "p", "quiet")),
        Row(Button("Leave for now", "plain", on_leave), Button("Score", "primary", on_next), look="foot"),
    )


def criterion_screen(
    given: Given,
    view: ScoreView,
    sentences: Sequence[tuple[str, Sequence[str]]],
    holds: Callable[[str], bool],
    comment: str,
    place: str,
    on_change: Callable[[int, str], None],
    on_draft: OnDraft,
    on_action: OnAction,
) -> tuple[Block, ...]:
    """One criterion, its proof by sentences, and what to tell the learner about it."""
    picker = EvidencePicker(
        **criterion_spec(view, sentences),
        review=True,
        holds=holds,
        on_change=on_change,
        on_back=_elsewhere,
        on_next=_elsewhere,
    )
    name = view.criterion.name
    hint = f"For the learner, on {name.lower()}. You may leave it empty."
    form = AnswerForm(
        place,
        [Box("comment", "Comment", comment, hint, rows=2)],
        [Action("back", "Back"), Action("next", "Next", "primary")],
        on_draft,
        on_action,
        spoken=False,
    )
    asked = folded("The question", case(given.question))
    title = markup.heading(f"Criterion {view.number} of {view.total}: {name}")
    return *_top(given, view.number, title), Html(asked), picker, form


def end_screen(
    given: Given,
    review: Review,
    preview: Rating | None,
    lacking: Sequence[str],
    place: str,
    on_draft: OnDraft,
    on_action: OnAction,
) -> tuple[Block, ...]:
    """All marks as they will count, and a comment on the whole answer; ``lacking`` names open criteria."""
    told = markup.text(f"Score {preview.q:.1f}", "p", "big") + marks_of(preview) if preview else ""
    if lacking:
        told += markup.note(f"Still to mark: {', '.join(lacking)}. Go back to them first.", "warn")
    form = AnswerForm(
        place,
        [Box("comment", "Comment on the whole answer", review.comment, "For the learner.", rows=3)],
        [Action("back", "Back"), *([] if lacking else [Action("submit", "Submit review", "primary")])],
        on_draft,
        on_action,
        spoken=False,
    )
    final = "A submitted review stays as it is. " + BLIND
    title = markup.heading("Before you submit")
    return *_top(given, 5, title), Html(told), Html(markup.text(final, "p", "quiet")), form


def result_screen(
    given: Given,
    ratings: Mapping[str, Rating],
    on_next: Callable[[], None] | None,
    on_back: Callable[[], None],
) -> tuple[Block, ...]:
    """Every rating of the answer, now that the reviewer has submitted one."""
    title = markup.heading(f"Reviewed: {given.question.title}", given.learner or NAMELESS)
    own = ratings.get(SELF)
    if own:
        proof = folded("What the learner picked as proof", marks_of(own))
    else:
        proof = markup.text("The learner has not scored this answer.", "p", "quiet")
    following = Button("Next answer", "primary", on_next) if on_next else Html()
    return (
        Html(title + reviews_beside(ratings.values(), "Learner") + proof),
        Html(folded("The question and the answer", case(given.question) + _answer(given))),
        Row(Button("To the queue", "plain", on_back), following, look="foot"),
    )


def _top(given: Given, done: int, title: str = "") -> tuple[Block, ...]:
    """How far the review has come, whose answer it is, and to what kind of question."""
    who = markup.text(given.learner or NAMELESS, "span", "quiet")
    place = f'<div class="row">{who}{markup.category_tag(given.question.category)}</div>'
    return (Html(markup.rail(done, 6, "steps") + place + title),)


def _listens_for(question: Question) -> str:
    strong = next((one.text for one in question.benchmarks if one.label == "strong"), "")
    return (
        markup.text(question.intent)
        + markup.text("Strong answers cover", "h2")
        + markup.bullets(question.strong_points)
        + (folded("A strong answer to compare with", markup.text(strong, "p", "case")) if strong else "")
    )


def _answer(given: Given) -> str:
    """The words of the answer, the replies to its probes, and the figures; notes are the learner's own."""
    attempt = given.attempt
    words = sum(count(text) for _, text in given.parts)
    facts = [markup.plural(words, "word"), f"{markup.minutes(attempt.seconds)} on the clock"]
    facts.append(f"mode: {MODE_NAMES[attempt.mode].lower()}")
    if attempt.retry_of:
        facts.append("written again after its debrief")
    told = markup.text("The answer", "h2") + markup.text(", ".join(facts), "p", "quiet")
    told += own_words(given.parts)
    for reply in given.replies:
        told += markup.text(f"Follow-up: {reply.ask}", "h2")
        told += markup.text(reply.text or "Passed over.", "p", "own" if reply.text else "quiet")
    return told + _figures(given.figures)


def _figures(figures: Sequence[FigureResult]) -> str:
    """Right, wrong or missing by tolerance; they are no part of the score."""
    if not figures:
        return ""
    lines = [
        f"{one.ask}: {one.verdict}"
        + (f", written {one.typed!r}" if one.typed.strip() else "")
        + ("" if one.verdict == "right" else f"; it is {one.answer:,.12g} {one.unit}")
        for one in figures
    ]
    told = markup.text("Figures", "h2") + markup.bullets(lines)
    return told + markup.text("Checked by their tolerance, and no part of the score.", "p", "quiet")


def _elsewhere(*_: object) -> None:
    """The buttons of a review stand in the form of its comment."""
