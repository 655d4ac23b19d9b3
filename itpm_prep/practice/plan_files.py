"""The plan and the checklist as files to take along: Markdown, and a calendar (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from itpm_prep.practice.checklists import GROUPS, Ticked
from itpm_prep.practice.plan import Day, Plan, Task

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def plan_markdown(plan: Plan | None, done: Collection[str], ticked: Mapping[str, Ticked]) -> str:
    """Plan and checklist as Markdown with task lists; ``ticked`` holds what was noted, by group id."""
    lines = ["# Preparing for the interview", ""]
    if plan is not None:
        lines += [f"Interview on {plan.interview}, {plan.minutes_a_day} minutes a day.", "", "## Plan", ""]
        for day in plan.days:
            if day.tasks:
                lines += [f"### {day_name(day.date)} ({day.minutes} min)", ""]
                lines += [*(_task(task, done) for task in day.tasks), ""]
        if plan.left_out:
            lines += ["### Does not fit", "", *(_task(task, done) for task in plan.left_out), ""]
    for group in GROUPS:
        noted = ticked.get(group.id, Ticked())
        lines += [f"## {group.name}", ""]
        lines += [f"- [{'x' if item.id in noted.done else ' '}] {item.what}" for item in group.items]
        if noted.notes.strip():
            lines += ["", *(f"> {_plain(line)}".rstrip() for line in noted.notes.strip().splitlines())]
        lines.append("")
    return "\n".join(lines)


def _task(task: Task, done: Collection[str]) -> str:
    return f"- [{'x' if task.id in done else ' '}] {_plain(task.title)} ({task.minutes} min)"


def _plain(words: str) -> str:
    """Words of a person or of the bank, so that Markdown reads nothing into them."""
    return _SPECIAL.sub(r"\\\1", words)


def day_name(iso: str) -> str:
    """A day as a person reads it: "Mon 23 November 2026"."""
    day = date.fromisoformat(iso)
    return f"{day:%a} {day.day} {day:%B} {day.year}"


def plan_calendar(plan: Plan, done: Collection[str], now: datetime) -> bytes:
    """One entry for each day with open tasks, all day and without blocking time, and the interview itself.

    An entry keeps its UID from one export to the next: a calendar replaces it and does not add it again.
    """
    # Here and not above: only who exports waits for the library.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//itpm-prep//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    days = [Day(day.date, tuple(task for task in day.tasks if task.id not in done)) for day in plan.days]
    entries = [
        (day.date, "practice", f"Interview practice, {day.minutes} min", [_line(task) for task in day.tasks])
        for day in days
        if day.tasks
    ]
    for iso, name, summary, lines in [*entries, (plan.interview, "interview", "Interview", [])]:
        event = Event()
        event.add("uid", f"{iso if name == 'practice' else 'the'}-{name}@itpm-prep")
        event.add("dtstamp", now)
        event.add("dtstart", date.fromisoformat(iso))
        event.add("dtend", date.fromisoformat(iso) + timedelta(days=1))
        event.add("summary", summary)
        event.add("transp", "TRANSPARENT" if name == "practice" else "OPAQUE")
        if lines:
            event.add("description", "\n".join(lines))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _line(task: Task) -> str:
    return f"{task.title} ({task.minutes} min)"
