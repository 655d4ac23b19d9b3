"""The plan: never over the cap, everything placed or reported, and made anew when days are missed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json

from itpm_prep.practice.plan import (
    MOST_DAYS,
    PLAN,
    Plan,
    PlanError,
    Task,
    make_plan,
    missed_days,
    read_interview_date,
    read_minutes,
    read_plan,
    replan,
    today_of,
)

TODAY = date(2027, 3, 1)


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def task(name: str, minutes: int, on: int | None = None, not_before: int | None = None) -> Task:
    return Task(
        id=name,
        kind="question",
        title=name,
        minutes=minutes,
        on="" if on is None else day(on).isoformat(),
        not_before="" if not_before is None else day(not_before).isoformat(),
    )


@st.composite
def dues(draw: st.DrawFn) -> list[Task]:
    ahead = st.none() | st.integers(-3, 12)
    made = draw(
        st.lists(
            st.tuples(st.integers(1, 90), ahead, ahead).filter(lambda one: not (one[1] and one[2])),
            max_size=25,
        )
    )
    return [task(f"t{at}", minutes, on, after) for at, (minutes, on, after) in enumerate(made)]


def check(plan: Plan, due: list[Task], cap: int) -> None:
    """The promises of every plan."""
    assert sorted(one.id for one in plan.tasks) == sorted(one.id for one in due)
    for each in plan.days:
        assert each.minutes <= cap
        for one in each.tasks:
            assert not one.on or one.on == each.date
            assert one.not_before <= each.date
    for one in plan.left_out:  # what is left out has no room on any day it could have
        for each in plan.days:
            if (not one.on or one.on == each.date) and one.not_before <= each.date:
                assert each.minutes + one.minutes > cap


@given(due=dues(), ahead=st.integers(0, 12), cap=st.integers(5, 120))
@settings(deadline=None, max_examples=150)
def test_a_plan_is_never_over_the_cap_and_places_or_reports_everything(
    due: list[Task], ahead: int, cap: int
) -> None:
    plan = make_plan(due, TODAY, day(ahead), cap)
    check(plan, due, cap)
    assert [each.date for each in plan.days] == [day(at).isoformat() for at in range(max(1, ahead))]
    assert make_plan(due, TODAY, day(ahead), cap) == plan
    assert read_plan({PLAN: json.encode(plan).decode()}) == plan


@given(due=dues(), cap=st.integers(5, 120), later=st.integers(0, 11), data=st.data())
@settings(deadline=None, max_examples=150)
def test_a_plan_made_anew_keeps_what_was_done_and_places_or_reports_the_rest(
    due: list[Task], cap: int, later: int, data: st.DataObject
) -> None:
    before = make_plan(due, TODAY, day(12), cap)
    done = data.draw(st.sets(st.sampled_from([one.id for one in due]))) if due else set()
    now = day(later)
    after = replan(before, before.tasks, done, now)
    gone = {one.id for each in after.days if each.date < now.isoformat() for one in each.tasks}
    assert gone <= done
    lapsed = {one.id for one in due if one.on and one.on < now.isoformat()} - done
    early = {one.id for one in before.tasks} & done  # done ahead of its day: no longer planned
    known = {one.id for one in after.tasks}
    assert {one.id for one in due} - done - lapsed <= known
    assert known <= {one.id for one in due} - lapsed
    assert all(each.minutes <= cap for each in after.days)
    assert len(after.tasks) == len(known)
    assert early >= known & done
    assert missed_days(after, done, now) == ()
    assert after.made_on == before.made_on


def test_practice_is_spread_over_the_days() -> None:
    plan = make_plan([task(f"t{at}", 10) for at in range(6)], TODAY, day(3), 60)
    assert [each.minutes for each in plan.days] == [20, 20, 20]


def test_a_task_longer_than_a_day_is_reported_and_the_others_are_placed() -> None:
    plan = make_plan([task("long", 45), task("short", 10)], TODAY, day(2), 30)
    assert [one.id for one in plan.left_out] == ["long"]
    assert [one.id for one in plan.days[0].tasks] == ["short"]


def test_on_the_day_of_the_interview_there_is_today_alone() -> None:
    assert [each.date for each in make_plan([], TODAY, TODAY, 30).days] == [TODAY.isoformat()]


def test_a_missed_day_moves_to_the_days_that_are_left() -> None:
    plan = make_plan([task("one", 20), task("two", 20)], TODAY, day(3), 20)
    assert [one.date for one in missed_days(plan, (), day(1))] == [TODAY.isoformat()]
    after = replan(plan, plan.tasks, (), day(1))
    assert [one.id for one in today_of(after, day(1)).tasks] == ["one"]
    assert [one.id for one in today_of(after, day(2)).tasks] == ["two"]
    assert today_of(after, day(9)).tasks == ()


def test_what_was_done_today_stays_on_today_and_counts_against_its_minutes() -> None:
    plan = make_plan([task("one", 20), task("two", 20)], TODAY, day(1), 40)
    after = replan(plan, [*plan.tasks, task("three", 20)], {"one"}, TODAY)
    assert [one.id for one in today_of(after, TODAY).tasks] == ["one", "two"]
    assert [one.id for one in after.left_out] == ["three"]


def test_another_date_and_other_minutes_can_be_taken() -> None:
    plan = make_plan([task("one", 20)], TODAY, day(1), 10)
    after = replan(plan, plan.tasks, (), TODAY, day(5), 25)
    assert (after.interview, after.minutes_a_day, len(after.days)) == (day(5).isoformat(), 25, 5)
    assert after.left_out == ()


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("", "needs the date"),
        ("2027-02-30", "is no date"),
        ("soon", "is no date"),
        ("2027-02-28", "has passed"),
        (day(MOST_DAYS + 1).isoformat(), "more than a year"),
    ],
)
def test_a_date_that_cannot_be_planned_for_is_said(stored: str, said: str) -> None:
    with pytest.raises(PlanError, match=said):
        read_interview_date(stored, TODAY)


def test_today_is_a_date_that_can_be_planned_for() -> None:
    assert read_interview_date(TODAY.isoformat(), TODAY) == TODAY


@pytest.mark.parametrize("typed", ["0", "", "-5", "4", "481", "30.5", "many", "²", "9" * 5000])
def test_minutes_that_make_no_plan_are_said(typed: str) -> None:
    with pytest.raises(PlanError, match="from 5 to 480"):
        read_minutes(typed)


def test_minutes_are_read() -> None:
    assert [read_minutes(typed) for typed in ("5", " 45 ", "480")] == [5, 45, 480]


@pytest.mark.parametrize("stored", [{}, {PLAN: "{"}, {PLAN: "[]"}])
def test_without_a_plan_that_can_be_read_there_is_none(stored: dict[str, str]) -> None:
    assert read_plan(stored) is None
