from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from practice_samples import sample_question

from itpm_prep.practice import interview as steps
from itpm_prep.practice import retry
from itpm_prep.practice.clock import spent
from itpm_prep.practice.moves import Answer, OutOfStep
from itpm_prep.practice.records import Attempt, Fact, Interview, Mode, Rating, Reply, Setup
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.practice.scoring import rate

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
QUESTION = sample_question()
PARTS = {
    part.id: "On 3 May I told Ana that 46 units were late." for part in frame_of(QUESTION.scaffold).parts
}
FULL = Answer(parts=PARTS, figures={}, notes="note")
EMPTY = Answer(parts={}, figures={})


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def begun(mode: Mode = "practice", length: int = 1) -> Interview:
    setup = Setup(level="senior", categories=("behavioral",), mode=mode, length=length, seed=1)
    return steps.begin(setup, [QUESTION] * length, interview_id="i", bank_hash="h", now=NOW)


def answered(interview: Interview, attempt_id: str = "a1", answer: Answer = FULL) -> Interview:
    """From preparing past the answer and its probes."""
    state, _ = steps.submit(
        steps.start_answer(interview, at(1)), QUESTION, answer, attempt_id=attempt_id, now=at(2)
    )
    while state.phase == "probes":
        state, _ = steps.reply(state, QUESTION, "", reply_id=f"r{state.turn.replied}", now=at(3))
    return state


def rating_of(interview: Interview, chosen: int = 2) -> Rating:
    choices = {criterion.id: (chosen, "") for criterion in QUESTION.criteria}
    return rate(
        QUESTION, [], choices, [], rating_id=f"s-{interview.turn.attempt_ids[-1]}",
        attempt_id=interview.turn.attempt_ids[-1], rater="self", now=at(4),
    )  # fmt: skip


def scored(interview: Interview) -> Interview:
    """From the red flags past the last criterion."""
    state = steps.start_score(interview, at(4))
    return steps.rate(state, rating_of(state), at(5))[0]


def test_practice_asks_scores_and_reviews_one_question_after_the_other() -> None:
    first = answered(begun(length=2))
    assert (first.phase, first.position) == ("flags", 0)
    reviewed = scored(first)
    assert (reviewed.phase, reviewed.turn.scored) == ("review", True)
    second = steps.leave_review(reviewed, at(6))
    assert (second.phase, second.position) == ("prepare", 1)
    last = steps.leave_review(scored(answered(second, "a2")), at(9))
    assert last.phase == "debrief"
    assert [turn.outcome for turn in last.turns] == ["answered", "answered"]


def test_mock_asks_every_question_before_the_first_score() -> None:
    second = answered(begun("mock", 2))
    assert (second.phase, second.position) == ("prepare", 1)
    flags = answered(second, "a2")
    assert (flags.phase, flags.position) == ("flags", 0)
    flags = scored(flags)
    assert (flags.phase, flags.position) == ("flags", 1)
    assert scored(flags).phase == "debrief"


@pytest.mark.parametrize("mode", ["practice", "mock"])
def test_a_skipped_question_is_kept_as_skipped_and_never_scored(mode: Mode) -> None:
    state, attempt = steps.skip(begun(mode, 2), QUESTION, attempt_id="a1", now=at(1))
    assert (attempt.outcome, attempt.parts) == ("skipped", {})
    assert (state.phase, state.position) == ("prepare", 1)
    state, _ = steps.skip(steps.start_answer(state, at(2)), QUESTION, attempt_id="a2", now=at(3))
    assert state.phase == "debrief"
    assert [turn.scored for turn in state.turns] == [False, False]


def test_an_attempt_names_its_question_bank_and_time_and_keeps_the_words() -> None:
    state = steps.start_answer(begun(), at(10))
    _, attempt = steps.submit(state, QUESTION, FULL, attempt_id="a1", now=at(52.34))
    assert (attempt.parts, attempt.notes) == (PARTS, "note")
    assert (attempt.question_id, attempt.question_version, attempt.bank_hash) == (QUESTION.id, 1, "h")
    assert (attempt.started_at, attempt.submitted_at, attempt.seconds) == (at(10), at(52.34), 42.3)


