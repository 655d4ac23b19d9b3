"""Blind review: the order of the queue, who may see whose marks, where two are apart, and the rating."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from practice_samples import SOME_WORDS, sample_question

from itpm_prep.practice import review as rules
from itpm_prep.practice.records import Attempt, Mark, Rating
from itpm_prep.practice.review import Pick, Review, Waiting

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
QUESTION = sample_question()
IDS = [criterion.id for criterion in QUESTION.criteria]

names = st.sampled_from(["Ana", "Bo", "Cy"])
answers = st.builds(
    Waiting,
    st.sampled_from(["l1", "l2"]),
    st.text("abc", min_size=1, max_size=2),
    st.floats(0, 1),
    st.integers(0, 5),
    st.frozensets(names, max_size=2),
)
queues = st.lists(answers, max_size=12, unique_by=lambda one: one.key)
orders = st.sampled_from(["uncertain", "random", "oldest"])


def answer(number: int, **changes: object) -> Waiting:
    fields = {"learner_id": "l1", "attempt_id": f"a{number}", "uncertainty": number / 10, "submitted_at": 0}
    return Waiting(**{**fields, **changes})  # type: ignore[arg-type]


def attempt(version: int = 1) -> Attempt:
    return Attempt(
        id="a1",
        interview_id="i1",
        question_id=QUESTION.id,
        question_version=version,
        bank_hash="b",
        category=QUESTION.category,
        level=QUESTION.level,
        specialisation=QUESTION.specialisation,
        competency="risk_issue",
        scaffold=QUESTION.scaffold,
        mode="mock",
        outcome="answered",
        parts={"situation": SOME_WORDS},
        figures={},
        notes="",
        started_at=NOW,
        submitted_at=NOW,
        seconds=60,
    )


def rating(rater: str, *scores: int, q: float | None = None, later: int = 0) -> Rating:
    marks = tuple(
        Mark(criterion=one, chosen=score, evidence="", cap=5, score=score)
        for one, score in zip(IDS, scores, strict=False)
    )
    mean = sum(scores) / len(scores)
    return Rating(
        id=f"{rater}{later}",
        attempt_id="a1",
        rater=rater,
        red_flags=(),
        marks=marks,
        q=mean if q is None else q,
        rated_at=NOW + timedelta(minutes=later),
    )


def begun(reviewer: str = "Ana") -> Review:
    return rules.begin("l1", attempt(), reviewer, "r1", NOW)


def marked(*chosen: int, evidence: str = SOME_WORDS) -> Review:
    review = begun()
    for criterion, anchor in zip(IDS, chosen, strict=False):
        review = rules.give(review, criterion, Pick(anchor, evidence))
    return review


# Who reviews --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\u202e", "\ud83d"])
def test_a_review_without_a_name_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="Write your name"):
        rules.reviewer_name(typed)


@pytest.mark.parametrize("typed", ["self", " Self ", "SELF"])
def test_nobody_reviews_under_the_name_of_the_learners_own_scores(typed: str) -> None:
    with pytest.raises(ValueError, match="self"):
        rules.reviewer_name(typed)


def test_a_name_stands_in_one_line_without_marks_that_cannot_be_seen() -> None:
    assert rules.reviewer_name("  Ana\nMaria \u202eOrtiz ") == "Ana Maria Ortiz"


def test_a_name_that_is_too_long_is_refused_with_its_limit() -> None:
    assert rules.reviewer_name("x" * rules.LONGEST_NAME)
    with pytest.raises(ValueError, match="60"):
        rules.reviewer_name("x" * (rules.LONGEST_NAME + 1))


# The queue ----------------------------------------------------------------------------------------


def test_the_answer_of_which_least_is_known_comes_first() -> None:
    found = rules.queue([answer(1), answer(9), answer(5)], "Ana", "uncertain", 0)
    assert [one.attempt_id for one in found] == ["a9", "a5", "a1"]


def test_among_answers_alike_uncertain_the_older_one_comes_first() -> None:
    alike = [answer(1, uncertainty=0.5, submitted_at=2), answer(2, uncertainty=0.5, submitted_at=1)]
    assert [one.attempt_id for one in rules.queue(alike, "Ana", "uncertain", 0)] == ["a2", "a1"]


def test_the_oldest_order_goes_by_the_time_of_handing_in() -> None:
    some = [answer(1, submitted_at=3), answer(2, submitted_at=1), answer(3, submitted_at=2)]
    assert [one.attempt_id for one in rules.queue(some, "Ana", "oldest", 0)] == ["a2", "a3", "a1"]


def test_what_a_reviewer_has_reviewed_does_not_come_back_however_the_name_is_written() -> None:
    some = [answer(1, reviewers=frozenset({"ANA"})), answer(2, reviewers=frozenset({"Bo"})), answer(3)]
    assert {one.attempt_id for one in rules.queue(some, "Ana", "oldest", 0)} == {"a2", "a3"}


@given(queues, orders, st.integers(0, 9999), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(
    waiting: list[Waiting], order: rules.Order, seed: int, chance: Random
) -> None:
    shuffled = waiting.copy()
    chance.shuffle(shuffled)
    assert rules.queue(waiting, "Ana", order, seed) == rules.queue(shuffled, "Ana", order, seed)


@given(queues, st.integers(0, 9999))
def test_two_reviewers_with_one_seed_meet_the_same_answers_in_the_same_order(
    waiting: list[Waiting], seed: int
) -> None:
    ana, bo = ([one.key for one in rules.queue(waiting, name, "random", seed)] for name in ("Ana", "Bo"))
    assert [key for key in ana if key in bo] == [key for key in bo if key in ana]


def test_another_seed_draws_another_order() -> None:
    many = [answer(number) for number in range(20)]
    drawn = {tuple(one.attempt_id for one in rules.queue(many, "Ana", "random", seed)) for seed in range(5)}
    assert len(drawn) == 5


# What may be seen ---------------------------------------------------------------------------------


def test_a_reviewer_sees_nobodys_marks_before_having_submitted() -> None:
    kept = [rating("self", 4, 4, 4, 4), rating("Bo", 2, 2, 2, 2)]
    assert rules.visible(kept, "Ana") == {}
    assert list(rules.visible([*kept, rating("Ana", 3, 3, 3, 3)], "Ana")) == ["self", "Ana", "Bo"]


def test_the_first_reviewer_sees_the_second_ones_marks_once_they_are_there() -> None:
    kept = [rating("Bo", 2, 2, 2, 2), rating("Ana", 3, 3, 3, 3, later=5)]
    assert list(rules.visible(kept, "Bo")) == ["Ana", "Bo"]


def test_a_learner_sees_reviews_after_scoring_or_when_there_is_nothing_left_to_score() -> None:
    reviews = [rating("Ana", 3, 3, 3, 3)]
    assert rules.visible(reviews, rules.SELF) == {}
    assert list(rules.visible(reviews, rules.SELF, over=True)) == ["Ana"]
    assert list(rules.visible([*reviews, rating("self", 4, 4, 4, 4)], rules.SELF)) == ["self", "Ana"]


@given(
    st.lists(st.builds(rating, st.sampled_from(["self", "Ana", "Bo"]), *[st.integers(1, 5)] * 4), max_size=5)
)
def test_nothing_of_another_is_visible_without_ones_own(ratings: list[Rating]) -> None:
    seen = rules.visible(ratings, "Ana")
    assert bool(seen) == any(one.rater == "Ana" for one in ratings)


def test_of_several_ratings_by_one_rater_the_latest_counts() -> None:
    latest = rating("self", 2, 2, 2, 2, later=9)
    assert rules.by_rater([latest, rating("self", 5, 5, 5, 5)]) == {"self": latest}


# Where reviewers differ ---------------------------------------------------------------------------


def test_reviewers_two_apart_on_a_criterion_are_told_which_one() -> None:
    (found,) = rules.differences([rating("Ana", 3, 4, 3, 3), rating("Bo", 3, 2, 3, 4)])
    assert found == rules.Difference(("Ana", "Bo"), (IDS[1],), 0.0)


def test_reviewers_a_whole_point_apart_in_the_score_are_told_by_how_much() -> None:
    (found,) = rules.differences([rating("Ana", 3, 3, 3, 3, q=3.2), rating("Bo", 2, 2, 2, 2, q=2.2)])
    assert (found.criteria, found.q) == ((), 1.0)


def test_reviewers_close_to_each_other_have_nothing_to_talk_about() -> None:
    assert rules.differences([rating("Ana", 3, 3, 3, 3), rating("Bo", 2, 4, 3, 3)]) == []


def test_the_learners_own_scores_are_no_review_to_differ_from() -> None:
    kept = [rating("self", 5, 5, 5, 5), rating("Ana", 2, 2, 2, 2)]
    assert rules.differences(kept) == []
    assert rules.mean_q(kept) == 2.0
    assert rules.mean_q([*kept, rating("Bo", 3, 3, 3, 3)]) == 2.5
    assert rules.mean_q(kept[:1]) is None


@given(*[st.lists(st.integers(1, 5), min_size=4, max_size=4)] * 2)
def test_a_difference_is_the_same_whoever_is_asked_first(ana: list[int], bo: list[int]) -> None:
    pair = [rating("Ana", *ana), rating("Bo", *bo)]
    found = rules.differences(pair)
    assert found == rules.differences(pair[::-1])
    apart = any(abs(one - other) >= 2 for one, other in zip(ana, bo, strict=True))
    assert bool(found) == (apart or abs(sum(ana) - sum(bo)) >= 4)


# From draft to rating -----------------------------------------------------------------------------


def test_a_review_is_scored_by_the_rules_of_the_self_score_with_its_comments() -> None:
    review = marked(4, 4, 3, 2)
    review = rules.give(review, IDS[0], Pick(4, "nowhere in it at all, these words", "  Say which unit.  "))
    review = replace(review, flags=(1,), comment=" Clear, and short of a result. ")
    made = rules.close(review, QUESTION, [SOME_WORDS], NOW)
    assert [mark.score for mark in made.marks] == [3, 1, 3, 2]  # no proof; capped; proved; needs none
    assert made.marks[0].comment == "Say which unit."
    assert (made.id, made.rater, made.attempt_id) == ("r1", "Ana", "a1")
    assert made.comment == "Clear, and short of a result."
    assert made.red_flags == (QUESTION.red_flags[1].text,)


def test_a_review_with_an_open_criterion_names_it_and_cannot_be_closed() -> None:
    review = marked(4, 4, 3)
    assert rules.open_criteria(review, QUESTION) == [QUESTION.criteria[3].name]
    with pytest.raises(ValueError, match=IDS[3]):
        rules.close(review, QUESTION, [SOME_WORDS], NOW)


def test_only_the_version_that_was_answered_has_the_anchors_the_learner_saw() -> None:
    assert rules.fits(attempt(), QUESTION)
    assert not rules.fits(attempt(version=2), QUESTION)


def test_a_draft_comes_back_as_it_was_kept_and_a_damaged_one_not_at_all() -> None:
    review = marked(4, 1)
    assert rules.decode(rules.encode(review)) == review
    assert rules.decode(rules.encode(review)[:-9]) is None
    assert rules.decode("[" * 100_000) is None


def test_drafts_of_two_reviewers_of_one_answer_are_kept_apart() -> None:
    assert begun("Ana").document_id != begun("Bo").document_id
    assert begun("Ana").document_id == begun("ana").document_id
    assert rules.document_id("a", 'b","c', "d") != rules.document_id("a", "b", 'c","d')
