"""How far one's own marks are from the key, and whether that stands.

MAE is the mean of |own - key|, leniency d the mean of own - key, both over every mark of a gate. The
latest gate counts: it stands for 30 days when its MAE is .75 or less. Ratings made while a gate stood
count as calibrated for good, others never do; nothing stored is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from itpm_prep.practice.records import Calibration, KeyedMark

MOST_MAE = 0.75
STANDS_FOR = timedelta(days=30)
UNCALIBRATED = "not yet calibrated"

State = Literal["never", "calibrated", "due", "missed"]


class CriterionResult(Struct, frozen=True):
    """The marks of one criterion: how many, the mean of one's own, and the mean of the key."""

    criterion: str
    marks: int
    own: float
    key: float

    @property
    def leniency(self) -> float:
        """Mean of own - key."""
        return self.own - self.key


class Result(Struct, frozen=True):
    """What a gate shows: ``within_one`` counts the marks at most 1 from the key.

    ``criteria`` begins with the criterion whose mean is furthest from the key.
    """

    marks: int
    mae: float
    leniency: float
    within_one: int
    criteria: tuple[CriterionResult, ...]

    @property
    def calibrated(self) -> bool:
        """Whether the marks are close enough to the key."""
        return self.mae <= MOST_MAE


class Standing(Struct, frozen=True):
    """Where a person stands: ``gate`` is the latest one, ``until`` the end of its 30 days."""

    state: State
    gate: Calibration | None = None

    @property
    def until(self) -> datetime | None:
        """When the gate is due again; None when none stands or stood."""
        if self.gate is None or self.state == "missed":
            return None
        return self.gate.rated_at + STANDS_FOR


def result_of(marks: Sequence[KeyedMark]) -> Result:
    """MAE, leniency and the share within 1 of some marks; ``ValueError`` without any."""
    if not marks:
        raise ValueError("a gate without marks has no result")
    distances = [mark.chosen - mark.key for mark in marks]
    names = dict.fromkeys(mark.criterion for mark in marks)
    criteria = [_criterion(name, [one for one in marks if one.criterion == name]) for name in names]
    return Result(
        marks=len(marks),
        mae=sum(map(abs, distances)) / len(marks),
        leniency=sum(distances) / len(marks),
        within_one=sum(abs(distance) <= 1 for distance in distances),
        criteria=tuple(sorted(criteria, key=lambda one: -abs(one.leniency))),
    )


def _criterion(name: str, marks: Sequence[KeyedMark]) -> CriterionResult:
    own, key = (sum(values) / len(marks) for values in zip(*((m.chosen, m.key) for m in marks), strict=True))
    return CriterionResult(name, len(marks), own, key)


def standing(calibrations: Iterable[Calibration], now: datetime) -> Standing:
    """Where the latest gate up to now leaves a person."""
    gate = max(
        (one for one in calibrations if one.rated_at <= now and one.marks),
        key=lambda one: one.rated_at,
        default=None,
    )
    if gate is None:
        return Standing("never")
    if not result_of(gate.marks).calibrated:
        return Standing("missed", gate)
    return Standing("calibrated" if now < gate.rated_at + STANDS_FOR else "due", gate)


def gate_at(calibrations: Iterable[Calibration], moment: datetime) -> Calibration | None:
    """The gate that stood at a moment; a rating made then counts as calibrated."""
    found = standing(calibrations, moment)
    return found.gate if found.state == "calibrated" else None


# In words -----------------------------------------------------------------------------------------


def standing_words(found: Standing, now: datetime) -> str:
    """Where a person stands, in one or two sentences; days are told in the time zone of ``now``."""
    if found.gate is None:
        return "Not yet calibrated: your own scores are shown as such until you pass a gate."
    on = day(found.gate.rated_at, now)
    if found.until is None:
        return f"Not passed on {on}. Your own scores stay uncalibrated; try again with other answers."
    until = day(found.until, now)
    if found.state == "calibrated":
        return f"Calibrated on {on}, until {until}. Your own scores count as calibrated."
    return f"Calibrated on {on}; due again since {until}. New scores of your own count as uncalibrated."


def leniency_words(leniency: float) -> str:
    """The leniency in words: "0.4 higher than the key"."""
    if abs(leniency) < 0.05:
        return "neither higher nor lower than the key"
    return f"{abs(leniency):.1f} {'higher' if leniency > 0 else 'lower'} than the key"


def rated_words(calibrations: Sequence[Calibration], moments: Sequence[datetime], now: datetime) -> str:
    """What self-scores given at some moments are worth: "calibrated on 3 November 2026", or not yet."""
    gates = [gate_at(calibrations, moment) for moment in moments]
    return calibrated_words([gate.rated_at if gate else None for gate in gates], now)


def calibrated_words(passed: Sequence[datetime | None], now: datetime) -> str:
    """The same from the time of the gate behind each score; None where none stood."""
    known = [one for one in passed if one is not None]
    if not known:
        return UNCALIBRATED
    if len(known) < len(passed):
        return f"{len(known)} of {len(passed)} calibrated"
    return f"calibrated on {day(max(known), now)}"


def day(moment: datetime, now: datetime) -> str:
    """The day in the time zone of ``now``."""
    local = moment.astimezone(now.tzinfo)
    return f"{local.day} {local:%B %Y}"
