"""Documents are kept, replaced and dropped one by one; calibrations are only ever added."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import NOW, limited_file_size, make_calibration

from itpm_prep.problems import NotSaved, StoreError
from itpm_prep.store.documents import LIMIT
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.store.tables import repair

LATER = NOW + timedelta(days=30)
ANY_TEXT = st.text(max_size=30)


def test_a_new_record_has_no_documents_and_no_calibrations(record: LocalRecord) -> None:
    assert (record.documents("story"), record.calibrations()) == ({}, [])


def test_documents_come_in_the_order_they_were_first_kept_and_survive_reopening(record: LocalRecord) -> None:
    for name, text in [("b", "1"), ("a", "2"), ("c", "3"), ("b", "4")]:
        record.keep_document("story", name, text, NOW)
    record.keep_document("plan", "a", "another kind", NOW)
    record.close()

    with open_record(record.path) as again:
        assert list(again.documents("story").items()) == [("b", "4"), ("a", "2"), ("c", "3")]
        assert again.documents("plan") == {"a": "another kind"}
        assert again.counts()["document"] == 4


def test_a_dropped_document_is_gone_and_no_other_one(record: LocalRecord) -> None:
    for kind, name in [("story", "a"), ("story", "b"), ("plan", "a")]:
        record.keep_document(kind, name, "{}", NOW)

    record.drop_document("story", "a")
    record.drop_document("story", "nowhere")

    assert (record.documents("story"), record.documents("plan")) == ({"b": "{}"}, {"a": "{}"})
    record.keep_document("story", "a", "again", LATER)
    assert list(record.documents("story")) == ["b", "a"]


@settings(max_examples=25, deadline=None)
@given(kept=st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=3))
def test_any_words_come_back_with_broken_surrogates_repaired(kept: dict[str, str]) -> None:
    broken = {**kept, "half": "an emoji cut in two \ud83d"}
    with TemporaryDirectory() as folder, open_record(Path(folder) / "practice.sqlite3") as record:
        for name, text in broken.items():
            record.keep_document("story", name, text, NOW)
        assert record.documents("story") == {repair(name): repair(text) for name, text in broken.items()}


def test_a_document_of_one_megabyte_is_kept_and_a_longer_one_is_refused(record: LocalRecord) -> None:
    record.keep_document("story", "s", "é" * (LIMIT // 2), NOW)

    with pytest.raises(NotSaved, match=r"the story is longer than 1 MB\. Shorten it"):
        record.keep_document("story", "s", "é" * (LIMIT // 2) + "x", LATER)

    assert record.documents("story") == {"s": "é" * (LIMIT // 2)}


def test_a_full_disk_loses_no_document_that_was_kept(record: LocalRecord) -> None:
    record.keep_document("story", "s", "before", NOW)

    with limited_file_size(record.path.stat().st_size + 10_000), pytest.raises(NotSaved, match="disk"):
        record.keep_document("story", "s", "x" * 500_000, LATER)

    assert record.documents("story") == {"s": "before"}


def test_calibrations_come_back_oldest_first_with_their_marks_in_order(record: LocalRecord) -> None:
    new, old = make_calibration("c2", rated_at=LATER), make_calibration("c1")
    bare = make_calibration("c3", rated_at=LATER, marks=())
    for calibration in (new, old, bare):
        record.calibrate(calibration)

    assert record.calibrations() == [old, new, bare]
    assert (record.counts()["calibration"], record.counts()["keyed_mark"]) == (3, 8)


def test_a_calibration_that_is_kept_already_is_not_kept_again(record: LocalRecord) -> None:
    record.calibrate(make_calibration())
    with pytest.raises(NotSaved, match="in the record already"):
        record.calibrate(make_calibration(marks=()))
    assert record.calibrations() == [make_calibration()]


def test_a_damaged_record_is_told_in_plain_words(record: LocalRecord) -> None:
    record.path.write_bytes(b"not a record at all" * 100)
    for look in (lambda: record.documents("story"), record.calibrations):
        with pytest.raises(StoreError, match="is damaged"):
            look()
