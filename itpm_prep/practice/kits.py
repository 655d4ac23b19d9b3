"""Kits: what an instructor sets a class to answer, and how far a learner has come with it.

Every answer given from it carries the kit's id. A kit is done when each of its questions is answered; a
question passed over is not. A part written again afterwards, or the same question practised on its
own, changes nothing about it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta, Struct

from itpm_prep.bank.compiled import Entry
from itpm_prep.bank.types import LEVELS, Specialisation
from itpm_prep.practice.presets import rules_of
from itpm_prep.practice.records import Attempt, Rules, Setup
from itpm_prep.problems import PersonError

MOST_QUESTIONS = 20  # as many as an interview can ask
YEARS = range(2000, 2200)  # times outside them are slips, and some cannot be told in every time zone
TITLE_AT_MOST, MESSAGE_AT_MOST, NAME_AT_MOST = 80, 4000, 80  # characters
PROBE_S = 30  # what one probe adds to a question, for the estimate of the length

# A drill asks what is due for one person: it cannot be set for a class.
KitMode = Literal["practice", "mock", "video", "phone", "panel", "own"]
State = Literal["done", "late", "missing", "open"]
_CONTROLS = frozenset(("Cc", "Cs"))  # control characters and broken halves of characters
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # marks that turn the direction of what follows


class KitError(PersonError):
    """A kit that cannot be made or opened as it stands."""


class KitQuestion(Struct, frozen=True):
    """A question by its id, and the version that the instructor chose."""

    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,60}\Z")]
    version: Annotated[int, Meta(ge=1)] = 1


class Kit(Struct, frozen=True, kw_only=True):
    """What is asked, in order, and how; ``rules`` belong to the mode "own" alone.

    ``due_at`` is the last moment that is in time, None when there is none. ``message`` is plain text.
    ``made_at`` tells the newer of two files of one kit: the due date may have been put off.
    """

    id: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
    title: str
    questions: tuple[KitQuestion, ...]
    mode: KitMode
    made_at: Annotated[datetime, Meta(tz=True)]
    rules: Rules | None = None
    due_at: Annotated[datetime, Meta(tz=True)] | None = None
    message: str = ""
    made_by: str = ""


class Standing(Struct, frozen=True, kw_only=True):
    """How far one learner has come with a kit; ``finished_at`` is when the last question was answered."""

    state: State
    questions: int
    answered: int
    skipped: int
    finished_at: datetime | None = None


class Known(NamedTuple):
    """A kit and how far the learner has come with it."""

    kit: Kit
    standing: Standing


# Making -------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Text as it is kept: without control characters and marks that turn its direction."""
    kept = (c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in _CONTROLS)
    return _TURNING.sub("", "".join(kept)).strip()


def line(text: str) -> str:
    """The same in one line."""
    return " ".join(plain(text).split())


def checked(kit: Kit) -> Kit:
    """The kit with its texts as they are kept; ``KitError`` in plain words when it is not whole."""
    clean = msgspec.structs.replace(
        kit, title=line(kit.title), message=plain(kit.message), made_by=line(kit.made_by)
    )
    if not clean.title:
        raise KitError("The kit has no title. Give it one, such as Week 3: risks.")
    for what, text, most in (
        ("title", clean.title, TITLE_AT_MOST),
        ("message", clean.message, MESSAGE_AT_MOST),
        ("name", clean.made_by, NAME_AT_MOST),
    ):
        if len(text) > most:
            raise KitError(f"The {what} has {len(text):,} characters; it may have {most:,}. Shorten it.")
    for what, moment in (("due date", clean.due_at), ("day it was made on", clean.made_at)):
        if moment is not None and moment.year not in YEARS:
            raise KitError(f"The {what} is in the year {moment.year}. Choose a day between 2000 and 2199.")
    _check_questions([one.id for one in kit.questions])
    return msgspec.structs.replace(clean, rules=clean.rules if clean.mode == "own" else None)


def _check_questions(ids: Sequence[str]) -> None:
    if not ids:
        raise KitError("The kit has no question. Choose at least one.")
    if len(ids) > MOST_QUESTIONS:
        raise KitError(f"The kit has {len(ids)} questions; it may have {MOST_QUESTIONS}. Take some out.")
    if len(set(ids)) < len(ids):
        raise KitError("The kit asks a question twice. Take one of the two out.")


