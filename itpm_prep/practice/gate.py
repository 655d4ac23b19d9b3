"""The gate under way: which keyed sample answers it takes, and the marks given so far.

One of the six answers is polished but empty. The others mix developing and strong ones, categories and
levels; every second one is of the person's own level while there are such. A sample rated before comes
back only when the fresh ones have run out, the longest ago first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from itpm_prep.bank.types import LEVELS, Benchmark, Category, Level, Question
from itpm_prep.practice.records import Calibration, KeyedMark

Label = Literal["developing", "strong", "polished"]

SIZE = 6
POLISHED: Label = "polished"  # exactly one in each gate: fluent words alone must not pass


class Sample(Struct, frozen=True, kw_only=True):
    """One keyed answer of the bank; its text and its key stay there until the marks are given."""

    question_id: str
    question_version: int
    label: Label
    category: Category
    level: Level

    @property
    def key(self) -> tuple[str, Label]:
        """What makes it another sample than the rest."""
        return self.question_id, self.label


class Gate(Struct, frozen=True, kw_only=True):
    """A gate under way: ``marks`` holds criterion to anchor for each sample, ``position`` the one shown."""

    id: str
    level: Level
    started_at: datetime
    samples: tuple[Sample, ...]
    marks: tuple[dict[str, int], ...]
    position: int = 0


# Choosing -----------------------------------------------------------------------------------------


def samples_of(questions: Iterable[Question]) -> list[Sample]:
    """Every keyed answer whose key names all criteria; those of retired questions are left out."""
    return [
        Sample(
            question_id=question.id,
            question_version=question.version,
            label=benchmark.label,
            category=question.category,
            level=question.level,
        )
        for question in questions
        if question.status != "retired"
        for benchmark in question.benchmarks
        if {criterion.id for criterion in question.criteria} <= benchmark.key.keys()
    ]


def lack(samples: Sequence[Sample]) -> str:
    """What a bank lacks for a gate, in words; empty when it lacks nothing."""
    polished = sum(sample.label == POLISHED for sample in samples)
    others = len(samples) - polished
    if polished and others >= SIZE - 1:
        return ""
    return (
        f"A gate needs {SIZE} keyed sample answers: one that is polished but empty, and {SIZE - 1} others. "
        f"This question bank has {polished or 'none'} of the first kind and {others or 'none'} of the second."
    )


def choose_samples(
    samples: Iterable[Sample], level: Level, earlier: Iterable[Calibration], rng: Random
) -> tuple[Sample, ...]:
    """The six samples of a new gate, in the order to rate them.

    The same ``rng`` state, gates and samples, in whatever order, give the same choice. ``ValueError``
    when the samples do not suffice (see ``lack``).
    """
    pool = sorted(samples, key=lambda sample: sample.key)
    if words := lack(pool):
        raise ValueError(words)
    rng.shuffle(pool)
    rated = _last_rated(earlier)
    chosen: list[Sample] = []
    for number in range(SIZE):
        fitting = [one for one in pool if (one.label == POLISHED) == (number == 0) and one not in chosen]
        chosen.append(min(fitting, key=lambda one: _rank(one, chosen, level, rated)))
    rng.shuffle(chosen)
    return tuple(chosen)


def _last_rated(earlier: Iterable[Calibration]) -> dict[tuple[str, str], float]:
    """Question and label of each sample rated before, to the time of its latest gate."""
    ordered = sorted(earlier, key=lambda one: one.rated_at)
    return {(mark.question_id, mark.label): one.rated_at.timestamp() for one in ordered for mark in one.marks}


def _rank(
    sample: Sample, chosen: Sequence[Sample], level: Level, rated: Mapping[tuple[str, str], float]
) -> tuple[float, ...]:
    """Lower is taken first; each number only decides between samples alike in those before it."""
    levels = Counter(one.level for one in chosen)
    wants_own = 2 * levels[level] <= len(chosen)
    return (
        rated.get(sample.key, float("-inf")),
        any(one.question_id == sample.question_id for one in chosen),
        sum(one.category == sample.category for one in chosen),
        (sample.level == level) != wants_own,
        sum(one.label == sample.label for one in chosen),
        levels[sample.level],
        any(question == sample.question_id for question, _ in rated),
        abs(LEVELS.index(sample.level) - LEVELS.index(level)),
    )


# Rating -------------------------------------------------------------------------------------------


def begin(samples: Sequence[Sample], level: Level, gate_id: str, now: datetime) -> Gate:
    """A gate with no mark given yet."""
    return Gate(
        id=gate_id, level=level, started_at=now, samples=tuple(samples), marks=tuple({} for _ in samples)
    )


def give_mark(gate: Gate, position: int, criterion: str, chosen: int) -> Gate:
    """The gate with one mark given or changed; ``ValueError`` for what is no anchor or no sample."""
    if not 1 <= chosen <= 5 or not 0 <= position < len(gate.samples):
        raise ValueError(f"mark {chosen} for sample {position}; marks are 1 to 5, samples from 0")
    marks = list(gate.marks)
    marks[position] = {**marks[position], criterion: chosen}
    return replace(gate, marks=tuple(marks))


def turn_to(gate: Gate, position: int) -> Gate:
    """The gate at another sample, at most the last."""
    return replace(gate, position=max(0, min(position, len(gate.samples) - 1)))


def open_criteria(gate: Gate, position: int, question: Question) -> list[str]:
    """The names of the criteria of a sample that have no mark yet."""
    return [one.name for one in question.criteria if one.id not in gate.marks[position]]


def benchmark_of(sample: Sample | KeyedMark, question: Question | None) -> Benchmark | None:
    """The keyed answer of a sample; None when the bank no longer holds it in that version."""
    if question is None or question.version != sample.question_version:
        return None
    return next((one for one in question.benchmarks if one.label == sample.label), None)


def close(gate: Gate, questions: Mapping[str, Question], now: datetime) -> Calibration:
    """The marks beside their key; ``ValueError`` when one is missing or its answer is gone."""
    marks = tuple(
        mark
        for sample, given in zip(gate.samples, gate.marks, strict=True)
        for mark in _keyed(sample, given, questions[sample.question_id])
    )
    return Calibration(id=gate.id, rated_at=now, marks=marks)


def _keyed(sample: Sample, given: Mapping[str, int], question: Question) -> list[KeyedMark]:
    benchmark = benchmark_of(sample, question)
    if benchmark is None or any(one.id not in given for one in question.criteria):
        raise ValueError(f"{sample.label} answer of {question.id}: not rated whole, or gone from the bank")
    return [
        KeyedMark(
            question_id=question.id,
            question_version=question.version,
            label=sample.label,
            criterion=one.id,
            chosen=given[one.id],
            key=benchmark.key[one.id],
        )
        for one in question.criteria
    ]
