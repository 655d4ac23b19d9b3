"""An earlier answer opened from progress, and answered once more on the same page."""

from __future__ import annotations

from collections.abc import Callable

from itpm_prep.apps.mock_interview.earlier import Earlier
from itpm_prep.apps.mock_interview.guest import Guest
from itpm_prep.practice.records import Attempt


class Again(Guest):
    """The mock interview, begun at an earlier answer; where it would end, progress is shown."""

    ending = "Back to your progress"

    def show_attempt(self, attempt: Attempt) -> None:
        """One attempt with its words and scores; the others of its question beside it, if wished."""
        _Opened(self).show(attempt.question_id, attempt.id)

    def asker_of(self, question_id: str) -> Callable[[], None] | None:
        """What asks a question again; None where the bank no longer asks it."""
        asks = any(one.id == question_id and one.status != "retired" for one in self.bank.entries)
        return self.act(lambda: _Opened(self).answer_again(question_id)) if asks else None


class _Opened(Earlier):
    """Earlier answers without their list: the way back leads to progress."""

    def show_list(self) -> None:
        self.host.set_up()
