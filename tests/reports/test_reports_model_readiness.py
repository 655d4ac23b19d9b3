"""Readiness: the gate, the coverage rule, the shares of the blueprint, the labels and the counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_samples import NOW, PASSED, answer, attempts, gate, gates, judge, overall, raters, spread, standing

from itpm_prep.bank.types import COMPETENCIES, LEVELS
from itpm_prep.reports.model.blueprint import shares
from itpm_prep.reports.model.readiness import COMPETENCY_COLUMNS, LEARNER_COLUMNS, assess

CLOSED = ()

EVERYTHING = spread(COMPETENCIES)
STRONG = [answer(n, self_q=4.5, reviewer_q=4.5) for n in range(4)]
REVIEWED = [answer(n, reviewer_q=3.5) for n in range(3)]


def test_the_blueprint_of_each_level_shares_out_the_whole():
    for level in LEVELS:
        assert shares(level).sum() == pytest.approx(1)
    assert shares("senior", ["risk_issue"])[0] == pytest.approx(9 / 96)
    with pytest.raises(ValueError, match="principal"):
        shares("principal")


def test_frames_have_their_columns_and_types_even_when_they_are_empty():
    table = attempts([])
    empty = assess(table, gates(), raters(table), {}, NOW)
    for found in (judge(EVERYTHING), empty):
        assert found.competencies.dtypes.astype(str).to_dict() == COMPETENCY_COLUMNS
        assert found.learners.dtypes.astype(str).to_dict() == LEARNER_COLUMNS
    assert empty.competencies.empty
    assert empty.learners.empty


# The gate ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passed", "reviewed", "is_open"),
    [
        (PASSED, 0, True),
        (CLOSED, 0, False),
        (CLOSED, 2, False),
        (CLOSED, 3, True),
        ((gate(mae=0.9),), 0, False),
        ((gate(mae=0.9),), 3, True),
        ((gate(50), gate(mae=0.9)), 0, False),
    ],
)
def test_readiness_opens_with_a_gate_passed_or_three_answers_reviewed(passed, reviewed, is_open):
    rows = [row | ({"reviewer_q": 4.0} if n < reviewed else {}) for n, row in enumerate(EVERYTHING)]
    found = overall(rows, passed=passed)
    assert (found["state"] != "gate") == is_open
    assert np.isnan(found["readiness"]) != is_open


def test_while_the_gate_is_closed_no_standing_is_shown_at_all():
    found = judge(EVERYTHING, passed=CLOSED).competencies
    assert found[["theta", "sd", "chance", "missing_answers", "missing_reviewed"]].isna().all(axis=None)
    assert not found["ready"].any()
    assert set(found["missing"]) == {"gate"}
    assert set(found["sentence"]) == {"Not judged yet: 2 answers to 2 questions, none reviewed."}


def test_the_closed_gate_says_what_opens_it():
    found = overall([*REVIEWED[:2], answer(7)], passed=CLOSED)
    assert found["sentence"] == (
        "No readiness yet: calibration gate not passed, 2 of 3 answers reviewed. "
        "3 answers to 3 questions, 2 reviewed by 1 reviewer, 22 November 2026."
    )
    assert found["advice"].startswith(
        "Pass the calibration gate (six sample answers), or have 1 more answer reviewed. Questions still to"
    )


def test_a_gate_of_another_learner_opens_nothing():
    assert overall(EVERYTHING, passed=(gate(learner="y"),))["state"] == "gate"


def test_the_gate_is_told_with_its_day():
    found = overall([], passed=(gate(3),))
    assert found["gate_at"] == pd.Timestamp(NOW) - pd.Timedelta(days=3)
    assert found["gate_passed"]
    assert pd.isna(overall([], passed=CLOSED)["gate_at"])


# Coverage and readiness ----------------------------------------------------------------------------


def test_no_answers_are_not_enough_evidence():
    found = overall([])
    assert found["state"] == "coverage"
    assert np.isnan(found["readiness"])
    assert found["sentence"].startswith("Not enough evidence: two questions or more stand behind 0 %")


def test_one_question_of_every_competency_covers_nothing():
    found = overall(spread(COMPETENCIES, each=1))
    assert (found["state"], found["coverage"]) == ("coverage", 0)


def test_the_same_question_twice_is_one_question():
    rows = [row | {"question_id": row["competency"]} for row in EVERYTHING]
    assert overall(rows)["coverage"] == 0


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(COMPETENCIES), unique=True), st.sampled_from(LEVELS))
def test_coverage_is_the_share_of_the_competencies_with_two_questions(covered, level):
    found = overall(spread(covered, level="director"), target=level)
    whole = shares(level, covered).sum() if covered else 0.0
    assert found["coverage"] == pytest.approx(whole)
    assert (found["state"] == "coverage") == (whole < 0.5 - 1e-9)


def test_readiness_is_the_share_of_the_ready_competencies():
    ready = COMPETENCIES[:8]
    rows = spread(ready, reviewer_q=4.75) + [
        answer(100 + n, name, reviewer_q=1.0) for n, name in enumerate(COMPETENCIES[8:] * 2)
    ]
    found = judge(rows)
    table = found.competencies
    assert set(table.loc[table["ready"], "competency"]) == set(ready)
    assert found.learners["readiness"][0] == pytest.approx(shares("mid", ready).sum())
    assert found.learners["ready"][0] == 8


def test_ready_takes_the_chance_and_two_questions():
    one = [row | {"question_id": "Q"} for row in STRONG]
    assert standing(STRONG)["ready"]
    assert standing(one)["chance"] >= 0.80
    assert not standing(one)["ready"]
    assert standing(one)["missing"] == "questions"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(COMPETENCIES), st.integers(4, 20)), max_size=20), st.randoms())
def test_the_order_of_arrival_changes_nothing(given_answers, random):
    rows = [answer(n, name, self_q=q / 4) for n, (name, q) in enumerate(given_answers)]
    found, shuffled = judge(rows), judge(random.sample(rows, len(rows)))
    pd.testing.assert_frame_equal(found.competencies, shuffled.competencies, check_exact=True)
    pd.testing.assert_frame_equal(found.learners, shuffled.learners, check_exact=True)


@pytest.mark.parametrize("target", ["", "principal"])
def test_without_a_target_there_is_no_readiness_but_each_standing_is_told(target):
    found = judge(EVERYTHING, target=target)
    one = found.learners.iloc[0]
    assert (one["state"], one["level"], one["label"]) == ("target", "", "")
    assert np.isnan(one["coverage"])
    assert one["sentence"].startswith("No readiness: no post to aim at has been chosen.")
    assert one["advice"] == "Choose the level and specialisation to aim at."
    assert found.competencies["chance"].notna().all()
    assert found.competencies["share"].isna().all()


def test_learners_are_judged_each_by_their_own_facts_in_the_order_asked_for():
    other = [row | {"learner_id": "y", "attempt_id": f"b{n}"} for n, row in enumerate(EVERYTHING)]
    table = attempts(STRONG + other)
    both = assess(table, gates(gate()), raters(table), {"y": "senior", "x": "mid"}, NOW)
    assert both.learners["learner_id"].tolist() == ["y", "x"]
    alone = judge(STRONG).competencies
    mine = both.competencies[both.competencies["learner_id"] == "x"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, alone)


# The label and the counts --------------------------------------------------------------------------


@pytest.mark.parametrize(("reviewed", "label"), [(16, "reviewed"), (1, "self-rated"), (0, "self-rated")])
def test_the_label_says_whether_half_of_the_blueprint_has_a_reviewers_score(reviewed, label):
    seen = COMPETENCIES[:reviewed]
    rows = [row | ({"reviewer_q": 4.0} if row["competency"] in seen else {}) for row in EVERYTHING]
    found = overall(rows)
    assert found["label"] == label
    assert f"; {label}." in found["sentence"]


def test_answers_questions_reviews_and_reviewers_are_counted_once_each():
    rows = [answer(1, question_id="Q"), answer(2, question_id="Q"), answer(3, reviewer_q=3.0)]
    found = overall(rows, reviewers=("Ann", "Ben"))
    assert found[["answers", "questions", "reviewed", "reviewers"]].tolist() == [3, 2, 1, 2]
    one = standing(rows)
    assert one[["answers", "questions", "reviewed"]].tolist() == [3, 2, 1]


def test_a_reviewer_of_an_answer_that_does_not_count_is_no_reviewer():
    assert overall([answer(1, level="junior", reviewer_q=3.0)])["reviewers"] == 0
