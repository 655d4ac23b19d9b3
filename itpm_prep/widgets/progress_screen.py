"""The screens of progress beside its charts: the views, the target, the answers, files out and reviews in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from itpm_prep.bank.names import SPECIALISATION_NAMES
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import (
    Block,
    Button,
    Choice,
    FileDrop,
    Handed,
    Html,
    Input,
    Item,
    Listing,
    Row,
    Select,
)
from itpm_prep.widgets.finder import CATEGORY, LEVEL, Filter, Finder
from itpm_prep.widgets.mode_words import MODE_NAMES
from itpm_prep.widgets.views import view_head

View = Literal["readiness", "answers", "hand_in", "reviews", "save"]
VIEWS: Mapping[View, str] = {
    "readiness": "Readiness",
    "answers": "Answers",
    "hand_in": "Hand in",
    "reviews": "Reviews",
    "save": "Save",
}
SCORED: Mapping[str, str] = {
    "reviewed": "Reviewed",
    "self": "Self-rated only",
    "unscored": "Not scored",
    "skipped": "Skipped",
}
ALL, SOME, KIT = "all", "some", "kit:"  # which answers are handed in
REVIEW_BYTES = 5_000_000
"""Bytes of one file of reviews; a hundred reviews with long comments take a tenth of it."""


def head(view: View, aside: str, on_view: Callable[[View], None]) -> tuple[Block, ...]:
    """The title, and the way to the other views."""
    return view_head("Progress", VIEWS, view, aside, on_view)


def target_form(level: str, specialisation: str, on_change: Callable[[str, str], None]) -> Block:
    """The target that readiness is told for; ``on_change`` gets the level and the specialisation."""
    levels: dict[str, str] = {} if level else {"": "Choose a level"}
    levels |= LEVEL.options
    chosen = Select("Level", levels, level, lambda one: on_change(one, field.value))
    field = Select(
        "Specialisation",
        SPECIALISATION_NAMES,
        specialisation,
        lambda one: on_change(chosen.value, one),
    )
    return Row(chosen, field, look="filters gap")


# Answers ------------------------------------------------------------------------------------------


class Wish(NamedTuple):
    """What the filters ask for; "" asks for nothing. ``scored`` is a key of ``SCORED``."""

    category: str = ""
    level: str = ""
    mode: str = ""
    scored: str = ""
    words: str = ""


class AnswersScreen(Finder[Wish]):
    """The answers that fit, newest first."""

    thing = "answer"
    filters = (
        CATEGORY,
        LEVEL,
        Filter("Mode", "mode", {str(one): name for one, name in MODE_NAMES.items()}),
        Filter("Scores", "scored", SCORED),
    )
    hint = "Answers in which every one of these words stands, or in their question, or in a comment."

    def __init__(self, find: Callable[[Wish], Sequence[Item]], on_open: Callable[[str], None]) -> None:
        super().__init__(Wish(), find, on_open)


def skipped_screen(
    title: str, told: str, on_again: Callable[[], None] | None, on_back: Callable[[], None]
) -> tuple[Block, ...]:
    """An attempt that holds no words; ``on_again`` asks its question, None where that cannot be done."""
    words = "You skipped it. It counts as skipped, not as a score."
    if on_again is None:
        words += " The bank no longer asks this question."
    again: list[Block] = [] if on_again is None else [Button("Answer it now", "primary", on_again)]
    return (
        Html(markup.heading(title) + markup.text(told, "p", "quiet") + markup.text(words)),
        Row(Button("Back", "plain", on_back), *(again or [Html()]), look="foot"),
    )


# Hand in ------------------------------------------------------------------------------------------


class HandIn(NamedTuple):
    """What the form asks for: ``which`` is ``ALL``, ``SOME`` or ``KIT`` with a kit's id."""

    name: str
    which: str
    picked: Sequence[str]
    blacked_out: str


class SavedFile(NamedTuple):
    """A file on offer: what it holds in words, its name, and an address that holds it whole."""

    told: str
    name: str
    address: str


