"""Readiness in words: so many in ten, what it stands on, and what is missing, with numbers."""

from __future__ import annotations

from math import nan

import pytest
from model_samples import answer, overall, spread, standing

from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.bank.types import COMPETENCIES
from itpm_prep.reports.model.blueprint import shares
from itpm_prep.reports.model.sentences import chance_words
from itpm_prep.reports.words import CAUTION

AS_GOOD = " as good as these, to new questions"
CLOSE = "too close to the bar of 3"
EVERYTHING = spread(COMPETENCIES)
STRONG = [answer(n, self_q=4.5, reviewer_q=4.5) for n in range(4)]
REVIEWED = [answer(n, reviewer_q=3.5) for n in range(3)]


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.01, "less than 1 in 10"),
        (0.34, "about 3 in 10"),
        (0.74, "about 7 in 10"),
        (0.799, "just under 8 in 10"),
        (0.80, "about 8 in 10"),
        (0.94, "about 9 in 10"),
        (0.99, "more than 9 in 10"),
    ],
)
def test_a_chance_is_said_as_so_many_in_ten(chance, words):
    assert chance_words(chance) == words


def test_readiness_is_never_said_without_what_it_stands_on_and_what_it_is_not():
    said = overall([*EVERYTHING[2:], *REVIEWED])["sentence"]
    assert "of the blueprint at mid level" in said
    assert "33 answers to 33 questions, 3 reviewed by 1 reviewer, 22 November 2026." in said
    assert said.endswith(CAUTION)


def test_a_ready_competency_is_said_with_its_chance_and_its_evidence():
    assert standing(STRONG)["sentence"] == (
        "Ready: the chance of meeting the bar is more than 9 in 10; 4 answers to 4 questions, 4 reviewed."
    )
    assert standing(STRONG)["advice"] == ""


def test_nobody_is_told_a_chance_where_there_is_no_answer():
    assert standing([])["sentence"] == "No answer that counts yet."
    assert standing([])["advice"] == "At least 2 more answers to different questions."


@pytest.mark.parametrize(
    ("rows", "advice"),
    [
        (STRONG[:1], "1 more answer to another question."),
        (
            [answer(n, self_q=4.0) for n in range(2)],
            "1 more answer as good as these, to a new question.",
        ),
        (
            [answer(n, self_q=3.75) for n in range(3)],
            f"5 more answers{AS_GOOD}, or 2 if reviewed.",
        ),
        (
            [answer(n, self_q=3.75) for n in range(2)],
            f"5 more reviewed answers{AS_GOOD}: own scores alone leave too much open.",
        ),
        (
            [answer(n, self_q=2.0) for n in range(6)],
            "Better answers: the standing is about 1.9, the bar 3.",
        ),
        (
            [answer(n, self_q=nan, reviewer_q=3.0) for n in range(9)],
            f"Better answers: the standing is about 3.0, {CLOSE} for more of the same to do.",
        ),
    ],
)
def test_what_is_missing_in_a_competency_is_said_with_numbers(rows, advice):
    assert standing(rows)["advice"] == advice


def test_uncovered_competencies_are_named_until_half_is_reached():
    found = overall(spread(COMPETENCIES[:5]))
    asked = found["advice"].removeprefix("Questions still to answer: ").split(";")[0]
    named = [name for name in COMPETENCIES if f"{COMPETENCY_NAMES[name]} (2)" in asked]
    assert found["coverage"] + shares("mid", named).sum() >= 0.5
    assert found["coverage"] + shares("mid", named[:-1]).sum() < 0.5 or len(named) == 1
    assert not set(named) & set(COMPETENCIES[:5])


def test_the_heaviest_competencies_come_next():
    found = overall(spread(COMPETENCIES, reviewer_q=1.0))
    assert found["sentence"].startswith("Ready in none of 16 competencies of the blueprint at mid level;")
    assert found["advice"].startswith("Next, the heaviest first: Risk and issues, Delivery method, ")
    assert found["advice"].endswith("and 13 more.")


def test_when_all_is_ready_nothing_is_missing():
    found = overall(spread(COMPETENCIES, each=3, reviewer_q=4.75))
    assert found["readiness"] == pytest.approx(1)
    assert found["advice"] == "Nothing is missing today."
