"""Plan and checklist as Markdown and as a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar

from itpm_prep.practice.checklists import Ticked
from itpm_prep.practice.plan import Task, make_plan
from itpm_prep.practice.plan_files import plan_calendar, plan_markdown

TODAY = date(2027, 3, 1)
DUE = [
    Task(id="a", kind="research", title="Read *all*, and <more>", minutes=15, of="company"),
    Task(id="b", kind="drill", title="Story drill; quick, really", minutes=5, on="2027-03-02"),
]
PLAN = make_plan(DUE, TODAY, date(2027, 3, 4), 30)


def test_the_markdown_holds_plan_ticks_and_notes_as_typed() -> None:
    text = plan_markdown(PLAN, {"a"}, {"company": Ticked(("earns",), "# no heading\nsecond")})
    assert "- [x] Read \\*all\\*, and \\<more\\> (15 min)" in text
    assert "- [ ] Story drill; quick, really (5 min)" in text
    assert "- [x] What it sells" in text
    assert "> \\# no heading\n> second" in text
    assert "## Plan" not in plan_markdown(None, (), {})


def test_the_calendar_can_be_read_again_and_holds_open_days_and_the_interview() -> None:
    calendar = Calendar.from_ical(plan_calendar(PLAN, {"a"}, datetime(2027, 3, 1, 9, tzinfo=UTC)))
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {"2027-03-02-practice@itpm-prep", "the-interview@itpm-prep"}
    drill = events["2027-03-02-practice@itpm-prep"]
    assert drill.decoded("dtstart") == date(2027, 3, 2)
    assert str(drill["description"]) == "Story drill; quick, really (5 min)"
    assert events["the-interview@itpm-prep"].decoded("dtstart") == date(2027, 3, 4)
