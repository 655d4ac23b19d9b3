"""The first screen of the mock interview: what to practise, and what was left unfinished."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ipywidgets import HTML, Button, Dropdown, HBox, IntText, VBox, Widget
from msgspec.structs import replace

from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import CATEGORIES, LEVELS, SPECIALISATIONS
from itpm_prep.practice.records import Setup
from itpm_prep.widgets import markup
from itpm_prep.widgets.parts import Choice

LENGTHS = (1, 3, 6, 9, 12)
SPECIALISATION_NAMES = {
    "general": "General questions only",
    "infrastructure": "Infrastructure, and general questions",
    "software": "Software, and general questions",
    "itsm": "IT service management, and general questions",
    "cybersecurity": "Cybersecurity, and general questions",
    "erp": "ERP, and general questions",
    "digital_transformation": "Digital transformation, and general questions",
    "agile": "Agile, and general questions",
}
MODES = (
    {
        "value": "practice",
        "label": "Practice",
        "note": "hints, a clock you can pause, score after each answer",
    },
    {"value": "mock", "label": "Mock", "note": "clock, probes, scores at the end"},
)


def button(label: str, look: str, act: Callable[[], None]) -> Button:
    """A button in our look that calls ``act``."""
    made = Button(description=label)
    if look:
        made.add_class(look)
    made.on_click(lambda _: act())
    return made


def row(*children: Widget, look: str = "row") -> HBox:
    """Widgets beside each other, wrapping when it gets narrow."""
    made = HBox(children)
    for one in look.split():
        made.add_class(one)
    return made


class SetupForm:
    """The form; ``read`` gives the setup as chosen, or says what is missing."""

    def __init__(self, setup: Setup, minutes_each: float) -> None:
        self.level = Choice(
            "Level",
            "segments",
            [{"value": level, "label": level.capitalize()} for level in LEVELS],
            [setup.level],
        )
        self.specialisation = Dropdown(
            options=[(SPECIALISATION_NAMES[one], one) for one in SPECIALISATIONS],
            value=setup.specialisation,
            description="Specialisation",
        )
        self.categories = Choice(
            "Categories",
            "tags",
            [{"value": one, "label": CATEGORY_NAMES[one], "tone": one} for one in CATEGORIES],
            list(setup.categories),
            many=True,
        )
        self.mode = Choice("Mode", "cards", MODES, [setup.mode])
        lengths = sorted({*LENGTHS, setup.length})
        self.length = Dropdown(
            options=[
                (f"{markup.plural(count, 'question')}, about {round(count * minutes_each)} minutes", count)
                for count in lengths
            ],
            value=setup.length,
            description="Length",
        )
        self.seed = IntText(value=setup.seed, description="Seed")
        self.seed.tooltip = "The same seed and the same history give the same questions."
        for field in (self.specialisation, self.length, self.seed):
            field.add_class("field")

    @property
    def fields(self) -> tuple[Widget, ...]:
        """The fields in their order on the screen."""
        return (self.level, self.specialisation, self.categories, self.mode, self.length, self.seed)

    def read(self, before: Setup) -> Setup | str:
        """The setup as chosen, or a sentence on what is missing."""
        if not self.categories.chosen:
            return "Choose at least one category."
        return replace(
            before,
            level=self.level.chosen[0],
            specialisation=self.specialisation.value,
            categories=tuple(one for one in CATEGORIES if one in self.categories.chosen),
            mode=self.mode.chosen[0],
            length=self.length.value,
            seed=self.seed.value,
        )


def setup_screen(
    form: SetupForm, aside: str, notes: Sequence[str], resume_slot: VBox, on_begin: Callable[[], None]
) -> tuple[Widget, ...]:
    """The screen; ``resume_slot`` is filled once the tab is known."""
    fields = VBox(form.fields)
    fields.add_class("gap")
    return (
        HTML(markup.heading("Mock interview", aside)),
        resume_slot,
        *(HTML(markup.note(words, "warn")) for words in notes),
        fields,
        row(
            HTML(markup.text("Questions you have not seen come first.", "span", "quiet")),
            button("Begin", "primary", on_begin),
            look="foot",
        ),
    )


def resume_note(
    words: str, go_on: str, on_resume: Callable[[], None], on_anew: Callable[[], None]
) -> tuple[Widget, ...]:
    """An unfinished interview and what can be done with it."""
    box = row(
        HTML(markup.text(words, "span")),
        row(button(go_on, "primary", on_resume), button("Start anew", "plain", on_anew)),
        look="note row apart",
    )
    return (box,)


def taken_over_screen(unsaved: Sequence[str], on_take_over: Callable[[], None]) -> tuple[Widget, ...]:
    """What a tab shows whose interview goes on elsewhere; ``unsaved`` was typed here too late."""
    words = "You went on with this interview in another tab or window. Everything up to then is saved."
    lost = [text for text in unsaved if text.strip()]
    late = markup.text("Typed here since, and not saved", "h2") if lost else ""
    return (
        HTML(markup.heading("Open in another tab") + markup.text(words, "p", "gap")),
        HTML(late + "".join(markup.text(text, "p", "own") for text in lost)),
        row(HTML(), button("Take over here", "primary", on_take_over), look="foot"),
    )
