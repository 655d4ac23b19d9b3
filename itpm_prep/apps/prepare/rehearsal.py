"""Questions of the plan, asked on the page of the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random, SystemRandom

from itpm_prep.apps.mock_interview.controller import MockInterview
from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.practice.plan import Task
from itpm_prep.practice.records import Setup
from itpm_prep.practice.selection import choose_questions
from itpm_prep.practice.target import Target
from itpm_prep.problems import PersonError
from itpm_prep.store.record import Record
from itpm_prep.widgets.page import Page

MOST_QUESTIONS = 20


class Rehearsal(MockInterview):
    """The mock interview itself; where another one would begin, the plan is shown again."""

    ending = "Back to the plan"

    def __init__(self, page: Page, record: Record, bank: Bank, on_end: Callable[[], None]) -> None:
        super().__init__(page, record, bank, {})
        self.tab = page.tab or self.tab
        self._on_end = on_end

    def practise(self, tasks: Sequence[Task], target: Target) -> None:
        """Ask the questions of the tasks, or hold the mock interview that the first one is."""
        if self.record.unfinished() is not None:
            self.page.release()
            raise PersonError(
                "An interview is still unfinished. Resume it, or start anew, in the mock interview app first."
            )
        mock = tasks[0].kind == "mock"
        setup = Setup(
            level=target.level,
            specialisation=target.specialisation,
            categories=CATEGORIES,
            mode="mock" if mock else "practice",
            length=int(tasks[0].of) if mock else min(len(tasks), MOST_QUESTIONS),
            seed=SystemRandom().randrange(10_000),
        )
        if mock:
            rng = Random(setup.seed)  # noqa: S311 - practice, not secrets
            entries = choose_questions(self.bank.entries, setup, self.record.last_seen(), rng).entries
        else:
            wanted = {task.of for task in tasks}
            entries = tuple(one for one in self.bank.entries if one.id in wanted)[:MOST_QUESTIONS]
        if not entries:
            self.page.release()
            raise PersonError("The bank no longer holds these questions. Plan anew.")
        self.ask(setup, entries)

    def set_up(self) -> None:
        """Nothing is set up here: the interview is over."""
        self.interview = None
        self.page.release()
        self._on_end()
