"""The retrieval drill: what is due, what a recall is worth, and never after the interview."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_samples import CUTOVER

from itpm_prep.practice import drill
from itpm_prep.practice.drill import Card, Grade
from itpm_prep.practice.stories import Story

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
NEW = Card(competency="risk_issue", due=NOW)
grades = st.sampled_from(["below", "meets", "above"])


def test_there_is_a_card_for_each_competency_with_a_story_and_a_new_one_is_due_at_once() -> None:
    empty = Story(id="empty", title="No text", competencies=("cost_benefit",))
    later = Card(competency="resources_vendors", due=NOW + timedelta(days=2))
    cards = drill.deck([CUTOVER, empty], {"resources_vendors": later}, NOW)
    assert [card.competency for card in cards] == ["risk_issue", "resources_vendors"]
    assert [card.competency for card in drill.due(cards, NOW)] == ["risk_issue"]


@pytest.mark.parametrize(
    ("seconds", "story", "worth"),
    [
        (4.0, CUTOVER, "above"),
        (5.1, CUTOVER, "meets"),
        (10.0, CUTOVER, "meets"),
        (10.1, CUTOVER, "below"),
        (2.0, Story(id="x", action="Something else", competencies=("cost_benefit",)), "below"),
        (2.0, None, "below"),
    ],
)
def test_a_recall_meets_when_it_is_in_time_and_shows_the_competency(
    seconds: float, story: Story | None, worth: Grade
) -> None:
    assert drill.grade(NEW, seconds, story) == worth


def test_ten_seconds_become_five_once_it_was_named_in_time_and_ten_again_when_it_was_not() -> None:
    assert NEW.limit_s == 10
    known = drill.review(NEW, "meets", NOW, None)
    assert known.limit_s == 5
    assert drill.review(known, "below", NOW, None).limit_s == 10


def test_below_meets_comes_back_within_minutes_and_meets_goes_days_ahead_in_the_end() -> None:
    card = NEW
    for _ in range(4):
        card = drill.review(card, "meets", card.due, None)
    assert card.due - (card.last_review or NOW) >= timedelta(days=2)
    forgotten = drill.review(card, "below", card.due, None)
    assert forgotten.due - card.due <= timedelta(minutes=10)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(grades, st.integers(0, 30)), min_size=1, max_size=8), st.integers(-3, 40))
def test_no_card_is_due_after_the_interview_and_the_same_looks_give_the_same_dates(
    looks: list[tuple[Grade, int]], days: int
) -> None:
    interview = NOW.date() + timedelta(days=days)
    one = other = NEW
    now = NOW
    for given_, wait in looks:
        now += timedelta(days=wait)
        one, other = (drill.review(card, given_, now, interview) for card in (one, other))
        assert one == other
        assert one.due > now
        if now.date() <= interview:
            assert one.due.date() <= interview


def test_on_the_day_itself_a_card_still_comes_back_and_after_it_nothing_limits() -> None:
    again = drill.review(NEW, "above", NOW, NOW.date())
    assert NOW < again.due < datetime(2027, 3, 2, tzinfo=UTC)
    assert drill.review(NEW, "above", NOW, date(2027, 2, 1)).due > NOW + timedelta(days=2)


def test_cards_are_read_back_as_they_were_and_an_unreadable_one_begins_anew() -> None:
    card = drill.review(NEW, "meets", NOW, None)
    assert drill.decode({"risk_issue": drill.encode(card), "cost_benefit": "{"}) == {"risk_issue": card}