class HandInForm:
    """Name, which answers, words to black out; ``make`` gives the file or says what is in the way."""

    def __init__(
        self,
        name: str,
        blacked_out: str,
        answers: Sequence[Item],
        kits: Mapping[str, str],
        make: Callable[[HandIn], SavedFile],
    ) -> None:
        hint = "As your instructor is to see it; without one your answers come under no name."
        self._name = Input("Your name", "text", name, hint)
        options = {ALL: f"All {len(answers)}"} | {KIT + one: f"Kit: {title}" for one, title in kits.items()}
        self._which = Select("Answers", {**options, SOME: "Those I choose"}, ALL, lambda _: self._choose())
        choices = [{"value": one.value, "label": one.title, "note": one.note} for one in answers]
        self._picked = Choice("Which", "ticks", choices, [], many=True)
        self._list = Row(look="")
        hint = "Names and words that must not be read, parted by commas."
        self._words = Input("Words to black out", "text", blacked_out, hint)
        self._file = Row(look="")
        self._make = make

    def blocks(self, guard: Callable[[Callable[[], None]], Callable[[], None]]) -> tuple[Block, ...]:
        """The form; its handler is wrapped in ``guard``."""
        intro = (
            "A file of your answers, scores and calibration for your instructor. Nothing is sent from here: "
            "you save the file and hand it in the way your class does. Stories, plans, job descriptions "
            "and recordings are not in it."
        )
        covered = (
            "Each of these words is covered in all that you wrote, whatever its case, and looked for again. "
            "Your own record keeps them."
        )
        return (
            Html(markup.text(intro, "p", "gap")),
            Row(
                self._name,
                self._which,
                self._list,
                self._words,
                Html(markup.text(covered, "p", "quiet")),
                look="handout",
            ),
            Row(Html(), Button("Make the file", "primary", guard(self._fill)), look="foot"),
            self._file,
        )

    def _choose(self) -> None:
        self._file.fill()
        self._list.fill(*([Row(self._picked, look="long")] if self._which.value == SOME else ()))

    def _fill(self) -> None:
        self._file.fill()  # a file of other answers must not stay on offer
        self._file.fill(
            Html(offer(self._make(HandIn(
                self._name.value, self._which.value, self._picked.chosen, self._words.value
            ))))
        )  # fmt: skip


def offer(file: SavedFile) -> str:
    """A file on offer, with what it holds."""
    link = markup.download(f"Save {file.name}", file.name, file.address, "button primary")
    return f'<div class="note" role="status">{markup.text(file.told)}<p>{link}</p></div>'


# Reviews ------------------------------------------------------------------------------------------


def reviews_screen(
    on_files: Callable[[Sequence[Handed]], None],
    results: Row,
    reviewed: Sequence[Item],
    on_open: Callable[[str], None],
) -> tuple[Block, ...]:
    """A place to drop files of reviews on, what came of them, and the answers reviewed so far."""
    words = (
        "Your instructor gives you a file of reviews. Drop it here: marks and comments then stand beside "
        "your own scores. The same file twice changes nothing."
    )
    none = "No answer has been reviewed yet."
    listed: tuple[Block, ...] = (Listing(reviewed, on_open),) if reviewed else ()
    return (
        Html(markup.text(words, "p", "gap")),
        FileDrop("Drop files of reviews here, or choose them", ".jsonl,.json", REVIEW_BYTES, on_files),
        results,
        Html(markup.text("Answers reviewed", "h2") + ("" if reviewed else markup.text(none, "p", "quiet"))),
        *listed,
    )


def review_result(name: str, told: Sequence[str], *, fault: bool) -> Block:
    """What came of one file."""
    body = markup.text(name, "b") + "".join(markup.text(line) for line in told[:1]) + markup.bullets(told[1:])
    return Html(f'<div class="note{" warn" if fault else ""}" role="status">{body}</div>')
