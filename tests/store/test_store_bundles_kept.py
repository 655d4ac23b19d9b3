"""A bundle carries calibrations and documents too, and the newer document wins."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from store_samples import NOW, make_calibration, rewrite

from itpm_prep.store.bundles import ImportResult, export_bundle, import_bundle
from itpm_prep.store.local import LocalRecord


@pytest.fixture
def kept(record: LocalRecord) -> Path:
    """A bundle of two calibrations and three documents, exported from ``record``."""
    record.calibrate(make_calibration("c1"))
    record.calibrate(make_calibration("c2", rated_at=NOW + timedelta(days=30), marks=()))
    for kind, name in [("story", "late"), ("story", "early"), ("plan", "late")]:
        record.keep_document(kind, name, f'{{"words": "{name} 🙂"}}', NOW)
    path = record.path.with_name("kept.jsonl")
    export_bundle(record, path)
    return path


def test_calibrations_and_documents_arrive_in_their_order_and_only_once(
    record: LocalRecord, kept: Path, empty: LocalRecord
) -> None:
    assert import_bundle(empty, kept) == ImportResult(5, 0, ())
    assert import_bundle(empty, kept) == ImportResult(0, 5, ())
    assert empty.calibrations() == record.calibrations()
    assert empty.documents("plan") == record.documents("plan")
    assert list(empty.documents("story").items()) == list(record.documents("story").items())
    assert list(empty.documents("story")) == ["late", "early"]


@pytest.mark.parametrize(
    ("stored_at", "wins", "counts"),
    [(NOW - timedelta(seconds=1), "bundle", (5, 0)), (NOW + timedelta(seconds=1), "record", (4, 1))],
)
def test_of_a_document_in_both_places_the_one_kept_later_wins(
    kept: Path, empty: LocalRecord, stored_at: datetime, wins: str, counts: tuple[int, int]
) -> None:
    empty.keep_document("story", "early", '{"words": "mine"}', stored_at)

    result = import_bundle(empty, kept)

    assert (result.added, result.known, result.problems) == (*counts, ())
    assert ("mine" in empty.documents("story")["early"]) == (wins == "record")


def test_what_differs_under_one_id_and_one_time_is_listed_and_the_stored_one_stays(
    record: LocalRecord, kept: Path
) -> None:
    before = (record.calibrations(), record.documents("story"))
    rewrite(kept, lambda outer: outer["fact"]["marks"][0].update(chosen=1), line=1)
    rewrite(kept, lambda outer: outer["fact"].update(text="other"), line=3)

    result = import_bundle(record, kept)

    assert [problem.key for problem in result.problems] == ["calibration c1", "story late"]
    assert (record.calibrations(), record.documents("story")) == before


KEPT_DAMAGE: dict[str, tuple[int, Callable[[dict[str, Any]], None], str]] = {
    "key off the scale": (1, lambda outer: outer["fact"]["marks"][0].update(key=6), "out of range"),
    "huge version": (1, lambda o: o["fact"]["marks"][1].update(question_version=10**30), "out of range"),
    "no marks": (1, lambda outer: outer["fact"].pop("marks"), "marks"),
    "calibration without zone": (1, lambda o: o["fact"].update(rated_at="2026-10-04T08:00:00"), "time zone"),
    "text is no text": (3, lambda outer: outer["fact"].update(text={"words": 1}), r"\$\.text"),
    "document without zone": (3, lambda o: o["fact"].update(kept_at="2026-10-04T08:00:00"), "time zone"),
    "too large": (3, lambda outer: outer["fact"].update(text="é" * 600_000), "longer than 1000000"),
}


@pytest.mark.parametrize("name", KEPT_DAMAGE)
def test_a_damaged_calibration_or_document_is_listed_and_the_rest_goes_in(
    name: str, kept: Path, empty: LocalRecord
) -> None:
    line, change, said = KEPT_DAMAGE[name]
    rewrite(kept, change, line)

    result = import_bundle(empty, kept)

    assert (result.added, [problem.line for problem in result.problems]) == (4, [line + 1])
    assert re.search(said, str(result.problems[0]))
