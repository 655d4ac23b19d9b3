"""A plan from today to the interview: what to practise on which day, never over the minutes a day.

Tasks are placed by first fit in the order of their urgency, at first only up to an even share of each
day, so that practice spreads over the days; what finds no place that way may fill a day to its cap.
Whatever fits on no day is reported in ``left_out``. A day missed is no debt: ``replan`` places what is
still open anew from today on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from itpm_prep.problems import PersonError

PLAN = "current"  # the id of the document of kind "plan"
LEAST_MINUTES, MOST_MINUTES = 5, 480
MOST_DAYS = 365

TaskKind = Literal["question", "mock", "calibrate", "drill", "research", "questions", "projects"]
# What the record shows to be done; a person ticks the others.
PROVED: tuple[TaskKind, ...] = ("question", "mock", "calibrate")


class PlanError(PersonError):
    """A plan that cannot be made as it was asked for."""


class Task(Struct, frozen=True, kw_only=True):
    """One thing to do. ``on`` (ISO date) is the only day it makes sense, ``not_before`` the first one.

    ``of`` says what the task is about: the id of a question, the number of questions of a mock
    interview, or the group of a checklist.
    """

    id: str
    kind: TaskKind
    title: str
    minutes: int
    of: str = ""
    on: str = ""
    not_before: str = ""


class Day(Struct, frozen=True):
    """One day (ISO date) and its tasks in the order to do them."""

    date: str
    tasks: tuple[Task, ...] = ()

    @property
    def minutes(self) -> int:
        """How long the tasks take together."""
        return sum(task.minutes for task in self.tasks)


class Plan(Struct, frozen=True, kw_only=True):
    """Days from the one the plan begins to the last before ``interview``; days gone hold what was done.

    ``made_on`` is when it was first made: what is done from then on counts. ``left_out`` holds what
    fits on no day.
    """

    made_on: str
    interview: str
    minutes_a_day: int
    days: tuple[Day, ...]
    left_out: tuple[Task, ...] = ()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks, placed or not."""
        return (*(task for day in self.days for task in day.tasks), *self.left_out)


def read_plan(documents: Mapping[str, str]) -> Plan | None:
    """The plan among the documents of kind "plan"; None when there is none that can be read."""
    try:
        return msgspec.json.decode(documents.get(PLAN, ""), type=Plan)
    except msgspec.MsgspecError:
        return None


def read_interview_date(stored: str, today: date) -> date:
    """The date as a person gave it. Raises ``PlanError`` saying what is wrong."""
    if not stored:
        raise PlanError("A plan needs the date of the interview. Choose it first.")
    try:
        chosen = date.fromisoformat(stored)
    except ValueError:
        raise PlanError(f"{stored[:20]} is no date. Choose one like {today.isoformat()}.") from None
    if chosen < today:
        raise PlanError(f"{chosen.isoformat()} has passed. Choose today or a later day.")
    if (chosen - today).days > MOST_DAYS:
        raise PlanError(f"{chosen.isoformat()} is more than a year away. Plan at most {MOST_DAYS} days.")
    return chosen


def read_minutes(typed: str) -> int:
    """The minutes a day as a person gave them. Raises ``PlanError`` saying what is wrong."""
    clean = typed.strip()
    minutes = int(clean) if clean.isdecimal() and len(clean) < 6 else -1
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        shown = f"{clean[:12]} minutes a day cannot be planned" if clean else "The minutes a day are missing"
        raise PlanError(f"{shown}. Give a whole number from {LEAST_MINUTES} to {MOST_MINUTES}.")
    return minutes


def make_plan(due: Sequence[Task], today: date, interview: date, minutes_a_day: int) -> Plan:
    """Place every task of ``due``, the most urgent first, or report it in ``left_out``."""
    days, left_out = _place(due, _dates(today, interview), minutes_a_day)
    return Plan(
        made_on=today.isoformat(),
        interview=interview.isoformat(),
        minutes_a_day=minutes_a_day,
        days=days,
        left_out=left_out,
    )


