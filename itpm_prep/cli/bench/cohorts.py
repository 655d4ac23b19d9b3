"""Made-up cohorts of any size, with the skew of real ones: few practise much, few questions come often."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.bank.types import CATEGORIES, COMPETENCIES, CRITERIA_OF, LEVELS, SPECIALISATIONS
from itpm_prep.practice.measures import Measures
from itpm_prep.store.cohort_columns import Coded, Columns, Name

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
ATTEMPTS_EACH = 125
DAYS = 120
REVIEWERS = 24
SKIPPED, RETRIED, TAKEN_TWICE, UNSCORED = 0.05, 0.08, 0.02, 0.03
REVIEWED, REVIEWED_TWICE, RATED_AGAIN = 0.10, 0.02, 0.02
MARKS = 24  # of one gate
_DAY = 86_400 * 10**6  # microseconds
_CRITERIA = tuple(CRITERION_NAMES)

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]


class CohortMaker:
    """Draws the tables of a cohort (``Cohort.tables``): 125 attempts a learner, four scores a rating."""

    def __init__(self, learners: int, entries: Sequence[Entry], seed: int = 1) -> None:
        self.rng = np.random.default_rng(seed)
        self.entries = entries
        self.learners = learners
        self.ids = self._ids(learners)
        weights = self.rng.lognormal(0, 1, learners)
        number = ATTEMPTS_EACH * learners
        self.owner = np.sort(self.rng.choice(learners, number, p=weights / weights.sum()))
        self.attempt_ids = self._ids(number)
        self.question = self._questions(number)
        self.took_two = self._some(TAKEN_TWICE, number) & (np.diff(self.owner, prepend=-1) == 0)
        self.question[self.took_two] = np.roll(self.question, 1)[self.took_two]
        self.skipped = self._some(SKIPPED, number) & ~self.took_two
        self.submitted = self._times()
        self.level = self.rng.normal(2.9, 0.6, learners)
        self.bias = self.rng.normal(0.2, 0.4, learners)

    def tables(self) -> dict[Name, Columns]:
        """All tables of the cohort."""
        ratings, scores = self._rated()
        return {
            "learners": self._learners(),
            "attempts": self._attempts(),
            "ratings": ratings,
            "scores": scores,
            "gates": self._gates(),
            "measures": self._measures(),
        }

    def _some(self, share: float, number: int) -> Flags:
        return self.rng.random(number) < share

    def _ids(self, number: int) -> list[str]:
        drawn = self.rng.bytes(16 * number).hex()
        return [drawn[at : at + 32] for at in range(0, 32 * number, 32)]

    def _questions(self, number: int) -> Rows:
        """A few questions are asked very often, most of them now and then."""
        weights = 1 / (np.arange(len(self.entries)) + 6)
        place = self.rng.choice(len(self.entries), number, p=weights / weights.sum())
        return np.asarray(self.rng.permutation(len(self.entries))[place], dtype=np.int64)

    def _times(self) -> Rows:
        """Within the weeks in which each learner practised, in the order of the attempts."""
        end = int(NOW.timestamp() * 1e6)
        begun = self.rng.integers(7, DAYS, self.learners)[self.owner]
        ahead = np.sort(self.rng.random(len(self.owner)) + self.owner) - self.owner
        return np.asarray(end - begun * _DAY + ahead * (begun - 0.5) * _DAY, dtype=np.int64)

    # Tables

    def _learners(self) -> Columns:
        names = [f"Learner {number}" for number in range(1, self.learners // 20 * 19 + 2)]  # some share one
        return {
            "learner_id": _coded(np.arange(self.learners), self.ids),
            "name": _coded(np.arange(self.learners) % len(names), names),
            "level": _coded(self.rng.integers(0, 4, self.learners), LEVELS),
            "specialisation": _coded(self.rng.integers(0, 8, self.learners), SPECIALISATIONS),
            "last_bundle_at": _whole(np.full(self.learners, int(NOW.timestamp() * 1e6))),
        }

    def _attempts(self) -> Columns:
        rng, number, asked = self.rng, len(self.owner), self.question
        first = np.diff(self.owner, prepend=-1) != 0
        retried = self._some(RETRIED, number) & ~first & ~self.took_two
        interview = np.cumsum((self._some(0.2, number) | first) & ~self.took_two) - 1
        seconds = rng.gamma(4, 45, number)
        columns: Columns = {
            "learner_id": _coded(self.owner, self.ids),
            "attempt_id": _coded(np.arange(number), self.attempt_ids),
            "interview_id": _coded(interview, self._ids(int(interview[-1]) + 1)),
            "question_id": _coded(asked, [entry.id for entry in self.entries]),
            "question_version": _whole(np.array([entry.version for entry in self.entries])[asked]),
            "competency": _coded(
                _named((e.competencies[0] for e in self.entries), COMPETENCIES)[asked], COMPETENCIES
            ),
            "mode": _coded(rng.choice(3, number, p=[0.6, 0.3, 0.1]), ("practice", "mock", "drill")),
            "outcome": _coded(self.skipped, ("answered", "skipped")),
            "retry_of": _coded(np.where(retried, np.arange(number), 0), ["", *self.attempt_ids]),
            "take": _whole(1 + self.took_two),
            "preset": _coded(np.zeros(number), ("",)),
            "kit": _coded(self._some(0.1, number), ("", "0123456789abcdef")),
            "started_at": _whole(self.submitted - seconds * 1e6),
            "submitted_at": _whole(self.submitted),
            "seconds": array("d", seconds.tobytes()),
            "words": _whole(np.where(self.skipped, 0, rng.gamma(5, 50, number))),
        }
        for name, order in (("category", CATEGORIES), ("level", LEVELS), ("specialisation", SPECIALISATIONS)):
            columns[name] = _coded(_named((getattr(e, name) for e in self.entries), order)[asked], order)
        return columns

    def _rated(self) -> tuple[Columns, Columns]:
        """Ratings and scores: most by oneself, some twice; a tenth by a reviewer, some by two."""
        rng = self.rng
        given_up = np.append(self.took_two[1:], [False])
        rated = np.flatnonzero(~self.skipped & ~given_up)
        own = rated[~self._some(UNSCORED, len(rated))]
        own = np.append(own, rng.choice(own, int(RATED_AGAIN * len(own)), replace=False))
        chosen = rng.random(self.learners) < 2 * REVIEWED  # of few learners half of all they gave
        seen = rated[chosen[self.owner[rated]] & self._some(0.5, len(rated))]
        again = self._some(REVIEWED_TWICE / REVIEWED, len(seen))
        weights = 1 / (np.arange(REVIEWERS) + 2)
        first = 1 + rng.choice(REVIEWERS, len(seen), p=weights / weights.sum())
        second = 1 + (first[again] + rng.integers(0, REVIEWERS - 1, again.sum())) % REVIEWERS
        attempt = np.concatenate([own, seen, seen[again]])
        rater = np.concatenate([np.zeros(len(own), np.int64), first, second])
        return self._tables_of(attempt, rater, self._scores(attempt, rater))

    def _scores(self, attempt: Rows, rater: Rows) -> Rows:
        """Four whole scores of each rating: learner, question, day, rater and chance add up."""
        rng = self.rng
        severity = np.append(0, rng.normal(0, 0.25, REVIEWERS))[rater]
        question = rng.normal(0, 0.35, len(self.entries))[self.question[attempt]]
        day = rng.normal(0, 0.3, len(self.owner))[attempt]
        owner = self.owner[attempt]
        middle = self.level[owner] + question + day + np.where(rater == 0, self.bias[owner], severity)
        noise = rng.normal(0, 0.6, (len(attempt), 4)) + rng.normal(0, 0.3, 4)
        return np.clip(np.rint(middle[:, None] + noise), 1, 5).astype(np.int64)

    def _tables_of(self, attempt: Rows, rater: Rows, score: Rows) -> tuple[Columns, Columns]:
        rated_at = self.submitted[attempt] + self.rng.integers(1, 3 * _DAY, len(attempt))
        raters = ["self", *(f"Reviewer {number}" for number in range(1, REVIEWERS + 1))]
        ids = self._ids(len(attempt))
        columns: Columns = {
            "learner_id": _coded(self.owner[attempt], self.ids),
            "attempt_id": _coded(attempt, self.attempt_ids),
            "rating_id": _coded(np.arange(len(attempt)), ids),
            "rater": _coded(rater, raters),
            "rated_at": _whole(rated_at),
        }
        four = np.repeat(np.arange(len(attempt)), 4)
        sets = [[_CRITERIA.index(one) for one in CRITERIA_OF[entry.category]] for entry in self.entries]
        marks = score.ravel()
        scores: Columns = {
            "learner_id": _coded(self.owner[attempt][four], self.ids),
            "attempt_id": _coded(attempt[four], self.attempt_ids),
            "rating_id": _coded(four, ids),
            "rater": _coded(rater[four], raters),
            "rated_at": _whole(rated_at[four]),
            "criterion": _coded(np.array(sets)[self.question[attempt]].ravel(), _CRITERIA),
            "chosen": _small(np.minimum(marks + self._some(0.05, len(marks)), 5)),
            "score": _small(marks),
            "cap": _small(np.where(self._some(0.04, len(marks)), np.maximum(marks, 2), 5)),
            "has_evidence": _small(marks >= 3),
        }
        return {**columns, "q": array("d", score.mean(axis=1).tobytes())}, scores

    def _gates(self) -> Columns:
        """Most learners went through a gate, some through up to three."""
        rng = self.rng
        owner = np.repeat(np.arange(self.learners), rng.choice(4, self.learners, p=[0.3, 0.4, 0.2, 0.1]))
        leniency = self.bias[owner] + rng.normal(0, 0.25, len(owner))
        return {
            "learner_id": _coded(owner, self.ids),
            "calibration_id": _coded(np.arange(len(owner)), self._ids(len(owner))),
            "rated_at": _whole(NOW.timestamp() * 1e6 - rng.random(len(owner)) * DAYS * _DAY),
            "marks": _whole(np.full(len(owner), MARKS)),
            "mae": array("d", (0.45 + np.abs(leniency) * 0.6).tobytes()),
            "leniency": array("d", leniency.tobytes()),
        }

    def _measures(self) -> Columns:
        number = len(self.owner)
        most = {"words": 600, "result_figure": 2, "points": 9, "touched": 6}
        figures = np.where(self._some(0.2, number), 4, 0)
        return {
            "learner_id": _coded(self.owner, self.ids),
            "attempt_id": _coded(np.arange(number), self.attempt_ids),
            **{
                name: _whole(self.rng.integers(0, most.get(name, 5), number))
                for name in Measures.__struct_fields__
                if name not in ("attempt_id", "parts")
            },
            "figures_right": _whole(np.minimum(figures, self.rng.integers(0, 5, number))),
            "figures_asked": _whole(figures),
        }


def _coded(codes: Any, values: Sequence[str]) -> Coded:
    return Coded(array("i", np.asarray(codes, np.int32).tobytes()), list(values))


def _whole(numbers: Any) -> array[int]:
    return array("q", np.asarray(numbers).astype(np.int64).tobytes())


def _small(numbers: Any) -> array[int]:
    return array("B", np.asarray(numbers, np.uint8).tobytes())


def _named(values: Iterable[str], order: Sequence[str]) -> Rows:
    return np.array([order.index(value) for value in values])
