from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice_samples import sample_question

from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.bank.types import Category, Question
from itpm_prep.practice.debrief import criterion_means, weakest
from itpm_prep.practice.records import Mark, Rating

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
Scores = tuple[int, int, int, int]


def scored(scores: Scores, category: Category = "behavioral") -> tuple[Question, Rating]:
    """A question with the scores of its four criteria."""
    question = sample_question(category, "star_l" if category == "behavioral" else "sbar")
    marks = tuple(
        Mark(criterion=criterion.id, chosen=score, evidence="", cap=5, score=score)
        for criterion, score in zip(question.criteria, scores, strict=True)
    )
    rating = Rating(
        id="r", attempt_id="a", rater="self", red_flags=(), marks=marks, q=sum(scores) / 4, rated_at=NOW
    )
    return question, rating


def test_means_are_told_by_the_name_of_the_criterion_in_the_order_met() -> None:
    first, second = scored((2, 3, 4, 5)), scored((4, 4, 2, 5))
    names = [CRITERION_NAMES[criterion.id] for criterion in first[0].criteria]
    assert criterion_means({0: first, 3: second}) == list(zip(names, (3, 3.5, 3, 5), strict=True))


def test_criteria_of_different_categories_are_told_apart_by_name() -> None:
    first, second = scored((1, 1, 1, 1)), scored((2, 2, 2, 2), "scenario")
    names = [CRITERION_NAMES[one.id] for question, _ in (first, second) for one in question.criteria]
    assert [name for name, _ in criterion_means({0: first, 1: second})] == names


def test_the_weakest_is_the_lowest_mean_and_the_answer_that_lost_most_there() -> None:
    found = weakest({0: scored((4, 4, 3, 5)), 1: scored((4, 4, 2, 5)), 2: scored((5, 3, 4, 5))})
    assert found is not None
    assert found.name == CRITERION_NAMES["RES"]
    assert (found.mean, found.position, found.part) == (3, 1, "result")


@pytest.mark.parametrize("answers", [{}, {0: scored((5, 5, 5, 5))}])
def test_without_a_score_or_without_a_loss_nothing_is_weakest(
    answers: dict[int, tuple[Question, Rating]],
) -> None:
    assert weakest(answers) is None


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 4), min_size=1, max_size=6))
def test_the_weakest_part_belongs_to_an_answer_that_lost_there(rows: list[Scores]) -> None:
    answers = {position: scored(row) for position, row in enumerate(rows)}
    found = weakest(answers)
    if found is None:
        assert all(score == 5 for row in rows for score in row)
        return
    means = dict(criterion_means(answers))
    assert found.mean == means[found.name] == min(means.values())
    column = list(means).index(found.name)
    assert rows[found.position][column] == min(row[column] for row in rows)
