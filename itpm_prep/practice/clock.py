"""Time spent in a phase, counted only while somebody is there."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from itpm_prep.practice.records import Clock

# Heartbeats come every few seconds, from a tab in the background once a minute: a longer silence is a
# closed tab or laptop.
LONGEST_GAP_S = 90.0


def start(clock: Clock, now: datetime) -> Clock:
    """The clock running from ``now``; one that runs already is ticked."""
    return replace(clock, spent=spent(clock, now), since=now)


def pause(clock: Clock, now: datetime) -> Clock:
    """The clock standing, with the time up to ``now`` counted."""
    return Clock(spent=spent(clock, now), since=None)


def tick(clock: Clock, now: datetime) -> Clock:
    """The time up to ``now`` counted; a clock that stands stays as it is."""
    return clock if clock.since is None else start(clock, now)


def spent(clock: Clock, now: datetime) -> float:
    """Seconds spent up to ``now``.

    The time since the last tick counts when it lies between 0 and 90 s. After a longer gap nobody
    was there, and a computer clock that was set back adds nothing.
    """
    if clock.since is None:
        return clock.spent
    gap = (now - clock.since).total_seconds()
    return clock.spent + gap if 0 <= gap <= LONGEST_GAP_S else clock.spent


def left(clock: Clock, limit_s: float, now: datetime) -> float:
    """Seconds left of ``limit_s``, never under 0."""
    return max(0.0, limit_s - spent(clock, now))
