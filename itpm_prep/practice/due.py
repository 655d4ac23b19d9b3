"""The drill: which answers are due again.

A whole answer is no small item to recall, so it is not scheduled by FSRS but by a plain priority:
what it lacks x how long ago it was given x how much its competency weighs at the target level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from random import Random

from msgspec import Struct

from itpm_prep.bank.compiled import Entry
from itpm_prep.practice.records import Attempt, Rating, Setup
from itpm_prep.practice.selection import (
    NOTHING_FITS,
    Selection,
    choose_questions,
    distance,
    may_ask,
    shorter_note,
)

HIGHEST_Q = 5.0
UNSCORED_Q = 1.0  # a skipped or unscored answer proves nothing yet
DAYS_BEFORE_DUE = 1.0  # what was answered today is not due again
DAY_S = 86_400


class Standing(Struct, frozen=True):
    """How a question stands: when it was last answered or skipped, and its latest question score."""

    at: datetime
    q: float | None


def standings(attempts: Iterable[Attempt], ratings: Iterable[Rating]) -> dict[str, Standing]:
    """Question id to how it stands; both arguments oldest first. The latest score counts, retries too."""
    scores = {rating.attempt_id: rating.q for rating in ratings}
    found: dict[str, Standing] = {}
    for attempt in attempts:
        before = found.get(attempt.question_id)
        q = scores.get(attempt.id)
        kept = before.q if q is None and before and attempt.outcome == "answered" else q
        found[attempt.question_id] = Standing(attempt.submitted_at, kept)
    return found


def priority(gap: float, days: float, weight: float) -> float:
    """Rubric gap (points below 5) x days since the latest answer x weight; 0 within the first day."""
    return gap * days * weight if days >= DAYS_BEFORE_DUE else 0.0


def weights(entries: Iterable[Entry], setup: Setup) -> dict[str, float]:
    """The weight of each competency: its share of the bank's questions at the target level, mean 1."""
    at_level = [entry for entry in entries if may_ask(entry) and distance(entry, setup.level) == 0]
    counts = Counter(entry.competencies[0] for entry in at_level)
    mean = len(at_level) / len(counts) if counts else 1.0
    return {competency: count / mean for competency, count in counts.items()}


def choose_due(
    entries: Sequence[Entry], setup: Setup, standing: Mapping[str, Standing], now: datetime, rng: Random
) -> Selection:
    """The ``setup.length`` questions with the highest priority, the highest first.

    Questions of the chosen categories at any level are due once they were met. Where fewer are due,
    questions never seen fill up, as in any other interview, and the person is told.
    """
    weight = weights(entries, setup)
    ranked = []
    for entry in entries:
        met = standing.get(entry.id)
        if met is None or not may_ask(entry) or entry.category not in setup.categories:
            continue
        gap = HIGHEST_Q - (met.q if met.q is not None else UNSCORED_Q)
        nearness = 1 / (1 + distance(entry, setup.level))
        share = weight.get(entry.competencies[0], 0.5) * nearness
        ranked.append((-priority(gap, (now - met.at).total_seconds() / DAY_S, share), entry.id, entry))
    due = [entry for rank, _, entry in sorted(ranked, key=lambda one: one[:2]) if rank < 0]
    due = due[: setup.length]
    if len(due) == setup.length:
        return Selection(tuple(due), ())
    return _filled(due, entries, setup, standing, rng)


def _filled(
    due: list[Entry], entries: Sequence[Entry], setup: Setup, standing: Mapping[str, Standing], rng: Random
) -> Selection:
    """What is due, then others: those never seen before those that are not due yet."""
    taken = {entry.id for entry in due}
    others = [entry for entry in entries if entry.id not in taken]
    seen = {question_id: one.at for question_id, one in standing.items()}
    more = choose_questions(others, setup, seen, rng).entries[: setup.length - len(due)]
    whole = (*due, *more)
    if not whole:
        return Selection((), (NOTHING_FITS,))
    count = len(due)
    said = f"Only {count} {'is' if count == 1 else 'are'} due" if count else "Nothing is due yet"
    notes = [f"{said}; {len(more)} {'was' if len(more) == 1 else 'were'} added."] if more else []
    if len(whole) < setup.length:
        notes.append(shorter_note(len(whole), setup.length))
    return Selection(whole, tuple(notes))
