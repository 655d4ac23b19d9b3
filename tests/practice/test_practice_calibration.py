"""How far marks are from the key, and for how long that stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from itpm_prep.practice import calibration as rules
from itpm_prep.practice.records import Calibration, KeyedMark

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def marked(chosen: int, key: int, criterion: str = "RES") -> KeyedMark:
    return KeyedMark(
        question_id="q1", question_version=1, label="strong", criterion=criterion, chosen=chosen, key=key
    )


def gate(days: float, *, off: int = 0) -> Calibration:
    """A gate that many days after the start, whose every mark is ``off`` above the key."""
    marks = tuple(marked(2 + off, 2) for _ in range(24))
    return Calibration(id=f"g{days}", rated_at=NOW + timedelta(days=days), marks=marks)


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


scores = st.integers(1, 5)
marks = st.lists(
    st.builds(marked, scores, scores, st.sampled_from(["CTX", "ACT", "RES"])), min_size=1, max_size=24
)


# The result ---------------------------------------------------------------------------------------


def test_the_result_of_marks_known_by_hand() -> None:
    result = rules.result_of([marked(4, 2), marked(3, 3), marked(1, 2), marked(5, 4, "ACT")])
    assert (result.marks, result.mae, result.leniency, result.within_one) == (4, 1.0, 0.5, 3)
    assert [(one.criterion, one.marks) for one in result.criteria] == [("ACT", 1), ("RES", 3)]
    assert result.criteria[1].own == pytest.approx(8 / 3)
    assert result.criteria[1].leniency == pytest.approx(1 / 3)
    assert not result.calibrated


@given(marks)
@limits(deadline=None, max_examples=60)
def test_the_distance_is_never_less_than_the_leniency_and_both_stay_on_the_scale(
    found: list[KeyedMark],
) -> None:
    result = rules.result_of(found)
    assert abs(result.leniency) <= result.mae + 1e-9
    assert 0 <= result.mae <= 4
    assert (result.mae == 0) == all(mark.chosen == mark.key for mark in found)
    assert 0 <= result.within_one <= result.marks == sum(one.marks for one in result.criteria)
    # The criteria together give the whole.
    total = sum(one.leniency * one.marks for one in result.criteria)
    assert total == pytest.approx(result.leniency * result.marks)
    distances = [abs(one.leniency) for one in result.criteria]
    assert distances == sorted(distances, reverse=True)


@given(marks)
@limits(deadline=None, max_examples=40)
def test_who_marks_the_other_way_round_is_as_far_from_the_key_and_as_severe_as_lenient(
    found: list[KeyedMark],
) -> None:
    there = rules.result_of(found)
    back = rules.result_of([marked(one.key, one.chosen, one.criterion) for one in found])
    assert back.mae == there.mae
    assert back.leniency == -there.leniency


@given(st.data())
@limits(deadline=None, max_examples=30)
def test_the_order_of_the_marks_does_not_matter(data: st.DataObject) -> None:
    found = data.draw(marks)
    first, second = rules.result_of(found), rules.result_of(data.draw(st.permutations(found)))
    assert (first.mae, first.leniency, first.within_one) == (second.mae, second.leniency, second.within_one)
    assert set(first.criteria) == set(second.criteria)


@pytest.mark.parametrize(("distances", "passes"), [(18, True), (19, False)])
def test_eighteen_steps_over_24_marks_pass_and_nineteen_do_not(distances: int, passes: bool) -> None:  # noqa: FBT001
    found = [marked(3, 2)] * distances + [marked(3, 3)] * (24 - distances)
    assert rules.result_of(found).calibrated is passes


def test_without_marks_there_is_no_result() -> None:
    with pytest.raises(ValueError, match="without marks"):
        rules.result_of([])


# Standing -----------------------------------------------------------------------------------------


def test_who_never_took_a_gate_is_not_yet_calibrated() -> None:
    found = rules.standing([], NOW)
    assert (found.state, found.gate, found.until) == ("never", None, None)
    assert rules.standing_words(found, NOW).startswith("Not yet calibrated")


def test_a_gate_that_was_passed_stands_for_30_days_and_is_then_due_again() -> None:
    found = rules.standing([gate(0)], after(29.9))
    assert (found.state, found.until) == ("calibrated", after(30))
    assert "Calibrated on 3 November 2026, until 3 December 2026" in rules.standing_words(found, NOW)
    due = rules.standing([gate(0)], after(30))
    assert due.state == "due"
    assert "due again since 3 December 2026" in rules.standing_words(due, NOW)


def test_the_latest_gate_counts_and_one_that_lies_ahead_does_not() -> None:
    assert rules.standing([gate(10, off=2), gate(0)], after(11)).state == "missed"
    assert rules.standing([gate(0, off=2), gate(10)], after(11)).state == "calibrated"
    assert rules.standing([gate(0), gate(10, off=2)], after(5)).state == "calibrated"
    missed = rules.standing([gate(0, off=-1)], NOW)
    assert "Not passed on 3 November 2026" in rules.standing_words(missed, NOW)
    assert missed.until is None


def test_a_rating_counts_as_calibrated_by_the_day_it_was_made() -> None:
    history = [gate(0), gate(50, off=1), gate(60)]
    stood = [rules.gate_at(history, after(days)) for days in (-1, 0, 29, 31, 55, 61)]
    assert [one.id if one else None for one in stood] == [None, "g0", "g0", None, None, "g60"]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 2)), max_size=5), st.integers(0, 120))
@limits(deadline=None, max_examples=60)
def test_a_gate_that_stands_was_passed_in_the_last_30_days(taken: list[tuple[int, int]], days: int) -> None:
    found = rules.gate_at([gate(at, off=off) for at, off in taken], after(days))
    if found is not None:
        assert rules.result_of(found.marks).calibrated
        assert timedelta() <= after(days) - found.rated_at < rules.STANDS_FOR


# In words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leniency", "words"),
    [
        (0.42, "0.4 higher than the key"),
        (-1.0, "1.0 lower than the key"),
        (0.04, "neither higher nor lower than the key"),
    ],
)
def test_the_leniency_is_said_in_plain_words(leniency: float, words: str) -> None:
    assert rules.leniency_words(leniency) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "not yet calibrated"),
        ([-1, -2], "not yet calibrated"),
        ([1, 2], "calibrated on 3 November 2026"),
        ([-1, 2, 3], "2 of 3 calibrated"),
        ([1, 45], "calibrated on 13 December 2026"),
    ],
)
def test_self_scores_are_told_as_calibrated_only_when_a_gate_stood(days: list[int], words: str) -> None:
    said = rules.rated_words([gate(0), gate(40)], [after(one) for one in days], after(60))
    assert said == words
