"""Interviews under way: their state, who holds them, drafts and preferences."""

from __future__ import annotations

from datetime import timedelta

import pytest
from store_samples import NOW, make_attempt, make_interview

from itpm_prep.practice.records import Clock
from itpm_prep.problems import NotSaved, StoreError, TakenOver
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.store.record import Holder

LATER = NOW + timedelta(minutes=5)


def test_a_new_record_has_nothing_to_resume(record: LocalRecord) -> None:
    assert record.unfinished() is None
    assert record.interview("i1") is None
    assert record.holder("i1") is None
    assert record.attempts() == record.replies() == record.ratings() == record.facts_of("i1") == []
    assert record.last_seen() == record.drafts("i1", 0) == {}


def test_the_interview_under_way_is_found_again_after_reopening(record: LocalRecord) -> None:
    step = make_interview(phase="answer", clock=Clock(12.5, NOW), touched_at=LATER)
    record.begin(make_interview(), "tab", NOW)
    record.advance(step, [make_attempt()], "tab", LATER)
    record.close()

    with open_record(record.path) as again:
        assert again.unfinished() == step
        assert again.attempts() == [make_attempt()]
        assert again.holder("i1") == Holder("tab", LATER)


def test_an_ended_interview_is_kept_but_not_offered(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    record.advance(make_interview(ended=True), [], "tab", NOW)

    assert record.unfinished() is None
    assert record.interview("i1") == make_interview(ended=True)


def test_beginning_anew_ends_the_other_interview_and_its_tab_is_told(record: LocalRecord) -> None:
    record.begin(make_interview("i1"), "old", NOW)
    record.begin(make_interview("i2"), "new", LATER)

    assert record.unfinished() == make_interview("i2")
    assert record.interview("i1") == make_interview("i1", ended=True)
    assert record.holder("i1") is None
    with pytest.raises(TakenOver):
        record.advance(make_interview("i1"), [], "old", LATER)


def test_the_tab_that_takes_over_writes_and_the_other_changes_nothing(record: LocalRecord) -> None:
    record.begin(make_interview(), "first", NOW)
    record.save_draft("i1", 0, "notes", "mine", "first")
    record.hold("i1", "second", LATER)

    writes = [
        lambda: record.advance(make_interview(phase="debrief"), [make_attempt()], "first", LATER),
        lambda: record.alive(make_interview(clock=Clock(99.0)), "first", LATER),
        lambda: record.save_draft("i1", 0, "notes", "late words", "first"),
    ]
    for write in writes:
        with pytest.raises(TakenOver, match="another tab"):
            write()

    assert record.interview("i1") == make_interview()
    assert record.attempts() == []
    assert record.holder("i1") == Holder("second", LATER)
    assert record.drafts("i1", 0) == {"notes": "mine"}
    record.save_draft("i1", 0, "notes", "theirs", "second")
    assert record.drafts("i1", 0) == {"notes": "theirs"}


def test_a_sign_of_life_stores_the_clock_and_leaves_the_rest_of_the_state(record: LocalRecord) -> None:
    stored = make_interview(phase="answer")
    record.begin(stored, "tab", NOW)

    record.alive(make_interview(phase="prepare", clock=Clock(31.0, LATER)), "tab", LATER)

    assert record.interview("i1") == make_interview(phase="answer", clock=Clock(31.0, LATER))
    assert record.holder("i1") == Holder("tab", LATER)


def test_drafts_are_kept_per_turn_and_box_and_the_newest_words_win(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    for position, box, text in [
        (0, "notes", "a"),
        (0, "notes", "ab \ud83d"),
        (0, "part:action", ""),
        (1, "notes", "c"),
    ]:
        record.save_draft("i1", position, box, text, "tab")

    assert record.drafts("i1", 0) == {"notes": "ab \ufffd", "part:action": ""}
    assert record.drafts("i1", 1) == {"notes": "c"}


def test_writing_to_an_unknown_interview_says_that_nothing_was_saved(record: LocalRecord) -> None:
    with pytest.raises(NotSaved, match="no interview nowhere"):
        record.save_draft("nowhere", 0, "notes", "words", "tab")
    with pytest.raises(NotSaved, match="no interview nowhere"):
        record.hold("nowhere", "tab", NOW)


def test_a_preference_is_replaced(record: LocalRecord) -> None:
    assert record.preference("interview_date") is None
    record.prefer("interview_date", "2026-10-20")
    record.prefer("interview_date", "2026-11-02")
    assert record.preference("interview_date") == "2026-11-02"


def test_a_state_of_another_version_cannot_be_resumed_but_a_new_interview_can_begin(
    record: LocalRecord,
) -> None:
    record.begin(make_interview(), "tab", NOW)
    with record.writing() as connection:
        connection.exec_driver_sql("UPDATE interview SET state = '{\"id\": 1}'")

    with pytest.raises(StoreError, match="another version"):
        record.unfinished()
    record.begin(make_interview("i2"), "tab", LATER)
    assert record.unfinished() == make_interview("i2")


def test_looking_changes_no_byte_and_leaves_no_file_behind(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    before = (record.path.read_bytes(), record.path.stat().st_mtime_ns)

    with open_record(record.path) as again:
        again.unfinished(), again.attempts(), again.holder("i1"), again.counts()

    assert (record.path.read_bytes(), record.path.stat().st_mtime_ns) == before
    assert list(record.path.parent.iterdir()) == [record.path]


def test_a_rehearsal_keeps_nothing_and_locks_nothing(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    before = record.counts()

    record.rehearse()

    assert record.counts() == before
    with open_record(record.path) as another:
        another.advance(make_interview(), [make_attempt()], "tab", NOW)
    record.rehearse()
    assert record.attempts() == [make_attempt()]
