"""The progress app: which view is shown, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from ipywidgets import Widget

from itpm_prep.apps.progress.answers import Answers
from itpm_prep.apps.progress.handing_in import HandingIn
from itpm_prep.apps.progress.reviews import Reviews
from itpm_prep.apps.progress.saving import saving
from itpm_prep.apps.progress.standing import Readiness
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.review import to_score
from itpm_prep.reports.frames import Frames, frames_of
from itpm_prep.reports.source import source_of_record
from itpm_prep.serve.session import notebook_link
from itpm_prep.store.local import LocalRecord
from itpm_prep.widgets import markup, progress_screen
from itpm_prep.widgets.blocks import Block, Html
from itpm_prep.widgets.guard import guarded
from itpm_prep.widgets.page import Page
from itpm_prep.widgets.progress_screen import View

T = TypeVar("T")


class ProgressApp:
    """Holds the frames while nothing changes, and draws the views."""

    def __init__(
        self, page: Page, record: LocalRecord, bank: Bank | None, clock: Callable[[], datetime]
    ) -> None:
        self.page, self.record, self.bank, self.now = page, record, bank, clock
        self.guard = guarded(page.say)
        self.answers, self.readiness = Answers(self), Readiness(self)
        self.handing_in, self.reviews = HandingIn(self), Reviews(self)

    @cached_property
    def frames(self) -> Frames:
        """What the record holds; raises ``StoreError`` when it cannot be read."""
        return frames_of(source_of_record(self.record, self.bank), self.bank, self.now())

    def to_score(self) -> frozenset[str]:
        """The attempts of an unfinished interview whose own scores are still to come."""
        return to_score(self.record.unfinished())

    def forget(self) -> None:
        """The record has changed: read it again."""
        self.__dict__.pop("frames", None)
        self.answers.forget()
        self.readiness.forget()

    def on(self, step: Callable[[T], None]) -> Callable[[T], None]:
        """A handler that shows its faults."""
        return guarded(self.page.say)(step)

    def show_view(self, view: View) -> None:
        """One view, as it was left."""
        if self.frames.attempts.empty and view in ("readiness", "answers", "hand_in"):
            self._show(view, _nothing_yet())
            return
        draw: Mapping[View, Callable[[], Sequence[Block]]] = {
            "readiness": self.readiness.blocks,
            "answers": self.answers.blocks,
            "hand_in": self.handing_in.blocks,
            "reviews": self.reviews.blocks,
            "save": lambda: saving(self),
        }
        below = self.readiness.charts() if view == "readiness" else ()
        self._show(view, draw[view](), below)

    def _show(self, view: View, blocks: Sequence[Block], below: Sequence[Widget] = ()) -> None:
        now = self.now()
        head = progress_screen.head(view, f"{now.day} {now:%B %Y}", self.on(self.show_view))
        self.page.show(*head, *blocks, below=below)


def _nothing_yet() -> Sequence[Block]:
    words = (
        "No answers yet. After your first mock interview this page says how ready you are for your target, "
        "what is missing for it, and shows every answer with its scores."
    )
    begin = markup.link("Begin a mock interview", notebook_link("mock_interview"), "button primary")
    return (Html(markup.text(words, "p", "gap") + f"<p>{begin}</p>"),)
