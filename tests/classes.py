"""A class that hands in: learners of the real bank's questions, few of whom practise much."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO

from msgspec.structs import replace

from itpm_prep.bank.compiled import Bank, Entry
from itpm_prep.bank.types import CRITERIA_OF, LEVELS
from itpm_prep.practice.records import Attempt, Calibration, KeyedMark, Mark, Rating
from itpm_prep.store.bundle_lines import Aim, Item, Learner, write_bundle
from itpm_prep.store.cohort import Cohort

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
REVIEWERS = ("Ada", "Bo")
POPULAR = 6
"""Questions of each level that nearly everybody answers."""
WORDS = "I told the sponsor what I knew, what I guessed, and three costed options with my advice."


def fill(cohort: Cohort, bank: Bank, learners: int, *, most: int = 30, seed: int = 1) -> None:
    """Merge the bundles of so many learners, with up to ``most`` answers each."""
    chance = random.Random(seed)  # noqa: S311 - the same class each time, and no secret
    cohort.merge(bundles(bank, learners, chance, most))


def bundles(bank: Bank, learners: int, chance: random.Random, most: int) -> Iterator[tuple[str, BytesIO]]:
    """The file of each learner, with its name."""
    for number in range(learners):
        yield f"learner-{number}.jsonl", bundle(bank, number, chance, most)


def bundle(bank: Bank, number: int, chance: random.Random, most: int, name: str = "") -> BytesIO:
    """One learner's file: answers, own scores, some reviews, and for most of them a gate."""
    level = LEVELS[number % 3]
    entries = bank.select(level=level)[: most + 5]
    count = min(most, int(2 + most * chance.random() ** 2))
    file = BytesIO()
    usual = entries[:POPULAR]
    others = chance.sample(entries[POPULAR:], min(max(0, count - POPULAR), len(entries) - POPULAR))
    items = [*_answers(number, [*usual[:count], *others], chance)]
    if number % 4:
        items.append(gate(f"g{number}", chance))
    learner = Learner(f"{number:032x}", name or f"Learner {number}")
    write_bundle(file, items, learner, target=Aim(level, "general"))
    file.seek(0)
    return file


def _answers(number: int, entries: Sequence[Entry], chance: random.Random) -> Iterator[Item]:
    strength, bias = chance.gauss(3.1, 0.6), chance.gauss(0.3, 0.5)
    for place, entry in enumerate(entries):
        skipped = chance.random() < 0.08
        attempt = make_attempt(
            f"{number}-{place}", entry, NOW - timedelta(days=chance.uniform(0, 40)), skipped=skipped
        )
        yield attempt
        if not skipped:
            marks = [strength + chance.gauss(0, 0.7) for _ in range(4)]
            yield make_rating(attempt, [mark + bias for mark in marks], "self")
            for reviewer in REVIEWERS[: chance.choice((0, 0, 0, 1, 2))]:
                yield make_rating(attempt, [mark + chance.gauss(0, 0.5) for mark in marks], reviewer)


def make_attempt(key: str, entry: Entry, at: datetime, *, skipped: bool = False) -> Attempt:
    """An answer in one box of each part, or a question passed over."""
    return Attempt(
        id=f"a{key}",
        interview_id=f"i{key}",
        question_id=entry.id,
        question_version=entry.version,
        bank_hash="b",
        category=entry.category,
        level=entry.level,
        specialisation=entry.specialisation,
        competency=entry.competencies[0],
        scaffold="star_l",
        mode="mock",
        outcome="skipped" if skipped else "answered",
        parts={} if skipped else {"situation": WORDS, "action": WORDS},
        figures={},
        notes="",
        started_at=at,
        submitted_at=at + timedelta(minutes=3),
        seconds=170.0,
    )


def make_rating(attempt: Attempt, wanted: Sequence[float], rater: str) -> Rating:
    """Four marks as near to what is wanted as whole anchors are."""
    scores = [min(5, max(1, round(one))) for one in wanted]
    marks = tuple(
        Mark(criterion=criterion, chosen=score, evidence=WORDS, cap=5, score=score)
        for criterion, score in zip(CRITERIA_OF[attempt.category], scores, strict=True)
    )
    return Rating(
        id=f"{attempt.id}-{rater}",
        attempt_id=attempt.id,
        rater=rater,
        red_flags=(),
        marks=marks,
        q=sum(scores) / 4,
        rated_at=attempt.submitted_at + timedelta(minutes=5),
    )


def gate(key: str, chance: random.Random) -> Calibration:
    """A passage through the gate, passed more often than not."""
    marks = tuple(
        KeyedMark(
            question_id=f"BEH-GEN-{place // 4 + 1:03}",
            question_version=1,
            label="strong",
            criterion=CRITERIA_OF["behavioral"][place % 4],
            chosen=min(5, max(1, 3 + chance.choice((-1, 0, 0, 0, 1, 2)))),
            key=3,
        )
        for place in range(24)
    )
    return Calibration(id=key, rated_at=NOW - timedelta(days=chance.uniform(1, 25)), marks=marks)


def as_bundle(learner_id: str, name: str, items: Sequence[Item]) -> tuple[str, BytesIO]:
    """These items as a learner's file."""
    file = BytesIO()
    write_bundle(file, items, Learner(learner_id, name))
    file.seek(0)
    return "one.jsonl", file


def replace_version(attempt: Attempt, version: int) -> Attempt:
    """The same answer to another version of its question."""
    return replace(attempt, question_version=version)


def replace_words(attempt: Attempt, words: str) -> Attempt:
    """The same answer in other words."""
    return replace(attempt, parts={"situation": words})
