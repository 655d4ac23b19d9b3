"""The form in which an instructor puts a kit together: questions, how they are asked, due date, message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from itpm_prep.practice.kit_files import Draft
from itpm_prep.practice.kits import MESSAGE_AT_MOST, MOST_QUESTIONS, TITLE_AT_MOST
from itpm_prep.practice.presets import RULES, Preset
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Input, Item, Row, Told
from itpm_prep.widgets.finder import CATEGORY, LEVEL, filter_row, found_words
from itpm_prep.widgets.mode_words import MODE_NAMES, MODE_NOTES, rules_words
from itpm_prep.widgets.parts import Action, AnswerForm, Box
from itpm_prep.widgets.rules_fields import RulesFields
from itpm_prep.widgets.setup_screen import SET, field, preset_words

PAGE = 12
HINT = "Questions in which every one of these words stands."


class Wish(NamedTuple):
    """Which questions to show; "" asks for nothing."""

    category: str = ""
    level: str = ""
    words: str = ""


class Order(Block):
    """Lines that can go up, down or out; ``on_change`` gets the values left, in their order."""

    kind = "order"

    def __init__(self, label: str, items: Sequence[Item], on_change: Callable[[Sequence[str]], None]) -> None:
        super().__init__(label=label, items=[item._asdict() for item in items])
        self._on_change = on_change

    def fill(self, items: Sequence[Item]) -> None:
        """Show other lines."""
        self.update(items=[item._asdict() for item in items])

    def hear(self, told: Told) -> None:
        """The order was changed, or a line was taken out."""
        values = told.get("values")
        known = {item["value"]: item for item in self.spec["items"]}
        if isinstance(values, list) and all(isinstance(one, str) for one in values):
            kept = [one for one in dict.fromkeys(values) if one in known]
            self.spec["items"] = [known[one] for one in kept]
            self._on_change(kept)


class Shelf(NamedTuple):
    """Where the form has its questions from, and what it estimates.

    ``find`` gives the questions that fit a wish, ``describe`` those of some ids, as lines; ``minutes``
    says how long a draft takes.
    """

    find: Callable[[Wish], Sequence[Item]]
    describe: Callable[[Sequence[str]], Sequence[Item]]
    minutes: Callable[[Draft], int]


class KitForm:
    """The form; every change goes to ``on_keep`` at once, the whole draft to ``on_make`` at the end.

    ``guard`` wraps what the person does; ``sets`` are the sets of one's own that can be taken over.
    """

    def __init__(
        self,
        draft: Draft,
        shelf: Shelf,
        sets: Sequence[Preset],
        on_keep: Callable[[Draft], None],
        on_make: Callable[[Draft], None],
        guard: Callable[[Callable[[], None]], Callable[[], None]],
    ) -> None:
        self.draft, self.shelf = draft, shelf
        self._on_keep, self._on_make, self._guard = on_keep, on_make, guard
        self._sets = {SET + one.id: one for one in sets if one.setup.mode != "drill"}
        self._wish, self._most = Wish(), PAGE
        self._count, self._tally, self._told = Html(), Html(), Html()
        self._results, self._more, self._how = Row(look=""), Row(look=""), Row(look="")
        self._order = Order("Questions of the kit", shelf.describe(draft.questions), self._reorder)
        self._mode = Choice("How", "cards", self._cards(), [draft.mode], on_change=self._hold)
        self._text = AnswerForm(
            f"kit:{draft.id}",
            [
                Box("title", "Title", draft.title, f"At most {TITLE_AT_MOST} characters.", rows=1),
                Box("message", "Message", draft.message, f"At most {MESSAGE_AT_MOST:,} characters.", rows=5),
            ],
            [Action("make", "Make the kit", "primary")],
            lambda box, text: self._keep(**{box: text}),
            lambda _, texts: guard(lambda: self._finish(texts))(),
            spoken=False,
        )
        self._find()
        self._count_up()
        self._hold_fields()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The form in its order on the screen."""
        return (
            Html(markup.text("Questions", "h2")),
            filter_row(self._wish._asdict(), (CATEGORY, LEVEL), HINT, self._ask),
            self._count,
            self._results,
            self._more,
            Html(markup.text("In the kit, in this order", "h2")),
            self._tally,
            self._order,
            Html(markup.text("How they are asked", "h2")),
            self._mode,
            self._how,
            Html(markup.text("When and to whom", "h2")),
            Input(
                "Due date",
                "date",
                self.draft.due,
                "In time up to the end of that day, here. Leave it empty for none.",
                lambda value: self._change(due=value),
            ),
            Input(
                "From",
                "text",
                self.draft.made_by,
                "Your name as learners see it.",
                lambda value: self._change(made_by=value),
            ),
            self._text,
        )

    # What is typed ----------------------------------------------------------------------------

    def _keep(self, **changes: Any) -> None:
        self.draft = replace(self.draft, **changes)
        self._on_keep(self.draft)

    def _finish(self, texts: dict[str, str]) -> None:
        self._keep(**texts)
        self._on_make(self.draft)

    def _change(self, **changes: Any) -> None:
        self._guard(lambda: self._keep(**changes))()
        self._count_up()

    # Questions --------------------------------------------------------------------------------

    def _ask(self, field: str, value: str) -> None:
        self._wish, self._most = self._wish._replace(**{field: value}), PAGE
        self._guard(self._find)()

    def _show_more(self) -> None:
        self._most += PAGE
        self._find()

    def _find(self) -> None:
        found = self.shelf.find(self._wish)
        shown = found[: self._most]
        told = found_words(len(found), "question")
        if len(shown) < len(found):
            told += f", the first {len(shown)} here"
        self._count.update(value=f'<p class="quiet gap" role="status">{told}</p>')
        ids = [item.value for item in shown]
        choices = [{"value": one.value, "label": one.title, "note": one.note} for one in shown]
        picked = [one for one in ids if one in self.draft.questions]
        box = Choice(
            "Tick to put into the kit",
            "ticks",
            choices,
            picked,
            many=True,
            on_change=lambda chosen: self._guard(lambda: self._tick(ids, chosen))(),
        )
        self._results.fill(*((box,) if shown else ()))
        more = Button(f"Show {PAGE} more", "plain", self._guard(self._show_more))
        if len(shown) == len(found):
            self._more.fill()
        elif not self._more.inner:  # the button that was pressed stays, and the focus on it
            self._more.fill(more)

    def _tick(self, shown: Sequence[str], chosen: Sequence[str]) -> None:
        before = self.draft.questions
        kept = [one for one in before if one in chosen or one not in shown]
        now = (*kept, *(one for one in chosen if one not in before))
        self._order.fill(self.shelf.describe(now))
        self._change(questions=now)

    def _reorder(self, left: Sequence[str]) -> None:
        taken_out = len(left) < len(self.draft.questions)
        self._change(questions=tuple(left))
        if taken_out:
            self._find()  # its tick goes

    def _count_up(self) -> None:
        count = len(self.draft.questions)
        if not count:
            words = "Nothing yet: tick questions above."
        else:
            minutes = markup.plural(self.shelf.minutes(self.draft), "minute")
            words = f"{markup.plural(count, 'question')}, about {minutes}."
        if count > MOST_QUESTIONS:
            words += f" A kit may have {MOST_QUESTIONS}: take {count - MOST_QUESTIONS} out."
        self._tally.update(value=f'<p class="quiet" role="status">{words}</p>')

    # How --------------------------------------------------------------------------------------

    def _cards(self) -> list[dict[str, str]]:
        modes = [
            {"value": mode, "label": name, "note": MODE_NOTES[mode]}
            for mode, name in MODE_NAMES.items()
            if mode != "drill"
        ]
        own = [
            {"value": at, "label": one.name, "note": f"your set: {preset_words(one.setup)}"}
            for at, one in self._sets.items()
        ]
        return modes + own

    def _hold(self, chosen: Sequence[str]) -> None:
        """A mode was chosen, or the mode and the rules of a set of one's own."""
        taken = self._sets.get(chosen[0])
        if taken is None:
            rules = (self.draft.rules or RULES["own"]) if chosen[0] == "own" else self.draft.rules
            self._change(mode=chosen[0], rules=rules)
        else:
            self._change(mode=taken.setup.mode, rules=taken.setup.rules)
        self._hold_fields()

    def _hold_fields(self) -> None:
        if self.draft.mode == "own":
            rules = RulesFields(self.draft.rules or RULES["own"], lambda _: self._change(rules=rules.read()))
            self._how.fill(*rules.fields)
            return
        words = markup.text(rules_words(RULES[self.draft.mode]), "span")
        self._told.update(value=field("Rules", words))
        self._how.fill(self._told)
