"""The screens of the question bank: browse, read one question, check files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.names import COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.types import Question
from itpm_prep.problems import Problem
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, FileDrop, Handed, Html, Item, Row
from itpm_prep.widgets.finder import CATEGORY, LEVEL, Filter, Finder
from itpm_prep.widgets.question_sheet import candidate_sheet, described, interviewer_sheet
from itpm_prep.widgets.views import view_head

if TYPE_CHECKING:
    from itpm_prep.bank.handed import FileReport

View = Literal["browse", "coverage", "check"]
VIEWS: Mapping[View, str] = {"browse": "Browse", "coverage": "Coverage", "check": "Check a file"}
READERS = (
    {"value": "candidate", "label": "As the candidate"},
    {"value": "interviewer", "label": "As the interviewer"},
)


class Wish(NamedTuple):
    """What the filters ask for; "" asks for nothing."""

    category: str = ""
    level: str = ""
    specialisation: str = ""
    competency: str = ""
    words: str = ""


def head(view: View, aside: str, on_view: Callable[[View], None]) -> tuple[Block, ...]:
    """The title, and the way to the other views."""
    return view_head("Question bank", VIEWS, view, aside, on_view)


class BrowseScreen(Finder[Wish]):
    """The questions that fit; ``find`` gives them for a wish."""

    thing = "question"
    filters = (
        CATEGORY,
        LEVEL,
        Filter("Specialisation", "specialisation", SPECIALISATION_NAMES),
        Filter("Competency", "competency", COMPETENCY_NAMES),
    )
    hint = "Questions in which every one of these words stands."

    def __init__(self, find: Callable[[Wish], Sequence[Entry]], on_open: Callable[[str], None]) -> None:
        super().__init__(Wish(), lambda wish: [_item(entry) for entry in find(wish)], on_open)


def _item(entry: Entry) -> Item:
    figures = [markup.plural(entry.figures, "figure")] if entry.figures else []
    notes = [entry.id, entry.level, SPECIALISATION_NAMES[entry.specialisation], *figures]
    return Item(entry.id, entry.title, " · ".join(notes), entry.category)


def read_screen(
    question: Question,
    topics: Mapping[str, str],
    on_back: Callable[[], None],
    on_try: Callable[[], None],
) -> tuple[Block, ...]:
    """One question; it opens as the candidate sees it, since what follows gives the answer away."""
    sheets = {"candidate": candidate_sheet(question), "interviewer": interviewer_sheet(question, topics)}
    sheet = Html(sheets["candidate"])
    readers = Choice(
        "Read",
        "segments",
        READERS,
        ["candidate"],
        on_change=lambda chosen: sheet.update(value=sheets[chosen[0]]),
    )
    about = markup.text(described(question), "p", "quiet")
    return (
        Row(Html(markup.category_tag(question.category)), Button("Back", "plain", on_back), look="row apart"),
        Html(about),
        readers,
        sheet,
        Row(Html(), Button("Try in a practice run", "primary", on_try), look="foot"),
    )


def check_screen(limit: int, on_files: Callable[[Sequence[Handed]], None], results: Row) -> tuple[Block, ...]:
    """A place to drop question files on, of ``limit`` bytes each; ``results`` is filled below it."""
    words = (
        "A question is one YAML file, see question_bank/README.md; itpm-prep bank new writes a skeleton. "
        "The file is checked here as it would stand in the bank, and is not kept."
    )
    drop = FileDrop("Drop question files here, or choose them", ".yaml,.yml", limit, on_files)
    return Html(markup.text(words, "p", "gap")), drop, results


def result(
    report: FileReport, on_read: Callable[[Question], None], on_try: Callable[[Question], None]
) -> Block:
    """What the check of one file found, and the way to the question when it can be asked."""
    faults, question = len(report.problems), report.question
    words = markup.plural(faults, "fault") if faults else "No fault."
    title = f"{markup.text(report.name, 'b')} {markup.text(words, 'span', 'quiet')}"
    actions = () if question is None else _actions(question, on_read, on_try)
    lines = (*report.problems, *report.notices)
    return Row(
        Row(Html(title), Row(*actions), look="row apart"),
        Html(_problems(lines) if lines else ""),
        look="note warn" if faults else "note",
    )


def _actions(
    question: Question, on_read: Callable[[Question], None], on_try: Callable[[Question], None]
) -> tuple[Block, ...]:
    return (
        Button("Read it", "", lambda: on_read(question)),
        Button("Try in a practice run", "", lambda: on_try(question)),
    )


def _problems(problems: Sequence[Problem]) -> str:
    return "<ul>" + "".join(f"<li>{_problem(one)}</li>" for one in problems) + "</ul>"


def _problem(one: Problem) -> str:
    place = f"{one.key or 'The file'}{f', line {one.line}' if one.line else ''}"
    words = f": is {one.found}; must {one.must} "
    return (
        markup.text(place, "b") + markup.text(words, "span") + markup.text(f"({one.rule})", "span", "quiet")
    )
