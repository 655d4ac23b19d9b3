"""What every step of an interview is made of: checking the phase, moving on, making an attempt."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from itpm_prep.bank.types import Question
from itpm_prep.practice import clock
from itpm_prep.practice.presets import framed, rules_of
from itpm_prep.practice.records import Attempt, Clock, Interview, Phase, Turn
from itpm_prep.practice.scaffolds import frame_of


class OutOfStep(Exception):
    """The step does not fit the state; nothing has changed."""


class Answer(Struct, frozen=True, kw_only=True):
    """What was typed: scaffold part id to text, figure id to text, and the notes."""

    parts: dict[str, str]
    figures: dict[str, str]
    notes: str = ""


def expect(interview: Interview, *phases: Phase) -> None:
    """Raise ``OutOfStep`` unless the interview stands in one of ``phases``."""
    if interview.ended or interview.phase not in phases:
        raise OutOfStep(f"the interview is at {interview.phase!r}, not at {' or '.join(phases)}")


def expect_aid(interview: Interview) -> None:
    """Raise ``OutOfStep`` unless the rules of the interview let the clock be paused."""
    if not rules_of(interview.setup).aided:
        raise OutOfStep("the clock of this interview cannot be paused")


def move(interview: Interview, phase: Phase, now: datetime, **changes: object) -> Interview:
    """The interview in another phase, touched now."""
    return replace(interview, phase=phase, touched_at=now, **changes)


def with_turn(interview: Interview, turn: Turn) -> Interview:
    """The interview with its current turn replaced."""
    position = interview.position
    return replace(interview, turns=(*interview.turns[:position], turn, *interview.turns[position + 1 :]))


def home(interview: Interview, now: datetime) -> Interview:
    """Where a retry ends: the debrief, or the review while questions are still open."""
    over = all(turn.outcome != "open" for turn in interview.turns)
    return move(interview, "debrief" if over else "review", now, retry_part=None, clock=Clock())


def make_attempt(
    interview: Interview,
    question: Question,
    answer: Answer,
    outcome: Literal["answered", "skipped"],
    attempt_id: str,
    now: datetime,
) -> Attempt:
    """The record of an answer; its parts are those of the scaffold that it was written in."""
    seconds = clock.spent(interview.clock, now)
    scaffold = framed(question, interview.setup).scaffold
    known = {part.id for part in frame_of(scaffold).parts}
    return Attempt(
        id=attempt_id,
        interview_id=interview.id,
        question_id=question.id,
        question_version=question.version,
        bank_hash=interview.bank_hash,
        category=question.category,
        level=question.level,
        specialisation=question.specialisation,
        competency=question.competencies[0],
        scaffold=scaffold,
        mode=interview.setup.mode,
        outcome=outcome,
        parts={part: text for part, text in answer.parts.items() if part in known},
        figures=answer.figures,
        notes=answer.notes,
        started_at=interview.touched_at,
        submitted_at=now,
        seconds=round(seconds, 1),
        preset=interview.setup.preset,
        kit=interview.setup.kit,
    )
