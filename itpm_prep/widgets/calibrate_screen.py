"""The screens of the gate: where one stands, one sample answer to rate, and the result with the key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import NamedTuple

from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.bank.types import LEVELS, Benchmark, Criterion, Question
from itpm_prep.practice.calibration import (
    MOST_MAE,
    STANDS_FOR,
    CriterionResult,
    Result,
    day,
    leniency_words,
    result_of,
)
from itpm_prep.practice.gate import POLISHED, SIZE, Gate
from itpm_prep.practice.records import Calibration, KeyedMark
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Item, Listing, Row
from itpm_prep.widgets.question_screen import case, folded

LEVEL_CHOICES = tuple({"value": level, "label": level.capitalize()} for level in LEVELS)
WHAT = (
    f"You rate {SIZE} sample answers on {SIZE * 4} criteria without seeing their key. Then you see the key "
    "with the reason for each mark, and how far you are from it. One of the answers sounds polished and says "
    "little. It takes about 20 minutes; stop at any answer and go on later."
)
EARLY = "You need no new gate before then. If you take one all the same, its result counts instead."
KEYED = {"developing": "A developing answer.", "strong": "A strong answer."} | {
    POLISHED: "Polished but empty: it sounds fluent, and the key counts only what is heard in it."
}
GONE = "The question bank no longer holds this answer as you rated it; only the marks can be shown."


class Answered(NamedTuple):
    """One sample of a gate that is over; ``question`` is None when the bank no longer holds it so."""

    marks: Sequence[KeyedMark]
    question: Question | None
    benchmark: Benchmark | None


# Intro --------------------------------------------------------------------------------------------


def intro_screen(
    standing: str, start: Sequence[Block], history: Sequence[Calibration], on_open: Callable[[str], None],
    now: datetime,
) -> tuple[Block, ...]:  # fmt: skip
    """Where one stands, what a gate is, the way into one, and the gates taken so far."""
    words = markup.text(standing, "p", "gap") + markup.text(WHAT, "p", "quiet")
    return Html(markup.heading("Calibrate") + words), *start, *history_blocks(history, on_open, now)


def begin_blocks(level: str, on_begin: Callable[[str], None]) -> tuple[Block, ...]:
    """The choice of one's own level, and the button that begins a gate."""
    levels = Choice("Your level", "segments", LEVEL_CHOICES, [level])
    hint = "Half of the answers are of this level while there are enough; the others mix the rest."
    begin = Button("Begin", "primary", lambda: on_begin(levels.chosen[0]))
    return levels, Html(markup.text(hint, "p", "quiet")), Row(Html(), begin, look="foot")


def resume_blocks(
    gate: Gate, on_resume: Callable[[], None], on_anew: Callable[[], None]
) -> tuple[Block, ...]:
    """The way back into a gate that was left."""
    words = f"You stopped at answer {gate.position + 1} of {len(gate.samples)}. Nothing was lost."
    buttons = Row(Button("Start anew", "plain", on_anew), Button("Resume", "primary", on_resume))
    return (Row(Html(markup.text(words, "span")), buttons, look="note row apart"),)


def changed_blocks(on_anew: Callable[[], None]) -> tuple[Block, ...]:
    """What to do with a gate whose answers are gone from the bank."""
    words = "You left a gate unfinished, and the bank no longer holds its answers as they were."
    anew = Button("Start anew", "primary", on_anew)
    return (Row(Html(markup.text(words, "span")), anew, look="note row apart"),)


def lack_blocks(words: str) -> tuple[Block, ...]:
    """Why no gate can be begun."""
    return (Html(markup.note(f"{words} Use the bank that is shipped, or add sample answers.", "warn")),)


def history_blocks(
    history: Sequence[Calibration], on_open: Callable[[str], None], now: datetime
) -> tuple[Block, ...]:
    """The gates taken, latest first; a line opens its result."""
    if not history:
        return ()
    items = [_item(one, now) for one in reversed(history)]
    return Html(markup.text("Gates so far", "h2")), Listing(items, on_open)