def test_text_for_a_part_that_the_scaffold_lacks_is_left_out() -> None:
    strange = Answer(parts={**PARTS, "nonsense": "x"}, figures={})
    state = steps.start_answer(begun(), NOW)
    assert steps.submit(state, QUESTION, strange, attempt_id="a1", now=NOW)[1].parts == PARTS


def test_two_probes_at_most_are_asked_in_turn_and_each_reply_is_kept() -> None:
    state, _ = steps.submit(steps.start_answer(begun(), NOW), QUESTION, EMPTY, attempt_id="a1", now=NOW)
    assert state.phase == "probes"
    wanted = state.turn.probes
    assert len(wanted) == steps.PROBES_AT_MOST
    state, first = steps.reply(state, QUESTION, "Twice.", reply_id="r1", now=at(1))
    assert state.phase == "probes"
    state, second = steps.reply(state, QUESTION, "", reply_id="r2", now=at(2))
    assert state.phase == "flags"
    assert [(one.attempt_id, one.probe_id, one.text) for one in (first, second)] == [
        ("a1", wanted[0], "Twice."),
        ("a1", wanted[1], ""),
    ]


def test_one_may_go_back_and_forth_between_criteria_and_red_flags() -> None:
    state = steps.start_score(answered(begun()), NOW)
    state = steps.turn_to_criterion(state, 2, NOW)
    assert (state.phase, state.criterion) == ("score", 2)
    assert steps.turn_to_criterion(state, -1, NOW).phase == "flags"


def test_a_rating_of_another_attempt_is_out_of_step() -> None:
    state = steps.start_score(answered(begun()), NOW)
    stale = msgspec.structs.replace(rating_of(state), attempt_id="other")
    with pytest.raises(OutOfStep):
        steps.rate(state, stale, NOW)


def test_an_interview_needs_a_question() -> None:
    setup = Setup(level="mid", categories=("behavioral",), mode="mock", length=1, seed=1)
    with pytest.raises(ValueError, match="at least one question"):
        steps.begin(setup, [], interview_id="i", bank_hash="h", now=NOW)


STEPS: dict[str, tuple[set[str], Callable[[Interview], object]]] = {
    "start_answer": ({"prepare"}, lambda state: steps.start_answer(state, NOW)),
    "submit": ({"answer"}, lambda state: steps.submit(state, QUESTION, FULL, attempt_id="x", now=NOW)),
    "skip": ({"prepare", "answer"}, lambda state: steps.skip(state, QUESTION, attempt_id="x", now=NOW)),
    "reply": ({"probes"}, lambda state: steps.reply(state, QUESTION, "", reply_id="x", now=NOW)),
    "start_score": ({"flags"}, lambda state: steps.start_score(state, NOW)),
    "turn_to_criterion": ({"score"}, lambda state: steps.turn_to_criterion(state, 1, NOW)),
    "rate": ({"score"}, lambda state: steps.rate(state, rating_of(answered(begun())), NOW)),
    "leave_review": ({"review"}, lambda state: steps.leave_review(state, NOW)),
}  # fmt: skip


def phases() -> dict[str, Interview]:
    """An interview in each phase up to the debrief."""
    prepare = begun(length=2)
    answer = steps.start_answer(prepare, NOW)
    probes, _ = steps.submit(answer, QUESTION, EMPTY, attempt_id="a1", now=NOW)
    flags = answered(prepare)
    score = steps.start_score(flags, NOW)
    review = scored(flags)
    debrief, _ = steps.skip(steps.leave_review(review, NOW), QUESTION, attempt_id="a2", now=NOW)
    states = (prepare, answer, probes, flags, score, review, debrief)
    return {state.phase: state for state in states}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_of_a_screen_that_is_gone_is_out_of_step_and_changes_nothing(name: str) -> None:
    fits, step = STEPS[name]
    for phase, state in phases().items():
        before = msgspec.json.encode(state)
        if phase in fits:
            assert step(state) != state
        else:
            with pytest.raises(OutOfStep):
                step(state)
        with pytest.raises(OutOfStep):
            step(steps.finish(state, NOW))
        assert msgspec.json.encode(state) == before


