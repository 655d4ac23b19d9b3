"""The fit of the stories to one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from itpm_prep.apps.host import Host
from itpm_prep.apps.story_bank.shelf import Shelf
from itpm_prep.bank.compiled import Entry
from itpm_prep.practice.stories import asked, best_fits
from itpm_prep.widgets import markup
from itpm_prep.widgets.bank_screen import BrowseScreen, Wish
from itpm_prep.widgets.blocks import Block, Html
from itpm_prep.widgets.story_fit_screen import NO_STORY, fit_screen
from itpm_prep.widgets.story_screen import View

T = TypeVar("T")


class App(Host, Protocol):
    """What a view of the story bank needs of the controller."""

    shelf: Shelf

    def on(self, step: Callable[[T], None]) -> Callable[[T], None]:
        """A handler with an argument, guarded."""

    def show_view(self, view: View) -> None:
        """Draw a view."""

    def open(self, story_id: str) -> None:
        """Go on with a story."""


class QuestionFit:
    """Choose a question, and see which stories fit it and why."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.list = BrowseScreen(self._find, app.on(self._show))

    def draw(self) -> Sequence[Block]:
        """The questions to choose from."""
        if not self.app.shelf.told(self.app.shelf.load()[0]):
            return (Html(markup.text(NO_STORY, "p", "gap")),)
        words = "Choose a question: the stories that fit it are listed, with the reasons."
        return (Html(markup.text(words, "p", "gap")), *self.list.blocks())

    def _find(self, wish: Wish) -> list[Entry]:
        chosen = {name: value or None for name, value in wish._asdict().items() if name != "words"}
        words = wish.words.lower().split()
        found = self.app.bank.select(**chosen)
        return (
            [one for one in found if all(word in self._texts[one.id] for word in words)] if words else found
        )

    @cached_property
    def _texts(self) -> dict[str, str]:
        """What the search looks in, by id."""
        questions = [self.app.bank.question(entry.id) for entry in self.app.bank.entries]
        return {one.id: f"{one.id} {one.title} {one.context or ''} {one.stem}".lower() for one in questions}

    def _show(self, question_id: str) -> None:
        app = self.app
        question = app.bank.question(question_id)
        fits = best_fits(app.shelf.told(app.shelf.load()[0]), asked(question))
        back = app.act(lambda: app.show_view("fit"))
        app.page.show(*fit_screen(question, fits, back, app.on(app.open)))
