"""The frames and the tables of a class: worked out when asked for, and anew once something has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from itpm_prep.apps.cohort.lists import Lists, make_lists
from itpm_prep.apps.cohort.snapshot import keep_snapshot, mark_of, place_of, read_snapshot, snapshot_of
from itpm_prep.bank.compiled import Bank
from itpm_prep.store.cohort import Cohort

if TYPE_CHECKING:
    from itpm_prep.reports.frames import Frames


class Tables:
    """What is worked out of a cohort.

    ``lists`` are the tables as they were last made, here or before, and None when they never were. What
    they depend on is compared each time, since another program may hand in files meanwhile.
    """

    def __init__(self, cohort: Cohort, bank: Bank, clock: Callable[[], datetime]) -> None:
        self._cohort, self._bank, self._now = cohort, bank, clock
        self._made: tuple[str, Frames] | None = None
        self._kept = read_snapshot(place_of(cohort.path))
        self.lists: Lists | None = self._kept.lists() if self._kept else None

    @property
    def frames(self) -> Frames:
        """The frames of the class as it stands; raises ``StoreError`` when it cannot be read."""
        mark = self._mark()
        if self._made is None or self._made[0] != mark:
            from itpm_prep.reports.frames import frames_of  # pandas: the first screen does without
            from itpm_prep.reports.source import source_of_cohort

            self._made = mark, frames_of(source_of_cohort(self._cohort), self._bank, self._now())
        return self._made[1]

    def are_read(self) -> bool:
        """Whether the frames are there, so that asking for them takes no time."""
        return self._made is not None and self._made[0] == self._mark()

    def outdate(self) -> None:
        """What was made holds no longer."""
        self._made = None
        self._kept = replace(self._kept, mark="") if self._kept else None

    def make(self) -> None:
        """Make the tables anew, and keep them for the next start."""
        mark, now = self._mark(), self._now()
        self.lists = make_lists(self.frames, now)
        self._kept = snapshot_of(self.lists, mark, now)
        keep_snapshot(place_of(self._cohort.path), self._kept)

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
