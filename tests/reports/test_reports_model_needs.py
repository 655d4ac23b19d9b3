"""What is missing: the numbers of answers named are those that would do, and no fewer."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_samples import Row, believe

from itpm_prep.reports.model.constants import MOST_ADVISED, READY_CHANCE
from itpm_prep.reports.model.needs import find_needs

near_the_bar = st.integers(11, 16).map(lambda number: number / 4)
rows: st.SearchStrategy[Row] = st.tuples(
    st.just("x"),
    st.just("A"),
    near_the_bar,
    st.one_of(st.just(nan), near_the_bar),
    st.integers(0, 40).map(float),
    st.booleans(),
)


def needs_of(given_rows, questions=2, **gates):
    return find_needs(believe(given_rows, **gates), np.full((1, 3), questions))


def after(given_rows, number, *, reviewed):
    """The chance in A after so many more answers of today, each with the score expected of it."""
    now = believe(given_rows)
    expected = now.theta[0, 0] + (0.0 if reviewed else now.bias[0])
    scores = (nan, expected) if reviewed else (expected, nan)
    return believe([*given_rows, *[("x", "A", *scores, 0.0, False)] * number]).chance[0, 0]


@settings(max_examples=50, deadline=None)
@given(st.lists(rows, min_size=1, max_size=8), st.booleans())
def test_as_many_answers_as_named_would_do_and_no_fewer(given_rows, reviewed):
    found = needs_of(given_rows)
    number = (found.reviewed if reviewed else found.answers)[0, 0]
    if np.isnan(number):
        assert after(given_rows, MOST_ADVISED, reviewed=reviewed) < READY_CHANCE
        return
    assert after(given_rows, int(number), reviewed=reviewed) >= READY_CHANCE - 1e-9
    if number:
        assert after(given_rows, int(number) - 1, reviewed=reviewed) < READY_CHANCE


STRONG: list[Row] = [("x", "A", nan, 4.0, 1.0, False)] * 4
CLOSE: list[Row] = [("x", "A", 3.75, nan, 1.0, False)] * 2
UNSURE: list[Row] = [("x", "A", 3.75, nan, 1.0, False)] * 6
WEAK: list[Row] = [("x", "A", nan, 2.5, 1.0, False)] * 4


@pytest.mark.parametrize(
    ("given_rows", "questions", "gates", "kind"),
    [
        (STRONG, 2, {}, ""),
        (STRONG, 1, {}, "questions"),
        (CLOSE, 2, {"x": 0.2}, "answers"),
        (UNSURE, 2, {}, "reviews"),
        (WEAK, 2, {}, "higher"),
        ([], 0, {}, "questions"),
    ],
)
def test_the_kind_of_what_is_missing(given_rows, questions, gates, kind):
    assert needs_of(given_rows, questions, **gates).kind[0, 0] == kind


def test_a_ready_competency_lacks_nothing():
    found = needs_of(STRONG)
    assert (found.questions[0, 0], found.answers[0, 0], found.reviewed[0, 0]) == (0, 0, 0)


@pytest.mark.parametrize(("questions", "missing"), [(0, 2), (1, 1), (2, 0), (5, 0)])
def test_two_different_questions_are_needed_however_good_the_answers(questions, missing):
    found = needs_of(STRONG, questions)
    assert found.questions[0, 0] == missing
    assert found.answers[0, 0] == missing


def test_reviewed_answers_do_it_in_fewer():
    found = needs_of(CLOSE, x=0.2)
    assert 0 < found.reviewed[0, 0] < found.answers[0, 0]