# Time ---------------------------------------------------------------------------------------------


def test_a_pause_stops_the_clock_and_survives_being_stored() -> None:
    paused = steps.pause(steps.start_answer(begun(), NOW), at(20))
    again = msgspec.json.decode(msgspec.json.encode(paused), type=Interview)
    assert again == paused
    assert spent(steps.keep_time(again, at(500)).clock, at(500)) == 20
    assert spent(steps.resume(again, at(500)).clock, at(530)) == 50


@pytest.mark.parametrize("step", [steps.pause, steps.resume])
def test_a_mock_interview_has_no_pause(step: Callable[[Interview, datetime], Interview]) -> None:
    with pytest.raises(OutOfStep):
        step(begun("mock"), NOW)


def test_a_computer_clock_set_back_neither_takes_nor_gives_time() -> None:
    state = steps.keep_time(steps.start_answer(begun(), NOW), at(40))
    back = steps.keep_time(state, at(-3600))
    assert spent(back.clock, at(-3600)) == 40
    _, attempt = steps.submit(back, QUESTION, FULL, attempt_id="a1", now=at(-3590))
    assert attempt.seconds == 50


def test_each_phase_has_a_clock_of_its_own() -> None:
    state = steps.start_answer(begun(), at(25))
    assert spent(state.clock, at(26)) == 1


# Any sequence of steps ----------------------------------------------------------------------------


