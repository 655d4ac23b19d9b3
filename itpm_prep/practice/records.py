"""The records of practice: what is stored for good, and the state of an interview under way.

Everything here is frozen. Times are aware UTC datetimes that the caller passes in; ids are strings
the caller draws. Attempts, replies and ratings are append-only facts; an ``Interview`` is the state
that a screen draws and that is replaced at every step.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from itpm_prep.bank.types import Category, Competency, Level, Specialisation
from itpm_prep.practice.scaffolds import FrameId

Mode = Literal["practice", "mock", "video", "phone", "panel", "drill", "own"]
Phase = Literal[
    "prepare", "answer", "take", "probes", "flags", "score", "review", "debrief", "retry", "compare"
]
Outcome = Literal["open", "answered", "skipped"]
Boxes = Literal["parts", "one"]


class Rules(Struct, frozen=True, kw_only=True):
    """How an interview is held; ``practice.presets`` has those of each mode.

    ``think_s`` and ``answer_s`` are seconds, None for what the question itself gives. ``takes`` is how
    often an answer may be given, the last one counts; ``probes`` how many follow-ups there are at
    most; ``scores`` whether they are asked after each answer or at the end. ``cut``: what stands
    there is handed in when its time ends. ``aided``: hints, and a clock that can be paused.
    """

    think_s: Annotated[int, Meta(ge=5, le=600)] | None = None
    answer_s: Annotated[int, Meta(ge=15, le=1800)] | None = None
    takes: Annotated[int, Meta(ge=1, le=3)] = 1
    probes: Annotated[int, Meta(ge=0, le=2)] = 2
    scores: Literal["each", "end"] = "end"
    cut: bool = False
    aided: bool = False


class Setup(Struct, frozen=True, kw_only=True):
    """What a person chose before they began.

    ``rules`` is given in the mode "own" alone; ``preset`` names the set of one's own that was used.
    ``kit`` is the id of an instructor's kit; its questions were not chosen by chance. ``boxes``: answers
    are written in a box for each part of the scaffold, or in one.
    """

    level: Level
    specialisation: Specialisation = "general"
    categories: tuple[Category, ...]
    mode: Mode
    length: Annotated[int, Meta(ge=1, le=20)]
    seed: int
    rules: Rules | None = None
    preset: str = ""
    kit: str = ""
    boxes: Boxes = "parts"


class Clock(Struct, frozen=True):
    """Time spent in a phase: ``spent`` seconds up to ``since``; it stands while ``since`` is None."""

    spent: float = 0.0
    since: datetime | None = None


class Turn(Struct, frozen=True, kw_only=True):
    """One question of an interview and how far it has come.

    ``attempt_ids`` holds the ``takes`` of the answer (one, unless the rules allow more) and then each
    retry, oldest first. ``probes`` are the ids of the probes to ask, ``replied`` how many have been
    answered or passed over. ``asker`` is the role of whoever asks, on a panel.
    """

    question_id: str
    question_version: int
    outcome: Outcome = "open"
    attempt_ids: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    replied: int = 0
    scored: bool = False
    takes: int = 1
    asker: str = ""

    @property
    def retried(self) -> bool:
        """Whether the answer was written again once it had been scored."""
        return len(self.attempt_ids) > self.takes


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
    and, when one part only of several was written again, that part in ``retry_part``. ``take`` counts
    the takes of one answer from 1: of several the last one counts. ``preset`` names the set of one's
    own, ``kit`` is the id of the instructor's kit that was answered. The ``scaffold`` of an answer in one
    box is "whole", whatever its question names.
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
    scaffold: FrameId
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
    take: int = 1
    preset: str = ""
    kit: str = ""


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
    ``comment`` is what a reviewer says about it.
    """

    criterion: str
    chosen: int
    evidence: str
    cap: int
    score: int
    comment: str = ""


class Rating(Struct, frozen=True, kw_only=True):
    """One rater's four marks of one attempt. Append-only.

    ``red_flags`` holds the texts of the flags heard. ``q`` is the question score, 1-5: the weighted
    mean of the four scores. ``rater`` is "self" or the name of a reviewer, ``comment`` what a reviewer
    says about the whole answer.
    """

    id: str
    attempt_id: str
    rater: str
    red_flags: tuple[str, ...]
    marks: tuple[Mark, ...]
    q: float
    rated_at: datetime
    comment: str = ""


class KeyedMark(Struct, frozen=True, kw_only=True):
    """One criterion of a keyed answer, marked blind.

    ``label`` says which answer of the question it was, ``chosen`` is the learner's mark and ``key``
    the right one, both 1-5.
    """

    question_id: str
    question_version: int
    label: str
    criterion: str
    chosen: int
    key: int


class Calibration(Struct, frozen=True, kw_only=True):
    """One passage through the calibration gate: every mark with its key. Append-only.

    It belongs to no interview, so it is no ``Fact`` and is stored on its own.
    """

    id: str
    rated_at: datetime
    marks: tuple[KeyedMark, ...]


Fact = Attempt | Reply | Rating
