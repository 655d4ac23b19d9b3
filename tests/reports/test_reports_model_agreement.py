"""Agreement of two raters: the same as scikit-learn finds, with n, and in words."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, mean_absolute_error

from itpm_prep.reports.model.agreement import (
    STATISTICS,
    agree,
    bias_words,
    pair_reviewers,
    pair_with_reviewers,
)

anchors = st.integers(1, 5)
many = st.lists(st.tuples(anchors, anchors), min_size=30, max_size=60)


def pairs(listed):
    return pd.DataFrame(listed, columns=["own", "other"], dtype="int64")


def marks(*rows):
    """Rows of rater, score and, when it is another one, attempt."""
    full = [("x", attempt[0] if attempt else "a1", "ACT", rater, score) for rater, score, *attempt in rows]
    return pd.DataFrame(full, columns=["learner_id", "attempt_id", "criterion", "rater", "score"])


@settings(max_examples=60, deadline=None)
@given(many)
def test_kappa_and_mae_are_those_of_scikit_learn(listed):
    found = agree(pairs(listed)).iloc[0]
    own, other = zip(*listed, strict=True)
    assert found["mae"] == pytest.approx(mean_absolute_error(own, other))
    if len({*own, *other}) == 1:
        assert isnan(found["kappa"])
    else:
        expected = cohen_kappa_score(own, other, labels=[1, 2, 3, 4, 5], weights="quadratic")
        assert found["kappa"] == pytest.approx(expected, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(many)
def test_bias_and_the_share_within_one_are_means_over_the_pairs(listed):
    found = agree(pairs(listed)).iloc[0]
    apart = [own - other for own, other in listed]
    assert found["n"] == len(listed)
    assert found["bias"] == pytest.approx(sum(apart) / len(apart))
    assert found["within_one"] == pytest.approx(sum(abs(one) <= 1 for one in apart) / len(apart))


@pytest.mark.parametrize(("n", "shown"), [(29, False), (30, True)])
def test_kappa_is_shown_from_thirty_pairs(n, shown):
    found = agree(pairs([(1 + number % 5, 1 + number % 4) for number in range(n)]))
    assert found["kappa"].notna().tolist() == [shown]


def test_no_pair_gives_n_nought_and_nothing_else():
    found = agree(pairs([]))
    assert found["n"].tolist() == [0]
    assert found[["bias", "mae", "within_one", "kappa"]].isna().all(axis=None)
    assert found.dtypes.astype(str).to_dict() == STATISTICS


def test_each_group_has_a_row_of_its_own():
    both = pairs([(4, 3), (5, 3), (2, 3)]).assign(criterion=["ACT", "ACT", "RES"])
    found = agree(both, ["criterion"]).set_index("criterion")
    assert found.loc["ACT", ["n", "bias", "mae", "within_one"]].tolist() == [2, 1.5, 1.5, 0.5]
    assert found.loc["RES", ["n", "bias", "mae", "within_one"]].tolist() == [1, -1.0, 1.0, 1.0]
    assert agree(both.head(0), ["criterion"]).columns.tolist() == ["criterion", *STATISTICS]


def test_ones_own_score_is_paired_with_the_mean_of_the_reviewers():
    found = pair_with_reviewers(
        marks(("self", 4), ("Ann", 2), ("Ben", 3), ("self", 5, "a2"), ("Ann", 1, "a3"))
    )
    assert found[["attempt_id", "own", "other"]].to_numpy().tolist() == [["a1", 4, 2.5]]


def test_every_two_reviewers_of_an_answer_are_a_pair():
    found = pair_reviewers(marks(("Cy", 5), ("self", 4), ("Ann", 2), ("Ben", 3), ("Ann", 1, "a2")))
    listed = found[["rater", "own", "other_rater", "other"]].to_numpy().tolist()
    assert sorted(listed) == [["Ann", 2, "Ben", 3], ["Ann", 2, "Cy", 5], ["Ben", 3, "Cy", 5]]


def test_one_answer_id_of_two_learners_is_never_paired():
    scores = pd.concat([marks(("self", 4)), marks(("Ann", 2)).assign(learner_id="y")])
    assert pair_with_reviewers(scores).empty


@pytest.mark.parametrize(
    ("bias", "words"),
    [
        (0.0, "well matched, no difference (n = 24)"),
        (0.25, "well matched, +0.2 (n = 24)"),
        (-0.2, "well matched, \N{MINUS SIGN}0.2 (n = 24)"),
        (0.3, "overrating by 0.3 (n = 24)"),
        (-0.75, "underrating by 0.8 (n = 24)"),
        (0.9, "strong overrating by 0.9 (n = 24)"),
        (-1.5, "strong underrating by 1.5 (n = 24)"),
    ],
)
def test_a_bias_in_words_always_says_n(bias, words):
    assert bias_words(bias, 24) == words


def test_a_bias_summed_from_tenths_is_not_pushed_over_the_edge():
    assert bias_words(float(np.mean([0.1, 0.2, 0.45])), 3).startswith("well matched")


def test_without_a_pair_nothing_is_said_of_the_bias():
    assert bias_words(nan, 0) == "no score from both sides yet (n = 0)"
