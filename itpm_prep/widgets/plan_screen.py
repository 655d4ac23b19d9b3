"""The plan by day, and the lists beside it: checklist and past projects."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from itpm_prep.practice.checklists import PROJECT_FIELDS, Group, Project, Ticked
from itpm_prep.practice.plan import LEAST_MINUTES, MOST_MINUTES, PROVED, Day, Plan, Task, today_of
from itpm_prep.practice.plan_files import day_name
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Choice, Html, Input, Row, Select
from itpm_prep.widgets.parts import AnswerForm, Box
from itpm_prep.widgets.views import view_head

View = Literal["job", "plan", "checklist", "projects"]
VIEWS: Mapping[View, str] = {
    "job": "Job description",
    "plan": "Plan",
    "checklist": "Checklist",
    "projects": "Past projects",
}
OPEN_DAYS = 7  # so many days stand open, the later ones are folded away


def head(view: View, aside: str, on_view: Callable[[View], None]) -> tuple[Block, ...]:
    """The title, and the way to the other views."""
    return view_head("Prepare", VIEWS, view, aside, on_view)


# Plan ---------------------------------------------------------------------------------------------


class PlanForm:
    """The date of the interview and the minutes a day."""

    def __init__(
        self,
        interview: str,
        minutes: str,
        on_date: Callable[[str], None],
        label: str,
        on_make: Callable[[], None],
    ) -> None:
        hint = f"From {LEAST_MINUTES} to {MOST_MINUTES}"
        self.interview = Input("Interview date", "date", interview, on_change=on_date)
        self.minutes = Input("Minutes a day", "number", minutes, hint)
        make = Button(label, "primary", on_make)
        told = Html(markup.text("No day holds more than these minutes.", "span", "quiet"))
        self.blocks = (Row(self.interview, self.minutes, look="gap"), Row(told, make, look="foot"))


def plan_blocks(
    plan: Plan, done: Collection[str], today: date, on_tick: Callable[[Sequence[str]], None], practise: Row
) -> tuple[Block, ...]:
    """Today with what can be ticked, the days to come, what does not fit; ``practise`` starts practice."""
    now = today_of(plan, today)
    ahead = [day for day in plan.days if day.date > now.date and day.tasks]
    gone = [day for day in plan.days if day.date < now.date and day.tasks]
    near, far = ahead[:OPEN_DAYS], ahead[OPEN_DAYS:]
    return (
        Html(_heading("Today", now) + _tasks([one for one in now.tasks if one.kind in PROVED], done)),
        *_tickable([one for one in now.tasks if one.kind not in PROVED], done, on_tick),
        practise,
        Html(
            ("" if now.tasks else markup.text("Nothing is planned for today.", "p", "quiet"))
            + "".join(_day(day, done) for day in near)
            + _folded(markup.plural(len(far), "later day"), far, done)
            + _folded("Done before today", gone, done)
            + _left_out(plan)
        ),
    )


def _heading(name: str, day: Day) -> str:
    return f"<h2>{markup.text(name, 'span')} {markup.text(f'{day.minutes} min', 'span', 'quiet')}</h2>"


def _day(day: Day, done: Collection[str]) -> str:
    return _heading(day_name(day.date), day) + _tasks(day.tasks, done)


def _tasks(tasks: Sequence[Task], done: Collection[str]) -> str:
    lines = "".join(_task(task, task.id in done) for task in tasks)
    return f'<ul class="tasks">{lines}</ul>' if tasks else ""


def _task(task: Task, done: bool) -> str:  # noqa: FBT001 - a private helper of one caller
    mark = markup.text("Done", "b", "done") if done else ""
    words = markup.text(task.title, "span") + markup.text(f"{task.minutes} min", "span", "quiet")
    return f"<li>{words}{mark}</li>"


def _folded(title: str, days: Sequence[Day], done: Collection[str]) -> str:
    if not days:
        return ""
    body = "".join(_day(day, done) for day in days)
    return f"<details>{markup.text(title, 'summary')}{body}</details>"


def _tickable(
    tasks: Sequence[Task], done: Collection[str], on_tick: Callable[[Sequence[str]], None]
) -> tuple[Block, ...]:
    if not tasks:
        return ()
    choices = [{"value": one.id, "label": one.title, "note": f"{one.minutes} min"} for one in tasks]
    ticked = [one.id for one in tasks if one.id in done]
    return (Choice("Tick when done", "ticks", choices, ticked, many=True, on_change=on_tick),)


def _left_out(plan: Plan) -> str:
    if not plan.left_out:
        return ""
    count, minutes = len(plan.left_out), sum(task.minutes for task in plan.left_out)
    longest = max(task.minutes for task in plan.left_out)
    words = (
        f"{markup.plural(count, 'task')} of {minutes} minutes in all "
        f"{'does' if count == 1 else 'do'} not fit before the interview "
        f"at {plan.minutes_a_day} minutes a day."
    )
    if longest > plan.minutes_a_day:
        words += f" The longest takes {longest} minutes in one go."
    body = f"<details><summary>What does not fit</summary>{_tasks(plan.left_out, ())}</details>"
    return f'<div class="note warn">{markup.text(words)}{body}</div>'


# Files --------------------------------------------------------------------------------------------


def file_link(words: str, name: str, kind: str, content: bytes) -> str:
    """A link that holds what it saves: it needs neither a server nor a script."""
    address = f"data:{kind};base64,{b64encode(content).decode('ascii')}"
    return f'<a class="button" download="{name}" href="{address}">{words}</a>'


# Checklist ----------------------------------------------------------------------------------------


def checklist_group(
    group: Group,
    ticked: Ticked,
    on_tick: Callable[[Sequence[str]], None],
    on_note: Callable[[str, str], None],
) -> tuple[Block, ...]:
    """One group: its items to tick, and a box for notes."""
    choices = [{"value": item.id, "label": item.what, "note": item.hint} for item in group.items]
    form = AnswerForm(
        f"prepare:checklist:{group.id}",
        [Box("notes", f"Notes: {group.name[:1].lower()}{group.name[1:]}", ticked.notes, group.notes, rows=3)],
        [],
        on_note,
        _no_action,
        spoken=False,
    )
    return Choice(group.name, "ticks", choices, ticked.done, many=True, on_change=on_tick), form


# Past projects ------------------------------------------------------------------------------------


def projects_blocks(
    projects: Mapping[str, Project],
    chosen: str,
    on_choose: Callable[[str], None],
    on_add: Callable[[], None],
    on_draft: Callable[[str, str], None],
) -> tuple[Block, ...]:
    """The worksheet of one project, and the way to the others; keys of ``projects`` are their numbers."""
    options = {one: project.name or f"Project {one}" for one, project in projects.items()}
    texts = projects[chosen].texts
    choose = Select("Project", options, chosen, on_choose)
    form = AnswerForm(
        f"prepare:project:{chosen}",
        [Box(one.id, one.name, texts.get(one.id, ""), one.hint, rows=one.rows) for one in PROJECT_FIELDS],
        [],
        on_draft,
        _no_action,
        spoken=False,
    )
    told = (
        "Write down once what you have done; interviews ask for it in ever new words. "
        "Each box is saved while you type."
    )
    return (
        Html(markup.text(told, "p", "gap")),
        Row(choose, Button("Add a project", "", on_add), look="row apart"),
        form,
    )


def _no_action(_: str, __: Mapping[str, str]) -> None:
    """These forms have no button: every text is saved while one types."""
