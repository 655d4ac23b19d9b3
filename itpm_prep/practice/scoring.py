"""From the anchors chosen to the question score.

Q is the sum over the criteria of weight x min(score, cap), the weights normalised to sum 1. No step
here can raise a score above the anchor that was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from itpm_prep.bank.types import Criterion, Question
from itpm_prep.practice import evidence as proof
from itpm_prep.practice.records import Mark, Rating
from itpm_prep.practice.scaffolds import PARTS_OF

HIGHEST = 5
NEEDS_EVIDENCE = 3  # from this anchor up, words of the answer have to prove it


def mark(criterion: str, chosen: int, evidence: str, texts: Iterable[str], cap: int = HIGHEST) -> Mark:
    """One criterion scored; ``ValueError`` when ``chosen`` is not 1 to 5.

    From 3 up without evidence in ``texts`` the score drops to the anchor below; then the cap counts.
    """
    if not 1 <= chosen <= HIGHEST:
        raise ValueError(f"The anchor chosen for {criterion} is {chosen}; choose 1 to {HIGHEST}.")
    unproved = chosen >= NEEDS_EVIDENCE and not proof.holds(evidence, texts)
    score = min(chosen - unproved, cap)
    return Mark(criterion=criterion, chosen=chosen, evidence=evidence, cap=cap, score=score)


def caps_of(question: Question, flags: Iterable[int]) -> dict[str, int]:
    """The lowest cap of each criterion (5: none) once the red flags at those positions were heard.

    Positions count from 0 in ``question.red_flags``; ``ValueError`` for one that is not there.
    """
    caps: dict[str, int] = {criterion.id: HIGHEST for criterion in question.criteria}
    for flag in _known_flags(question, flags):
        cap = question.red_flags[flag].cap
        caps[cap.criterion] = min(caps[cap.criterion], cap.max)
    return caps


def question_score(question: Question, marks: Iterable[Mark]) -> float:
    """Q, 1 to 5: the weighted mean of the scores; ``ValueError`` unless each criterion has one mark."""
    scores = {each.criterion: each.score for each in marks}
    if scores.keys() != {criterion.id for criterion in question.criteria}:
        raise ValueError(f"{question.id} needs a mark for each of its criteria, and has {sorted(scores)}.")
    total = sum(criterion.weight for criterion in question.criteria)
    return sum(criterion.weight * scores[criterion.id] for criterion in question.criteria) / total


def rate(
    question: Question,
    flags: Iterable[int],
    choices: Mapping[str, tuple[int, str]],
    texts: Sequence[str],
    *,
    rating_id: str,
    attempt_id: str,
    rater: str,
    now: datetime,
) -> Rating:
    """A whole rating; ``choices`` maps each criterion id to (anchor chosen, evidence).

    ``texts`` are the parts of the answer and the replies to its probes. ``KeyError`` when a criterion
    has no choice, ``ValueError`` as in ``mark`` and ``caps_of``.
    """
    heard = _known_flags(question, flags)
    caps = caps_of(question, heard)
    marks = tuple(
        mark(criterion.id, *choices[criterion.id], texts, caps[criterion.id])
        for criterion in question.criteria
    )
    return Rating(
        id=rating_id,
        attempt_id=attempt_id,
        rater=rater,
        red_flags=tuple(question.red_flags[flag].text for flag in heard),
        marks=marks,
        q=question_score(question, marks),
        rated_at=now,
    )


def part_for(question: Question, criterion: str) -> str:
    """The id of the scaffold part that answers for a criterion; ``KeyError`` when none does."""
    return PARTS_OF[question.scaffold][question.criterion(criterion).id][0]


def criteria_of(question: Question, part: str) -> list[Criterion]:
    """The criteria of the question that a part of its scaffold answers for, in its order."""
    return [one for one in question.criteria if part in PARTS_OF[question.scaffold][one.id]]


def _known_flags(question: Question, flags: Iterable[int]) -> list[int]:
    """Each position once, in order."""
    heard = sorted(set(flags))
    if heard and not 0 <= heard[0] <= heard[-1] < len(question.red_flags):
        raise ValueError(
            f"{question.id} has {len(question.red_flags)} red flags; {heard} points beyond them."
        )
    return heard
