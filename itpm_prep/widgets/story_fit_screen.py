"""The screens of the story bank that put stories to use: the fit to a question, a panel, the drill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.types import CATEGORIES, LEVELS, Question
from itpm_prep.practice.assignment import Assignment, Place
from itpm_prep.practice.drill import Card, Grade
from itpm_prep.practice.records import Setup
from itpm_prep.practice.stories import Fit, Story
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Input, Item, Listing, Row, Select
from itpm_prep.widgets.parts import ClockFace

NO_STORY = "No story has text yet. Write one under Stories first."
LENGTHS = (3, 6, 9, 12)


def fit_screen(
    question: Question, fits: Sequence[Fit], on_back: Callable[[], None], on_open: Callable[[str], None]
) -> tuple[Block, ...]:
    """The stories that fit a question, best first, each with the grounds for its points."""
    top = markup.category_tag(question.category) + markup.text(question.id, "span", "quiet")
    items = [
        Item(one.story.id, f"{one.score} of 100: {one.story.name}", " · ".join(one.reasons)) for one in fits
    ]
    words = (
        "The points say which tags and words agree; whether the story answers the question you judge."
        if fits
        else "No story shares a competency, or three words, with this question. It is a gap worth a story."
    )
    return (
        Row(Html(f'<span class="row">{top}</span>'), Button("Back", "plain", on_back), look="row apart"),
        Html(markup.text(question.stem, "h1", "stem") + markup.text(words, "p", "quiet")),
        Listing(items, on_open),
    )


# A panel --------------------------------------------------------------------------------------------


class PanelForm:
    """Which questions the panel asks: a set kept under a name, or a choice made here."""

    def __init__(self, setup: Setup, presets: Mapping[str, str]) -> None:
        self.preset = Select("Questions", {"": "As chosen below", **presets}, "")
        self.level = Choice(
            "Level",
            "segments",
            [{"value": level, "label": level.capitalize()} for level in LEVELS],
            [setup.level],
        )
        self.specialisation = Select("Specialisation", SPECIALISATION_NAMES, setup.specialisation)
        self.categories = Choice(
            "Categories",
            "tags",
            [{"value": one, "label": CATEGORY_NAMES[one], "tone": one} for one in CATEGORIES],
            list(setup.categories),
            many=True,
        )
        lengths = {str(one): markup.plural(one, "question") for one in sorted({*LENGTHS, setup.length})}
        self.length = Select("Length", lengths, str(setup.length))
        self.seed = Input("Seed", "number", str(setup.seed), "The same seed gives the same questions.")

    @property
    def fields(self) -> tuple[Block, ...]:
        """The fields in their order; without a set of one's own there is none to choose."""
        own = [self.preset] if len(self.preset.spec["options"]) > 1 else []
        return (*own, self.level, self.specialisation, self.categories, self.length, self.seed)

    def read(self) -> dict[str, object] | str:
        """What was chosen, or a sentence on what is missing."""
        if not self.categories.chosen:
            return "Choose at least one category."
        if not self.seed.value.lstrip("-").isdecimal():
            return "The seed must be a whole number, such as 7."
        return {
            "level": self.level.chosen[0],
            "specialisation": self.specialisation.value,
            "categories": self.categories.chosen,
            "length": int(self.length.value),
            "seed": int(self.seed.value),
        }


def panel_screen(form: PanelForm, result: Row, on_assign: Callable[[], None]) -> tuple[Block, ...]:
    """The panel to prepare for; ``result`` is filled below it."""
    words = (
        "Chooses which story to tell for which question, so that none is told twice "
        "and the fit of the whole panel is the highest there is."
    )
    button = Row(Html(), Button("Assign my stories", "primary", on_assign), look="foot")
    return Html(markup.text(words, "p", "gap")), *form.fields, button, result


def assignment_blocks(
    found: Assignment, notes: Sequence[str], on_open: Callable[[str], None]
) -> tuple[Block, ...]:
    """The story for each question, then what collides and what no story covers."""
    told = sum(place.fit is not None for place in found.places)
    title = f"{told} of {markup.plural(len(found.places), 'question')} with a story, total fit {found.total}"
    blocks: list[Block] = [Html(markup.text(title, "h2") + "".join(markup.note(one) for one in notes))]
    blocks += [_place(place, on_open) for place in found.places]
    if found.collisions:
        lines = [
            f"“{one.story.name}” is the best fit of {len(one.questions)} questions: "
            f"{'; '.join(question.title for question in one.questions)}."
            for one in found.collisions
        ]
        blocks.append(Html(markup.text("Wanted more than once", "h2") + markup.bullets(lines)))
    if found.uncovered:
        names = [COMPETENCY_NAMES[one] for one in found.uncovered]
        lead = markup.text("Main competencies that the story assigned does not show, or without a story:")
        blocks.append(Html(markup.text("Uncovered", "h2") + lead + markup.bullets(names)))
    return tuple(blocks)


