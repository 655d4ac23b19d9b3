"""Means and counts: what enters them and what does not."""

from __future__ import annotations

import pandas as pd
import pytest
from framed import framed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from practised import KEYED, START, attempt, rating, store

from itpm_prep.reports.columns import FRAMES, dtypes_of, make_frame
from itpm_prep.reports.summary import by_category, first_tries

OTHER, THIRD = "SCN-GEN-902", "SCN-GEN-903"


def row(frames, category="scenario"):
    return frames.categories.set_index("category").loc[category]


def scored(number, question, scores, **changes):
    answer = attempt(number, question, "risk_issue", **changes)
    return [answer, rating(answer, scores)]


def test_the_same_question_again_and_again_is_too_thin_for_a_mean(empty):
    store(empty, [fact for n in range(5) for fact in scored(n, OTHER, (3, 3, 3, 3))])
    found = row(framed(empty))
    assert (found["scored"], found["questions"]) == (5, 1)
    assert found["too_thin"]
    assert not found["no_trend"]


def test_a_second_question_is_enough_for_a_mean(empty):
    store(empty, scored(1, OTHER, (2, 2, 2, 2)) + scored(2, THIRD, (4, 4, 4, 4)))
    found = row(framed(empty))
    assert not found["too_thin"]
    assert found["mean_q"] == 3.0
    assert found["latest_q"] == 4.0


@pytest.mark.parametrize(("answers", "no_trend"), [(3, True), (4, False)])
def test_a_line_is_drawn_from_the_fourth_scored_answer(empty, answers, no_trend):
    store(empty, [fact for n in range(answers) for fact in scored(n, OTHER, (3, 3, 3, 3))])
    progress = framed(empty)
    assert row(progress)["no_trend"] == no_trend


def test_a_retry_scored_higher_lifts_neither_mean_nor_latest(empty):
    facts = scored(1, OTHER, (2, 2, 2, 2)) + scored(2, THIRD, (2, 2, 2, 2))
    store(empty, facts + scored(3, OTHER, (5, 5, 5, 5), retry_of="a1", retry_part="situation"))
    progress = framed(empty)
    found = row(progress)
    assert (found["mean_q"], found["latest_q"], found["retries"], found["answers"]) == (2.0, 2.0, 1, 2)
    assert progress.criteria["mean_score"].eq(2.0).all()


def test_an_answer_not_scored_yet_counts_but_is_not_the_latest(empty):
    store(empty, [*scored(1, OTHER, (2, 2, 2, 2)), attempt(2, THIRD, "risk_issue")])
    found = row(framed(empty))
    assert (found["answers"], found["scored"], found["latest_q"]) == (2, 1, 2.0)
    assert found["latest_at"] == pd.Timestamp(START) + pd.Timedelta(days=1, minutes=3)


def test_two_reviewers_count_alike_and_the_learner_no_more(empty):
    answer = attempt(1, OTHER, "risk_issue")
    store(empty, [
        answer,
        rating(answer, (5, 5, 5, 5)),
        rating(answer, (2, 2, 2, 2), rater="Ada"),
        rating(answer, (3, 3, 3, 3), rater="Ben"),
    ])  # fmt: skip
    progress = framed(empty)
    assert progress.attempts["q"].tolist() == [2.5]
    assert progress.attempts["raters"].tolist() == [3]
    assert progress.criteria["mean_score"].eq(2.5).all()
    assert progress.criteria["scored"].eq(1).all()


def test_a_reviewer_who_rates_twice_is_heard_once(empty):
    answer = attempt(1, OTHER, "risk_issue")
    ratings = [rating(answer, (1, 1, 1, 1), rater="Ada", later=7), rating(answer, (4, 4, 4, 4), rater="Ada")]
    store(empty, [answer, *ratings])
    assert framed(empty).attempts["q"].tolist() == [1.0]


def test_competencies_met_are_listed_by_name_and_others_are_not(full):
    assert framed(full).competencies["competency"].tolist() == [
        "cost_benefit",
        "risk_issue",
        "self_management",
    ]


def test_blank_texts_are_left_out_of_the_texts(empty):
    store(empty, [attempt(1, KEYED, "risk_issue", parts={"situation": " \n", "background": "x"}, notes=" ")])
    assert framed(empty).texts["label"].tolist() == ["Background"]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["answered", "skipped"]),
        st.sampled_from(["q1", "q2", "q3"]),
        st.one_of(st.none(), st.floats(1, 5)),
        st.booleans(),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_nothing_is_counted_twice_and_no_mean_leaves_the_scale(rows):
    dtypes = dtypes_of(FRAMES["attempts"])
    blank = {name: {"int64": 0, "bool": False}.get(dtype) for name, dtype in dtypes.items()}
    frame = make_frame(
        (
            {
                **blank, "learner_id": "l", "category": "scenario", "outcome": outcome, "counts": not retry,
                "question_id": question, "q": q if outcome == "answered" else None,
                "retry_of": "a" if retry else None, "submitted_at": START,
            }
            for outcome, question, q, retry in rows
        ),
        FRAMES["attempts"],
    )  # fmt: skip
    found = by_category(frame, pd.DataFrame({"learner_id": pd.Series(["l"], dtype="str")}))
    one = found[found["category"] == "scenario"].iloc[0]
    assert one["answers"] + one["skipped"] + one["retries"] == len(rows)
    assert one["answers"] + one["skipped"] == len(first_tries(frame))
    assert one["questions"] <= one["scored"] <= one["answers"]
    assert bool(one["scored"]) == (1 <= one["mean_q"] <= 5)
    others = found[found["category"] != "scenario"]
    assert others[["answers", "skipped", "retries", "scored"]].sum().sum() == 0
