"""The records of practice: what is stored for good, and the state of an interview under way.

Everything here is frozen. Times are aware UTC datetimes that the caller passes in; ids are strings
the caller draws. Attempts, replies and ratings are append-only facts; an ``Interview`` is the state
that a screen draws and that is replaced at every step.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from itpm_prep.bank.types import Category, Competency, Level, Scaffold, Specialisation

Mode = Literal["practice", "mock"]
Phase = Literal["prepare", "answer", "probes", "flags", "score", "review", "debrief", "retry", "compare"]
Outcome = Literal["open", "answered", "skipped"]


class Setup(Struct, frozen=True, kw_only=True):
    """What a person chose before they began."""

    level: Level
    specialisation: Specialisation = "general"
    categories: tuple[Category, ...]
    mode: Mode
    length: Annotated[int, Meta(ge=1, le=20)]
    seed: int


class Clock(Struct, frozen=True):
    """Time spent in a phase: ``spent`` seconds up to ``since``; it stands while ``since`` is None."""

    spent: float = 0.0
    since: datetime | None = None


class Turn(Struct, frozen=True, kw_only=True):
    """One question of an interview and how far it has come.

    ``attempt_ids`` holds the first attempt and then each retry, oldest first. ``probes`` are the ids
    of the probes to ask, ``replied`` how many have been answered or passed over.
    """

    question_id: str
    question_version: int
    outcome: Outcome = "open"
    attempt_ids: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    replied: int = 0
    scored: bool = False


class Interview(Struct, frozen=True, kw_only=True):
    """An interview under way: the whole state, drawn again after any reload.

    ``position`` counts turns from 0, ``criterion`` the criteria of the rating under way.
    ``retry_part`` names the scaffold part being written again.
    """

    id: str
    setup: Setup
    bank_hash: str
    turns: tuple[Turn, ...]
    started_at: datetime
    touched_at: datetime
    position: int = 0
    criterion: int = 0
    phase: Phase = "prepare"
    clock: Clock = Clock()
    retry_part: str | None = None
    ended: bool = False

    @property
    def turn(self) -> Turn:
        """The turn at the current position."""
        return self.turns[self.position]


class Attempt(Struct, frozen=True, kw_only=True):
    """One submitted, or skipped, answer. Append-only.

    ``parts`` maps scaffold part ids to the text typed, ``figures`` figure ids to the text typed.
    ``seconds`` is the time on the answer clock. A retry names the attempt it repeats in ``retry_of``
    and, when one part only was written again, that part in ``retry_part``.
    """

    id: str
    interview_id: str
    question_id: str
    question_version: int
    bank_hash: str
    category: Category
    level: Level
    specialisation: Specialisation
    competency: Competency
    scaffold: Scaffold
    mode: Mode
    outcome: Literal["answered", "skipped"]
    parts: dict[str, str]
    figures: dict[str, str]
    notes: str
    started_at: datetime
    submitted_at: datetime
    seconds: float
    retry_of: str | None = None
    retry_part: str | None = None


class Reply(Struct, frozen=True, kw_only=True):
    """The reply to one probe of an attempt; empty text means it was passed over. Append-only."""

    id: str
    attempt_id: str
    probe_id: str
    ask: str
    text: str
    replied_at: datetime


class Mark(Struct, frozen=True, kw_only=True):
    """One criterion of a rating.

    ``chosen`` is the anchor picked, ``evidence`` the words that prove it, ``cap`` the lowest cap of
    the red flags heard (5: none), ``score`` what counts after the evidence rule and the cap.
    """

    criterion: str
    chosen: int
    evidence: str
    cap: int
    score: int


class Rating(Struct, frozen=True, kw_only=True):
    """One rater's four marks of one attempt. Append-only.

    ``red_flags`` holds the texts of the flags heard. ``q`` is the question score, 1-5: the weighted
    mean of the four scores.
    """

    id: str
    attempt_id: str
    rater: str
    red_flags: tuple[str, ...]
    marks: tuple[Mark, ...]
    q: float
    rated_at: datetime


Fact = Attempt | Reply | Rating
