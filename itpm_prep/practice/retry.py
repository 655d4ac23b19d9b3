"""Writing one part of an answer again: retry -> compare -> (flags -> score), and back.

An answer of the interview under way is retried within it; an answer of the past opens an interview of
its own, which begins at the retry.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from itpm_prep.bank.types import Question
from itpm_prep.practice import clock, moves
from itpm_prep.practice.presets import framed
from itpm_prep.practice.records import Attempt, Boxes, Clock, Interview, Setup, Turn
from itpm_prep.practice.scaffolds import WHOLE, frame_of


def begin(interview: Interview, position: int, part: str, now: datetime) -> Interview:
    """Write one part of an answered question again."""
    moves.expect(interview, "review", "debrief")
    if interview.turns[position].outcome != "answered":
        raise moves.OutOfStep("only an answered question can be retried")
    return moves.move(
        interview, "retry", now, position=position, retry_part=part, clock=clock.start(Clock(), now)
    )


def reopen(
    question: Question, before: Attempt, part: str, *, interview_id: str, bank_hash: str, now: datetime
) -> Interview:
    """An interview that begins with writing one part of an earlier answer again, for the same kit if any.

    ``ValueError`` for an attempt that was skipped or that answers another version of the question,
    ``KeyError`` for a part that the frame does not have.
    """
    if (before.question_id, before.question_version) != (question.id, question.version):
        raise ValueError(f"{before.id} does not answer {question.id}, version {question.version}")
    if before.outcome != "answered":
        raise ValueError(f"{before.id} was skipped; there is nothing to write again")
    turn = Turn(
        question_id=question.id,
        question_version=question.version,
        outcome="answered",
        attempt_ids=(before.id,),
        scored=True,
    )
    boxes: Boxes = "one" if before.scaffold == WHOLE else "parts"
    setup = replace(alone(question), kit=before.kit, boxes=boxes)
    return Interview(
        id=interview_id,
        setup=setup,
        bank_hash=bank_hash,
        turns=(turn,),
        started_at=now,
        touched_at=now,
        phase="retry",
        clock=clock.start(Clock(), now),
        retry_part=frame_of(framed(question, setup).scaffold).part(part).id,
    )


def alone(question: Question) -> Setup:
    """The set-up of a practice interview that asks this one question."""
    return Setup(
        level=question.level,
        specialisation=question.specialisation,
        categories=(question.category,),
        mode="practice",
        length=1,
        seed=0,
    )


def submit(
    interview: Interview, question: Question, text: str, before: Attempt, *, attempt_id: str, now: datetime
) -> tuple[Interview, Attempt]:
    """Hand in the part written again: a new attempt that repeats ``before`` with that part replaced.

    Of an answer in one box the part is the whole, so that the attempt names none.
    """
    moves.expect(interview, "retry")
    part = interview.retry_part or ""
    answer = moves.Answer(parts={**before.parts, part: text}, figures=before.figures, notes=before.notes)
    written = moves.make_attempt(interview, question, answer, "answered", attempt_id, now)
    retry_part = None if written.scaffold == WHOLE else part
    attempt = replace(written, retry_of=before.id, retry_part=retry_part)
    turn = replace(interview.turn, attempt_ids=(*interview.turn.attempt_ids, attempt_id), scored=False)
    return moves.move(moves.with_turn(interview, turn), "compare", now, clock=Clock()), attempt


def score(interview: Interview, now: datetime) -> Interview:
    """From the comparison to scoring the new version."""
    moves.expect(interview, "compare")
    return moves.move(interview, "flags", now, retry_part=None, criterion=0)


def again(interview: Interview, now: datetime) -> Interview:
    """From the comparison back to writing the same part once more."""
    moves.expect(interview, "compare")
    return moves.move(interview, "retry", now, clock=clock.start(Clock(), now))


def leave(interview: Interview, now: datetime) -> Interview:
    """Back to where the retry was begun; a version that was not scored stays unscored."""
    moves.expect(interview, "retry", "compare")
    return moves.home(interview, now)
