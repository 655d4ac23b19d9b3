"""Every answer: filters, the full text of each attempt, and the way to answer it once more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from itpm_prep.apps.progress.again import Again
from itpm_prep.bank.compiled import bank_of
from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.practice.records import Attempt
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.sections import about, title_of, worth
from itpm_prep.widgets.blocks import Block, Item
from itpm_prep.widgets.progress_screen import AnswersScreen, View, Wish, skipped_screen

if TYPE_CHECKING:
    from itpm_prep.apps.progress.controller import ProgressApp

NO_BANK = "The question bank cannot be read, so nothing can be answered again; run itpm-prep bank check."


class Answers:
    """The answers of the record, newest first, and one of them opened."""

    def __init__(self, app: ProgressApp) -> None:
        self.app = app
        self._screen = AnswersScreen(self.find, app.on(lambda one: self.open(one, "answers")))

    def blocks(self) -> Sequence[Block]:
        """Filters and list."""
        return self._screen.blocks()

    def forget(self) -> None:
        """The record has changed."""
        self.__dict__.pop("_texts", None)

    # The list ---------------------------------------------------------------------------------

    def find(self, wish: Wish) -> list[Item]:
        """The answers that fit a wish, newest first."""
        words = wish.words.casefold().split()
        texts = self._texts if words else {}
        return self.items(
            lambda row: _fits(row, wish) and all(word in texts[row.attempt_id] for word in words)
        )

    def items(self, keep: Callable[[Any], bool]) -> list[Item]:
        """The attempts whose row of the frame is to be kept, newest first."""
        now, waiting = self.app.now(), self.app.to_score()
        return [_item(row, now, waiting) for row in self._rows() if keep(row)]

    def _rows(self) -> Iterable[Any]:
        attempts = self.app.frames.attempts
        return rows_of(attempts.sort_values("submitted_at", ascending=False, kind="stable"))

    @cached_property
    def _texts(self) -> dict[str, str]:
        """What the search looks in, by attempt: the words written, the question, and what was commented."""
        found: dict[str, list[str]] = {}
        for row in rows_of(self.app.frames.attempts):
            found[row.attempt_id] = [title_of(row), row.question_id, self._stem(row.question_id)]
        for attempt in self.app.record.attempts():
            found[attempt.id] += [*attempt.parts.values(), *attempt.figures.values(), attempt.notes]
        for reply in self.app.record.replies():
            found[reply.attempt_id] += [reply.ask, reply.text]
        for rating in self.app.record.ratings():
            comments = (mark.comment for mark in rating.marks)
            found[rating.attempt_id] += [rating.comment, *comments]
        return {one: " ".join(texts).casefold() for one, texts in found.items()}

    def _stem(self, question_id: str) -> str:
        bank = self.app.bank
        return bank.question(question_id).stem if bank is not None and question_id in bank else ""

    # One attempt ------------------------------------------------------------------------------

    def open(self, attempt_id: str, view: View) -> None:
        """One attempt in full; afterwards the ``view`` it was opened from is shown again."""
        attempt = next(one for one in self.app.record.attempts() if one.id == attempt_id)
        bank = bank_of([]) if self.app.bank is None else self.app.bank
        again = Again(self.app.page, self.app.record, bank, lambda: self._back(view))
        if attempt.outcome == "skipped":
            self._show_skipped(attempt, again)
        else:
            again.show_attempt(attempt)
        if self.app.bank is None:
            self.app.page.remark(NO_BANK)

    def _back(self, view: View) -> None:
        self.app.forget()
        self.app.show_view(view)

    def _show_skipped(self, attempt: Attempt, again: Again) -> None:
        (row,) = (one for one in self._rows() if one.attempt_id == attempt.id)
        told = " · ".join([CATEGORY_NAMES[row.category], *about(row, self.app.now())])
        on_again = again.asker_of(attempt.question_id)
        self.app.page.show(*skipped_screen(title_of(row), told, on_again, again.act(again.set_up)))


def _item(row: Any, now: datetime, to_score: frozenset[str]) -> Item:
    told = [CATEGORY_NAMES[row.category], *about(row, now), worth(row, to_score)]
    return Item(row.attempt_id, title_of(row), " · ".join(told), row.category)


def _fits(row: Any, wish: Wish) -> bool:
    return (
        wish.category in ("", row.category)
        and wish.level in ("", row.level)
        and wish.mode in ("", row.mode)
        and wish.scored in ("", scored(row))
    )


def scored(row: Any) -> str:
    """By whom an attempt is scored: one of ``progress_screen.SCORED``."""
    if row.outcome == "skipped":
        return "skipped"
    if row.reviewers:
        return "reviewed"
    return "self" if row.raters else "unscored"
