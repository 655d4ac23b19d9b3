"""The story bank: the stories and their gaps, the fit to a question or a panel, the drill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from uuid import uuid4

from itpm_prep.apps.opening import opened
from itpm_prep.apps.story_bank.drilling import Drill
from itpm_prep.apps.story_bank.fitting import QuestionFit
from itpm_prep.apps.story_bank.panel import PanelFit
from itpm_prep.apps.story_bank.shelf import Shelf
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.practice.stories import Story, count_tags, find_alike
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record
from itpm_prep.widgets import markup
from itpm_prep.widgets import story_screen as screens
from itpm_prep.widgets.blocks import Block, Button, Html, Row
from itpm_prep.widgets.guard import guarded
from itpm_prep.widgets.page import Page

COMPARED_AT_ONCE = 1000  # above that a look for duplicates takes long enough to be asked for
T = TypeVar("T")


def story_bank() -> Page:
    """The story bank as a widget: write stories, see what they fit, and drill to recall them."""
    return opened("Story bank", lambda page: StoryBank(page, open_record(), load_bank()).show_view("stories"))


class StoryBank:
    """Holds the views and draws them; everything typed goes to the shelf at once."""

    def __init__(self, page: Page, record: Record, bank: Bank) -> None:
        self.page, self.record, self.bank = page, record, bank
        self.shelf = Shelf(record)
        self.view: screens.View = "stories"
        self.fits = QuestionFit(self)
        self.panel = PanelFit(self)
        self.drill = Drill(self)

    @staticmethod
    def now() -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def on(self, step: Callable[[T], None]) -> Callable[[T], None]:
        """``step`` as a handler that shows its faults."""
        return guarded(self.page.say)(step)

    def act(self, step: Callable[[], None]) -> Callable[[], None]:
        """``step`` as a handler that shows its faults."""
        return guarded(self.page.say)(step)

    def show_view(self, view: screens.View) -> None:
        """The stories, a fit, the panel or the drill."""
        self.view = view
        draw: Mapping[screens.View, Callable[[], Sequence[Block]]] = {
            "stories": self._stories,
            "fit": self.fits.draw,
            "panel": self.panel.draw,
            "drill": self.drill.draw,
        }
        stories, unread = self.shelf.load()
        aside = f"{len(stories)} {'story' if len(stories) == 1 else 'stories'}"
        self.page.show(*screens.head(view, aside, self.on(self.show_view)), *draw[view]())
        if unread:
            self.page.remark(
                f"{unread} of your stories cannot be read by this version. They are kept as they are."
            )

    # The stories ------------------------------------------------------------------------------

    def _stories(self) -> Sequence[Block]:
        stories, _ = self.shelf.load()
        alike = Row(look="")
        if len(stories) > COMPARED_AT_ONCE:
            look = Button("Look for stories told twice", "", self.act(lambda: self._compare(alike, stories)))
            words = f"{len(stories):,} stories take some seconds to compare."
            alike = Row(look, Html(markup.text(words, "span", "quiet")), look="row gap")
        else:
            self._compare(alike, stories)
        new = self.act(lambda: self.write(Story(id=uuid4().hex)))
        return screens.list_screen(stories, count_tags(stories), alike, self.on(self.open), new)

    def _compare(self, slot: Row, stories: list[Story]) -> None:
        if len(stories) > COMPARED_AT_ONCE:
            slot.fill(Html(markup.text("Comparing …", "p", "quiet")))
        told = sorted(self.shelf.told(stories), key=lambda one: one.story.id)
        found = screens.alike_note(find_alike(told), self.on(self.open))
        asked = len(stories) > COMPARED_AT_ONCE
        none = (Html(markup.text("No story looks like another one.", "p", "quiet")),) if asked else ()
        slot.fill(*(found or none))

    # One story --------------------------------------------------------------------------------

    def open(self, story_id: str) -> None:
        """Go on with a story."""
        story = self.shelf.story(story_id)
        if story is None:
            self.show_view("stories")
            self.page.say("This story was deleted in another tab.")
            return
        self.write(story)

    def write(self, story: Story) -> None:
        """The editor; each pause in typing and each tag is stored."""
        shown = story

        def change(**changes: object) -> None:
            nonlocal shown
            shown = self.shelf.change(shown, changes, self.now())
            self.page.calm()

        def done(texts: dict[str, str]) -> None:
            change(**texts)
            self.show_view(self.view)
            self._remark_on(shown)

        def delete() -> None:
            self.shelf.drop(story.id)
            self.show_view("stories")

        writing = screens.Writing(
            on_draft=lambda box, text: change(**{box: text}),
            on_done=self.on(done),
            on_tag=lambda name, value: self.act(lambda: change(**{name: value}))(),
            on_delete=self.act(delete),
        )
        self.page.show(*screens.edit_screen(story, writing))

    def _remark_on(self, story: Story) -> None:
        if story == Story(id=story.id):
            self.page.remark("Nothing was written, so no story was kept.")
        elif not story.told:
            self.page.remark(
                f"“{story.name}” has no text in its five parts yet: it is kept, and fits no question."
            )
        elif not story.competencies:
            self.page.remark(f"“{story.name}” shows no competency yet: tag it, and it closes a gap.")
