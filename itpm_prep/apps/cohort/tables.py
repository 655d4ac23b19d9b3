"""The frames and the tables of a class: worked out when asked for, and anew once something has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from itpm_prep.apps.cohort.lists import Lists, make_lists
from itpm_prep.apps.cohort.snapshot import keep_snapshot, mark_of, place_of, read_snapshot, snapshot_of
from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.records import Rating
from itpm_prep.store.cohort import Cohort

if TYPE_CHECKING:
    from itpm_prep.reports.frames import Frames


class Made(NamedTuple):
    """Frames, what they were made of (``mark_of``), and whether reviews added here since are not in them."""

    mark: str
    frames: Frames
    lacks_reviews: bool = False


class Tables:
    """What is worked out of a cohort.

    ``lists`` are the tables as they were last made, here or before, and None when they never were. What
    they depend on is compared each time, since another program may hand in files meanwhile.
    """

    def __init__(self, cohort: Cohort, bank: Bank, clock: Callable[[], datetime]) -> None:
        self._cohort, self._bank, self._now = cohort, bank, clock
        self._made: Made | None = None
        self._kept = read_snapshot(place_of(cohort.path))
        self.lists: Lists | None = self._kept.lists() if self._kept else None

    @property
    def frames(self) -> Frames:
        """The frames of the class as it stands; raises ``StoreError`` when it cannot be read."""
        return self._frames(without_reviews=False)

    @property
    def frames_without_reviews(self) -> Frames:
        """The frames as last read, as long as nothing has come but reviews added here; else ``frames``."""
        return self._frames(without_reviews=True)

    def _frames(self, *, without_reviews: bool) -> Frames:
        if self._made is None or not self.are_read(without_reviews=without_reviews):
            from itpm_prep.reports.frames import frames_of  # pandas: the first screen does without
            from itpm_prep.reports.source import source_of_cohort

            mark, self._made = self._mark(), None  # those of a large class go before the new ones come
            self._made = Made(mark, frames_of(source_of_cohort(self._cohort), self._bank, self._now()))
        return self._made.frames

    def are_read(self, *, without_reviews: bool = False) -> bool:
        """Whether the frames are there, so that asking for them takes no time."""
        made = self._made
        return made is not None and made.mark == self._mark() and (without_reviews or not made.lacks_reviews)

    def add_review(self, learner_id: str, rating: Rating) -> None:
        """Append a review to the cohort; of what was made only ``frames_without_reviews`` hold on.

        They do so only when they held just before: whatever another program has handed in is read.
        """
        made = self._made if self.are_read(without_reviews=True) else None
        self._cohort.review(learner_id, rating)
        self.outdate()
        if made is not None:
            self._made = made._replace(mark=self._mark(), lacks_reviews=True)

    def outdate(self) -> None:
        """What was made holds no longer."""
        self._made = None
        self._kept = replace(self._kept, mark="") if self._kept else None

    def make(self) -> Lists:
        """Make the tables anew, and keep them for the next start."""
        mark, now = self._mark(), self._now()
        self.lists = make_lists(self.frames, now)
        self._kept = snapshot_of(self.lists, mark, now)
        keep_snapshot(place_of(self._cohort.path), self._kept)
        return self.lists

    def is_current(self) -> bool:
        """Whether the tables are those of the class as it stands today."""
        return self._kept is not None and self._kept.mark == self._mark()

    def learners(self) -> int:
        """How many have handed in."""
        return len(self._cohort.learners())

    def told(self) -> str:
        """As of when the tables are, in words."""
        if self._kept is None:
            return "being worked out"
        made = self._kept.made_at.astimezone(self._now().tzinfo)
        as_of = f"as of {made.day} {made:%B}, {made:%H:%M}"
        return as_of if self.is_current() else f"{as_of}; being brought up to date"

    def _mark(self) -> str:
        return mark_of(self._cohort.path, self._bank.hash, self._now())
