"""Earlier answers: the attempts of a question side by side, and the way to answer it once more."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from msgspec.structs import replace

from itpm_prep.apps.mock_interview.aside import AsideHost
from itpm_prep.apps.mock_interview.offer import expect_none_open
from itpm_prep.apps.mock_interview.scoring import RATER
from itpm_prep.apps.mock_interview.sets import last_setup
from itpm_prep.practice import earlier as rules
from itpm_prep.practice import retry
from itpm_prep.practice.calibration import rated_words
from itpm_prep.practice.records import Attempt, Fact, Interview, Rating
from itpm_prep.practice.review import to_score
from itpm_prep.store.record import Record
from itpm_prep.widgets.blocks import Block, Button
from itpm_prep.widgets.earlier_screen import AttemptsScreen, Listed, Shown, list_screen


class Earlier:
    """The list of questions answered, and the attempts of one."""

    def __init__(self, host: AsideHost) -> None:
        self.host, self.record, self.bank = host, host.record, host.bank

    def door(self) -> tuple[Block, ...]:
        """The button that leads here; nothing before the first attempt."""
        if not self.record.last_seen():
            return ()
        return (Button("Earlier answers", "plain", self.host.act(self.show_list)),)

    def show_list(self) -> None:
        """Every question answered."""
        ratings = self.record.ratings()
        rated = rules.latest_ratings(ratings, RATER)
        reviews = {one.attempt_id for one in ratings if one.rater != RATER}
        listed = [
            Listed(
                asked,
                self._title(asked.question_id),
                rated.get(asked.latest.id),
                not reviews.isdisjoint(each.id for each in asked.attempts),
            )
            for asked in rules.group(self.record.attempts())
        ]
        now = self.host.now().astimezone()
        self.host.show_aside(*list_screen(listed, now, self._open, self.host.act(self.host.set_up)))

    def show(self, question_id: str, chosen: str = "") -> None:
        """The attempts of one question; ``chosen`` is the id of the one to open on its own."""
        asked = next(one for one in rules.group(self.record.attempts()) if one.question_id == question_id)
        ratings = self.record.ratings()
        rated = rules.latest_ratings(ratings, RATER)
        replies = self.record.replies()
        waiting = to_score(self.record.unfinished())
        shown = [
            Shown(
                one,
                rated.get(one.id),
                [reply for reply in replies if reply.attempt_id == one.id],
                [rating for rating in ratings if rating.attempt_id == one.id],
                one.id in waiting,
            )
            for one in asked.attempts
        ]
        screen = AttemptsScreen(
            shown,
            self.bank.question(question_id) if question_id in self.bank else None,
            self._standing,
            self.host.now().astimezone(),
            lambda attempt_id, part: self.host.act(lambda: self._write_part(attempt_id, part))(),
            self.host.act(lambda: self.answer_again(question_id)),
            self.host.act(self.show_list),
            chosen,
        )
        self.host.show_aside(*screen.blocks)

    def _open(self, question_id: str) -> None:
        self.host.act(lambda: self.show(question_id))()

    def _title(self, question_id: str) -> str:
        entries = (one.title for one in self.bank.entries if one.id == question_id)
        return next(entries, f"{question_id} (no longer in the bank)")

    def _standing(self, ratings: Sequence[Rating]) -> str:
        moments = [one.rated_at for one in ratings]
        return rated_words(self.record.calibrations(), moments, self.host.now().astimezone())

    def answer_again(self, question_id: str) -> None:
        """The whole question, in practice mode, in the boxes that were chosen last."""
        expect_none_open(self.record)
        entries = [one for one in self.bank.entries if one.id == question_id]
        setup = retry.alone(self.bank.question(question_id))
        self.host.ask(replace(setup, boxes=last_setup(self.record).boxes), entries)

    def _write_part(self, attempt_id: str, part: str) -> None:
        """One part of one attempt; what comes of it is compared and scored like any retry."""
        expect_none_open(self.record)
        before = next(one for one in self.record.attempts() if one.id == attempt_id)
        interview = retry.reopen(
            self.bank.question(before.question_id),
            before,
            part,
            interview_id=uuid4().hex,
            bank_hash=self.bank.hash,
            now=self.host.now(),
        )
        self.host.open(interview)


def facts_behind(record: Record, interview: Interview) -> list[Fact]:
    """The facts of an interview, and first those of the earlier attempts that it writes again."""
    named = {one for turn in interview.turns for one in turn.attempt_ids}
    if not named:
        return []
    own = record.facts_of(interview.id)
    before = named - {fact.id for fact in own if isinstance(fact, Attempt)}
    if not before:
        return own
    return [
        *(one for one in record.attempts() if one.id in before),
        *(one for one in record.replies() if one.attempt_id in before),
        *(one for one in record.ratings() if one.attempt_id in before),
        *own,
    ]