def _item(taken: Calibration, now: datetime) -> Item:
    result = result_of(taken.marks)
    title = f"{day(taken.rated_at, now)}: {'calibrated' if result.calibrated else 'not passed'}"
    return Item(taken.id, title, f"Mean distance {result.mae:.2f}, {leniency_words(result.leniency)}")


# One answer ---------------------------------------------------------------------------------------


def sample_screen(
    gate: Gate,
    question: Question,
    answer: str,
    on_mark: Callable[[str, int], None],
    on_back: Callable[[], None],
    on_next: Callable[[], None],
) -> tuple[Block, ...]:
    """The question, the answer, and the five anchors of each criterion; the key is not in it."""
    total = len(gate.samples)
    place = f"Answer {gate.position + 1} of {total}"
    top = markup.text(place, "span", "quiet") + markup.category_tag(question.category)
    told = (
        markup.rail(gate.position, total, "answers")
        + f'<span class="row">{top}</span>'
        + case(question)
        + markup.text("The answer to rate", "h2")
    )
    # Beside the anchors in one row, so that it stays in view while one scrolls through them.
    words = (
        '<div class="note answer to-rate" tabindex="0" role="group" aria-label="The answer to rate">'
        f"{_paragraphs(answer)}</div>"
    )
    task = markup.text("Pick the highest line that this answer reaches on each criterion.", "p", "quiet")
    given = gate.marks[gate.position]
    last = gate.position + 1 == total
    back = Button("Back", "", on_back) if gate.position else Button("Leave for now", "plain", on_back)
    return (
        Html(told),
        Row(
            Html(words),
            Html(task),
            *(_scale(one, given.get(one.id), on_mark) for one in question.criteria),
            look="rating",
        ),
        Row(back, Button("See the key" if last else "Next answer", "primary", on_next), look="foot"),
    )


def _scale(criterion: Criterion, given: int | None, on_mark: Callable[[str, int], None]) -> Choice:
    anchors = [
        {"value": str(score), "label": str(score), "note": criterion.anchors[score]} for score in range(1, 6)
    ]

    def mark(chosen: Sequence[str]) -> None:
        if chosen:
            on_mark(criterion.id, int(chosen[0]))

    picked = [str(given)] if given else []
    return Choice(criterion.name, "scale", anchors, picked, on_change=mark)


def _paragraphs(answer: str) -> str:
    return "".join(markup.text(part.strip(), "p", "own") for part in answer.split("\n\n") if part.strip())


# The result ---------------------------------------------------------------------------------------


def result_screen(
    taken: Calibration, answered: Sequence[Answered], on_leave: Callable[[], None], now: datetime
) -> tuple[Block, ...]:
    """The distance from the key in words and bars, then each answer with its key."""
    result = result_of(taken.marks)
    title = "Calibrated" if result.calibrated else "Not passed"
    bars = "".join(map(_bar, result.criteria))
    legend = (
        "Bar: the mean of your marks, their count in brackets. Tick: the key. "
        "The number says how far above or below it you are."
    )
    furthest = max(answered, key=lambda one: _distance(one.marks))
    samples = "".join(
        _sample(number, one, unfolded=one is furthest) for number, one in enumerate(answered, 1)
    )
    return (
        Html(
            markup.heading(title, day(taken.rated_at, now))
            + _headline(result)
            + markup.text(_next(taken, result, now), "p", "quiet")
            + markup.text("By criterion", "h2")
            + markup.text(legend, "p", "quiet")
            + bars
            + markup.text("The answers beside their key", "h2")
            + samples
        ),
        Row(Html(), Button("Done", "primary", on_leave), look="foot"),
    )


def _headline(result: Result) -> str:
    big = markup.text(f"{result.mae:.2f}", "span", "big")
    label = f"mean distance from the key over {result.marks} marks; {MOST_MAE} or less passes"
    near = f"{result.within_one} of {result.marks} marks ({result.within_one / result.marks:.0%})"
    lines = [
        f"On average you score {leniency_words(result.leniency)}.",
        f"{near} are at most 1 from the key.",
    ]
    return f'<p class="row gap">{big}{markup.text(label, "span", "quiet")}</p>' + markup.bullets(lines)