def replan(
    plan: Plan,
    due: Sequence[Task],
    done: Collection[str],
    today: date,
    interview: date | None = None,
    minutes_a_day: int | None = None,
) -> Plan:
    """Place what of ``due`` is not ``done`` (ids) anew from today on; days gone keep what was done.

    What was done today stays on today and counts against its cap. A task whose only day has gone is
    no longer due.
    """
    interview = interview or date.fromisoformat(plan.interview)
    minutes_a_day = minutes_a_day or plan.minutes_a_day
    gone = tuple(
        Day(day.date, kept)
        for day in plan.days
        if day.date < today.isoformat() and (kept := tuple(task for task in day.tasks if task.id in done))
    )
    kept_today = tuple(task for task in today_of(plan, today).tasks if task.id in done)
    settled = {task.id for day in gone for task in day.tasks} | {task.id for task in kept_today}
    over = {task.id for task in due if task.on and task.on < today.isoformat()}
    still = [task for task in due if task.id not in settled | over and task.id not in done]
    days, left_out = _place(still, _dates(today, interview), minutes_a_day, kept_today)
    return msgspec.structs.replace(
        plan,
        interview=interview.isoformat(),
        minutes_a_day=minutes_a_day,
        days=(*gone, *days),
        left_out=left_out,
    )


def today_of(plan: Plan, today: date) -> Day:
    """The day of the plan that is today; without tasks when the plan has none for it."""
    wanted = today.isoformat()
    return next((day for day in plan.days if day.date == wanted), Day(wanted))


def missed_days(plan: Plan, done: Collection[str], today: date) -> tuple[Day, ...]:
    """The days before today of which something was not done."""
    return tuple(
        day
        for day in plan.days
        if day.date < today.isoformat() and any(task.id not in done for task in day.tasks)
    )


def _dates(today: date, interview: date) -> list[date]:
    """Today to the day before the interview; today alone when that is the day, or has passed."""
    return [today + timedelta(days=ahead) for ahead in range(max(1, (interview - today).days))]


def _place(
    due: Iterable[Task], dates: Sequence[date], cap: int, first: tuple[Task, ...] = ()
) -> tuple[tuple[Day, ...], tuple[Task, ...]]:
    """First fit, at first up to an even share of the days, then up to ``cap``; ``first`` is on day one."""
    tasks = list(due)
    placed: dict[str, list[tuple[int, Task]]] = {day.isoformat(): [] for day in dates}
    used = dict.fromkeys(placed, 0)
    used[dates[0].isoformat()] = sum(task.minutes for task in first)
    total = sum(task.minutes for task in tasks) + used[dates[0].isoformat()]
    share = min(cap, max([-(-total // len(dates)), *(task.minutes for task in tasks if task.minutes <= cap)]))
    # What has its day comes first: it has no other place to go.
    order = sorted(range(len(tasks)), key=lambda at: (not tasks[at].on, not tasks[at].not_before, at))
    bound = {at for at, task in enumerate(tasks) if task.on or task.not_before}
    waiting = [at for at in order if not _take(tasks[at], at, placed, used, cap if at in bound else share)]
    left = [at for at in waiting if not _take(tasks[at], at, placed, used, cap)]
    days = tuple(
        Day(day, (*(first if day == dates[0].isoformat() else ()), *(task for _, task in sorted(
            there, key=lambda one: one[0]))))
        for day, there in placed.items()
    )  # fmt: skip
    return days, tuple(tasks[at] for at in sorted(left))


def _take(
    task: Task, at: int, placed: Mapping[str, list[tuple[int, Task]]], used: dict[str, int], limit: int
) -> bool:
    """Whether a day was found for the task."""
    for day in [task.on] if task.on else placed:
        if day in placed and day >= task.not_before and used[day] + task.minutes <= limit:
            placed[day].append((at, task))
            used[day] += task.minutes
            return True
    return False
