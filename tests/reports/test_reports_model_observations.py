"""Which answers count: the level, skips, takes, retries, repeats, age; and the latest gate."""

from __future__ import annotations

from datetime import timedelta
from math import nan

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_samples import NOW, answer, attempts, gate, gates

from itpm_prep.bank.types import LEVELS
from itpm_prep.practice.calibration import MOST_MAE
from itpm_prep.reports.model.observations import latest_gates, observe

TARGETS = {"x": "mid", "y": "mid"}


def counted(*rows, targets=TARGETS):
    return observe(attempts(rows), targets, NOW)


def ids(*rows, targets=TARGETS):
    return counted(*rows, targets=targets)["attempt_id"].tolist()


def test_a_scored_answer_counts_with_its_scores_and_its_age():
    found = counted(answer(36, self_q=3.5, reviewer_q=3.0)).iloc[0]
    assert (found["self_q"], found["reviewer_q"], found["age_days"], found["repeat"]) == (
        3.5,
        3.0,
        1.5,
        False,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "skipped", "self_q": nan},
        {"self_q": nan},
        {"level": "junior"},
        {"retry_of": "a7"},
        {"learner_id": "somebody else"},
    ],
    ids=["skipped", "unscored", "below the target level", "retry", "not named"],
)
def test_what_is_no_observation(changes):
    assert ids(answer(1, **changes), answer(2)) == ["a2"]


def test_an_answer_above_the_target_level_counts():
    assert ids(answer(1, level="director")) == ["a1"]


def test_each_learner_has_a_target_of_their_own_and_without_one_every_level_counts():
    rows = [answer(n, learner_id=who, level="junior") for n, who in enumerate(("senior", "junior", "none"))]
    aimed = {"senior": "senior", "junior": "junior", "none": ""}
    assert sorted(ids(*rows, targets=aimed)) == ["a1", "a2"]


def test_a_reviewed_answer_counts_without_a_score_of_ones_own():
    assert ids(answer(1, self_q=nan, reviewer_q=2.5)) == ["a1"]


def test_of_several_takes_in_one_interview_the_last_counts_and_is_no_repeat():
    first, last = (answer(4 - n, take=n, interview_id="i", question_id="Q") for n in (1, 2))
    found = counted(first, last)
    assert found["attempt_id"].tolist() == ["a2"]
    assert not found["repeat"].any()


def test_the_latest_two_answers_to_a_question_count_and_are_repeats():
    rows = [answer(number, question_id="Q") for number in (4, 3, 2, 1)]
    found = counted(*rows)
    assert found["attempt_id"].tolist() == ["a2", "a1"]
    assert found["repeat"].tolist() == [True, True]


def test_the_first_answer_to_a_question_is_no_repeat():
    assert counted(answer(2, question_id="Q"), answer(1, question_id="Q"))["repeat"].tolist() == [False, True]


def test_an_answer_is_a_repeat_even_when_the_first_one_was_never_scored():
    rows = answer(2, question_id="Q", self_q=nan), answer(1, question_id="Q")
    assert counted(*rows)["repeat"].tolist() == [True]


def test_the_same_question_answered_by_another_learner_is_no_repeat():
    rows = answer(2, question_id="Q"), answer(1, question_id="Q", learner_id="y")
    assert not counted(*rows)["repeat"].any()


def test_a_clock_that_ran_ahead_gives_no_negative_age():
    assert counted(answer(-5))["age_days"].tolist() == [0.0]


def test_no_answers_at_all_give_an_empty_frame_of_the_same_columns():
    empty, full = counted(), counted(answer(1))
    assert len(empty) == 0
    assert empty.columns.tolist() == full.columns.tolist()


rows = st.builds(
    answer,
    st.integers(0, 6),
    question_id=st.sampled_from(["Q1", "Q2"]),
    learner_id=st.sampled_from(["x", "y"]),
    level=st.sampled_from(LEVELS),
    outcome=st.sampled_from(["answered", "skipped"]),
    self_q=st.sampled_from([nan, 2.0, 4.0]),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(rows, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(listed, random):
    """Several are handed in at the same moment, so that only their ids tell them apart."""
    named = [row | {"attempt_id": f"a{number}"} for number, row in enumerate(listed)]
    shuffled = random.sample(named, len(named))
    pd.testing.assert_frame_equal(counted(*named), counted(*shuffled))
    packed = attempts(shuffled).astype(dict.fromkeys(["learner_id", "question_id", "level"], "category"))
    categories = observe(packed, TARGETS, NOW).astype({"learner_id": "str", "question_id": "str"})
    pd.testing.assert_frame_equal(counted(*named), categories)


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, max_size=10))
def test_never_more_than_two_answers_to_a_question_of_a_learner_count(listed):
    found = counted(*(row | {"attempt_id": f"a{number}"} for number, row in enumerate(listed)))
    assert found.groupby(["learner_id", "question_id"]).size().max() <= 2 or found.empty


def test_the_latest_gate_up_to_now_counts():
    found = latest_gates(gates(gate(3, leniency=0.1), gate(1, leniency=0.2), gate(-1, leniency=0.3)), NOW)
    assert found[["leniency", "passed"]].to_numpy().tolist() == [[0.2, True]]
    assert found["rated_at"][0] == NOW - timedelta(days=1)


@pytest.mark.parametrize(("mae", "passed"), [(MOST_MAE, True), (MOST_MAE + 0.05, False)])
def test_a_gate_missed_later_takes_the_earlier_ones_place(mae, passed):
    assert latest_gates(gates(gate(60), gate(2, mae=mae)), NOW)["passed"].tolist() == [passed]


def test_a_gate_passed_long_ago_still_tells_of_the_bias():
    assert latest_gates(gates(gate(400)), NOW)["passed"].tolist() == [True]
