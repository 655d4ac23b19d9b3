"""The screens of one question: prepare, answer, and the probes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from itpm_prep.bank.types import Probe, Question
from itpm_prep.practice.presets import rules_of
from itpm_prep.practice.records import Interview, Setup
from itpm_prep.practice.scaffolds import IN_ONE, frame_of
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Html, Row
from itpm_prep.widgets.mode_words import terms
from itpm_prep.widgets.parts import Action, AnswerForm, Box, ClockFace, FigureBox, Reader
from itpm_prep.widgets.speaking import ReadAloud

ONE_BOX_ROWS = 12

OnDraft = Callable[[str, str], None]
OnAction = Callable[[str, dict[str, str]], None]


def top(interview: Interview, question: Question, clock: ClockFace | None = None) -> tuple[Block, ...]:
    """The progress rail, the place in the interview, who asks, the category and the clock."""
    done = sum(turn.outcome != "open" for turn in interview.turns)
    place = f"Question {interview.position + 1} of {len(interview.turns)}"
    asker = interview.turn.asker
    asks = markup.text(f"{asker} asks", "b", "asker") if asker else ""
    tag = markup.category_tag(question.category)
    words = Html(f'<span class="row">{markup.text(place, "span", "quiet")}{asks}{tag}</span>')
    line = Row(words, *([clock] if clock else []), look="row apart")
    return Html(markup.rail(done, len(interview.turns))), line


def case(question: Question) -> str:
    """What the interviewer says, the case and its exhibits."""
    context = markup.text(question.context, "p", "case") if question.context else ""
    tables = "".join(markup.table(exhibit) for exhibit in question.exhibits)
    return f"{markup.text(question.stem, 'h1', 'stem')}{context}{tables}"


def read_aloud(question: Question) -> ReadAloud:
    """The button that has the question read aloud, with its case."""
    return ReadAloud("Read the question aloud", f"{question.stem} {question.context or ''}".strip())


def aim(question: Question) -> str:
    """The frame to answer in and the time to aim for, in two sentences."""
    timing = question.timing
    return (
        f"{frame_words(question)} "
        f"Aim for {markup.minutes(timing.target_s)} when spoken, {markup.minutes(timing.max_s)} at most."
    )


def frame_words(question: Question) -> str:
    """The frame to answer in."""
    frame = frame_of(question.scaffold)
    return f"Answer in {', '.join(part.name.lower() for part in frame.parts)} ({frame.name})."


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
    rules = rules_of(interview.setup)
    held = terms(rules, question)
    aimed = aim(question) if rules.answer_s is None else frame_words(question)
    warned = markup.note(held) if held else ""
    words = Html(case(question) + markup.text(aimed, "p", "quiet") + warned)
    return (*top(interview, question, clock), words, read_aloud(question), form)


def answer_screen(
    interview: Interview,
    question: Question,
    clock: ClockFace,
    drafts: Mapping[str, str],
    place: str,
    on_draft: OnDraft,
    on_action: OnAction,
    *,
    reader: Reader | None = None,
    beside: Sequence[Block] = (),
) -> tuple[Block, ...]:
    """One box per part of the scaffold, or one box, the figures to work out, and the clock.

    ``question`` is as the bank has it, also where it is answered in one box. ``reader`` remarks on the
    words while they are written; ``beside`` stands above the boxes.
    """
    rules, take = rules_of(interview.setup), len(interview.turn.attempt_ids) + 1
    boxes = _boxes(interview.setup, question, drafts, hints=rules.aided)
    figures = [
        FigureBox(f"figure:{figure.id}", figure.ask, figure.unit, drafts.get(f"figure:{figure.id}", ""))
        for figure in question.figures
    ]
    # A question with a take handed in can no longer be skipped.
    back = Action("skip", "Skip", "plain") if take == 1 else Action("keep", f"Keep take {take - 1}", "plain")
    actions = [back, Action("submit", "Submit answer", "primary")]
    form = AnswerForm(place, boxes, actions, on_draft, on_action, figures, reader=reader)
    notes = drafts.get("notes", "").strip()
    noted = (Html(folded("Your notes", markup.text(notes, "p", "own"))),) if notes else ()
    held = markup.text(terms(rules, question, take), "p", "quiet") if rules.takes > 1 or rules.cut else ""
    asked = (Html(case(question) + held), read_aloud(question))
    return (*top(interview, question, clock), *asked, *noted, *beside, form)


def _boxes(setup: Setup, question: Question, drafts: Mapping[str, str], *, hints: bool) -> list[Box]:
    """A box for each part of the scaffold, larger where more is to be said; or one, without a share."""
    if setup.boxes == "one":
        name = f"part:{IN_ONE.id}"
        hint = frame_words(question) if hints else ""
        return [Box(name, IN_ONE.name, drafts.get(name, ""), hint, rows=ONE_BOX_ROWS)]
    return [
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


def probe_screen(
    interview: Interview,
    question: Question,
    probe: Probe,
    answer: Sequence[tuple[str, str]],
    drafts: Mapping[str, str],
    place: str,
    on_draft: OnDraft,
    on_action: OnAction,
    *,
    beside: Sequence[Block] = (),
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
        ReadAloud("Read the question aloud", probe.ask),
        *beside,
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
