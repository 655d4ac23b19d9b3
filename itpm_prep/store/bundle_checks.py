"""What a line of a bundle must hold beyond its types, so that no record or reader chokes on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import structs

from itpm_prep.practice.measures import Measures
from itpm_prep.practice.records import Attempt, Calibration, Fact, Rating, Reply
from itpm_prep.problems import Problem
from itpm_prep.store.documents import LIMIT, Document, is_too_large

LONGEST_ID = 200
MOST_MARKS = 12
RULE = "bundle"
SELF = "self"
"""The rater of a learner's own ratings."""

Item = Fact | Calibration | Document | Measures


class Skip(Exception):
    """A line that is passed over: where in it, what is there, what must be."""

    def __init__(self, key: str, found: str, must: str) -> None:
        super().__init__(key, found, must)
        self.key, self.found, self.must = key, found, must

    def problem(self, name: str, line: int) -> Problem:
        """The same for a file and line."""
        return Problem(name, line, self.key, self.found, self.must, RULE)


def check_item(item: Item) -> None:
    """Raise ``Skip`` for what the types alone let through."""
    _CHECKS[type(item)](item)


def check_sender(item: Item, sender: str) -> None:
    """Raise ``Skip`` for what a reviewer's bundle may not bring: anything but that reviewer's ratings."""
    if not isinstance(item, Rating) or item.rater != sender or sender == SELF:
        raise Skip("", "in a bundle of reviews", f"be a rating by {sender}, who sent it")


def _check_attempt(item: Attempt) -> None:
    _check_ids(item.id, item.interview_id, item.question_id, item.retry_of or "", item.kit)
    _check_times(item.started_at, item.submitted_at)
    _check_versions(item.question_version)
    if not (0 <= item.seconds < 2**31 and 1 <= item.take < 2**31):
        raise Skip("seconds, take", "out of range", "be 0 or more, and 1 or more")


def _check_reply(item: Reply) -> None:
    _check_ids(item.id, item.attempt_id)
    _check_times(item.replied_at)


def _check_rating(item: Rating) -> None:
    _check_ids(item.id, item.attempt_id, item.rater, *[mark.criterion for mark in item.marks])
    _check_times(item.rated_at)
    if len(item.marks) > MOST_MARKS:
        raise Skip("marks", f"{len(item.marks)} marks", f"be at most {MOST_MARKS}")
    _check_scores(item.q, *[n for mark in item.marks for n in (mark.chosen, mark.cap, mark.score)])


def _check_calibration(item: Calibration) -> None:
    _check_ids(item.id)
    _check_times(item.rated_at)
    _check_versions(*(mark.question_version for mark in item.marks))
    _check_scores(*(n for mark in item.marks for n in (mark.chosen, mark.key)))


def _check_document(item: Document) -> None:
    _check_times(item.kept_at)
    if is_too_large(item.text):
        raise Skip(f"{item.kind} {item.id}", f"longer than {LIMIT} bytes", "be shorter")


def _check_measures(item: Measures) -> None:
    _check_ids(item.attempt_id)
    counts = [value for value in structs.astuple(item) if isinstance(value, int)]
    if not 0 <= min(counts) <= max(counts) < 2**31 or min(item.parts.values(), default=0) < 0:
        raise Skip("measures", "a count out of range", "be 0 or more")


def _check_ids(*ids: str) -> None:
    if max(map(len, ids)) > LONGEST_ID:
        raise Skip("id", f"longer than {LONGEST_ID} characters", "be shorter")


def _check_times(*times: datetime) -> None:
    if None in [time.tzinfo for time in times]:
        raise Skip("(time)", "without a time zone", "say its time zone")


def _check_versions(*numbers: int) -> None:
    if numbers and not 1 <= min(numbers) <= max(numbers) < 2**31:
        raise Skip("question_version", "out of range", "be 1 or more")


def _check_scores(*numbers: float) -> None:
    if numbers and not 1 <= min(numbers) <= max(numbers) <= 5:
        raise Skip("marks", "a score out of range", "be from 1 to 5")


_CHECKS: dict[type[Item], Callable[[Any], None]] = {
    Attempt: _check_attempt,
    Reply: _check_reply,
    Rating: _check_rating,
    Calibration: _check_calibration,
    Document: _check_document,
    Measures: _check_measures,
}
