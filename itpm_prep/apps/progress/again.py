"""An earlier answer opened from progress, and answered once more on the same page."""

from __future__ import annotations

from collections.abc import Callable

from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.apps.mock_interview.earlier import Earlier
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.records import Attempt
from itpm_prep.problems import PersonError
from itpm_prep.store.record import Record
from itpm_prep.widgets.page import Page


class Again(MockInterview):
    """The mock interview itself, begun at an earlier answer; where it would end, progress is shown."""

    ending = "Back to your progress"

    def __init__(self, page: Page, record: Record, bank: Bank, on_end: Callable[[], None]) -> None:
        super().__init__(page, record, bank, {})
        self.tab = page.tab or self.tab
        self._on_end = on_end
        self._earlier = _Opened(self)

    def show_attempt(self, attempt: Attempt) -> None:
        """One attempt with its words and scores; the others of its question beside it, if wished."""
        self._earlier.show(attempt.question_id, attempt.id)

    def asker_of(self, question_id: str) -> Callable[[], None] | None:
        """What asks a question again; None where the bank no longer asks it."""
        asks = any(one.id == question_id and one.status != "retired" for one in self.bank.entries)
        return self.act(lambda: self._earlier.answer_again(question_id)) if asks else None

    def set_up(self) -> None:
        """Nothing is set up here: progress is shown again."""
        self.interview = None
        self.page.release()
        self._on_end()


class _Opened(Earlier):
    """Earlier answers without their list: the way back leads to progress."""

    def show_list(self) -> None:
        self.host.set_up()

    def _expect_none_open(self) -> None:
        if self.record.unfinished() is not None:
            raise PersonError(
                "An interview is still unfinished. Resume it, or start anew, in the mock interview app "
                "first: what you typed in it must not be lost."
            )
