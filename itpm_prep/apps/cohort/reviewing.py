"""Blind review: the queue of a cohort, the reviews under way, and what goes back to the learners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from random import SystemRandom
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar
from uuid import uuid4

from itpm_prep.apps.cohort.hand_back import Exporter, files_for
from itpm_prep.apps.cohort.kits import MADE
from itpm_prep.apps.cohort.lists import shown_names
from itpm_prep.apps.cohort.review_desk import Answers, Desk, DeskHost, given
from itpm_prep.apps.cohort.review_queue import Key, Queue, by_answer, spell, unspell
from itpm_prep.practice import review as rules
from itpm_prep.practice.calibration import day
from itpm_prep.practice.kit_files import decode_kits
from itpm_prep.practice.records import Rating
from itpm_prep.practice.review import KIND, Review
from itpm_prep.problems import PersonError
from itpm_prep.widgets import review_queue_screen as screens
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.marks_beside import listed
from itpm_prep.widgets.review_screen import result_screen

if TYPE_CHECKING:
    import pandas as pd

    from itpm_prep.reports.frames import Frames

REVIEWER = "reviewer_name"  # the preference that keeps the name
LISTED_AT_MOST = 200  # answers of the queue: every row costs the browser
T = TypeVar("T")


class Reviewed(Answers, Exporter, Protocol):
    """What reviewing needs of the cohort's store."""

    def reviews(self) -> Iterable[tuple[str, Rating]]:
        """Learner id and rating of every rating by somebody else than the learner."""


class ReviewingHost(DeskHost, Protocol):
    """What reviewing needs of the controller."""

    @property
    def cohort(self) -> Reviewed:
        """The cohort's store."""

    @property
    def frames_without_reviews(self) -> Frames:
        """The frames of the cohort, perhaps without the reviews that were added here since they were made."""

    def show_view(self, view: Literal["review"]) -> None:
        """Show the queue."""


