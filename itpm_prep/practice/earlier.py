"""Earlier answers: the attempts of one question, and what changed from one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.practice.comparison import Piece, compare
from itpm_prep.practice.records import Attempt, Rating
from itpm_prep.practice.scaffolds import IN_ONE, WHOLE, frame_of


class Asked(Struct, frozen=True):
    """One question and its attempts, oldest first; skipped ones are left out."""

    question_id: str
    attempts: tuple[Attempt, ...]

    @property
    def latest(self) -> Attempt:
        """The attempt handed in last."""
        return self.attempts[-1]


class Change(Struct, frozen=True):
    """A criterion's name with its score, 1-5, before and after."""

    name: str
    before: int
    after: int


class PartChange(Struct, frozen=True):
    """One part of the frame: what stood there before and after, and the pieces that tell the difference."""

    id: str
    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


def group(attempts: Iterable[Attempt]) -> list[Asked]:
    """The answered attempts by question, the question answered last first."""
    found: dict[str, list[Attempt]] = defaultdict(list)
    for one in attempts:
        if one.outcome == "answered":
            found[one.question_id].append(one)
    asked = [Asked(name, tuple(sorted(some, key=_handed_in))) for name, some in found.items()]
    return sorted(asked, key=lambda each: _handed_in(each.latest), reverse=True)


def latest_ratings(ratings: Iterable[Rating], rater: str) -> dict[str, Rating]:
    """Attempt id to the newest rating of one rater: another rater's marks are no change of the answer."""
    mine = (one for one in ratings if one.rater == rater)
    return {one.attempt_id: one for one in sorted(mine, key=lambda one: one.rated_at)}


def in_order(one: Attempt, other: Attempt) -> tuple[Attempt, Attempt]:
    """Two attempts, the one handed in first before the other."""
    first, second = sorted((one, other), key=_handed_in)
    return first, second


def criterion_changes(before: Rating | None, after: Rating | None) -> list[Change]:
    """What became of each criterion that both ratings hold; nothing unless both attempts are rated."""
    if before is None or after is None:
        return []
    old = {mark.criterion: mark.score for mark in before.marks}
    return [
        Change(CRITERION_NAMES[mark.criterion], old[mark.criterion], mark.score)
        for mark in after.marks
        if mark.criterion in old
    ]


def part_changes(before: Attempt, after: Attempt) -> list[PartChange]:
    """Part by part in the order of the later frame; parts that only the earlier one has come last.

    Where one of them was written in one box, the other one is taken as one text too.
    """
    if before.scaffold != after.scaffold and WHOLE in (before.scaffold, after.scaffold):
        before, after = _in_one(before), _in_one(after)
    now = _names(after)
    names = now | {part: name for part, name in _names(before).items() if part not in now}
    return [
        PartChange(part, name, old, new, tuple(compare(old, new)))
        for part, name in names.items()
        for old, new in [(before.parts.get(part, ""), after.parts.get(part, ""))]
    ]


def words_of(attempt: Attempt) -> int:
    """How many words an attempt has in all its parts."""
    return sum(len(text.split()) for text in attempt.parts.values())


def texts_of(attempt: Attempt) -> list[tuple[str, str]]:
    """(part name, text) in the order of the attempt's own frame."""
    return [(name, attempt.parts.get(part, "")) for part, name in _names(attempt).items()]


def _in_one(attempt: Attempt) -> Attempt:
    texts = (text.strip() for _, text in texts_of(attempt))
    return replace(attempt, scaffold=WHOLE, parts={IN_ONE.id: "\n\n".join(filter(None, texts))})


def _names(attempt: Attempt) -> dict[str, str]:
    return {part.id: part.name for part in frame_of(attempt.scaffold).parts}


def _handed_in(attempt: Attempt) -> tuple[float, str]:
    """Where an attempt stands among others; the id decides between two of the same moment."""
    return attempt.submitted_at.timestamp(), attempt.id