def expect_due_later(due_at: datetime | None, now: datetime) -> None:
    """Raise ``KitError`` for a due date that has passed; ``due_at`` is in the time zone of the person."""
    if due_at is not None and due_at < now:
        raise KitError(f"The due date, {day(due_at)}, has passed. Choose today or a later day, or none.")


# Answering ----------------------------------------------------------------------------------------


def sort_out(
    kit: Kit, entries: Iterable[Entry], answered: Collection[str]
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """What of a kit is left to ask, in its order, and the ids of questions the bank does not hold."""
    known = {entry.id: entry for entry in entries}
    left = tuple(known[one.id] for one in kit.questions if one.id in known and one.id not in answered)
    return left, tuple(one.id for one in kit.questions if one.id not in known)


def setup_of(kit: Kit, asked: Sequence[Entry]) -> Setup:
    """The set-up of an interview that asks these questions of a kit: it belongs to their commonest level."""
    levels = Counter(entry.level for entry in asked)
    special: list[Specialisation] = [one.specialisation for one in asked if one.specialisation != "general"]
    return Setup(
        level=max(LEVELS, key=lambda level: levels[level]),
        specialisation=special[0] if special else "general",
        categories=tuple(dict.fromkeys(entry.category for entry in asked)),
        mode=kit.mode,
        length=len(asked),
        seed=0,
        rules=kit.rules,
        kit=kit.id,
    )


def minutes_of(kit: Kit, asked: Sequence[Entry]) -> int:
    """About how long these questions of a kit take."""
    rules = rules_of(setup_of(kit, asked))
    seconds = sum(
        (entry.prep_s if rules.think_s is None else rules.think_s)
        + (entry.target_s if rules.answer_s is None else rules.answer_s)
        + PROBE_S * rules.probes
        for entry in asked
    )
    return max(1, round(seconds / 60))


# How far ------------------------------------------------------------------------------------------


def answered_at(kit: Kit, attempts: Iterable[Attempt]) -> dict[str, datetime]:
    """Question id to when it was first answered for the kit; of several takes the last one counts."""
    first: dict[str, datetime] = {}
    for one in _counting(kit, attempts):
        if one.outcome == "answered":
            then = first.get(one.question_id, one.submitted_at)
            first[one.question_id] = min(then, one.submitted_at)
    return first


def standing_of(kit: Kit, attempts: Iterable[Attempt], now: datetime) -> Standing:
    """How far the learner of these attempts has come."""
    counting = _counting(kit, attempts)
    answered = answered_at(kit, counting)
    passed_over = {one.question_id for one in counting} - answered.keys()
    whole = len(answered) == len(kit.questions)
    finished_at = max(answered.values()) if whole else None
    return Standing(
        state=state_of(kit.due_at, finished_at, now),
        questions=len(kit.questions),
        answered=len(answered),
        skipped=len(passed_over),
        finished_at=finished_at,
    )


def state_of(due_at: datetime | None, finished_at: datetime | None, now: datetime) -> State:
    """Done, done late, missing once the due date has passed, or still open."""
    if finished_at is not None:
        return "done" if due_at is None or finished_at <= due_at else "late"
    return "missing" if due_at is not None and now > due_at else "open"


def _counting(kit: Kit, attempts: Iterable[Attempt]) -> list[Attempt]:
    """The last take of each question in each interview held for the kit."""
    asked = {one.id for one in kit.questions}
    last: dict[tuple[str, str], Attempt] = {}
    for one in attempts:
        if one.kit != kit.id or one.retry_of is not None or one.question_id not in asked:
            continue
        place = one.interview_id, one.question_id
        if place not in last or _rank(one) > _rank(last[place]):
            last[place] = one
    return list(last.values())


def _rank(one: Attempt) -> tuple[int, datetime, bool]:
    return one.take, one.submitted_at, one.outcome == "answered"


def day(moment: datetime) -> str:
    """A day as a person reads it: "Tue 1 December 2026"."""
    return f"{moment:%a} {moment.day} {moment:%B} {moment.year}"


def due_words(due_at: datetime | None, now: datetime) -> str:
    """When a kit is due, in one sentence; both times are in the time zone of the person."""
    if due_at is None:
        return "No due date."
    when = f"{day(due_at)}, {due_at:%H:%M}"
    if now > due_at:
        return f"Was due on {when}."
    days = (due_at.date() - now.date()).days
    left = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"Due on {when}: {left}."
