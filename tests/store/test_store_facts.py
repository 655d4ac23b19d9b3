"""Facts come back from the disk as they were, and cannot be changed there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError, StatementError
from store_samples import NOW, make_attempt, make_calibration, make_interview, make_rating, make_reply

from itpm_prep.practice.records import Attempt
from itpm_prep.problems import NotSaved
from itpm_prep.store.facts import append
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.store.tables import APPEND_ONLY, repair

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001


def store(record: LocalRecord, *facts: object) -> None:
    with record.writing() as connection:
        for fact in facts:
            append(connection, fact)


@settings(max_examples=25, deadline=None)
@given(
    attempts=st.lists(
        st.builds(
            make_attempt,
            attempt_id=st.uuids().map(str),
            parts=st.dictionaries(WORDS, WORDS, max_size=5),
            figures=st.dictionaries(WORDS, WORDS, max_size=2),
            notes=WORDS,
            started_at=MOMENTS,
            submitted_at=MOMENTS,
            seconds=st.floats(0, 1e6),
            outcome=st.sampled_from(["answered", "skipped"]),
            retry_of=st.none() | st.uuids().map(str),
        ),
        max_size=4,
        unique_by=lambda attempt: attempt.id,
    )
)
def test_any_attempt_comes_back_unchanged(attempts: list[Attempt]) -> None:
    with TemporaryDirectory() as folder, open_record(Path(folder, "practice.sqlite3")) as record:
        store(record, *attempts)
        kept = record.attempts()

    assert sorted(kept, key=lambda attempt: attempt.id) == sorted(attempts, key=lambda attempt: attempt.id)
    assert all(attempt.started_at.utcoffset() == timedelta(0) for attempt in kept)


@pytest.mark.parametrize(
    "text",
    [
        "🙂" * 1000,
        "مرحبا \u202eשלום",  # noqa: RUF001 (right to left on purpose)
        "word " * 40_000,
        "a\x00b",
        "<script>",
        "=HYPERLINK(1)",
        "'; DROP TABLE",
    ],
    ids=["emoji", "right to left", "200,000 characters", "NUL", "markup", "formula", "quote"],
)
def test_awkward_words_come_back_unchanged_in_every_place(record: LocalRecord, text: str) -> None:
    attempt = make_attempt(parts={"action": text}, figures={"cpi": text}, notes=text)
    rating = make_rating(red_flags=(text,))
    store(record, attempt, make_reply(text=text), rating)

    assert record.attempts() == [attempt]
    assert record.replies()[0].text == text
    assert record.ratings() == [rating]


def test_half_an_emoji_is_replaced_and_two_halves_are_joined(record: LocalRecord) -> None:
    store(record, make_attempt(parts={"action": "cut \ud83d"}, notes="whole \ud83d\ude42"))

    [kept] = record.attempts()

    assert kept.parts == {"action": "cut \ufffd"}
    assert kept.notes == "whole 🙂"


@given(st.text())
def test_repair_leaves_sound_text_alone_and_makes_any_text_storable(text: str) -> None:
    assert repair(text).encode().decode() == repair(text)
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert repair(text) == text


def test_a_time_without_a_zone_is_refused(record: LocalRecord) -> None:
    with pytest.raises(StatementError, match="must be aware"):
        store(record, make_attempt(started_at=NOW.replace(tzinfo=None)))
    assert record.attempts() == []


def test_marks_keep_their_order_and_a_rating_may_have_none(record: LocalRecord) -> None:
    marks = tuple(reversed(make_rating().marks))
    ratings = [make_rating("s1", marks=marks), make_rating("s2", marks=(), red_flags=())]
    store(record, make_attempt(), *ratings)

    assert record.ratings() == ratings


def test_facts_come_oldest_first_whatever_the_order_of_arrival(record: LocalRecord) -> None:
    late, early, tied = (
        make_attempt(name, submitted_at=NOW + timedelta(days=days))
        for name, days in [("a1", 2), ("a2", 1), ("a3", 2)]
    )
    store(record, late, early, tied)

    assert [attempt.id for attempt in record.attempts()] == ["a2", "a1", "a3"]


def test_facts_of_one_interview_leave_out_those_of_another(record: LocalRecord) -> None:
    mine = [make_attempt("a1"), make_reply("r1", "a1"), make_rating("s1", "a1")]
    other = [make_attempt("a2", interview_id="i2"), make_reply("r2", "a2"), make_rating("s2", "a2")]
    store(record, *other, *mine)

    assert record.facts_of("i1") == mine


def test_last_seen_is_the_latest_attempt_of_a_question_skipped_ones_included(record: LocalRecord) -> None:
    later = NOW + timedelta(days=3)
    store(
        record,
        make_attempt("a1", submitted_at=later, outcome="skipped"),
        make_attempt("a2", submitted_at=NOW),
        make_attempt("a3", question_id="BEH-GEN-002", submitted_at=NOW),
    )

    assert record.last_seen() == {"BEH-GEN-001": later, "BEH-GEN-002": NOW}


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {table} SET {column} = 7", "DELETE FROM {table}"])
def test_no_tool_can_change_or_delete_a_fact(record: LocalRecord, table: str, change: str) -> None:
    store(record, make_attempt(), make_reply(), make_rating())
    record.calibrate(make_calibration())
    column = "place" if table in ("criterion_score", "keyed_mark") else "seq"
    before = record.counts()

    with closing(sqlite3.connect(record.path)) as plain, pytest.raises(sqlite3.Error, match="append-only"):
        plain.execute(change.format(table=table, column=column))

    assert record.counts() == before


def test_each_comment_of_a_review_comes_back_in_its_own_place(record: LocalRecord) -> None:
    plain = make_rating()
    marks = tuple(replace(mark, comment=f"on {mark.criterion}") for mark in plain.marks)
    review = replace(plain, marks=marks, comment="on the whole")
    store(record, make_attempt(), review)
    assert record.ratings() == [review]


def test_a_reply_without_its_attempt_is_refused(record: LocalRecord) -> None:
    with pytest.raises(NotSaved), record.writing() as connection:
        append(connection, make_reply(attempt_id="nowhere"))


def test_an_id_that_is_kept_already_stores_nothing_of_the_step(record: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    record.advance(make_interview(), [make_attempt()], "tab", NOW)

    with pytest.raises(NotSaved) as caught:
        record.advance(make_interview(phase="review"), [make_attempt("a2"), make_attempt()], "tab", NOW)

    assert isinstance(caught.value.__cause__, IntegrityError)
    assert [attempt.id for attempt in record.attempts()] == ["a1"]
    assert record.interview("i1") == make_interview()
