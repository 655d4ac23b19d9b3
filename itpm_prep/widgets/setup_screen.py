"""The first screen of the mock interview: what to practise, and what was left unfinished."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from itpm_prep.bank.names import CATEGORY_NAMES, SPECIALISATION_NAMES
from itpm_prep.bank.types import CATEGORIES, LEVELS, Category
from itpm_prep.practice.presets import PHONE_CATEGORIES, RULES, Preset, rules_of, settle
from itpm_prep.practice.records import Boxes, Interview, Mode, Rules, Setup
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Input, Row, Select
from itpm_prep.widgets.mode_words import MODE_NAMES, MODE_NOTES, panel_words, rules_words
from itpm_prep.widgets.rules_fields import RulesFields

LENGTHS = (1, 3, 6, 9, 12)
BOXES: dict[Boxes, str] = {"parts": "A box for each part", "one": "One box"}
CHOICES = {
    "general": "General questions only",
    **{
        one: f"{name}, and general questions"
        for one, name in SPECIALISATION_NAMES.items()
        if one != "general"
    },
}
PROBE_S = 30  # what one probe adds to a question
SET = "set:"  # before the id of a set of one's own, among the modes
SEED_HINT = "The same seed and the same history give the same questions."


class SetupForm:
    """The form; ``read`` gives the setup as chosen, or says what is missing.

    What the mode or the set chosen fixes is shown as words. ``on_keep(name)`` is asked to keep what
    the form holds under a name, ``on_drop(id)`` to forget a set of one's own.
    """

    def __init__(
        self,
        setup: Setup,
        minutes_each: float,
        presets: Sequence[Preset] = (),
        on_keep: Callable[[str], None] = lambda _: None,
        on_drop: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.presets = {SET + one.id: one for one in presets}
        self.minutes_each, self.on_keep, self.on_drop = minutes_each, on_keep, on_drop
        chosen = next((at for at, one in self.presets.items() if one.name == setup.preset), setup.mode)
        self.mode = Choice("Mode", "cards", self._cards(), [chosen], on_change=lambda _: self._change())
        self.name = Input("Keep as", "text", "", "A name for this set, such as Panel at the bank.")
        keep = Button("Keep this set", "", lambda: self.on_keep(self.name.value))
        self._keep, self._told = Row(self.name, keep, look="keep"), Html()
        self._about, self._length, self._how, self._foot = (Row(look="") for _ in range(4))
        self.body = Row(self._about, self._length, self._how, self._foot, look="")
        self._hold(setup)
        self._draw()

    def _cards(self) -> list[dict[str, str]]:
        built_in = [
            {"value": mode, "label": name, "note": MODE_NOTES[mode]} for mode, name in MODE_NAMES.items()
        ]
        own = [
            {"value": at, "label": one.name, "note": f"your set: {preset_words(one.setup)}"}
            for at, one in self.presets.items()
        ]
        return built_in + own

    def _hold(self, setup: Setup) -> None:
        """Make the fields, filled in with a set-up."""
        levels = [{"value": level, "label": level.capitalize()} for level in LEVELS]
        self.level = Choice("Level", "segments", levels, [setup.level])
        self.specialisation = Select("Specialisation", CHOICES, setup.specialisation)
        self.categories = Choice(
            "Categories",
            "tags",
            [{"value": one, "label": CATEGORY_NAMES[one], "tone": one} for one in CATEGORIES],
            list(setup.categories),
            many=True,
        )
        self.seed = Input("Seed", "number", str(setup.seed), SEED_HINT)
        boxes = [{"value": one, "label": name} for one, name in BOXES.items()]
        self.boxes = Choice("Write in", "segments", boxes, [setup.boxes])
        self.rules = RulesFields(setup.rules or RULES["own"])
        self.length = Select("Length", self._lengths(setup.length), str(setup.length))

    def _lengths(self, count: int) -> dict[str, str]:
        """The lengths, ``count`` among them, and how long each takes under the rules chosen."""
        return {str(each): self._length_words(each) for each in sorted({*LENGTHS, count})}

    def _count(self) -> None:
        """Say anew how long each length takes; the field itself stays, so that no choice in it is lost."""
        options = self.length.spec["options"]
        told = [{**one, "label": self._length_words(int(one["value"]))} for one in options]
        if told != options:
            self.length.update(options=told)

    def _length_words(self, count: int) -> str:
        rules = self._rules()
        each = self.minutes_each
        if rules.think_s is not None and rules.answer_s is not None:
            each = (rules.think_s + rules.answer_s + PROBE_S * rules.probes) / 60
        minutes = round(count * each)
        return f"{markup.plural(count, 'question')}, about {markup.plural(max(minutes, 1), 'minute')}"

    @property
    def preset(self) -> Preset | None:
        """The set of one's own that is chosen."""
        return self.presets.get(self.mode.chosen[0])

    @property
    def fields(self) -> tuple[Block, ...]:
        """The fields in their order on the screen."""
        return (self.mode, self.body)

    def _change(self) -> None:
        if self.preset:
            seed = self.seed
            self._hold(self.preset.setup)
            self.seed = seed  # a set is to be asked with other questions each time
        self._draw()

    def _draw(self) -> None:
        """Show what may be chosen, and as words what is fixed."""
        mode = self._mode()
        self._count()
        level: Block = self.level
        about: tuple[Block, ...] = (self.specialisation, self.categories)
        length: Block = self.length
        boxes: Block = self.boxes
        if self.preset:
            fixed = self.preset.setup
            level = words("Level", fixed.level.capitalize())
            about = (words("Specialisation", CHOICES[fixed.specialisation]), _categories(fixed.categories))
            length = words("Length", self._length_words(fixed.length))
            boxes = words("Write in", BOXES[fixed.boxes])
        elif mode == "phone":
            about = (words("Specialisation", CHOICES["general"]), _categories(PHONE_CATEGORIES))
        _fill(self._about, level, *about)
        _fill(self._length, length)
        _fill(self._how, *self._how_fields(mode))
        _fill(self._foot, boxes, self.seed, self._keeping())

    def _how_fields(self, mode: Mode) -> tuple[Block, ...]:
        if mode == "own" and not self.preset:
            return self.rules.fields
        panel = field("Panel", panel_words()) if mode == "panel" else ""
        told = panel + field("Rules", markup.text(rules_words(self._rules()), "span"))
        if self._told.spec["value"] != told:
            self._told.update(value=told)
        return (self._told,)

    def _rules(self) -> Rules:
        """The rules as they stand."""
        if self.preset:
            return rules_of(self.preset.setup)
        return self.rules.read() if self.mode.chosen == ["own"] else RULES[self._mode()]

    def _mode(self) -> Mode:
        chosen = self.mode.chosen[0]
        if self.preset:
            return self.preset.setup.mode
        return next(mode for mode in MODE_NAMES if mode == chosen)

    def _keeping(self) -> Row:
        """Forget the set chosen, or keep what was chosen as a set."""
        if self.preset is None:
            return self._keep
        drop, name = self.preset.id, self.preset.name
        return Row(Html(), Button(f"Delete {name}", "plain", lambda: self.on_drop(drop)), look="row apart")

    def read(self, before: Setup) -> Setup | str:
        """The setup as chosen, or a sentence on what is missing."""
        if not self.seed.value.lstrip("-").isdecimal():
            return "The seed must be a whole number, such as 7."
        if self.preset:
            return replace(self.preset.setup, seed=int(self.seed.value), preset=self.preset.name)
        if not self.categories.chosen:
            return "Choose at least one category."
        return settle(
            replace(
                before,
                level=self.level.chosen[0],
                specialisation=self.specialisation.value,
                categories=tuple(one for one in CATEGORIES if one in self.categories.chosen),
                mode=self.mode.chosen[0],
                length=int(self.length.value),
                seed=int(self.seed.value),
                rules=self.rules.read() if self.mode.chosen == ["own"] else None,
                preset="",
                boxes=self.boxes.chosen[0],
            )
        )


