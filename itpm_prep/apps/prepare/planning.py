"""The plan: made, shown with what is done, made anew when days were missed, and exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

import msgspec

from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.calibration import standing
from itpm_prep.practice.checklists import Ticked
from itpm_prep.practice.plan import (
    PLAN,
    Plan,
    Task,
    make_plan,
    missed_days,
    read_interview_date,
    read_minutes,
    read_plan,
    replan,
    today_of,
)
from itpm_prep.practice.plan_files import plan_calendar, plan_markdown
from itpm_prep.practice.preparation import TICKED, Practised, done_tasks, due_tasks, ticked_tasks
from itpm_prep.practice.target import Target, read_target
from itpm_prep.serve.session import notebook_link
from itpm_prep.store.record import Record
from itpm_prep.widgets import markup
from itpm_prep.widgets import plan_screen as screens
from itpm_prep.widgets.blocks import Block, Button, Html, Row
from itpm_prep.widgets.guard import guarded

INTERVIEW_DATE = "interview_date"
KIND = "plan"
FILE = "interview-plan"
FIRST_MINUTES = "30"
ELSEWHERE = {"calibrate": ("calibrate", "Calibrate"), "drill": ("story_bank", "Drill your stories")}
ANY_TARGET = Target("mid")


class PlanView:
    """Draws the plan; ``practise`` starts some of its tasks, ``redraw`` shows the view anew."""

    def __init__(
        self,
        record: Record,
        bank: Bank,
        say: Callable[[str], None],
        redraw: Callable[[str], None],
        practise: Callable[[Sequence[Task]], None],
        ticked: Callable[[], dict[str, Ticked]],
    ) -> None:
        self.record, self.bank, self.redraw = record, bank, redraw
        self.practise, self.ticked = practise, ticked
        self.guard = guarded(say)
        self.form: screens.PlanForm | None = None

    @staticmethod
    def now() -> datetime:
        """The time, in the time zone of the person."""
        return datetime.now().astimezone()

    # What is shown ----------------------------------------------------------------------------

    def blocks(self) -> tuple[Block, ...]:
        """The form and, when there is one, the plan."""
        plan = read_plan(self.record.documents(KIND))
        stored = self.record.preference(INTERVIEW_DATE) or ""
        minutes = str(plan.minutes_a_day) if plan else FIRST_MINUTES
        label = "Plan anew" if plan else "Make the plan"
        self.form = screens.PlanForm(stored, minutes, self._on_date, label, self.guard(self._make))
        return (*self._hints(plan), *self.form.blocks, *(self._shown(plan) if plan else ()), *self._export())

    def catch_up(self) -> str:
        """Plan anew when days were missed; what to say of it."""
        plan = read_plan(self.record.documents(KIND))
        today = self.now().date()
        if plan is None or date.fromisoformat(plan.interview) < today:
            return ""
        done = self._done(plan)
        missed = missed_days(plan, done, today)
        if not missed:
            return ""
        self._store(replan(plan, plan.tasks, done, today))
        days = "One day was" if len(missed) == 1 else f"{len(missed)} days were"
        return f"{days} missed. What was left open is planned anew from today on."

    def _hints(self, plan: Plan | None) -> tuple[Block, ...]:
        if read_target(self.record.documents("target")) is None:
            words = (
                "No target is set yet, so a plan treats all competencies alike, at mid level. "
                "Set one from a job description first if you have it."
            )
            return (Html(markup.note(words)),)
        if plan is not None and date.fromisoformat(plan.interview) < self.now().date():
            return (Html(markup.note("This interview is over. Give the date of the next one.", "warn")),)
        return ()

    def _shown(self, plan: Plan) -> tuple[Block, ...]:
        done = self._done(plan)
        today = self.now().date()
        left = [one for one in today_of(plan, today).tasks if one.id not in done]
        return screens.plan_blocks(plan, done, today, self._on_tick, Row(*self._starts(left), look="row"))

    def _starts(self, left: Sequence[Task]) -> list[Block]:
        questions = [one for one in left if one.kind == "question"]
        starts: list[Block] = []
        if questions:
            label = f"Practise {markup.plural(len(questions), 'question')}"
            starts.append(Button(label, "primary", self.guard(lambda: self.practise(questions))))
        for mock in (one for one in left if one.kind == "mock"):
            label = f"Start the {mock.title[:1].lower()}{mock.title[1:]}"
            starts.append(Button(label, "", self.guard(partial(self.practise, [mock]))))
        links = [ELSEWHERE[kind] for kind in ELSEWHERE if any(one.kind == kind for one in left)]
        shown = "".join(markup.link(words, notebook_link(name), "button") for name, words in links)
        return [*starts, Html(f'<span class="row">{shown}</span>')] if links else starts

    def _done(self, plan: Plan) -> frozenset[str]:
        ticked = ticked_tasks(plan, self.record.documents(KIND), self.record.documents("checklist"))
        gates = [one.rated_at for one in self.record.calibrations()]
        return done_tasks(plan.tasks, plan, self.record.attempts(), gates, ticked, self.now().tzinfo)

    # What can be done -------------------------------------------------------------------------

    def _on_date(self, chosen: str) -> None:
        self.guard(lambda: self._keep_date(chosen))()

    def _keep_date(self, chosen: str) -> None:
        day = read_interview_date(chosen, self.now().date())
        self.record.prefer(INTERVIEW_DATE, day.isoformat())

    def _make(self) -> None:
        if self.form is None:
            return
        today = self.now().date()
        interview = read_interview_date(self.form.interview.value, today)
        minutes = read_minutes(self.form.minutes.value)
        before = read_plan(self.record.documents(KIND))
        target = read_target(self.record.documents("target")) or ANY_TARGET
        gate = standing(self.record.calibrations(), self.now())
        practised = Practised(self.record.attempts(), self.record.ratings(), gate.state == "calibrated")
        due = due_tasks(target, self.bank.entries, practised, today, interview, minutes)
        if before is None or date.fromisoformat(before.interview) < today:
            plan = make_plan(due, today, interview, minutes)
        else:
            plan = replan(before, due, self._done(before), today, interview, minutes)
        self._store(plan)
        self.record.prefer(INTERVIEW_DATE, interview.isoformat())
        self.redraw("The plan is made.")

    def _on_tick(self, chosen: Sequence[str]) -> None:
        self.guard(lambda: self._tick(chosen))()

    def _tick(self, chosen: Sequence[str]) -> None:
        documents = self.record.documents(KIND)
        plan = read_plan(documents)
        shown = {one.id for one in today_of(plan, self.now().date()).tasks} if plan else set()
        before = msgspec.json.decode(documents.get(TICKED, "[]"), type=list[str])
        after = [*(one for one in before if one not in shown), *chosen]
        self.record.keep_document(KIND, TICKED, msgspec.json.encode(after).decode(), self.now())

    def _store(self, plan: Plan) -> None:
        self.record.keep_document(KIND, PLAN, msgspec.json.encode(plan).decode(), self.now())

    # Files ------------------------------------------------------------------------------------

    def _export(self) -> tuple[Block, ...]:
        links = Html()
        told = markup.text("Plan and checklist as files, to take along.", "span", "quiet")
        make = Button("Make files", "", self.guard(lambda: links.update(value=self._links())))
        return Row(Html(told), make, look="foot"), links

    def _links(self) -> str:
        plan = read_plan(self.record.documents(KIND))
        done = self._done(plan) if plan else frozenset()
        markdown = plan_markdown(plan, done, self.ticked()).encode("utf-8", "replace")
        links = [screens.file_link("Plan and checklist (Markdown)", f"{FILE}.md", "text/markdown", markdown)]
        if plan is not None:
            calendar = plan_calendar(plan, done, self.now())
            links.append(screens.file_link("Plan (calendar)", f"{FILE}.ics", "text/calendar", calendar))
        return f'<div class="row gap" role="status">{"".join(links)}</div>'
