"""Blind review: which answer comes next, what a reviewer may see, and a review from draft to rating.

Nobody sees another's marks of an answer before having submitted marks of their own. A draft is a document
of the reviewer's own record; it is kept under learner, answer and reviewer, so that two people at one
machine do not meet each other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import combinations
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from itpm_prep.bank.types import Question
from itpm_prep.practice.records import Attempt, Interview, Rating
from itpm_prep.practice.scoring import rate

KIND = "review"
SELF = "self"
LONGEST_NAME = 60
MARKS_APART = 2  # on one criterion: two reviewers then talk about it
Q_APART = 1.0

Order = Literal["uncertain", "random", "oldest"]


# Who reviews --------------------------------------------------------------------------------------


def reviewer_name(typed: str) -> str:
    """The name a reviewer goes by; ``ValueError`` when it is none, too long, or the learner's "self"."""
    name = " ".join("".join(char if char.isprintable() else " " for char in typed).split())
    if not name:
        raise ValueError("Write your name: the learner sees who reviewed.")
    if name.casefold() == SELF:
        raise ValueError('"self" stands for the learner\'s own scores. Write your name.')
    if len(name) > LONGEST_NAME:
        raise ValueError(f"Shorten your name to {LONGEST_NAME} characters.")
    return name


def same_reviewer(one: str, other: str) -> bool:
    """Whether two names are those of one person; letter case does not matter."""
    return one.casefold() == other.casefold()


# The queue ----------------------------------------------------------------------------------------


class Waiting(Struct, frozen=True):
    """One answer that could be reviewed.

    ``uncertainty`` is how little is known of the learner there (higher: less), ``submitted_at`` when the
    answer was handed in (microseconds since 1970), ``reviewers`` who has submitted a review of it.
    """

    learner_id: str
    attempt_id: str
    uncertainty: float
    submitted_at: int
    reviewers: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, str]:
        """What makes it another answer than the rest."""
        return self.learner_id, self.attempt_id


def queue(waiting: Iterable[Waiting], reviewer: str, order: Order, seed: int) -> list[Waiting]:
    """The answers that this reviewer has not reviewed, in an order that arrival does not change.

    "uncertain" puts those first of which least is known. "random" depends on the seed and the answer alone:
    two reviewers with one seed meet the same answers, whatever either has reviewed before.
    """
    open_ones = [one for one in waiting if not any(same_reviewer(reviewer, each) for each in one.reviewers)]
    if order == "random":
        return sorted(open_ones, key=lambda one: (lot(seed, one.learner_id, one.attempt_id), one.key))
    if order == "oldest":
        return sorted(open_ones, key=lambda one: (one.submitted_at, one.key))
    return sorted(open_ones, key=lambda one: (-one.uncertainty, one.submitted_at, one.key))


def lot(seed: int, learner_id: str, attempt_id: str) -> int:
    """Where an answer stands in the random order of a seed, 0 to 2^64 - 1."""
    told = f"{seed} {len(learner_id)} {learner_id}{attempt_id}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big")


# What may be seen ---------------------------------------------------------------------------------


def by_rater(ratings: Iterable[Rating]) -> dict[str, Rating]:
    """The latest rating of one answer by each rater, the learner's own first, then by name."""
    latest = {one.rater: one for one in sorted(ratings, key=lambda one: (one.rated_at, one.id))}
    return {name: latest[name] for name in sorted(latest, key=lambda name: (name != SELF, name))}


def submitted(ratings: Iterable[Rating], reader: str) -> Rating | None:
    """The latest rating that ``reader`` has submitted of one answer."""
    return next((one for name, one in by_rater(ratings).items() if same_reviewer(name, reader)), None)


def visible(ratings: Iterable[Rating], reader: str, *, over: bool = False) -> dict[str, Rating]:
    """By rater, what ``reader`` may see of the ratings of one answer: nothing before submitting one.

    ``over`` says that the reader can no longer score the answer, so that nothing has to be kept back.
    """
    kept = list(ratings)
    return by_rater(kept) if over or submitted(kept, reader) else {}


def to_score(left: Interview | None) -> frozenset[str]:
    """The answers that an unfinished interview still asks to be scored: no review goes before that."""
    turns = left.turns if left else ()
    return frozenset(one for turn in turns if not turn.scored for one in turn.attempt_ids)


class Difference(Struct, frozen=True):
    """Where two reviewers are so far apart that they should talk.

    ``criteria`` holds the ids on which they are 2 or more apart; ``q`` is the distance of their question
    scores when it is 1.0 or more, else 0.
    """

    raters: tuple[str, str]
    criteria: tuple[str, ...]
    q: float = 0.0


