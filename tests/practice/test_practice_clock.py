from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itpm_prep.practice.clock import left, pause, spent, start, tick
from itpm_prep.practice.records import Clock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_a_running_clock_counts_and_a_paused_one_stands() -> None:
    running = start(Clock(), NOON)
    paused = pause(running, after(20))
    assert spent(running, after(20)) == 20
    assert spent(paused, after(50)) == 20
    assert spent(start(paused, after(50)), after(55)) == 25


def test_heartbeats_add_up() -> None:
    clock = start(Clock(), NOON)
    for second in range(5, 301, 5):
        clock = tick(clock, after(second))
    assert clock.spent == 300


@pytest.mark.parametrize(("gap", "counted"), [(59, 59), (90, 90), (90.5, 0), (86_400, 0), (-30, 0)])
def test_a_long_silence_and_a_clock_set_back_add_nothing(gap: float, counted: float) -> None:
    clock = tick(start(Clock(), NOON), after(gap))
    assert clock.spent == counted
    assert spent(clock, after(gap + 10)) == counted + 10


def test_ticking_does_not_start_a_clock_that_stands() -> None:
    assert tick(Clock(spent=7), after(30)) == Clock(spent=7)


def test_starting_a_running_clock_again_loses_nothing() -> None:
    assert spent(start(start(Clock(), NOON), after(10)), after(15)) == 15


def test_what_is_left_of_the_time_stops_at_zero() -> None:
    clock = Clock(spent=100, since=NOON)
    assert left(clock, 150, after(20)) == 30
    assert left(clock, 110, after(20)) == 0


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.sampled_from([start, pause, tick]), st.floats(-1e6, 1e6))))
def test_time_spent_is_never_negative_and_never_runs_back(
    events: list[tuple[Callable[[Clock, datetime], Clock], float]],
) -> None:
    clock = Clock()
    for event, at in events:
        following = event(clock, after(at))
        assert following.spent >= clock.spent >= 0
        assert following.spent - clock.spent <= 90
        clock = following