def _place(place: Place, on_open: Callable[[str], None]) -> Block:
    asked = markup.text(place.question.title, "b")
    if place.fit is None:
        return Row(Html(asked + markup.text("No story left that fits.", "p")), look="note warn")
    story = place.fit.story
    told = markup.text(f"{story.name} ({place.fit.score} of 100)", "p")
    why = markup.text(" · ".join(place.fit.reasons), "p", "quiet")
    button = Button("Open the story", "", lambda: on_open(story.id))
    return Row(Html(asked + told + why), button, look="note")


# The drill ------------------------------------------------------------------------------------------


class Deck(NamedTuple):
    """How many cards there are, how many are due, and when the next one is."""

    cards: int
    due: int
    next_due: datetime | None


def drill_screen(deck: Deck, interview: str, on_begin: Callable[[], None]) -> tuple[Block, ...]:
    """What the drill is, and what is due."""
    if not deck.cards:
        words = "Tag a story with the competencies it shows; each of them then becomes a card here."
        return (Html(markup.text(words, "p", "gap")),)
    how = (
        "A competency is shown; call the story you would tell to mind, in 10 seconds, later in 5. "
        "What you name in time comes back after days, what you miss comes back within minutes."
    )
    limit = f" None is due after your interview on {interview}." if interview else ""
    blocks: list[Block] = [Html(markup.text(how + limit, "p", "gap"))]
    if deck.due:
        blocks.append(Html(markup.text(f"{deck.due} of {markup.plural(deck.cards, 'card')} due", "p", "big")))
        blocks.append(Row(Html(), Button("Begin the drill", "primary", on_begin), look="foot"))
    else:
        when = f"{deck.next_due:%d %B %Y, %H:%M}" if deck.next_due else ""
        blocks.append(Html(markup.note(f"Nothing is due now. The next card is due on {when}.")))
    return tuple(blocks)


def ask_screen(
    card: Card,
    left: int,
    on_have: Callable[[], None],
    on_none: Callable[[], None],
    on_stop: Callable[[], None],
) -> tuple[Block, ...]:
    """The competency and the clock; the story is not to be seen."""
    clock = ClockFace(card.limit_s, 3, running=True, pausable=False, on_switch=lambda _: None)
    place = markup.text(f"{markup.plural(left, 'card')} due", "span", "quiet")
    stem = markup.text(f"Which story for {COMPETENCY_NAMES[card.competency]}?", "h1", "stem")
    return (
        Row(Html(place), clock, look="row apart"),
        Html(stem + markup.text("Say its title and how it ended, then press the button.", "p", "quiet")),
        Row(
            Button("Stop", "plain", on_stop),
            Row(Button("None comes to mind", "", on_none), Button("I have it", "primary", on_have)),
            look="foot",
        ),
    )


def name_screen(
    card: Card,
    seconds: float,
    stories: Sequence[Story],
    on_named: Callable[[str], None],
    on_none: Callable[[], None],
) -> tuple[Block, ...]:
    """Which story it was: all of them by title, so that the list does not give the answer away."""
    late = f", {card.limit_s} s were allowed" if seconds > card.limit_s else ""
    listing = Listing([Item(story.id, story.name, "") for story in stories], on_named)
    words = f"You took {seconds:.0f} s{late}."
    return (
        Html(markup.text("Which one did you have in mind?", "h1") + markup.text(words, "p", "quiet")),
        listing,
        Row(Button("None of these", "", on_none), look="gap"),
    )


SAID: Mapping[Grade, str] = {
    "above": "At once. It comes back later each time.",
    "meets": "In time.",
    "below": "Below meets: it comes back within minutes.",
}


def verdict_screen(
    card: Card,
    given: Grade,
    why: str,
    showing: Sequence[Story],
    on_next: Callable[[], None],
    on_stop: Callable[[], None],
) -> tuple[Block, ...]:
    """What the recall was worth, when the card comes back, and the stories that show the competency."""
    due = f"Due again on {card.due:%d %B %Y, %H:%M}."
    lines = [f"{one.name}: {one.result.strip() or 'no result written yet'}" for one in showing[:5]]
    name = COMPETENCY_NAMES[card.competency]
    return (
        Html(
            markup.heading(SAID[given])
            + (markup.text(why) if why else "")
            + markup.text(due, "p", "quiet")
            + markup.text(f"Your stories that show {name}", "h2")
            + markup.bullets(lines)
        ),
        Row(Button("Stop", "plain", on_stop), Button("Next card", "primary", on_next), look="foot"),
    )
