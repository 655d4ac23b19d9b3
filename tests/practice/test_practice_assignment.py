"""The assignment of stories to a panel: optimal, without repeats, and open about what it lacks."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from story_samples import CUTOVER, questions, stories

from itpm_prep.practice.assignment import LONGEST_PANEL, assign_stories, best_columns
from itpm_prep.practice.stories import Asked, Story, best_fits, fit, read_words

VENDOR = Asked(
    "q1", "A vendor", ("resources_vendors",), ("senior",), "erp", {"vendor": "vendor"}, frozenset({"vendor"})
)


@st.composite
def matrices(draw: st.DrawFn) -> list[list[int]]:
    """Up to 7 rows, and columns enough for them."""
    rows = draw(st.integers(1, 7))
    columns = draw(st.integers(rows, 7))
    line = st.lists(st.integers(0, 100), min_size=columns, max_size=columns)
    return draw(st.lists(line, min_size=rows, max_size=rows))


@settings(deadline=None, max_examples=60)
@given(matrices())
def test_the_columns_chosen_are_as_good_as_the_best_of_all_orders(scores: list[list[int]]) -> None:
    chosen = best_columns(scores)
    assert len(set(chosen)) == len(scores)
    value = sum(row[column] for row, column in zip(scores, chosen, strict=True))
    orders = permutations(range(len(scores[0])), len(scores))
    assert value == max(sum(row[at] for row, at in zip(scores, order, strict=True)) for order in orders)


def greedy(known: list[Story], panel: list[Asked]) -> int:
    """The total when each question in turn takes the best story left."""
    told: set[str] = set()
    total = 0
    for question in panel:
        left = [one for one in best_fits(read_words(known), question) if one.story.id not in told]
        for best in left[:1]:
            told.add(best.story.id)
            total += best.score
    return total


def brute_force(known: list[Story], panel: list[Asked]) -> int:
    """The best total over every way to tell the stories or none."""
    told = read_words(known)
    scores = [[fit(one, question).score for one in told] for question in panel]
    best = {0: 0}  # by the set of stories told, as bits
    for row in scores:
        step = dict(best)
        for used, total in best.items():
            for at, score in enumerate(row):
                if not used >> at & 1:
                    step[used | 1 << at] = max(step.get(used | 1 << at, 0), total + score)
        best = step
    return max(best.values())


@settings(deadline=None, max_examples=60)
@given(stories(), questions())
def test_a_panel_gets_the_best_total_there_is_and_never_less_than_greed(
    known: list[Story], panel: list[Asked]
) -> None:
    found = assign_stories(read_words(known), panel)
    told = [place.fit.story.id for place in found.places if place.fit]
    assert len(told) == len(set(told))
    assert [place.question for place in found.places] == panel
    assert found.total == sum(place.fit.score for place in found.places if place.fit)
    assert found.total >= greedy(known, panel)
    assert found.total == brute_force(known, panel)


def test_many_stories_are_assigned_no_worse_than_greedily() -> None:
    chance = Random(4)  # noqa: S311 - the same stories each time
    tags = ["risk_issue", "cost_benefit", "resources_vendors", "change_control"]
    known = [
        replace(CUTOVER, id=str(at), competencies=(chance.choice(tags),), strength=chance.randint(1, 5))
        for at in range(300)
    ]
    panel = [
        replace(VENDOR, id=str(at), competencies=(chance.choice(tags), chance.choice(tags)))
        for at in range(LONGEST_PANEL)
    ]
    assert assign_stories(read_words(known), panel).total >= greedy(known, panel)


def test_a_story_that_two_questions_want_is_told_once_and_the_collision_is_listed() -> None:
    weaker = replace(CUTOVER, id="weaker", strength=1)
    second = replace(VENDOR, id="q2")
    found = assign_stories(read_words([weaker, CUTOVER]), [VENDOR, second])
    assert {place.fit.story.id for place in found.places if place.fit} == {"cutover", "weaker"}
    (collision,) = found.collisions
    assert (collision.story, collision.questions) == (CUTOVER, (VENDOR, second))


def test_competencies_that_no_story_of_its_question_shows_are_listed() -> None:
    budget = replace(VENDOR, id="q2", competencies=("cost_benefit",), stems=frozenset())
    found = assign_stories(read_words([CUTOVER]), [VENDOR, budget])
    assert found.uncovered == ("cost_benefit",)
    assert found.places[1].fit is None


def test_without_stories_every_question_stays_open_and_a_panel_too_long_is_refused() -> None:
    assert assign_stories(read_words([]), [VENDOR]).places[0].fit is None
    assert assign_stories(read_words([CUTOVER]), []).places == ()
    with pytest.raises(ValueError, match="21 questions; it must have at most 20"):
        assign_stories(read_words([CUTOVER]), [VENDOR] * 21)
    with pytest.raises(ValueError, match="2 rows cannot"):
        best_columns([[1], [2]])
