"""The screens of earlier answers: the questions answered, and the attempts of one side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from itpm_prep.bank.types import Exhibit, Question
from itpm_prep.practice.calibration import day
from itpm_prep.practice.earlier import (
    Asked,
    criterion_changes,
    in_order,
    part_changes,
    texts_of,
    words_of,
)
from itpm_prep.practice.records import Attempt, Rating, Reply
from itpm_prep.practice.review import SELF, visible
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Button, Html, Item, Listing, Row, Select
from itpm_prep.widgets.debrief_screen import SELF_RATED
from itpm_prep.widgets.marks_beside import kept_back, reviewers_of, reviews_beside
from itpm_prep.widgets.mode_words import MODE_NAMES
from itpm_prep.widgets.question_screen import folded, own_words
from itpm_prep.widgets.retry_screen import word_diff

ALONE = ""  # in the second list: nothing to compare with


class Shown(NamedTuple):
    """One attempt with the learner's own rating of it, the replies to its probes, and everybody's ratings.

    ``to_score`` says that the learner has still to score it: reviews are kept back until then.
    """

    attempt: Attempt
    rating: Rating | None = None
    replies: Sequence[Reply] = ()
    ratings: Sequence[Rating] = ()
    to_score: bool = False


class Listed(NamedTuple):
    """One question of the list; ``title`` is its id where the bank no longer holds it."""

    asked: Asked
    title: str
    rating: Rating | None = None
    reviewed: bool = False


def list_screen(
    listed: Sequence[Listed], now: datetime, on_open: Callable[[str], None], on_back: Callable[[], None]
) -> tuple[Block, ...]:
    """Every question answered, the latest first; times are told in the zone of ``now``."""
    count = markup.plural(len(listed), "question")
    told = "" if listed else markup.text("You have skipped questions, and answered none yet.", "p", "gap")
    return (
        Html(markup.heading("Earlier answers", count if listed else "") + told),
        *([Row(Listing([_item(one, now) for one in listed], on_open), look="gap")] if listed else ()),
        Row(Button("Back", "plain", on_back), Html(), look="foot"),
    )


def _item(listed: Listed, now: datetime) -> Item:
    asked, latest = listed.asked, listed.asked.latest
    score = f"latest score {listed.rating.q:.1f}" if listed.rating else "latest not scored"
    score += ", reviewed" * listed.reviewed
    attempts = markup.plural(len(asked.attempts), "attempt")
    note = f"{latest.level.capitalize()}, {attempts}, {day(latest.submitted_at, now)}, {score}"
    return Item(asked.question_id, listed.title, note, latest.category)


class AttemptsScreen:
    """The attempts of one question: one of them, compared with another or on its own.

    ``question`` is None where the bank no longer holds it. ``standing`` says what some self-scores are
    worth, ``on_part(attempt id, part id)`` writes a part again, ``on_again`` asks the whole question.
    ``chosen`` is the id of the attempt to open on its own; without one the newest is compared with the
    one before it. Times are told in the zone of ``now``.
    """

    def __init__(
        self,
        shown: Sequence[Shown],
        question: Question | None,
        standing: Callable[[Sequence[Rating]], str],
        now: datetime,
        on_part: Callable[[str, str], None],
        on_again: Callable[[], None],
        on_back: Callable[[], None],
        chosen: str = "",
    ) -> None:
        self.shown = {one.attempt.id: one for one in reversed(shown)}  # the newest first
        self.question, self.standing, self.now = question, standing, now
        self.on_part, self.on_again, self.on_back = on_part, on_again, on_back
        names = {name: self.label(one) for name, one in self.shown.items()}
        newest, *others = names
        before = others[0] if others and not chosen else ALONE
        self.one = Select("Attempt", names, chosen or newest, lambda _: self._draw())
        alone = {ALONE: "Nothing, on its own"}
        self.other = Select("Compared with", alone | names, before, lambda _: self._draw())
        self.body = Row(look="")
        self._draw()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The screen."""
        latest = next(iter(self.shown.values())).attempt
        head = markup.heading(latest.question_id)
        if self.question:
            head = markup.heading(self.question.title, latest.question_id)
            head += markup.text(self.question.stem, "p", "stem")
        again: list[Block] = [Button("Answer it again", "primary", self.on_again)] if self._askable else []
        return (
            Html(head),
            *([Row(self.one, self.other, look="gap")] if len(self.shown) > 1 else ()),
            self.body,
            Row(Button("Back", "plain", self.on_back), *(again or [Html()]), look="foot"),
        )

    def label(self, shown: Shown) -> str:
        """An attempt in one line."""
        attempt, rating = shown.attempt, shown.rating
        at = attempt.submitted_at.astimezone(self.now.tzinfo)
        more = [f"{day(at, self.now)} {at:%H:%M}", MODE_NAMES[attempt.mode]]
        if attempt.take > 1:
            more.append(f"take {attempt.take}")
        if attempt.retry_part:
            more.append(f"retry: {_part_name(attempt, attempt.retry_part)}")
        elif attempt.retry_of:
            more.append("retry")
        if self.question is None or attempt.question_version != self.question.version:
            more.append(f"version {attempt.question_version}")
        more.append(f"score {rating.q:.1f}" if rating else "not scored")
        return ", ".join([*more, *(["reviewed"] if reviewers_of(shown.ratings) else [])])

    @property
    def _askable(self) -> bool:
        return self.question is not None and self.question.status != "retired"

    def _draw(self) -> None:
        chosen = self.shown[self.one.value]
        other = self.shown.get(self.other.value, chosen)
        alone = other.attempt.id == chosen.attempt.id
        told = self._alone(chosen) if alone else self._pair(chosen, other)
        self.body.fill(*self._why_not(chosen.attempt), *told)

    def _why_not(self, attempt: Attempt) -> tuple[Block, ...]:
        """Why the parts of an attempt cannot be written again; nothing where they can."""
        name, version = attempt.question_id, attempt.question_version
        if self.question is None:
            words = f"The bank no longer holds {name}, version {version}, so it cannot be answered again."
        elif not self._askable:
            words = f"{name} was retired, so it cannot be answered again."
        elif version != self.question.version:
            words = (
                f"This attempt answers version {version} of {name}, and the bank now holds version "
                f"{self.question.version}: the question can be answered again, a part cannot."
            )
        else:
            return ()
        return (Html(markup.note(words, "warn")),)

    # One attempt ------------------------------------------------------------------------------

    def _alone(self, chosen: Shown) -> list[Block]:
        attempt, rating = chosen.attempt, chosen.rating
        counts = f"{markup.plural(words_of(attempt), 'word')}, {_time(attempt)} on the clock."
        told = markup.text(counts, "p", "quiet gap")
        if rating:
            told += self._worth([rating]) + "".join(
                markup.bar(name, score) for name, score in _scores(rating).items()
            )
        blocks: list[Block] = [Html(told + _reviews(chosen))]
        for part, (name, text) in zip(frame_of(attempt.scaffold).parts, texts_of(attempt), strict=True):
            said = markup.text(text, "p", "own") if text.strip() else markup.text("Left empty.", "p", "quiet")
            blocks += [self._head(attempt, part.id, name), Html(said)]
        return [*blocks, Html(self._beside(chosen))]

    # Two attempts -----------------------------------------------------------------------------

    def _pair(self, chosen: Shown, other: Shown) -> list[Block]:
        first, last = in_order(chosen.attempt, other.attempt)
        before, after = self.shown[first.id], self.shown[last.id]
        blocks: list[Block] = [Html(self._table(before, after))]
        changes = part_changes(first, last)
        if any(part.before != part.after for part in changes):
            blocks.append(Html(markup.text("Struck through: taken out. Underlined: new.", "p", "quiet gap")))
        for part in changes:
            if part.before != part.after:
                told = word_diff(part.pieces)
            elif part.before.strip():
                told = markup.text("The same in both.", "p", "quiet") + folded(
                    "Show it", markup.text(part.before, "p", "own")
                )
            else:
                told = markup.text("Left empty in both.", "p", "quiet")
            blocks += [self._head(chosen.attempt, part.id, part.name), Html(told)]
        texts = "".join(
            folded(
                f"{word}: {self.label(one)}",
                own_words(texts_of(one.attempt)) + self._beside(one) + _reviews(one),
            )
            for word, one in (("Before", before), ("After", after))
        )
        return [*blocks, Html(markup.text("In full", "h2") + texts)]

    def _table(self, before: Shown, after: Shown) -> str:
        changes = criterion_changes(before.rating, after.rating)
        rows = [
            (one.name, str(one.before), str(one.after), _signed(one.after - one.before)) for one in changes
        ]
        if changes and before.rating and after.rating:
            old, new = (round(one.q, 1) for one in (before.rating, after.rating))
            rows.append(("Score", f"{old:.1f}", f"{new:.1f}", _signed(round(new - old, 1))))
            told = self._worth([before.rating, after.rating])
        else:
            words = "The scores cannot be compared: both attempts have to be scored, on the same criteria."
            told = markup.text(words, "p", "quiet gap")
        old_words, new_words = words_of(before.attempt), words_of(after.attempt)
        rows.append(("Words", str(old_words), str(new_words), _signed(new_words - old_words)))
        rows.append(("Time on the clock", _time(before.attempt), _time(after.attempt), ""))
        columns = ("What", "Before", "After", "Change")
        table = markup.table(
            Exhibit(id="changes", kind="table", title="What changed", columns=columns, rows=tuple(rows))
        )
        return told + table

    # Both -------------------------------------------------------------------------------------

    def _head(self, attempt: Attempt, part: str, name: str) -> Block:
        """The name of a part, and the way to write it again where that can be done."""
        title = Html(markup.text(name, "h2"))
        if self._why_not(attempt) or part not in {one.id for one in frame_of(attempt.scaffold).parts}:
            return title
        retry = Button(f"Retry: {name}", "", partial(self.on_part, attempt.id, part))
        return Row(title, retry, look="row apart")

    def _worth(self, ratings: Sequence[Rating]) -> str:
        answers = markup.plural(len(ratings), "answer")
        told = SELF_RATED.format(answers=answers, standing=self.standing(ratings))
        return markup.text(told[:1].upper() + told[1:] + ".", "p", "quiet gap")

    def _beside(self, shown: Shown) -> str:
        """What an attempt holds beside its parts: figures, replies, notes."""
        attempt = shown.attempt
        asks = {one.id: one.ask for one in self.question.figures} if self.question else {}
        typed = [f"{asks.get(name, name)}: {text}" for name, text in attempt.figures.items() if text.strip()]
        told = markup.text("Figures", "h2") + markup.bullets(typed) if typed else ""
        for reply in shown.replies:
            told += markup.text(f"Follow-up: {reply.ask}", "h2")
            told += markup.text(reply.text or "Passed over.", "p", "own" if reply.text else "quiet")
        if attempt.notes.strip():
            told += markup.text("Notes", "h2") + markup.text(attempt.notes, "p", "own")
        return told


def _reviews(shown: Shown) -> str:
    """The reviews beside the own scores; that there are some, while the answer has still to be scored."""
    seen = visible(shown.ratings, SELF, over=not shown.to_score)
    return reviews_beside(seen.values()) if seen else kept_back(shown.ratings)


def _scores(rating: Rating) -> dict[str, int]:
    return {one.name: one.after for one in criterion_changes(rating, rating)}


def _signed(change: float) -> str:
    return f"{change:+}" if change else "0"


def _time(attempt: Attempt) -> str:
    """The time on the clock; that of a retry is of its part alone."""
    time = markup.minutes(attempt.seconds)
    return f"{time} for {_part_name(attempt, attempt.retry_part)} alone" if attempt.retry_part else time


def _part_name(attempt: Attempt, part: str) -> str:
    names = {one.id: one.name for one in frame_of(attempt.scaffold).parts}
    return names.get(part, part)
