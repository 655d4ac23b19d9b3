"""Questions of the plan, asked on the page of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random, SystemRandom

from itpm_prep.apps.mock_interview.guest import Guest
from itpm_prep.apps.mock_interview.offer import expect_none_open
from itpm_prep.apps.mock_interview.sets import last_setup
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.practice.plan import Task
from itpm_prep.practice.records import Setup
from itpm_prep.practice.selection import choose_questions
from itpm_prep.practice.target import Target
from itpm_prep.problems import PersonError

MOST_QUESTIONS = 20


class Rehearsal(Guest):
    """The mock interview, begun from the plan; where it would end, the plan is shown."""

    ending = "Back to the plan"

    def practise(self, tasks: Sequence[Task], target: Target) -> None:
        """Ask the questions of the tasks, or hold the mock interview that the first one is."""
        try:
            expect_none_open(self.record)
        except PersonError:
            self.page.release()
            raise
        mock = tasks[0].kind == "mock"
        setup = Setup(
            level=target.level,
            specialisation=target.specialisation,
            categories=CATEGORIES,
            mode="mock" if mock else "practice",
            length=int(tasks[0].of) if mock else min(len(tasks), MOST_QUESTIONS),
            seed=SystemRandom().randrange(10_000),
            boxes=last_setup(self.record).boxes,
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
