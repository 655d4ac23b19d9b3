from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_samples import ANCHORS, SOME_WORDS, sample_question

from itpm_prep.bank.types import CRITERIA_OF, Category, Criterion, Question, Scaffold
from itpm_prep.practice.records import Rating
from itpm_prep.practice.scoring import caps_of, mark, part_for, rate

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PROOF = "46 units were late by"
IDS = CRITERIA_OF["behavioral"]


def rated(question: Question, chosen: list[int], flags: list[int], proof: str = PROOF) -> Rating:
    choices: dict[str, tuple[int, str]] = {
        criterion.id: (score, proof) for criterion, score in zip(question.criteria, chosen, strict=True)
    }
    return rate(
        question, flags, choices, [SOME_WORDS], rating_id="r1", attempt_id="a1", rater="self", now=NOW
    )


@pytest.mark.parametrize(("chosen", "score"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4)])
def test_from_three_up_a_score_without_evidence_drops_to_the_anchor_below(chosen: int, score: int) -> None:
    assert mark("ACT", chosen, "", [SOME_WORDS]).score == score
    assert mark("ACT", chosen, "words that were never in there", [SOME_WORDS]).score == score


@pytest.mark.parametrize("chosen", [1, 2, 3, 4, 5])
def test_a_score_with_evidence_stands(chosen: int) -> None:
    assert mark("ACT", chosen, PROOF, [SOME_WORDS]).score == chosen


@pytest.mark.parametrize("chosen", [0, 6])
def test_an_anchor_outside_one_to_five_is_refused(chosen: int) -> None:
    with pytest.raises(ValueError, match="choose 1 to 5"):
        mark("ACT", chosen, PROOF, [SOME_WORDS])


def test_the_lowest_cap_of_the_red_flags_heard_counts() -> None:
    question = sample_question()
    assert caps_of(question, []) == dict.fromkeys(IDS, 5)
    assert caps_of(question, [0])["ACT"] == 2
    assert caps_of(question, [1, 0])["ACT"] == 1


@pytest.mark.parametrize("flag", [-1, 2])
def test_a_red_flag_that_the_question_has_not_is_refused(flag: int) -> None:
    with pytest.raises(ValueError, match="2 red flags"):
        caps_of(sample_question(), [flag])


def test_the_question_score_weighs_each_criterion() -> None:
    weights = zip(IDS, (40, 30, 20, 10), strict=True)
    criteria = tuple(
        Criterion(id=each, name=each, weight=weight, anchors=ANCHORS) for each, weight in weights
    )
    rating = rated(sample_question(criteria=criteria), [5, 4, 3, 2], [])
    assert rating.q == pytest.approx(0.4 * 5 + 0.3 * 4 + 0.2 * 3 + 0.1 * 2)


def test_a_rating_keeps_the_words_of_the_flags_heard_and_what_was_chosen() -> None:
    rating = rated(sample_question(), [4, 5, 4, 4], [1, 1])
    assert rating.red_flags == ("Blames one person.",)
    assert [(each.criterion, each.chosen, each.cap, each.score) for each in rating.marks][1] == (
        "ACT",
        5,
        1,
        1,
    )
    assert rating.q == pytest.approx((4 + 1 + 4 + 4) / 4)


def test_a_rating_with_a_criterion_left_out_is_refused() -> None:
    with pytest.raises(KeyError):
        rate(sample_question(), [], {"CTX": (3, PROOF)}, [], rating_id="", attempt_id="", rater="", now=NOW)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(1, 5), min_size=4, max_size=4),
    st.lists(st.sampled_from([0, 1]), unique=True),
    st.sampled_from([PROOF, ""]),
)
def test_red_flags_and_missing_evidence_never_raise_a_score(
    chosen: list[int], flags: list[int], proof: str
) -> None:
    free = rated(sample_question(), chosen, [])
    marked = rated(sample_question(), chosen, flags, proof)
    assert all(each.score <= min(each.chosen, each.cap) for each in marked.marks)
    assert 1 <= marked.q <= free.q <= 5


@pytest.mark.parametrize(
    ("category", "scaffold", "parts"),
    [
        ("behavioral", "star_l", ("situation", "action", "result", "learning")),
        ("technical", "prep", ("reason", "example", "point_again", "point")),
        ("technical", "pisco", ("steps", "output", "controls", "purpose")),
        ("scenario", "codac", ("clarify", "options", "actions", "check")),
        ("scenario", "sbar", ("assessment", "recommendation", "situation", "recommendation")),
        ("leadership", "star_l", ("situation", "action", "result", "learning")),
        ("leadership", "codac", ("clarify", "actions", "check", "check")),
        ("change", "adkar", ("awareness", "desire", "reinforcement", "ability")),
        ("change", "kotter", ("climate", "engage_enable", "sustain", "sustain")),
        ("change", "star_l", ("situation", "action", "result", "learning")),
        ("change", "codac", ("clarify", "actions", "check", "check")),
    ],
)
def test_each_criterion_leads_to_the_part_to_write_again(
    category: Category, scaffold: Scaffold, parts: tuple[str, ...]
) -> None:
    question = sample_question(category, scaffold)
    assert tuple(part_for(question, criterion) for criterion in CRITERIA_OF[category]) == parts
