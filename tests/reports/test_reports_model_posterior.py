"""The posterior: the agreed check values, a general solver beside it, and what must hold of any answers."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_samples import Row, believe, leniencies, observations

from itpm_prep.reports.model.posterior import places, posterior

ANSWERS: list[Row] = [
    ("x", "A", 4.25, 3.75, 5, False),
    ("x", "A", 3.5, nan, 12, False),
    ("x", "B", 4.0, nan, 3, False),
    ("x", "B", 3.5, 3.0, 40, False),
]
REPEATED = [(*row[:5], number == 2) for number, row in enumerate(ANSWERS)]

scores = st.integers(4, 20).map(lambda quarters: quarters / 4)
maybe = st.one_of(st.just(nan), scores)
rows: st.SearchStrategy[Row] = st.tuples(
    st.just("x"), st.sampled_from("ABC"), maybe, maybe, st.integers(0, 200).map(float), st.booleans()
)
answers = st.lists(rows, max_size=12)


def told(found, place):
    return found.theta[0, place], found.sd[0, place], found.chance[0, place]


@pytest.mark.parametrize(
    ("place", "expected"),
    [(0, (3.378, 0.372, 0.846)), (1, (3.307, 0.409, 0.774)), (2, (3.226, 0.545, 0.661))],
    ids=["A", "B", "C"],
)
def test_standing_of_a_learner_with_four_answers(place, expected):
    assert told(believe(ANSWERS), place) == pytest.approx(expected, abs=5e-4)


def test_bias_and_gain_of_a_learner_with_four_answers():
    found = believe(ANSWERS)
    assert (found.bias[0], found.bias_sd[0]) == pytest.approx((0.398, 0.231), abs=5e-4)
    assert (found.gain[0], found.gain_sd[0]) == pytest.approx((0.204, 0.328), abs=5e-4)


def test_a_gate_narrows_the_bias():
    found = believe(ANSWERS, x=0.45)
    assert told(found, 0) == pytest.approx((3.370, 0.368, 0.843), abs=5e-4)
    assert told(found, 1) == pytest.approx((3.298, 0.405, 0.769), abs=5e-4)
    assert (found.bias[0], found.bias_sd[0]) == pytest.approx((0.422, 0.170), abs=5e-4)


def test_a_repeat_of_a_question_tells_less():
    assert told(believe(REPEATED, x=0.45), 1) == pytest.approx((3.247, 0.435, 0.714), abs=5e-4)


def test_without_any_answer_every_competency_is_as_believed_before():
    found = believe([])
    for place in range(3):
        assert told(found, place) == pytest.approx((2.7, 0.721, 0.339), abs=5e-4)
    assert (found.bias[0], found.gain[0]) == pytest.approx((0.2, 0.2))


def solve_generally(given_rows, leniency):
    """The same by conditioning a joint normal distribution on what was seen (theta, bias, gain)."""
    mean = np.array([2.7, 0, 0, 0, 0.2, 0.2])
    prior = np.diag(np.array([0.6, 0.4, 0.4, 0.4, 0.4, 0.4]) ** 2)
    design, seen, noise = [], [], []

    def tell(factors, value, variance):
        design.append([factors.get(name, 0.0) for name in ("m", "A", "B", "C", "b", "g")])
        seen.append(value)
        noise.append(variance)

    for _, competency, own, reviewer, age, repeat in given_rows:
        twice = 2 if repeat else 1
        shown = {"m": 1.0, competency: 1.0, "g": -age / 30}
        if not np.isnan(reviewer):
            tell(shown, reviewer, twice * 0.55**2)
            if not np.isnan(own):
                tell({"b": 1.0}, own - reviewer, twice * 0.45**2)
        elif not np.isnan(own):
            tell(shown | {"b": 1.0}, own, twice * (0.55**2 + 0.45**2))
    if leniency is not None:
        tell({"b": 1.0}, leniency, 0.25**2)
    h = np.array(design).reshape(len(seen), 6)
    weight = np.linalg.solve(h @ prior @ h.T + np.diag(noise), h @ prior).T
    after, covariance = mean + weight @ (np.array(seen) - h @ mean), prior - weight @ h @ prior
    to_theta = np.array([[1, *np.eye(3)[k], 0, 0] for k in range(3)])
    return to_theta @ after, to_theta @ covariance @ to_theta.T, after, covariance


@settings(max_examples=30, deadline=None)
@given(answers, st.one_of(st.none(), st.floats(-1, 1)))
def test_a_general_solver_finds_the_same(given_rows, leniency):
    found = believe(given_rows, **({} if leniency is None else {"x": leniency}))
    theta, spread, after, covariance = solve_generally(given_rows, leniency)
    np.testing.assert_allclose(found.theta[0], theta, atol=1e-9)
    np.testing.assert_allclose(found.sd[0], np.sqrt(np.diag(spread)), atol=1e-9)
    assert (found.bias[0], found.gain[0]) == pytest.approx(tuple(after[4:]), abs=1e-9)
    assert (found.bias_sd[0], found.gain_sd[0]) == pytest.approx(tuple(np.sqrt(np.diag(covariance)[4:])))
    np.testing.assert_allclose(found.shared[0], covariance[0, 4] + covariance[1:4, 4], atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(answers, st.sampled_from("ABC"), scores, scores, maybe)
def test_a_better_reviewed_answer_given_today_never_lowers_its_competency(before, name, one, other, own):
    low, high = sorted((one, other))
    place = "ABC".index(name)
    worse, better = (believe([*before, ("x", name, own, q, 0.0, False)]) for q in (low, high))
    assert better.theta[0, place] >= worse.theta[0, place] - 1e-9
    assert better.chance[0, place] >= worse.chance[0, place] - 1e-9


@settings(max_examples=30, deadline=None)
@given(answers, rows)
def test_another_answer_never_leaves_a_standing_less_certain(before, another):
    assert (believe([*before, another]).sd <= believe(before).sd + 1e-9).all()


@settings(max_examples=25, deadline=None)
@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(given_rows, random):
    shuffled = random.sample(given_rows, len(given_rows))
    np.testing.assert_allclose(believe(shuffled).theta, believe(given_rows).theta, atol=1e-9)


@settings(max_examples=12, deadline=None)
@given(st.lists(answers, min_size=1, max_size=4))
def test_learners_solved_together_do_not_touch_each_other(classes):
    names = [f"learner-{number}" for number in range(len(classes))]
    every = [(name, *row[1:]) for name, given_rows in zip(names, classes, strict=True) for row in given_rows]
    together = posterior(observations(every), leniencies({}), names, list("ABC"))
    for place, given_rows in enumerate(classes):
        np.testing.assert_allclose(together.theta[place], believe(given_rows).theta[0], atol=1e-9)
        np.testing.assert_allclose(together.sd[place], believe(given_rows).sd[0], atol=1e-9)


def test_a_class_without_learners_has_an_empty_posterior():
    assert posterior(observations([]), leniencies({}), [], list("ABC")).theta.shape == (0, 3)


def test_an_answer_without_any_score_tells_nothing():
    assert believe([("x", "A", nan, nan, 1.0, False)]).sd == pytest.approx(believe([]).sd)


@pytest.mark.parametrize("row", [("y", "A", 3.0, 3.0, 1.0, False), ("x", "D", 3.0, 3.0, 1.0, False)])
def test_a_learner_or_competency_that_is_not_listed_is_refused(row):
    with pytest.raises(ValueError, match=r"not listed: [yD]"):
        believe([row])


def test_places_are_those_of_the_names_whatever_the_type_of_the_column():
    column = observations(ANSWERS)["competency"]
    for values in (column, column.astype("category"), column.astype(object)):
        assert places(values, ["B", "A"]).tolist() == [1, 1, 0, 0]
