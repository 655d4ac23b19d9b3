"""What a whole interview says: means per criterion, and where to try again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean

from msgspec import Struct

from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.bank.types import Question
from itpm_prep.practice.records import Rating
from itpm_prep.practice.scoring import part_for


class Weakest(Struct, frozen=True):
    """The criterion where answers lose most: its name and mean score, and the answer that lost most there.

    ``position`` is the turn of that answer, ``part`` the scaffold part to write again.
    """

    name: str
    mean: float
    position: int
    part: str


def criterion_means(scored: Mapping[int, tuple[Question, Rating]]) -> list[tuple[str, float]]:
    """(criterion name, mean score) over the scored turns, in the order in which they first occur."""
    scores: dict[str, list[int]] = defaultdict(list)
    for _, rating in scored.values():
        for mark in rating.marks:
            scores[CRITERION_NAMES[mark.criterion]].append(mark.score)
    return [(name, fmean(values)) for name, values in scores.items()]


def weakest(scored: Mapping[int, tuple[Question, Rating]]) -> Weakest | None:
    """Where answers lose most; None when nothing was scored or every criterion stands at 5."""
    means = criterion_means(scored)
    if not means:
        return None
    name, mean = min(means, key=lambda pair: pair[1])
    if mean == 5:
        return None
    lows: Sequence[tuple[int, int, str]] = [
        (mark.score, position, part_for(question, mark.criterion))
        for position, (question, rating) in scored.items()
        for mark in rating.marks
        if CRITERION_NAMES[mark.criterion] == name
    ]
    _, position, part = min(lows)
    return Weakest(name=name, mean=mean, position=position, part=part)
