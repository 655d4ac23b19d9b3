"""The reviews of a class, as the instructor's queue reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from practised import rating
from reviewed_class import answered, class_of, facts_of

from itpm_prep.problems import NotSaved
from itpm_prep.store.cohort import Cohort


@pytest.fixture
def cohort(tmp_path: Path) -> Cohort:
    return class_of(tmp_path, {"Mia": facts_of(0), "Noah": facts_of(1)})


def test_the_learners_own_scores_are_no_review(cohort: Cohort) -> None:
    assert cohort.reviews() == []


def test_reviews_of_all_learners_come_with_their_learner_oldest_first(cohort: Cohort) -> None:
    late = rating(answered(0), (3, 3, 3, 3), "Ana", later=900)
    early = rating(answered(1), (2, 2, 2, 2), "Bo", later=5)
    second = replace(rating(answered(0), (1, 1, 1, 1), "Bo", later=9), comment="Both, please.")
    for learner, one in (("mia", late), ("mia", second), ("noah", early)):
        cohort.review(learner, one)
    assert cohort.reviews() == sorted(
        [("mia", late), ("mia", second), ("noah", early)], key=lambda each: each[1].rated_at
    )


def test_a_review_of_an_answer_that_nobody_handed_in_is_refused(cohort: Cohort) -> None:
    with pytest.raises(NotSaved, match="has not been handed in"):
        cohort.review("mia", rating(answered(1), (3, 3, 3, 3), "Ana"))
    assert cohort.reviews() == []
