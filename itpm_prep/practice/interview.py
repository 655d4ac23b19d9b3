"""The interview as a state machine: each step returns the new state and, where there is one, its record.

    prepare -> answer (-> take -> answer ...) -> probes -> (flags -> score -> review)
        -> next question ... -> debrief

What an interview is like is said by the rules of its mode, see ``practice.presets``. Where scores are
asked at the end, flags and score follow the last question, one answered question after the other.
Where an answer may be given more than once, the last take counts; all are kept. A part can be
written again afterwards, see ``practice.retry``.
A step that does not fit the phase raises ``OutOfStep``: the screen was stale and is drawn again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace

from itpm_prep.bank.types import Competency, Question
from itpm_prep.practice import clock, moves
from itpm_prep.practice.figures import judge_all
from itpm_prep.practice.interviewers import asker_of
from itpm_prep.practice.moves import Answer, OutOfStep
from itpm_prep.practice.presets import framed, rules_of
from itpm_prep.practice.probes import choose
from itpm_prep.practice.records import (
    Attempt,
    Clock,
    Interview,
    Rating,
    Reply,
    Setup,
    Turn,
)

NO_TURN = -1


class Planned(Protocol):
    """What the plan of an interview needs to know of a question."""

    @property
    def id(self) -> str:
        """The question's id."""

    @property
    def version(self) -> int:
        """The version asked."""

    @property
    def competencies(self) -> tuple[Competency, ...]:
        """What it asks about, the primary competency first."""


def begin(
    setup: Setup, planned: Sequence[Planned], *, interview_id: str, bank_hash: str, now: datetime
) -> Interview:
    """A new interview at the preparation of its first question; ``ValueError`` without questions."""
    if not planned:
        raise ValueError("an interview needs at least one question")
    panel = setup.mode == "panel"
    turns = tuple(
        Turn(
            question_id=one.id,
            question_version=one.version,
            asker=asker_of(one.competencies[0]) if panel else "",
        )
        for one in planned
    )
    return Interview(
        id=interview_id,
        setup=setup,
        bank_hash=bank_hash,
        turns=turns,
        started_at=now,
        touched_at=now,
        clock=clock.start(Clock(), now),
    )


def start_answer(interview: Interview, now: datetime) -> Interview:
    """From preparing to answering: the clock starts anew."""
    moves.expect(interview, "prepare")
    return moves.move(interview, "answer", now, clock=clock.start(Clock(), now))


def submit(
    interview: Interview, question: Question, answer: Answer, *, attempt_id: str, now: datetime
) -> tuple[Interview, Attempt]:
    """Hand in the answer, one more take of it where the rules allow several."""
    moves.expect(interview, "answer")
    before = interview.turn
    takes = len(before.attempt_ids) + 1
    attempt = replace(
        moves.make_attempt(interview, question, answer, "answered", attempt_id, now), take=takes
    )
    ids = (*before.attempt_ids, attempt_id)
    turn = replace(before, outcome="answered", attempt_ids=ids, takes=takes)
    answered = moves.with_turn(interview, turn)
    if takes < rules_of(interview.setup).takes:
        return moves.move(answered, "take", now, clock=Clock()), attempt
    return _ask_on(answered, question, attempt, now), attempt


def take_again(interview: Interview, now: datetime) -> Interview:
    """Give the answer once more: the clock starts anew."""
    moves.expect(interview, "take")
    return moves.move(interview, "answer", now, clock=clock.start(Clock(), now))


def keep_take(interview: Interview, question: Question, take: Attempt, now: datetime) -> Interview:
    """Go on with the latest take that was handed in, also from the midst of another one."""
    moves.expect(interview, "take", "answer")
    if not interview.turn.attempt_ids or take.id != interview.turn.attempt_ids[-1]:
        raise OutOfStep("there is no such take to keep")
    return _ask_on(interview, question, take, now)


def skip(
    interview: Interview, question: Question, *, attempt_id: str, now: datetime
) -> tuple[Interview, Attempt]:
    """Pass over the question; the skip is kept as an attempt without a score."""
    moves.expect(interview, "prepare", "answer")
    if interview.turn.attempt_ids:
        raise OutOfStep("a question with a take handed in cannot be skipped")
    attempt = moves.make_attempt(
        interview, question, Answer(parts={}, figures={}), "skipped", attempt_id, now
    )
    turn = replace(interview.turn, outcome="skipped", attempt_ids=(attempt_id,))
    return _onward(moves.with_turn(interview, turn), now), attempt


