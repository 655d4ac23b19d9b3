"""The first screen of the mock interview: what to practise, and what was left unfinished."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from itpm_prep.bank.names import CATEGORY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.types import CATEGORIES, LEVELS
from itpm_prep.practice.records import Interview, Setup
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Input, Row, Select

LENGTHS = (1, 3, 6, 9, 12)
CHOICES = {
    "general": "General questions only",
    **{
        one: f"{name}, and general questions"
        for one, name in SPECIALISATION_NAMES.items()
        if one != "general"
    },
}
MODES = (
    {
        "value": "practice",
        "label": "Practice",
        "note": "hints, a clock you can pause, score after each answer",
    },
    {"value": "mock", "label": "Mock", "note": "clock, probes, scores at the end"},
)


class SetupForm:
    """The form; ``read`` gives the setup as chosen, or says what is missing."""

    def __init__(self, setup: Setup, minutes_each: float) -> None:
        self.level = Choice(
            "Level",
            "segments",
            [{"value": level, "label": level.capitalize()} for level in LEVELS],
            [setup.level],
        )
        self.specialisation = Select("Specialisation", CHOICES, setup.specialisation)
        self.categories = Choice(
            "Categories",
            "tags",
            [{"value": one, "label": CATEGORY_NAMES[one], "tone": one} for one in CATEGORIES],
            list(setup.categories),
            many=True,
        )
        self.mode = Choice("Mode", "cards", MODES, [setup.mode])
        lengths = sorted({*LENGTHS, setup.length})
        self.length = Select(
            "Length",
            {
                str(count): f"{markup.plural(count, 'question')}, about {round(count * minutes_each)} minutes"
                for count in lengths
            },
            str(setup.length),
        )
        hint = "The same seed and the same history give the same questions."
        self.seed = Input("Seed", "number", str(setup.seed), hint)

    @property
    def fields(self) -> tuple[Block, ...]:
        """The fields in their order on the screen."""
        return (self.level, self.specialisation, self.categories, self.mode, self.length, self.seed)

    def read(self, before: Setup) -> Setup | str:
        """The setup as chosen, or a sentence on what is missing."""
        if not self.seed.value.lstrip("-").isdecimal():
            return "The seed must be a whole number, such as 7."
        if not self.categories.chosen:
            return "Choose at least one category."
        return replace(
            before,
            level=self.level.chosen[0],
            specialisation=self.specialisation.value,
            categories=tuple(one for one in CATEGORIES if one in self.categories.chosen),
            mode=self.mode.chosen[0],
            length=int(self.length.value),
            seed=int(self.seed.value),
        )


def setup_screen(
    form: SetupForm, aside: str, notes: Sequence[str], resume_slot: Row, on_begin: Callable[[], None]
) -> tuple[Block, ...]:
    """The screen; ``resume_slot`` is filled once the tab is known."""
    return (
        Html(markup.heading("Mock interview", aside)),
        resume_slot,
        *(Html(markup.note(words, "warn")) for words in notes),
        Row(*form.fields, look="gap"),
        Row(
            Html(markup.text("Questions you have not seen come first.", "span", "quiet")),
            Button("Begin", "primary", on_begin),
            look="foot",
        ),
    )


def place_of(left: Interview) -> str:
    """Where an interview was left; the last question may be answered and not yet be scored."""
    if left.phase == "debrief":
        return "at the debrief"
    return f"at question {left.position + 1} of {len(left.turns)}"


def resume_note(
    words: str, go_on: str, on_resume: Callable[[], None], on_anew: Callable[[], None]
) -> tuple[Block, ...]:
    """An unfinished interview and what can be done with it."""
    box = Row(
        Html(markup.text(words, "span")),
        Row(Button(go_on, "primary", on_resume), Button("Start anew", "plain", on_anew)),
        look="note row apart",
    )
    return (box,)


def taken_over_screen(unsaved: Sequence[str], on_take_over: Callable[[], None]) -> tuple[Block, ...]:
    """What a tab shows whose interview goes on elsewhere; ``unsaved`` was typed here too late."""
    words = "You went on with this interview in another tab or window. Everything up to then is saved."
    lost = [text for text in unsaved if text.strip()]
    late = markup.text("Typed here since, and not saved", "h2") if lost else ""
    return (
        Html(markup.heading("Open in another tab") + markup.text(words, "p", "gap")),
        Html(late + "".join(markup.text(text, "p", "own") for text in lost)),
        Row(Html(), Button("Take over here", "primary", on_take_over), look="foot"),
    )