def _fill(row: Row, *blocks: Block) -> None:
    """Show these blocks; those that are shown already stay, so that no click in between is lost."""
    if tuple(row.inner) != blocks:
        row.fill(*blocks)


def field(label: str, inside: str) -> str:
    """Something fixed, shown where its field would be; ``inside`` is markup already."""
    return f'<div class="field">{markup.text(label, "span", "legend")}<div>{inside}</div></div>'


def words(label: str, what: str) -> Html:
    """A field that is fixed, as words."""
    return Html(field(label, markup.text(what, "span")))


def _categories(some: Sequence[Category]) -> Html:
    return words("Categories", ", ".join(CATEGORY_NAMES[one] for one in some))


def preset_words(setup: Setup) -> str:
    """A set of one's own in one line."""
    return f"{MODE_NAMES[setup.mode]}, {setup.level}, {markup.plural(setup.length, 'question')}"


def setup_screen(
    form: SetupForm,
    aside: str,
    notes: Sequence[str],
    resume_slot: Row,
    on_begin: Callable[[], None],
    beside: Sequence[Block] = (),
    waiting: Sequence[Block] = (),
) -> tuple[Block, ...]:
    """The screen; ``resume_slot`` is filled once the tab is known, ``beside`` stands beside Begin.

    ``waiting`` says on top what waits for answers.
    """
    return (
        Html(markup.heading("Mock interview", aside)),
        resume_slot,
        *waiting,
        *(Html(markup.note(words, "warn")) for words in notes),
        Row(*form.fields, look="gap"),
        Row(
            Html(markup.text("Questions you have not seen come first.", "span", "quiet")),
            Row(*beside, Button("Begin", "primary", on_begin)),
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
