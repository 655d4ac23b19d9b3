"""The screens of one question: prepare, answer, and the probes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from itpm_prep.bank.types import Probe, Question
from itpm_prep.practice.records import Interview
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Html, Row
from itpm_prep.widgets.parts import Action, AnswerForm, Box, ClockFace, FigureBox

OnDraft = Callable[[str, str], None]
OnAction = Callable[[str, dict[str, str]], None]


def top(interview: Interview, question: Question, clock: ClockFace | None = None) -> tuple[Block, ...]:
    """The progress rail, the place in the interview, the category and the clock."""
    done = sum(turn.outcome != "open" for turn in interview.turns)
    place = f"Question {interview.position + 1} of {len(interview.turns)}"
    tag = markup.category_tag(question.category)
    words = Html(f'<span class="row">{markup.text(place, "span", "quiet")}{tag}</span>')
    line = Row(words, *([clock] if clock else []), look="row apart")
    return Html(markup.rail(done, len(interview.turns))), line


def case(question: Question) -> str:
    """What the interviewer says, the case and its exhibits."""
    context = markup.text(question.context, "p", "case") if question.context else ""
    tables = "".join(markup.table(exhibit) for exhibit in question.exhibits)
    return f"{markup.text(question.stem, 'h1', 'stem')}{context}{tables}"


def aim(question: Question) -> str:
    """The frame to answer in and the time to aim for, in two sentences."""
    timing, frame = question.timing, frame_of(question.scaffold)
    return (
        f"Answer in {', '.join(part.name.lower() for part in frame.parts)} ({frame.name}). "
        f"Aim for {markup.minutes(timing.target_s)} when spoken, {markup.minutes(timing.max_s)} at most."
    )


def prepare_screen(
    interview: Interview,
    question: Question,
    clock: ClockFace,
    drafts: Mapping[str, str],
    place: str,
    on_draft: OnDraft,
    on_action: OnAction,
) -> tuple[Block, ...]:
    """Think first: the question, notes, and the clock of the think time."""
    form = AnswerForm(
        place,
        [
            Box(
                "notes",
                "Notes",
                drafts.get("notes", ""),
                "For you alone. They stay beside you while you answer.",
            )
        ],
        [Action("skip", "Skip", "plain"), Action("start", "Start answering", "primary")],
        on_draft,
        on_action,
        spoken=False,
    )
    words = Html(case(question) + markup.text(aim(question), "p", "quiet"))
    return (*top(interview, question, clock), words, form)


def answer_screen(
    interview: Interview,
    question: Question,
    clock: ClockFace,
    drafts: Mapping[str, str],
    place: str,
    on_draft: OnDraft,
    on_action: OnAction,
) -> tuple[Block, ...]:
    """One box per part of the scaffold, the figures to work out, and the clock."""
    hints = interview.setup.mode == "practice"
    boxes = [
        Box(
            f"part:{part.id}",
            part.name,
            drafts.get(f"part:{part.id}", ""),
            part.hint if hints else "",
            part.share,
            4 if part.share >= 30 else 3,
        )
        for part in frame_of(question.scaffold).parts
    ]
    figures = [
        FigureBox(f"figure:{figure.id}", figure.ask, figure.unit, drafts.get(f"figure:{figure.id}", ""))
        for figure in question.figures
    ]
    actions = [Action("skip", "Skip", "plain"), Action("submit", "Submit answer", "primary")]
    form = AnswerForm(place, boxes, actions, on_draft, on_action, figures)
    notes = drafts.get("notes", "").strip()
    beside = (Html(folded("Your notes", markup.text(notes, "p", "own"))),) if notes else ()
    return (*top(interview, question, clock), Html(case(question)), *beside, form)


def probe_screen(
    interview: Interview,
    question: Question,
    probe: Probe,
    answer: Sequence[tuple[str, str]],
    drafts: Mapping[str, str],
    place: str,
    on_draft: OnDraft,
    on_action: OnAction,
) -> tuple[Block, ...]:
    """A follow-up to the answer just given; ``answer`` holds (part name, text)."""
    turn = interview.turn
    number = f"Follow-up {turn.replied + 1} of {len(turn.probes)}"
    box = f"probe:{probe.id}"
    form = AnswerForm(
        place,
        [Box(box, "Your reply", drafts.get(box, ""))],
        [Action("pass", "Pass", "plain"), Action("reply", "Submit reply", "primary")],
        on_draft,
        on_action,
    )
    return (
        *top(interview, question),
        Html(markup.text(number, "p", "quiet gap") + markup.text(probe.ask, "h1", "stem")),
        form,
        Html(folded("The question and your answer", markup.text(question.stem) + own_words(answer))),
    )


def own_words(answer: Sequence[tuple[str, str]]) -> str:
    """What a person wrote, part by part, exactly as written."""
    empty = markup.text("Left empty.", "p", "quiet")
    return "".join(
        markup.text(name, "h2") + (markup.text(words, "p", "own") if words.strip() else empty)
        for name, words in answer
    )


def folded(title: str, inside: str) -> str:
    """Something to open when wanted; ``inside`` is markup already."""
    return f"<details>{markup.text(title, 'summary')}{inside}</details>"
