"""The stories for a whole panel, none told twice."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from msgspec.structs import replace

from itpm_prep.apps.story_bank.fitting import App
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.practice.assignment import assign_stories
from itpm_prep.practice.presets import decode_presets
from itpm_prep.practice.records import Setup
from itpm_prep.practice.selection import choose_questions
from itpm_prep.practice.stories import asked
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Html, Row
from itpm_prep.widgets.story_fit_screen import NO_STORY, PanelForm, assignment_blocks, panel_screen

FIRST = Setup(level="mid", categories=CATEGORIES, mode="practice", length=6, seed=1)


class PanelFit:
    """Choose a panel, and see which story to tell for which of its questions."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.setup = FIRST
        self.result = Row(look="")

    def draw(self) -> Sequence[Block]:
        """The form, with the panel as it was chosen last; its result is below."""
        if not self.app.shelf.told(self.app.shelf.load()[0]):
            return (Html(markup.text(NO_STORY, "p", "gap")),)
        self.presets = {one.id: one for one in decode_presets(self.app.record.documents("preset"))}
        form = PanelForm(self.setup, {key: one.name for key, one in self.presets.items()})
        self.result = Row(look="")
        return panel_screen(form, self.result, self.app.act(lambda: self._assign(form)))

    def _assign(self, form: PanelForm) -> None:
        chosen: Any = form.read()
        if isinstance(chosen, str):
            self.app.page.say(chosen)
            return
        self.setup = replace(FIRST, **{**chosen, "categories": tuple(chosen["categories"])})
        own = self.presets.get(form.preset.value)
        setup = own.setup if own else self.setup
        # Without a history: the same panel is chosen again, however often one practises meanwhile.
        picked = choose_questions(self.app.bank.entries, setup, {}, Random(setup.seed))  # noqa: S311 - practice, not secrets
        if not picked.entries:
            self.app.page.say("The bank has no question for this choice. Choose other categories.")
            return
        panel = [asked(self.app.bank.question(entry.id)) for entry in picked.entries]
        found = assign_stories(self.app.shelf.told(self.app.shelf.load()[0]), panel)
        self.app.page.calm()
        self.result.fill(*assignment_blocks(found, picked.notes, self.app.on(self.app.open)))
