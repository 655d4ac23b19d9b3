from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

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
from itpm_prep.practice.presets import RULES, rules_of
from itpm_prep.practice.records import Attempt, Fact, Interview, Mode, Rating, Reply, Rules, Setup
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


def begun(mode: Mode = "practice", length: int = 1, rules: Rules | None = None) -> Interview:
    setup = Setup(level="senior", categories=("behavioral",), mode=mode, length=length, seed=1, rules=rules)
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
    assert len(wanted) == 2
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


# Takes and rules ----------------------------------------------------------------------------------


def twice(**changes: object) -> Interview:
    """An interview of one question that may be answered twice, at its first answer."""
    rules = Rules(takes=2, **changes)  # type: ignore[arg-type]
    return steps.start_answer(begun("own", rules=rules), NOW)


def test_with_takes_left_the_answer_may_be_given_again_before_the_probes_and_the_last_one_counts() -> None:
    state, first = steps.submit(twice(), QUESTION, EMPTY, attempt_id="a1", now=at(5))
    assert (state.phase, first.take) == ("take", 1)
    again = steps.take_again(state, at(9))
    state, second = steps.submit(again, QUESTION, FULL, attempt_id="a2", now=at(20))
    assert (state.phase, state.turn.attempt_ids, second.take) == ("probes", ("a1", "a2"), 2)
    assert (second.seconds, second.retry_of) == (11, None)
    assert not state.turn.retried
    _, said = steps.reply(state, QUESTION, "Twice.", reply_id="r", now=at(21))
    assert said.attempt_id == "a2"


def test_a_take_can_be_kept_at_once_or_from_the_midst_of_another_one() -> None:
    state, first = steps.submit(twice(probes=0), QUESTION, FULL, attempt_id="a1", now=at(5))
    for stand in (state, steps.take_again(state, at(6))):
        kept = steps.keep_take(stand, QUESTION, first, at(7))
        assert (kept.phase, kept.turn.attempt_ids, kept.turn.takes) == ("flags", ("a1",), 1)


def test_with_one_take_there_is_no_way_back() -> None:
    state, attempt = steps.submit(
        steps.start_answer(begun("video"), NOW), QUESTION, FULL, attempt_id="a1", now=at(5)
    )
    assert state.phase == "flags"
    for step in (
        lambda: steps.take_again(state, NOW),
        lambda: steps.keep_take(state, QUESTION, attempt, NOW),
        lambda: steps.keep_take(twice(), QUESTION, attempt, NOW),
    ):
        with pytest.raises(OutOfStep):
            step()


def test_a_question_with_a_take_handed_in_cannot_be_skipped() -> None:
    state, _ = steps.submit(twice(), QUESTION, FULL, attempt_id="a1", now=at(5))
    with pytest.raises(OutOfStep):
        steps.skip(steps.take_again(state, NOW), QUESTION, attempt_id="a2", now=NOW)


@pytest.mark.parametrize("most", [0, 1, 2])
def test_no_more_probes_are_asked_than_the_rules_allow(most: int) -> None:
    state = steps.start_answer(begun("own", rules=Rules(probes=most)), NOW)
    assert len(steps.submit(state, QUESTION, EMPTY, attempt_id="a1", now=NOW)[0].turn.probes) == most


def test_scores_are_asked_when_the_rules_say() -> None:
    each = answered(begun("own", 2, Rules(scores="each")))
    assert (each.phase, each.position) == ("flags", 0)
    end = answered(begun("own", 2, Rules(scores="end")))
    assert (end.phase, end.position) == ("prepare", 1)


def test_on_a_panel_each_question_is_asked_by_whoever_cares_about_it() -> None:
    assert begun("panel").turn.asker == "Technical lead"  # the question is about risks
    assert begun("mock").turn.asker == ""


def test_the_set_of_ones_own_is_stored_with_its_attempts() -> None:
    state = steps.start_answer(begun(), NOW)
    state = msgspec.structs.replace(state, setup=msgspec.structs.replace(state.setup, preset="Mine"))
    assert steps.submit(state, QUESTION, FULL, attempt_id="a1", now=NOW)[1].preset == "Mine"


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

    @initialize(
        mode=st.sampled_from(sorted(RULES)), length=st.integers(1, 4), takes=st.integers(1, 3),
        scores=st.sampled_from(["each", "end"]),
    )  # fmt: skip
    def begin(self, mode: Mode, length: int, takes: int, scores: Literal["each", "end"]) -> None:
        self.now = NOW
        rules = Rules(takes=takes, scores=scores) if mode == "own" else None
        self.state = begun(mode, length, rules)
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

    @precondition(lambda self: self.is_at("take"))
    @rule()
    def take_again(self) -> None:
        self.keep(steps.take_again(self.state, self.now))

    @precondition(lambda self: self.is_at("take", "answer") and self.state.turn.attempt_ids)
    @rule()
    def keep_take(self) -> None:
        self.keep(steps.keep_take(self.state, QUESTION, self.latest(), self.now))

    @precondition(lambda self: self.is_at("prepare", "answer") and not self.state.turn.attempt_ids)
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
    def every_reply_belongs_to_the_last_take_and_a_probe_of_its_turn(self) -> None:
        turns = [turn for turn in self.state.turns if turn.attempt_ids]
        probes = {turn.attempt_ids[turn.takes - 1]: turn.probes for turn in turns}
        replies = [fact for fact in self.facts if isinstance(fact, Reply)]
        assert all(one.probe_id in probes[one.attempt_id] for one in replies)
        assert len({(one.attempt_id, one.probe_id) for one in replies}) == len(replies)

    @invariant()
    def takes_are_counted_and_never_more_than_allowed(self) -> None:
        takes = {fact.id: fact.take for fact in self.facts if isinstance(fact, Attempt)}
        for turn in self.state.turns:
            first = turn.attempt_ids[: turn.takes]
            assert [takes[one] for one in first] == list(range(1, len(first) + 1))
            assert turn.takes <= rules_of(self.state.setup).takes

    @invariant()
    def every_take_has_a_clock_of_its_own(self) -> None:
        if self.is_at("take"):
            assert spent(self.state.clock, self.now) == 0

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
            "take": lambda: steps.keep_take(state, QUESTION, self.latest(), now),
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