class AnyInterview(RuleBasedStateMachine):
    """A person who does whatever the screens allow, in any order, as slowly as they like."""

    @initialize(mode=st.sampled_from(["practice", "mock"]), length=st.integers(1, 4))
    def begin(self, mode: Mode, length: int) -> None:
        self.now = NOW
        self.state = begun(mode, length)
        self.facts: list[Fact] = []
        self.count = 0

    def new_id(self) -> str:
        self.count += 1
        return f"f{self.count}"

    def keep(self, state: Interview, *facts: Fact) -> None:
        self.state = state
        self.facts += facts

    def latest(self) -> Attempt:
        wanted = self.state.turn.attempt_ids[-1]
        return next(fact for fact in self.facts if isinstance(fact, Attempt) and fact.id == wanted)

    def is_at(self, *phases: str) -> bool:
        return self.state.phase in phases

    @rule(seconds=st.integers(-7200, 7200))
    def time_goes_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.state = steps.keep_time(self.state, self.now)

    @precondition(lambda self: self.is_at("prepare"))
    @rule()
    def start_answer(self) -> None:
        self.keep(steps.start_answer(self.state, self.now))

    @precondition(lambda self: self.is_at("prepare", "answer"))
    @rule()
    def skip(self) -> None:
        self.keep(*steps.skip(self.state, QUESTION, attempt_id=self.new_id(), now=self.now))

    @precondition(lambda self: self.is_at("answer"))
    @rule(answer=st.sampled_from([FULL, EMPTY]))
    def submit(self, answer: Answer) -> None:
        self.keep(*steps.submit(self.state, QUESTION, answer, attempt_id=self.new_id(), now=self.now))

    @precondition(lambda self: self.is_at("probes"))
    @rule(text=st.sampled_from(["", "Twice, in May."]))
    def reply(self, text: str) -> None:
        self.keep(*steps.reply(self.state, QUESTION, text, reply_id=self.new_id(), now=self.now))

    @precondition(lambda self: self.is_at("flags"))
    @rule()
    def start_score(self) -> None:
        self.keep(steps.start_score(self.state, self.now))

    @precondition(lambda self: self.is_at("score"))
    @rule(criterion=st.integers(-1, 3))
    def turn_to_criterion(self, criterion: int) -> None:
        self.keep(steps.turn_to_criterion(self.state, criterion, self.now))

    @precondition(lambda self: self.is_at("score"))
    @rule(chosen=st.integers(1, 5))
    def rate(self, chosen: int) -> None:
        self.keep(*steps.rate(self.state, rating_of(self.state, chosen), self.now))

    @precondition(lambda self: self.is_at("review"))
    @rule()
    def leave_review(self) -> None:
        self.keep(steps.leave_review(self.state, self.now))

    @precondition(lambda self: self.is_at("review", "debrief"))
    @rule(data=st.data())
    def begin_retry(self, data: st.DataObject) -> None:
        done = [at for at, turn in enumerate(self.state.turns) if turn.outcome == "answered"]
        if done:
            part = data.draw(st.sampled_from(sorted(PARTS)))
            self.keep(retry.begin(self.state, data.draw(st.sampled_from(done)), part, self.now))

    @precondition(lambda self: self.is_at("retry"))
    @rule(text=st.text(max_size=5))
    def submit_retry(self, text: str) -> None:
        before = self.latest()
        self.keep(*retry.submit(self.state, QUESTION, text, before, attempt_id=self.new_id(), now=self.now))

    @precondition(lambda self: self.is_at("compare"))
    @rule(step=st.sampled_from([retry.score, retry.again, retry.leave]))
    def leave_comparison(self, step: Callable[[Interview, datetime], Interview]) -> None:
        self.keep(step(self.state, self.now))

    @precondition(lambda self: self.is_at("retry"))
    @rule()
    def leave_retry(self) -> None:
        self.keep(retry.leave(self.state, self.now))

    @invariant()
    def the_turns_name_the_attempts_that_are_kept(self) -> None:
        kept = [fact.id for fact in self.facts if isinstance(fact, Attempt)]
        assert sorted(kept) == sorted(one for turn in self.state.turns for one in turn.attempt_ids)

    @invariant()
    def only_answers_are_scored_and_each_version_at_most_once(self) -> None:
        outcomes = {fact.id: fact.outcome for fact in self.facts if isinstance(fact, Attempt)}
        rated = [fact.attempt_id for fact in self.facts if isinstance(fact, Rating)]
        assert len(set(rated)) == len(rated)
        assert all(outcomes[one] == "answered" for one in rated)
        for turn in self.state.turns:
            assert turn.scored == bool(turn.attempt_ids and turn.attempt_ids[-1] in rated)

    @invariant()
    def every_reply_belongs_to_a_first_attempt_and_a_probe_of_its_turn(self) -> None:
        probes = {turn.attempt_ids[0]: turn.probes for turn in self.state.turns if turn.attempt_ids}
        replies = [fact for fact in self.facts if isinstance(fact, Reply)]
        assert all(one.probe_id in probes[one.attempt_id] for one in replies)
        assert len({(one.attempt_id, one.probe_id) for one in replies}) == len(replies)

    @invariant()
    def the_state_survives_being_stored(self) -> None:
        assert msgspec.json.decode(msgspec.json.encode(self.state), type=Interview) == self.state

    @invariant()
    def no_time_is_negative(self) -> None:
        assert spent(self.state.clock, self.now) >= 0

    def teardown(self) -> None:
        """Whatever was done before, going on leads to the debrief with a score for every answer."""
        if not hasattr(self, "state"):
            return
        for _ in range(100):
            if self.is_at("debrief"):
                break
            self.go_on()
        assert self.state.phase == "debrief"
        rated = {fact.attempt_id for fact in self.facts if isinstance(fact, Rating)}
        for turn in self.state.turns:
            assert turn.outcome != "open"
            assert (turn.outcome == "answered") == bool(rated & set(turn.attempt_ids))

    def go_on(self) -> None:
        state, now = self.state, self.now
        plain: dict[str, Callable[[], object]] = {
            "prepare": lambda: steps.start_answer(state, now),
            "answer": lambda: steps.submit(state, QUESTION, FULL, attempt_id=self.new_id(), now=now),
            "probes": lambda: steps.reply(state, QUESTION, "", reply_id=self.new_id(), now=now),
            "flags": lambda: steps.start_score(state, now),
            "score": lambda: steps.rate(state, rating_of(state), now),
            "review": lambda: steps.leave_review(state, now),
            "retry": lambda: retry.leave(state, now),
            "compare": lambda: retry.leave(state, now),
        }
        after = plain[state.phase]()
        self.keep(*after if isinstance(after, tuple) else (after,))


TestAnyInterview = AnyInterview.TestCase
TestAnyInterview.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
