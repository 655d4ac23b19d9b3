from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from practice_samples import sample_question

from itpm_prep.practice import interview as steps
from itpm_prep.practice import retry
from itpm_prep.practice.moves import Answer, OutOfStep
from itpm_prep.practice.records import Attempt, Interview, Mode, Setup
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.practice.scoring import rate

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(seconds=30)
QUESTION = sample_question()
PARTS = {part.id: f"What I say under {part.id}." for part in frame_of(QUESTION.scaffold).parts}
FIGURES = {"cpi": "0.82"}


def closed(interview: Interview) -> Interview:
    """From the red flags past the rating of the latest version."""
    state = steps.start_score(interview, NOW)
    attempt_id = state.turn.attempt_ids[-1]
    choices = {criterion.id: (2, "") for criterion in QUESTION.criteria}
    rating = rate(
        QUESTION, [], choices, [], rating_id=f"s-{attempt_id}", attempt_id=attempt_id, rater="self", now=NOW
    )
    return steps.rate(state, rating, NOW)[0]


def reviewed(mode: Mode = "practice", length: int = 1) -> tuple[Interview, Attempt]:
    """An interview whose first question has been answered and scored, and that answer."""
    setup = Setup(level="senior", categories=("behavioral",), mode=mode, length=length, seed=1)
    state = steps.begin(setup, [QUESTION] * length, interview_id="i", bank_hash="h", now=NOW)
    answer = Answer(parts=PARTS, figures=FIGURES, notes="note")
    state, attempt = steps.submit(steps.start_answer(state, NOW), QUESTION, answer, attempt_id="a1", now=NOW)
    while state.phase == "probes":
        state, _ = steps.reply(state, QUESTION, "", reply_id=f"r{state.turn.replied}", now=NOW)
    return closed(state), attempt


def retried(state: Interview, before: Attempt, text: str = "Better.") -> tuple[Interview, Attempt]:
    state = retry.begin(state, 0, "action", NOW)
    return retry.submit(state, QUESTION, text, before, attempt_id="a2", now=LATER)


def test_a_retry_replaces_one_part_and_keeps_everything_else() -> None:
    state, before = reviewed()
    state, attempt = retried(state, before)
    assert attempt.parts == {**PARTS, "action": "Better."}
    assert (attempt.figures, attempt.notes) == (FIGURES, "note")
    assert (attempt.retry_of, attempt.retry_part, attempt.seconds) == ("a1", "action", 30)
    assert before.parts == PARTS
    assert (state.phase, state.turn.attempt_ids, state.turn.scored) == ("compare", ("a1", "a2"), False)


def test_a_version_that_is_scored_leads_back_to_where_the_retry_was_begun() -> None:
    state, before = reviewed(length=2)
    state, _ = retried(state, before)
    home = closed(retry.score(state, NOW))
    assert (home.phase, home.retry_part, home.turn.scored) == ("review", None, True)
    state, before = reviewed("mock")
    assert state.phase == "debrief"
    assert closed(retry.score(retried(state, before)[0], NOW)).phase == "debrief"


def test_a_retry_may_be_left_from_the_box_and_from_the_comparison() -> None:
    state, before = reviewed(length=2)
    assert retry.leave(retry.begin(state, 0, "action", NOW), NOW).phase == "review"
    left = retry.leave(retried(state, before)[0], NOW)
    assert (left.phase, left.turn.scored) == ("review", False)


def test_a_part_may_be_written_once_more() -> None:
    state, before = reviewed()
    state, second = retried(state, before)
    state = retry.again(state, NOW)
    assert (state.phase, state.retry_part) == ("retry", "action")
    _, third = retry.submit(state, QUESTION, "Best.", second, attempt_id="a3", now=LATER)
    assert (third.retry_of, third.parts["action"]) == ("a2", "Best.")


def test_only_an_answered_question_can_be_retried() -> None:
    setup = Setup(level="senior", categories=("behavioral",), mode="mock", length=1, seed=1)
    state = steps.begin(setup, [QUESTION], interview_id="i", bank_hash="h", now=NOW)
    state, _ = steps.skip(state, QUESTION, attempt_id="a1", now=NOW)
    with pytest.raises(OutOfStep, match="only an answered question"):
        retry.begin(state, 0, "action", NOW)


def test_a_step_of_a_screen_that_is_gone_is_out_of_step() -> None:
    state, before = reviewed(length=2)
    comparing, _ = retried(state, before)
    for stale in (retry.score, retry.again, retry.leave):
        with pytest.raises(OutOfStep):
            stale(state, NOW)
    with pytest.raises(OutOfStep):
        retry.submit(comparing, QUESTION, "Twice", before, attempt_id="a3", now=NOW)
    with pytest.raises(OutOfStep):
        retry.begin(comparing, 0, "action", NOW)