def _next(taken: Calibration, result: Result, now: datetime) -> str:
    if result.calibrated:
        until = day(taken.rated_at + STANDS_FOR, now)
        return f"Your own scores count as calibrated until {until}; then the gate is due again."
    return (
        "Your own scores stay uncalibrated. Read below where the key differs, then take the gate again "
        "with other answers."
    )


def _bar(one: CriterionResult) -> str:
    label = f"{CRITERION_NAMES.get(one.criterion, one.criterion)} ({one.marks})"
    spoken = f"you {one.own:.1f}, the key {one.key:.1f}"
    return (
        f'<div class="bar keyed">{markup.text(label, "span")}<span class="track" aria-hidden="true">'
        f'<b style="width:{one.own * 20:.0f}%"></b><u style="left:{one.key * 20:.0f}%"></u></span>'
        f"<span>{_signed(one.leniency)}{markup.text(f', {spoken}', 'span', 'spoken')}</span></div>"
    )


def _signed(difference: float) -> str:
    return f"{difference:+.1f}".replace("-", "\N{MINUS SIGN}") if abs(difference) >= 0.05 else "0.0"


def _distance(marks: Sequence[KeyedMark]) -> int:
    return sum(abs(mark.chosen - mark.key) for mark in marks)


def _sample(number: int, one: Answered, *, unfolded: bool) -> str:
    title = one.question.title if one.question else one.marks[0].question_id
    own, key = (
        sum(values) / len(one.marks) for values in zip(*((m.chosen, m.key) for m in one.marks), strict=True)
    )
    summary = (
        f"<summary>{markup.text(f'Answer {number}: {title}', 'span')}"
        f"{markup.text(f'you {own:.1f}, key {key:.1f}', 'span', 'q')}</summary>"
    )
    return f"<details{' open' if unfolded else ''}>{summary}{_body(one)}</details>"


def _body(one: Answered) -> str:
    told = markup.text(KEYED.get(one.marks[0].label, ""))
    if one.question is None or one.benchmark is None:
        rows = [
            f"{CRITERION_NAMES.get(m.criterion, m.criterion)}: you {m.chosen}, the key {m.key}"
            for m in one.marks
        ]
        return told + markup.text(GONE, "p", "quiet") + markup.bullets(rows)
    words = markup.text(one.question.stem, "p", "quiet") + _paragraphs(one.benchmark.text)
    criteria: Mapping[str, Criterion] = {each.id: each for each in one.question.criteria}
    against = (_against(mark, criteria[mark.criterion]) for mark in one.marks)
    return f'{told}<div class="note">{words}</div>{"".join(against)}{_case(one.question)}'


def _case(question: Question) -> str:
    told = markup.text(question.context) if question.context else ""
    told += "".join(markup.table(exhibit) for exhibit in question.exhibits)
    return folded("The case of this question", told) if told else ""


def _against(mark: KeyedMark, criterion: Criterion) -> str:
    keyed = criterion.anchors[mark.key]
    if mark.chosen == mark.key:
        lines, reason = _line(f"You and the key: {mark.key}", keyed), ""
    else:
        lines = _line(f"You: {mark.chosen}", criterion.anchors[mark.chosen])
        lines += _line(f"The key: {mark.key}", keyed)
        reason = markup.text(_reason(mark), "p", "quiet")
    return f'{markup.text(criterion.name, "h2")}<div class="versus">{lines}</div>{reason}'


def _line(who: str, anchor: str) -> str:
    return f"<div><b>{escape(who)}</b>{markup.text(anchor)}</div>"


def _reason(mark: KeyedMark) -> str:
    by = abs(mark.chosen - mark.key)
    if mark.chosen > mark.key:
        return f"{by} above the key: the line you chose asks for more than this answer says."
    return f"{by} below the key: this answer says what the higher line asks for."