class Reviewing:
    """Draws the queue and opens reviews; it lives as long as the page."""

    def __init__(self, host: ReviewingHost) -> None:
        self.host = host
        self.wish = screens.Wish(seed=SystemRandom().randrange(10_000))

    @property
    def reviewer(self) -> str:
        """Who reviews; empty until a name was given."""
        return self.host.record.preference(REVIEWER) or ""

    # The view ---------------------------------------------------------------------------------

    def draw(self) -> Sequence[Block]:
        """The reviews under way, the queue, what was reviewed, and the files for the learners."""
        if not self.reviewer:
            return screens.name_blocks("", self._on(self._call))
        self._read()
        opened = self._on(self._open_spelt)
        screen = screens.QueueScreen(self.wish, self._on(self._fill), opened, self.host.now())
        self._fill(screen)
        learners = {key[0] for key, _, _ in self._mine}
        back = screens.HandBack(len(self._mine), len(learners), self._files)
        return (
            *screens.name_blocks(self.reviewer, self._on(self._call)),
            *screens.under_way_blocks(self._under_way(), opened),
            *screen.blocks,
            *screens.reviewed_blocks(self._past(), self._on(self._show_spelt)),
            *back.blocks(self.host.act),
        )

    def _call(self, typed: str) -> None:
        try:
            name = rules.reviewer_name(typed)
        except ValueError as fault:
            raise PersonError(str(fault)) from fault
        known = (rating.rater for _, rating in self.host.cohort.reviews())
        as_before = next((one for one in known if rules.same_reviewer(one, name)), name)
        self.host.record.prefer(REVIEWER, as_before)
        self._leave()

    def _read(self) -> None:
        """What the cohort holds now."""
        frames = self.host.frames_without_reviews  # the queue knows of every review by itself
        self._hold(frames.review_queue, shown_names(frames))

    def _hold(self, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
        self._reviews = by_answer(self.host.cohort.reviews())
        kits = decode_kits(self.host.record.documents(MADE))
        self.queue = Queue(rows, names, {kit.id: kit.title for kit in kits}, self._reviews)
        self._mine = self._own()

    def _fill(self, screen: screens.QueueScreen) -> None:
        self.wish = screen.wish
        found, waiting = self.queue.find(self.wish, self.reviewer, LISTED_AT_MOST)
        screen.fill(self.queue.lines(found), waiting)

    def _files(self) -> Sequence[tuple[str, str, str]]:
        """Of every review that is this reviewer's, also one that was given under another spelling."""
        wanted = dict.fromkeys((key[0], own.rater) for key, own, _ in self._mine)
        return files_for(self.host.cohort, wanted, self.queue.names)

    # Reviews under way and submitted ----------------------------------------------------------

    def _under_way(self) -> list[screens.Past]:
        """The reviewer's drafts; one whose review was submitted all the same is over, and goes."""
        submitted = {key for key, _, _ in self._mine}
        begun = []
        for document, text in self.host.record.documents(KIND).items():
            draft = rules.decode(text)
            if draft is None or not rules.same_reviewer(draft.reviewer, self.reviewer):
                continue
            key = (draft.learner_id, draft.attempt_id)
            if key in submitted:
                self.host.record.drop_document(KIND, document)
            else:
                note = f"begun on {day(draft.begun_at, self.host.now())}"
                begun.append(self._told(key, draft.question_id, note))
        return begun

    def _own(self) -> list[tuple[Key, Rating, list[Rating]]]:
        """Each answer this reviewer has reviewed, the own review of it, and all of them; latest first."""
        reviewer = self.reviewer  # asked for once: it is read from the disk
        found = ((key, rules.submitted(reviews, reviewer), reviews) for key, reviews in self._reviews.items())
        mine = [(key, own, reviews) for key, own, reviews in found if own]
        return sorted(mine, key=lambda each: each[1].rated_at, reverse=True)

    def _past(self) -> list[screens.Past]:
        return [self._past_line(key, own, reviews) for key, own, reviews in self._mine]

    def _past_line(self, key: Key, own: Rating, reviews: Sequence[Rating]) -> screens.Past:
        others = [name for name in rules.by_rater(reviews) if name != own.rater]
        apart = any(own.rater in one.raters for one in rules.differences(reviews))
        note = f"{day(own.rated_at, self.host.now())}, score {own.q:.1f}"
        if others:
            note += f", {'far from' if apart else 'also reviewed by'} {listed(others)}"
        attempt = self.host.cohort.attempt(*key)
        return self._told(key, attempt.question_id if attempt else "", note, apart=apart)

    def _told(self, key: Key, question_id: str, note: str, *, apart: bool = False) -> screens.Past:
        title = next((one.title for one in self.host.bank.entries if one.id == question_id), question_id)
        return screens.Past(spell(key), self.queue.names.get(key[0], ""), title, note, apart)

    # One answer -------------------------------------------------------------------------------

    def open(self, learner_id: str, attempt_id: str) -> None:
        """Review an answer that was chosen elsewhere; without a name, ask for it first."""
        self._leave()
        if self.reviewer:
            self._open((learner_id, attempt_id))
        else:
            self.host.page.remark(screens.NAMELESS_REVIEWER)

    def _open_spelt(self, spelt: str) -> None:
        self._open(unspell(spelt))

    def _show_spelt(self, spelt: str) -> None:
        self._show(unspell(spelt))

    def _open(self, key: Key) -> None:
        """Begin a review, go on with it, or show it when it was submitted."""
        if rules.submitted(self.host.cohort.ratings(*key), self.reviewer):
            self._show(key)
            return
        kept = self.host.record.documents(KIND).get(rules.document_id(*key, self.reviewer))
        review = (rules.decode(kept) if kept else None) or self._begin(key)
        name = self.queue.names.get(key[0], "")
        Desk(self.host, self.host.cohort, name, review, self._leave, partial(self._done, key)).draw()

    def _begin(self, key: Key) -> Review:
        attempt = self.host.cohort.attempt(*key)
        if attempt is None:
            raise PersonError("This answer is no longer in the cohort.")
        return rules.begin(key[0], attempt, self.reviewer, uuid4().hex, self.host.now())

    def _done(self, key: Key) -> None:
        # When another program handed in meanwhile, it is read for the queue and not between two reviews.
        self._hold(self.queue.rows, self.queue.names)
        self._show(key)

    def _show(self, key: Key) -> None:
        """All marks of an answer that this reviewer has reviewed, and the way to the next one."""
        seen = given(self.host.cohort, self.host.bank, self.queue.names.get(key[0], ""), *key)
        ratings = rules.visible(self.host.cohort.ratings(*key), self.reviewer)
        following, _ = self.queue.find(self.wish, self.reviewer, 1)
        on_next = self.host.act(partial(self._open, following[0].key)) if following else None
        self.host.page.show(*result_screen(seen, ratings, on_next, self.host.act(self._leave)))

    def _leave(self) -> None:
        self.host.show_view("review")

    def _on(self, step: Callable[[T], None]) -> Callable[[T], None]:
        return lambda told: self.host.act(partial(step, told))()
