"""The screens after scoring: review of one question, debrief of the interview."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import NamedTuple

from itpm_prep.bank.types import Question
from itpm_prep.practice.calibration import UNCALIBRATED
from itpm_prep.practice.figures import FigureResult
from itpm_prep.practice.records import Rating, Reply
from itpm_prep.practice.scaffolds import IN_ONE
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Input, Row
from itpm_prep.widgets.marks_beside import reviewers_of, reviews_beside
from itpm_prep.widgets.page import HERE
from itpm_prep.widgets.question_screen import folded, own_words

SELF_RATED = "self-rated, {answers}, {standing}"


class Reviewed(NamedTuple):
    """One question as the debrief shows it; ``rating`` is None when it was skipped or not scored.

    ``touched`` holds the strong points whose words stand in the answer, ``ratings`` everybody's marks:
    nothing is left to score by then.
    """

    position: int
    question: Question
    answer: Sequence[tuple[str, str]]
    replies: Sequence[Reply]
    rating: Rating | None
    figures: Sequence[FigureResult]
    remarks: Sequence[str]
    touched: Sequence[str]
    skipped: bool = False
    ratings: Sequence[Rating] = ()


class Weak(NamedTuple):
    """Where to try again: the criterion's name and mean, the part, and the question's place."""

    criterion: str
    score: float
    part: str
    part_id: str
    position: int


def question_body(seen: Reviewed) -> str:
    """Your words beside what strong answers cover, the figures, and why it was asked."""
    question = seen.question
    if seen.skipped:
        return markup.text("Skipped. It counts as skipped, not as a score.", "p", "quiet") + _wanted(
            question, ()
        )
    bars = ""
    if seen.rating:
        bars = "".join(
            markup.bar(question.criterion(mark.criterion).name, mark.score) for mark in seen.rating.marks
        )
    replies = "".join(
        markup.text(reply.ask, "h2")
        + markup.text(reply.text or "Passed over.", "p", "own" if reply.text else "quiet")
        for reply in seen.replies
    )
    remarks = (
        markup.text("What a listener may notice", "h2") + markup.bullets(seen.remarks) if seen.remarks else ""
    )
    return (
        f"{bars}{reviews_beside(seen.ratings)}{_figures(seen.figures)}{_flags(seen.rating)}"
        f"{_wanted(question, seen.touched)}{remarks}"
        f"{folded('Your answer', own_words(seen.answer) + replies)}{_benchmark(question)}"
    )


def folded_question(seen: Reviewed) -> str:
    """One question of the debrief, to open when wanted."""
    title = markup.text(f"Question {seen.position + 1}: {seen.question.title}", "span")
    q = markup.text(f"{seen.rating.q:.1f}", "span", "q") if seen.rating else ""
    reviewed = markup.text(" reviewed", "span", "quiet") if reviewers_of(seen.ratings) else ""
    return f"<details><summary>{title}{reviewed}{q}</summary>{question_body(seen)}</details>"


def review_screen(
    seen: Reviewed,
    weak: Weak | None,
    on_retry: Callable[[], None],
    on_next: Callable[[], None],
    *,
    last: bool,
    standing: str = UNCALIBRATED,
) -> tuple[Block, ...]:
    """One question right after its score, in practice mode; ``standing`` says what the score is worth."""
    score = _headline(seen.rating.q, 1, standing) if seen.rating else ""
    return (
        Html(markup.heading(f"Question {seen.position + 1}: {seen.question.title}", "Review") + score),
        *_weakest(weak, on_retry, single=True),
        Html(question_body(seen)),
        Row(Html(), Button("To the debrief" if last else "Next question", "primary", on_next), look="foot"),
    )


def debrief_screen(
    seen: Sequence[Reviewed],
    means: Sequence[tuple[str, float]],
    weak: Weak | None,
    advice: str,
    progress_link: str,
    on_retry: Callable[[], None],
    handout: Block,
    ending: tuple[str, Callable[[], None]],
    standing: str = UNCALIBRATED,
) -> tuple[Block, ...]:
    """The whole interview: ``means`` holds (criterion name, mean score), ``ending`` the last button."""
    scored = [one.rating.q for one in seen if one.rating]
    skipped = sum(one.skipped for one in seen)
    body = _headline(sum(scored) / len(scored), len(scored), standing) if scored else ""
    if skipped:
        body += markup.text(f"{markup.plural(skipped, 'question')} skipped.", "p", "quiet")
    body += "".join(markup.bar(name, mean) for name, mean in means)
    questions = "".join(folded_question(one) for one in seen)
    saved = page_to_keep("Debrief", body + questions)
    head = (
        f'<div class="row apart">{markup.text("Debrief", "h1")}'
        f'<a class="button" download="debrief.html" href="{saved}">Print or save</a></div>'
    )
    return (
        Html(head + body),
        *_weakest(weak, on_retry),
        Html(f"<div class=gap>{questions}</div>" + markup.text("What next", "h2") + markup.text(advice)),
        handout,
        Row(
            Html(markup.link("See your progress", progress_link)),
            Button(ending[0], "primary", ending[1]),
            look="foot",
        ),
    )


class HandoutForm:
    """Files of the debrief to hand on; ``make(words, numbers)`` gives (label, file name, address) of each."""

    def __init__(self, words: str, make: Callable[[str, bool], Sequence[tuple[str, str, str]]]) -> None:
        hint = "Names and words that must not be read, parted by commas."
        self._words = Input("Words to black out", "text", words, hint)
        flag = {"value": "numbers", "label": "Also black out every number in what I wrote"}
        self._numbers = Choice("Numbers", "tags", [flag], [], many=True)
        self._make = make
        self._files = Row(look="row gap")

    def block(self, guard: Callable[[Callable[[], None]], Callable[[], None]]) -> Block:
        """The form; its handler is wrapped in ``guard``."""
        intro = "As an HTML page, Markdown or Word. What you name here is blacked out, and looked for again."
        return Row(
            Html(markup.text("Hand it on", "h2") + markup.text(intro, "p", "quiet")),
            self._words,
            self._numbers,
            Row(Button("Make the files", "", guard(self._fill)), self._files),
            look="handout",
        )

    def _fill(self) -> None:
        self._files.fill()  # files of other words must not stay on offer
        files = self._make(self._words.value, bool(self._numbers.chosen))
        links = (
            f'<a class="button" download="{name}" href="{address}">{markup.text(label, "span")}</a>'
            for label, name, address in files
        )
        self._files.fill(*(Html(link) for link in links))


def page_to_keep(title: str, body: str) -> str:
    """A data address of a page that stands alone, to print or to keep; ``body`` is markup already."""
    style = (HERE / "style.css").read_text("utf-8")
    opened = body.replace("<details>", "<details open>")
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f'<body style="margin:0"><main class="itpm">{markup.text(title, "h1")}{opened}</main></body></html>'
    )
    return "data:text/html;base64," + b64encode(page.encode("utf-8", "replace")).decode("ascii")


def _headline(q: float, answers: int, standing: str) -> str:
    told = SELF_RATED.format(answers=markup.plural(answers, "answer"), standing=standing)
    label = markup.text(told, "span", "quiet")
    return f'<div class="row gap">{markup.text(f"{q:.1f}", "span", "big")}{label}</div>'


def _weakest(weak: Weak | None, on_retry: Callable[[], None], *, single: bool = False) -> tuple[Block, ...]:
    if weak is None:
        return ()
    label = f"Retry the {weak.part.lower()} of question {weak.position + 1}"
    if single:
        label = "Retry this answer" if weak.part_id == IN_ONE.id else "Retry this part"
    who = "this answer loses" if single else "answers lose"
    words = f"{weak.criterion} is where {who} most, at {weak.score:.1f}."
    return (Row(Html(markup.text(words, "b")), Button(label, "", on_retry), look="note warn row apart"),)


def _figures(figures: Sequence[FigureResult]) -> str:
    if not figures:
        return ""
    lines = [
        f"{one.ask}: {one.verdict}"
        + ("" if one.verdict == "right" else f", it is {one.answer:,.12g} {one.unit}")
        + (f" (you wrote {one.typed})" if one.verdict == "wrong" else "")
        for one in figures
    ]
    return markup.text("Figures", "h2") + markup.bullets(lines)


def _flags(rating: Rating | None) -> str:
    if rating is None or not rating.red_flags:
        return ""
    return markup.text("Red flags heard", "h2") + markup.bullets(rating.red_flags)


def _wanted(question: Question, touched: Sequence[str]) -> str:
    others = [point for point in question.strong_points if point not in touched]
    met = ""
    if touched:
        met = markup.text("Your words touch on", "h2") + markup.bullets(touched)
        met += markup.text(
            "Found by words alone, and no part of the score: judge for yourself.", "p", "quiet"
        )
    title = f"Strong answers {'also ' if touched else ''}cover"
    return (
        met
        + (markup.text(title, "h2") + markup.bullets(others) if others else "")
        + markup.text("Why it is asked", "h2")
        + markup.text(question.intent)
    )


def _benchmark(question: Question) -> str:
    strong = [one.text for one in question.benchmarks if one.label == "strong"]
    return folded("A strong answer to compare with", markup.text(strong[0], "p", "case")) if strong else ""