def reply(
    interview: Interview, question: Question, text: str, *, reply_id: str, now: datetime
) -> tuple[Interview, Reply]:
    """Answer the probe in turn; empty text passes it over."""
    moves.expect(interview, "probes")
    turn = interview.turn
    probe_id = turn.probes[turn.replied]
    ask = next(probe.ask for probe in question.probes if probe.id == probe_id)
    record = Reply(
        id=reply_id,
        attempt_id=turn.attempt_ids[-1],
        probe_id=probe_id,
        ask=ask,
        text=text,
        replied_at=now,
    )
    replied = moves.with_turn(interview, replace(turn, replied=turn.replied + 1))
    if replied.turn.replied < len(turn.probes):
        return moves.move(replied, "probes", now), record
    return _after_probes(replied, now), record


def start_score(interview: Interview, now: datetime) -> Interview:
    """From the red flags to the first criterion."""
    moves.expect(interview, "flags")
    return moves.move(interview, "score", now, criterion=0)


def turn_to_criterion(interview: Interview, criterion: int, now: datetime) -> Interview:
    """Show another criterion; before the first one stand the red flags."""
    moves.expect(interview, "score")
    return moves.move(interview, "score" if criterion >= 0 else "flags", now, criterion=max(criterion, 0))


def rate(interview: Interview, rating: Rating, now: datetime) -> tuple[Interview, Rating]:
    """Close the rating of the turn's latest attempt."""
    moves.expect(interview, "score")
    if rating.attempt_id != interview.turn.attempt_ids[-1]:
        raise OutOfStep("the rating is of another attempt")
    scored = moves.with_turn(interview, replace(interview.turn, scored=True))
    if scored.turn.retried:
        return moves.home(scored, now), rating
    if rules_of(scored.setup).scores == "each":
        return moves.move(scored, "review", now), rating
    return _score_next(scored, now), rating


def leave_review(interview: Interview, now: datetime) -> Interview:
    """From the review of one question to the next one, or to the debrief."""
    moves.expect(interview, "review")
    return _onward(interview, now)


def finish(interview: Interview, now: datetime) -> Interview:
    """Close the interview; it is not offered again."""
    return moves.move(interview, interview.phase, now, ended=True)


def keep_time(interview: Interview, now: datetime) -> Interview:
    """The same state with its clock brought up to ``now``."""
    return replace(interview, clock=clock.tick(interview.clock, now))


def pause(interview: Interview, now: datetime) -> Interview:
    """Stop the clock, where the rules allow it."""
    moves.expect_aid(interview)
    return replace(interview, clock=clock.pause(interview.clock, now))


def resume(interview: Interview, now: datetime) -> Interview:
    """Let the clock run on."""
    moves.expect_aid(interview)
    return replace(interview, clock=clock.start(interview.clock, now))


def _ask_on(interview: Interview, question: Question, attempt: Attempt, now: datetime) -> Interview:
    """From the answer to its probes, which are chosen from what it lacks."""
    most = rules_of(interview.setup).probes
    answered = framed(question, interview.setup)
    chosen = choose(answered, attempt.parts, judge_all(question, attempt.figures), most=most)
    probes = tuple(choice.probe_id for choice in chosen)
    asked = moves.with_turn(interview, replace(interview.turn, probes=probes))
    if probes:
        return moves.move(asked, "probes", now, clock=Clock())
    return _after_probes(asked, now)


def _after_probes(interview: Interview, now: datetime) -> Interview:
    if rules_of(interview.setup).scores == "each":
        return moves.move(interview, "flags", now, clock=Clock(), criterion=0)
    return _onward(interview, now)


def _onward(interview: Interview, now: datetime) -> Interview:
    """To the next open question; past the last one to the scores still missing, then the debrief."""
    position = _first(turn.outcome == "open" for turn in interview.turns)
    if position != NO_TURN:
        return moves.move(interview, "prepare", now, position=position, clock=clock.start(Clock(), now))
    return _score_next(interview, now)


def _score_next(interview: Interview, now: datetime) -> Interview:
    waiting = (
        turn.outcome == "answered" and not turn.scored and not turn.retried for turn in interview.turns
    )
    position = _first(waiting)
    if position != NO_TURN:
        return moves.move(interview, "flags", now, position=position, criterion=0, clock=Clock())
    return moves.move(interview, "debrief", now, clock=Clock())


def _first(hits: Iterable[bool]) -> int:
    return next((position for position, hit in enumerate(hits) if hit), NO_TURN)