def differences(ratings: Iterable[Rating]) -> list[Difference]:
    """Every pair of reviewers of one answer that is far apart; the learner's own marks are no review."""
    reviews = [one for name, one in by_rater(ratings).items() if name != SELF]
    found = (_difference(one, other) for one, other in combinations(reviews, 2))
    return [each for each in found if each.criteria or each.q]


def _difference(one: Rating, other: Rating) -> Difference:
    scores = {mark.criterion: mark.score for mark in other.marks}
    criteria = tuple(
        mark.criterion
        for mark in one.marks
        if abs(mark.score - scores.get(mark.criterion, mark.score)) >= MARKS_APART
    )
    apart = round(abs(one.q - other.q), 9)  # 3.2 - 2.2 is a hair over 1
    return Difference((one.rater, other.rater), criteria, apart if apart >= Q_APART else 0.0)


def mean_q(ratings: Iterable[Rating]) -> float | None:
    """The question score by its reviewers: the mean of theirs; None without any."""
    scores = [one.q for name, one in by_rater(ratings).items() if name != SELF]
    return sum(scores) / len(scores) if scores else None


# A review under way -------------------------------------------------------------------------------


class Pick(Struct, frozen=True):
    """One criterion so far: the anchor picked (0: none yet), the words that prove it, and a comment."""

    chosen: int = 0
    evidence: str = ""
    comment: str = ""


class Review(Struct, frozen=True, kw_only=True):
    """A review under way, kept at every change.

    ``id`` becomes that of the rating. ``flags`` holds the positions of the red flags heard, ``picks`` what
    was picked by criterion id, ``step`` the screen shown: 0 reading, then one for each criterion, then the
    end.
    """

    id: str
    learner_id: str
    attempt_id: str
    question_id: str
    reviewer: str
    begun_at: datetime
    flags: tuple[int, ...] = ()
    picks: dict[str, Pick] = {}
    comment: str = ""
    step: int = 0

    @property
    def document_id(self) -> str:
        """The id under which it is kept."""
        return document_id(self.learner_id, self.attempt_id, self.reviewer)

    def pick(self, criterion: str) -> Pick:
        """What was picked for a criterion."""
        return self.picks.get(criterion, Pick())


def document_id(learner_id: str, attempt_id: str, reviewer: str) -> str:
    """Where the draft of a review is kept."""
    return msgspec.json.encode([learner_id, attempt_id, reviewer.casefold()]).decode()


def begin(learner_id: str, attempt: Attempt, reviewer: str, review_id: str, now: datetime) -> Review:
    """A review of which nothing is given yet."""
    return Review(
        id=review_id,
        learner_id=learner_id,
        attempt_id=attempt.id,
        question_id=attempt.question_id,
        reviewer=reviewer,
        begun_at=now,
    )


def give(review: Review, criterion: str, pick: Pick) -> Review:
    """With another pick for a criterion."""
    return replace(review, picks={**review.picks, criterion: pick})


def open_criteria(review: Review, question: Question) -> list[str]:
    """The names of the criteria that have no anchor yet."""
    return [one.name for one in question.criteria if not review.pick(one.id).chosen]


def fits(attempt: Attempt, question: Question) -> bool:
    """Whether the question is the one that was answered: its anchors are then those the learner saw."""
    return (attempt.question_id, attempt.question_version) == (question.id, question.version)


def close(review: Review, question: Question, texts: Sequence[str], now: datetime) -> Rating:
    """The rating that a review comes to, by the rules of the self-score and with its comments.

    ``texts`` are the parts of the answer and the replies to its probes. ``ValueError`` while a criterion
    has no anchor.
    """
    rating = rate(
        question,
        review.flags,
        {one.id: (review.pick(one.id).chosen, review.pick(one.id).evidence) for one in question.criteria},
        texts,
        rating_id=review.id,
        attempt_id=review.attempt_id,
        rater=review.reviewer,
        now=now,
    )
    marks = tuple(replace(mark, comment=review.pick(mark.criterion).comment.strip()) for mark in rating.marks)
    return replace(rating, marks=marks, comment=review.comment.strip())


def encode(review: Review) -> str:
    """A draft as JSON."""
    return msgspec.json.encode(review).decode()


def decode(text: str) -> Review | None:
    """A draft from its JSON; None when it is damaged."""
    try:
        return msgspec.json.decode(text, type=Review)
    except (msgspec.MsgspecError, RecursionError):
        return None
