"""The queue of reviews: what waits for a reviewer by the wishes, from the frame of a cohort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.practice import review as rules
from itpm_prep.practice.records import Rating
from itpm_prep.practice.review import Waiting
from itpm_prep.reports.review_order import MOST_REVIEWERS
from itpm_prep.widgets.review_queue_screen import Listed, Wish

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]  # learner id, attempt id
Reviews = Mapping[Key, Sequence[Rating]]

SHARED: Mapping[str, int] = {"none": 0, "one": 1}  # wish to the number of reviewers so far
NOBODY: frozenset[str] = frozenset()
UNKNOWN_KIT = "another instructor's"


class Queue:
    """What a cohort has to review: ``rows`` is the frame ``review_queue``, perhaps from before some reviews.

    ``names`` are those of the learners and ``kits`` the titles of the kits known, both by id; ``reviews``
    holds the ratings of each answer by others than the learner.
    """

    def __init__(
        self, rows: pd.DataFrame, names: Mapping[str, str], kits: Mapping[str, str], reviews: Reviews
    ) -> None:
        self.rows, self.names, self.kits = rows, names, kits
        self._reviewers = {key: frozenset(one.rater for one in some) for key, some in reviews.items()}

    def find(self, wish: Wish, reviewer: str, most: int) -> tuple[list[Waiting], int]:
        """The first of what waits for this reviewer, in the order wished for, and how many there are.

        Of the many answers that nobody has reviewed only so many become objects as can be among the first.
        """
        rows = self.rows[self._fitting(wish.words)] if wish.words.strip() else self.rows
        met = rows["attempt_id"].isin({attempt for _, attempt in self._reviewers}).to_numpy(bool)
        some = rules.queue(self._waiting(rows[met], wish.share), reviewer, wish.order, wish.seed)
        fresh = rows[~met] if SHARED.get(wish.share, 0) == 0 else rows[:0]
        first = fresh.iloc[_order(fresh, wish)[:most]]
        found = rules.queue([*self._waiting(first, ""), *some], reviewer, wish.order, wish.seed)
        return found[:most], len(fresh) + len(some)

    def _waiting(self, rows: pd.DataFrame, share: str) -> list[Waiting]:
        columns = (rows["learner_id"], rows["attempt_id"], rows["uncertainty"], _micros(rows))
        waiting = [
            Waiting(learner, attempt, uncertainty, at, self._reviewers.get((learner, attempt), NOBODY))
            for learner, attempt, uncertainty, at in zip(*(one.tolist() for one in columns), strict=True)
        ]
        wanted = [SHARED[share]] if share in SHARED else range(MOST_REVIEWERS)
        return [one for one in waiting if len(one.reviewers) in wanted]

    def _fitting(self, typed: str) -> pd.Series[bool]:
        """Which rows hold every word typed."""
        named = (("learner_id", self.names), ("competency", COMPETENCY_NAMES), ("kit", self.kits))
        text = self.rows["question_id"].astype("str") + " " + self.rows["title"].astype("str")
        for column, names in named:
            values = self.rows[column].astype("str")
            told = {one: names.get(one, "") for one in values.unique()}
            text += " " + values.map(told).astype("str")
        folded = text.str.casefold()
        fits = folded.notna()
        for word in typed.casefold().split():
            fits &= folded.str.contains(word, regex=False)
        return fits

    def lines(self, found: Sequence[Waiting]) -> list[Listed]:
        """Some of what was found, as the screen lists it."""
        wanted = {one.attempt_id for one in found}
        rows = self.rows[self.rows["attempt_id"].isin(wanted)]
        by_key = {(row.learner_id, row.attempt_id): row for row in rows.itertuples()}
        return [self._line(one, by_key[one.key]) for one in found]

    def _line(self, one: Waiting, row: Any) -> Listed:
        return Listed(
            key=spell(one.key),
            name=self.names.get(one.learner_id, ""),
            title=row.title or row.question_id,
            category=row.category,
            level=row.level,
            competency=row.competency,
            kit=self.kits.get(row.kit, UNKNOWN_KIT) if row.kit else "",
            submitted_at=row.submitted_at.to_pydatetime(),
            words=row.words,
            reviewers=len(one.reviewers),
            uncertainty=one.uncertainty,
        )


def _micros(rows: pd.DataFrame) -> np.ndarray:
    """When each answer was handed in, in microseconds since 1970."""
    times: np.ndarray = rows["submitted_at"].dt.tz_localize(None).to_numpy("datetime64[us]")
    return times.astype(np.int64)


def _order(rows: pd.DataFrame, wish: Wish) -> np.ndarray:
    """The places of the rows in the order of ``practice.review.queue``, but for ids between equals."""
    times = _micros(rows)
    if wish.order == "random":
        ids = zip(rows["learner_id"].tolist(), rows["attempt_id"].tolist(), strict=True)
        lots = (rules.lot(wish.seed, learner, attempt) for learner, attempt in ids)
        return np.argsort(np.fromiter(lots, np.uint64, len(rows)), kind="stable")
    if wish.order == "oldest":
        return np.argsort(times, kind="stable")
    return np.lexsort((times, -rows["uncertainty"].to_numpy(float)))


def by_answer(reviews: Iterable[tuple[str, Rating]]) -> dict[Key, list[Rating]]:
    """The reviews of each answer, from (learner id, rating)."""
    found: dict[Key, list[Rating]] = {}
    for learner, rating in reviews:
        found.setdefault((learner, rating.attempt_id), []).append(rating)
    return found


def spell(key: Key) -> str:
    """A key as the screens pass it round."""
    return msgspec.json.encode(key).decode()


def unspell(spelt: str) -> Key:
    """The key again."""
    learner, attempt = msgspec.json.decode(spelt, type=Key)
    return learner, attempt
