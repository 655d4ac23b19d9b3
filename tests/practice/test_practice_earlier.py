"""The attempts of a question, paired: grouping, criterion change, parts, and opening one anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from practice_samples import sample_question
from practised import KEYED, START, attempt, practised, rating

from itpm_prep.practice import retry
from itpm_prep.practice.earlier import (
    criterion_changes,
    group,
    in_order,
    latest_ratings,
    part_changes,
    texts_of,
    words_of,
)
from itpm_prep.practice.records import Attempt, Rating

QUESTION = sample_question()
ANSWERED = attempt(1, QUESTION.id, "risk_issue", parts={"action": "I called her.", "result": "Done."})


def facts(kind: type) -> list:  # type: ignore[type-arg]
    return [fact for fact in practised() if isinstance(fact, kind)]


def test_attempts_are_grouped_by_question_the_latest_first_without_those_skipped() -> None:
    asked = group(facts(Attempt))
    assert [(one.question_id, [each.id for each in one.attempts]) for one in asked] == [
        (KEYED, ["a0", "a2", "a7"]),
        ("SCN-GEN-902", ["a1", "a3", "a6"]),
        ("BEH-GEN-001", ["a5"]),
    ]
    assert asked[0].latest.id == "a7"


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 5)), max_size=8), st.randoms())
@settings(deadline=None, max_examples=40)
def test_the_order_of_the_record_changes_nothing(drawn: list[tuple[str, int]], shuffle: object) -> None:
    some = [
        replace(attempt(day, f"SCN-GEN-90{name}", "risk_issue"), id=f"{at}")
        for at, (name, day) in enumerate(drawn)
    ]
    mixed = list(some)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    asked = group(mixed)
    assert asked == group(some)
    assert sorted(each.id for one in asked for each in one.attempts) == sorted(one.id for one in some)
    for one in asked:
        times = [each.submitted_at for each in one.attempts]
        assert times == sorted(times)


def test_only_the_newest_rating_of_the_learner_counts() -> None:
    rated = latest_ratings(facts(Rating), "self")
    assert {name: one.q for name, one in rated.items()}["a0"] == 3.0
    assert rated["a1"].rater == "self"


def test_two_attempts_stand_in_the_order_of_their_time() -> None:
    early, late = attempt(1, KEYED, "risk_issue"), attempt(2, KEYED, "risk_issue")
    assert in_order(late, early) == in_order(early, late) == (early, late)


def test_a_criterion_changes_only_where_both_attempts_are_rated() -> None:
    early, late = attempt(1, KEYED, "risk_issue"), attempt(2, KEYED, "risk_issue")
    before, after = rating(early, (2, 3, 4, 5)), rating(late, (3, 3, 2, 5))
    told = [(one.name, one.before, one.after) for one in criterion_changes(before, after)]
    assert told == [
        ("Diagnosis", 2, 3), ("Options and decision", 3, 3), ("Communication", 4, 2),
        ("Plan and control", 5, 5),
    ]  # fmt: skip
    assert criterion_changes(None, after) == criterion_changes(before, None) == []
    other = rating(attempt(3, "BEH-GEN-001", "risk_issue"), (1, 1, 1, 1))
    assert criterion_changes(before, other) == []  # another version with other criteria


def test_the_parts_are_compared_in_the_order_of_the_frame() -> None:
    later = replace(ANSWERED, parts={"action": "I called her twice.", "learning": "Call."})
    changes = {one.id: one for one in part_changes(ANSWERED, later)}
    assert list(changes) == ["situation", "task", "action", "result", "learning"]
    assert [(one.kind, one.text) for one in changes["action"].pieces] == [
        ("same", "I called "), ("removed", "her."), ("added", "her twice."),
    ]  # fmt: skip
    assert (changes["result"].before, changes["result"].after) == ("Done.", "")
    assert changes["task"].pieces == ()


def test_a_part_that_only_the_earlier_frame_has_is_told_last() -> None:
    later = replace(ANSWERED, scaffold="sbar", parts={"situation": "Red."})
    told = [one.id for one in part_changes(ANSWERED, later)]
    assert told == [
        "situation", "background", "assessment", "recommendation", "task", "action", "result", "learning",
    ]  # fmt: skip


def test_words_and_texts_are_those_of_the_frame() -> None:
    assert words_of(ANSWERED) == 4
    assert texts_of(ANSWERED)[2:4] == [("Action", "I called her."), ("Result", "Done.")]


# Opening an earlier attempt anew ------------------------------------------------------------------


def reopened(before: Attempt = ANSWERED, part: str = "action"):  # type: ignore[no-untyped-def]
    return retry.reopen(QUESTION, before, part, interview_id="i2", bank_hash="h", now=START)


def test_a_part_of_an_earlier_attempt_is_written_again_in_an_interview_of_its_own() -> None:
    state, now = reopened(), START + timedelta(seconds=20)
    assert (state.phase, state.retry_part, state.turn.attempt_ids) == ("retry", "action", ("a1",))
    state, again = retry.submit(state, QUESTION, "I went there.", ANSWERED, attempt_id="b1", now=now)
    assert (again.retry_of, again.retry_part, again.interview_id) == ("a1", "action", "i2")
    assert again.parts == {"action": "I went there.", "result": "Done."}
    assert again.seconds == 20
    assert (state.phase, state.turn.retried) == ("compare", True)
    assert retry.score(state, now).phase == "flags"
    assert retry.leave(state, now).phase == "debrief"


def test_what_cannot_be_written_again_is_refused() -> None:
    with pytest.raises(ValueError, match="was skipped"):
        reopened(replace(ANSWERED, outcome="skipped"))
    with pytest.raises(ValueError, match="does not answer"):
        reopened(replace(ANSWERED, question_version=2))
    with pytest.raises(KeyError):
        reopened(part="inputs")
