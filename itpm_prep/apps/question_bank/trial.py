"""A practice run of one question, of which nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.bank.compiled import bank_of
from itpm_prep.bank.types import Question
from itpm_prep.practice.records import Setup
from itpm_prep.store.local import open_record
from itpm_prep.widgets.page import Page

REMARK = "A practice run to try the question: nothing of it is kept."


class Trial(MockInterview):
    """The mock interview itself, on a record of its own that goes when the run ends."""

    ending = "End the practice run"

    def __init__(self, page: Page, question: Question, on_end: Callable[[], None]) -> None:
        # ignore_cleanup_errors: a folder that cannot be removed must not keep the person here.
        self._folder = TemporaryDirectory(prefix="itpm-prep-trial-", ignore_cleanup_errors=True)
        self._on_end = on_end
        self._kept = open_record(Path(self._folder.name) / "trial.sqlite3")
        super().__init__(page, self._kept, bank_of([question]), {})
        self._setup = Setup(
            level=question.level,
            categories=(question.category,),
            specialisation=question.specialisation,
            mode="practice",
            length=1,
            seed=0,
        )

    def run(self) -> None:
        """Ask the question."""
        self.ask(self._setup, self.bank.entries)
        self.page.remark(REMARK)

    def set_up(self) -> None:
        """Nothing is set up here: where another interview would begin, the run is over."""
        self.close()
        self._on_end()

    def _leave(self) -> None:
        """The tab goes, and soon its kernel: what was typed must not stay behind."""
        self.close()

    def close(self) -> None:
        """Forget the run."""
        self.interview = None
        self.page.release()
        self._kept.close()
        self._folder.cleanup()
