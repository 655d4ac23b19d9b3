"""Prepare: a job description in; a target, a plan, a checklist and a worksheet out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from itpm_prep.apps.opening import opened
from itpm_prep.apps.prepare.job import JobView
from itpm_prep.apps.prepare.lists import ChecklistView, ProjectsView
from itpm_prep.apps.prepare.planning import ANY_TARGET, PlanView
from itpm_prep.apps.prepare.rehearsal import Rehearsal
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.practice.plan import Task
from itpm_prep.practice.target import Target, read_target
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record
from itpm_prep.widgets import plan_screen as screens
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.guard import guarded
from itpm_prep.widgets.job_screen import described
from itpm_prep.widgets.page import Page


def prepare() -> Page:
    """The prepare app as a widget: job description, plan, checklist, past projects."""
    return opened("Prepare", _fill)


def _fill(page: Page) -> None:
    app = Prepare(page, open_record(), load_bank())
    missed = app.plan.catch_up()
    app.show("plan" if app.has_plan() else "job", missed)


class Prepare:
    """Joins the four views; each keeps what is typed in it by itself."""

    def __init__(self, page: Page, record: Record, bank: Bank) -> None:
        self.page, self.record, self.bank = page, record, bank
        self.guard = guarded(page.say)
        self.job = JobView(record, page.say, self._target_set)
        self.checklist = ChecklistView(record, page.say)
        self.projects = ProjectsView(record, page.say, lambda: self.show("projects"))
        self.plan = PlanView(
            record,
            bank,
            page.say,
            lambda words: self.show("plan", words),
            self._practise,
            self.checklist.ticked,
        )

    def has_plan(self) -> bool:
        """Whether there is something to open the page with other than the job description."""
        return bool(self.record.documents("plan"))

    def show(self, view: screens.View, remark: str = "") -> None:
        """One of the views, as it was left."""
        draw: Mapping[screens.View, Callable[[], Sequence[Block]]] = {
            "job": self.job.blocks,
            "plan": self.plan.blocks,
            "checklist": self.checklist.blocks,
            "projects": self.projects.blocks,
        }
        target = read_target(self.record.documents("target"))
        aside = f"Target: {described(target)}" if target else ""
        self.page.show(*screens.head(view, aside, self._on_view), *draw[view]())
        if remark:
            self.page.remark(remark)

    def _on_view(self, view: screens.View) -> None:
        self.guard(lambda: self.show(view))()

    def _target_set(self, target: Target) -> None:
        words = f"Your target is set: {described(target)}. The mock interview and a new plan start from it."
        self.show("plan", words)

    def _practise(self, tasks: Sequence[Task]) -> None:
        target = read_target(self.record.documents("target")) or ANY_TARGET
        Rehearsal(self.page, self.record, self.bank, lambda: self.show("plan")).practise(tasks, target)
