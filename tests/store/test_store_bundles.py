"""A bundle carries the facts of one record into another, once, and says what it could not bring."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import (
    NOW,
    as_ordinary_user,
    limited_file_size,
    make_attempt,
    make_interview,
    make_rating,
    make_reply,
    rewrite,
)

from itpm_prep.practice.records import Fact
from itpm_prep.problems import NotSaved, StoreError
from itpm_prep.store import bundle_lines
from itpm_prep.store.bundles import ImportResult, export_bundle, import_bundle
from itpm_prep.store.facts import append
from itpm_prep.store.local import LocalRecord, open_record

FACTS: list[Fact] = [
    make_attempt("a1", notes="🙂 <b> \u202e\x00\n line two"),
    make_attempt("a2", retry_of="a1", submitted_at=NOW + timedelta(days=1)),
    make_reply("r1", "a1"),
    make_reply("r2", "a2", replied_at=NOW + timedelta(days=1)),
    make_rating("s1", "a1"),
    make_rating("s2", "a2", rated_at=NOW + timedelta(days=1)),
]


@pytest.fixture
def bundle(record: LocalRecord) -> Path:
    """A bundle of FACTS, exported from ``record``."""
    with record.writing() as connection:
        for fact in FACTS:
            append(connection, fact)
    path = record.path.with_name("facts.jsonl")
    export_bundle(record, path)
    return path


def facts_in(record: LocalRecord) -> list[Fact]:
    return [*record.attempts(), *record.replies(), *record.ratings()]


def test_everything_exported_arrives_and_a_second_import_adds_nothing(
    bundle: Path, empty: LocalRecord
) -> None:
    assert import_bundle(empty, bundle) == ImportResult(6, 0, ())
    assert facts_in(empty) == FACTS
    assert import_bundle(empty, bundle) == ImportResult(0, 6, ())
    assert facts_in(empty) == FACTS


def test_an_export_counts_its_facts_and_is_for_the_owner_only(record: LocalRecord, bundle: Path) -> None:
    counts = export_bundle(record, bundle.with_name("again.jsonl"))
    facts = {"attempt": 2, "reply": 2, "rating": 2}
    assert counts == {**facts, "calibration": 0, "document": 0, "measures": 2}
    assert bundle.stat().st_mode & 0o777 == 0o600
    assert bundle.with_name("again.jsonl").read_text().splitlines()[1:] == bundle.read_text().splitlines()[1:]


def test_drafts_and_interviews_stay_at_home(record: LocalRecord, empty: LocalRecord) -> None:
    record.begin(make_interview(), "tab", NOW)
    record.save_draft("i1", 0, "notes", "half a thought", "tab")
    path = record.path.with_name("none.jsonl")
    export_bundle(record, path)

    assert "half a thought" not in path.read_text()
    assert import_bundle(empty, path) == ImportResult(0, 0, ())


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(8)), twice=st.booleans())
def test_the_order_of_the_lines_does_not_matter(order: list[int], *, twice: bool) -> None:
    with as_ordinary_user() as user:
        source = open_record(user.folder / "one.sqlite3")
        with source.writing() as connection:
            for fact in FACTS:
                append(connection, fact)
        path = user.folder / "facts.jsonl"
        export_bundle(source, path)
        header, *lines, end = path.read_text("utf-8").splitlines()
        shuffled = [lines[place] for place in order] * (2 if twice else 1)
        path.write_text("\n".join([header, *shuffled, end]), "utf-8")

        target = open_record(user.folder / "two.sqlite3")
        result = import_bundle(target, path)

        assert result == ImportResult(6, 6 if twice else 0, ())
        assert facts_in(target) == FACTS


def test_a_fact_with_other_content_is_listed_and_the_stored_one_stays(
    bundle: Path, empty: LocalRecord
) -> None:
    import_bundle(empty, bundle)
    rewrite(bundle, lambda outer: outer["fact"].update(notes="edited"))

    result = import_bundle(empty, bundle)

    assert (result.added, result.known) == (0, 5)
    [problem] = result.problems
    assert (problem.file, problem.line, problem.key) == (str(bundle), 2, "attempt a1")
    assert "other content" in problem.found
    assert facts_in(empty) == FACTS


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "unknown kind": (lambda outer: outer.update(kind="song"), "'song'"),
    "no kind": (lambda outer: outer.pop("kind"), "kind"),
    "no fact": (lambda outer: outer.pop("fact"), "fact"),
    "missing field": (lambda outer: outer["fact"].pop("question_id"), "question_id"),
    "wrong type": (lambda outer: outer["fact"].update(seconds="long"), r"\$\.seconds"),
    "not in the closed list": (lambda outer: outer["fact"].update(category="cooking"), "cooking"),
    "number too large": (lambda outer: outer["fact"].update(question_version=10**30), "out of range"),
    "time without zone": (lambda outer: outer["fact"].update(started_at="2026-10-04T08:00:00"), "time zone"),
    "half an emoji": (lambda outer: outer["fact"].update(notes="\ud83d"), "not readable"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_line_is_listed_and_the_sound_ones_go_in(
    name: str, bundle: Path, empty: LocalRecord
) -> None:
    change, said = DAMAGE[name]
    rewrite(bundle, change, line=2)

    result = import_bundle(empty, bundle)

    assert result.added == 3
    damaged, orphan_reply, orphan_rating = result.problems
    assert damaged.line == 3
    assert re.search(said, str(damaged))
    assert [orphan_reply.line, orphan_rating.line] == [5, 7]
    assert "a2, which is nowhere" in orphan_reply.found
    assert facts_in(empty) == [fact for fact in FACTS if fact.id.endswith("1")]


@pytest.mark.parametrize("score", [0, 6, 10**30])
def test_a_score_off_the_scale_is_listed(bundle: Path, empty: LocalRecord, score: int) -> None:
    rewrite(bundle, lambda outer: outer["fact"]["marks"][2].update(score=score), line=6)
    result = import_bundle(empty, bundle)
    assert [(problem.line, problem.must) for problem in result.problems] == [(7, "be from 1 to 5")]


def test_a_bundle_cut_off_in_the_middle_brings_what_is_whole(bundle: Path, empty: LocalRecord) -> None:
    lines = bundle.read_bytes().splitlines(keepends=True)
    bundle.write_bytes(b"".join(lines[:7])[:-40])
    result = import_bundle(empty, bundle)
    assert result.added == 5
    assert [(problem.line, problem.found) for problem in result.problems] == [
        (7, "cut off in the middle"),
        (7, "without its last line: cut off"),
    ]


def test_a_bundle_cut_off_between_two_lines_is_told_too(bundle: Path, empty: LocalRecord) -> None:
    lines = bundle.read_bytes().splitlines(keepends=True)
    bundle.write_bytes(b"".join(lines[:5]))
    result = import_bundle(empty, bundle)
    assert (result.added, [problem.found for problem in result.problems]) == (
        4,
        ["without its last line: cut off"],
    )
    bundle.write_bytes(b"".join([*lines[:5], lines[-1]]))
    result = import_bundle(empty, bundle)
    assert (result.known, [problem.found for problem in result.problems]) == (4, ["4 lines of 8"])


@settings(max_examples=30, deadline=None)
@given(junk=st.binary(min_size=1, max_size=60).filter(lambda junk: junk.strip() and b"\n" not in junk))
def test_any_junk_between_the_lines_harms_no_other_line(junk: bytes) -> None:
    with as_ordinary_user() as user:
        path = user.folder / "facts.jsonl"
        record = open_record(user.folder / "one.sqlite3")
        with record.writing() as connection:
            append(connection, FACTS[0])
        export_bundle(record, path)
        header, line, _, end = path.read_bytes().splitlines()
        path.write_bytes(b"\n".join([header, junk, b"", line, b"[" * 5000, line, end]))

        result = import_bundle(open_record(user.folder / "two.sqlite3"), path)

        assert (result.added, result.known) == (1, 1)
        assert [problem.line for problem in result.problems] == [2, 5]


def test_an_enormous_line_is_passed_over(
    bundle: Path, empty: LocalRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_lines, "LINE_LIMIT", 1000)
    header, *lines = bundle.read_bytes().splitlines(keepends=True)
    for size in (1000, 1001, 2001, 2002, 2003, 9999):
        bundle.write_bytes(b"".join([header, b"7" * (size - 1) + b"\n", *lines]))
        result = import_bundle(empty, bundle)
        assert result.added + result.known == 6
        assert [problem.line for problem in result.problems] == [2]
    assert "longer than 1000 bytes" in result.problems[0].found


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"PK\x03\x04\xff", b'{"bundle": "other", "version": 1}\n', b"[" * 9999]
)
def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path, empty: LocalRecord, content: bytes) -> None:
    path = tmp_path / "other.jsonl"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is no bundle"):
        import_bundle(empty, path)


def test_a_newer_bundle_is_refused_whole(bundle: Path, empty: LocalRecord) -> None:
    rewrite(bundle, lambda header: header.update(version=4, learner=7), line=0)
    with pytest.raises(StoreError, match=r"version 4.*up to 3.*pip install --upgrade"):
        import_bundle(empty, bundle)
    assert facts_in(empty) == []


def test_a_missing_bundle_is_named(tmp_path: Path, empty: LocalRecord) -> None:
    with pytest.raises(StoreError, match=r"gone\.jsonl cannot be read: No such file"):
        import_bundle(empty, tmp_path / "gone.jsonl")


def test_nothing_is_half_imported_when_the_disk_fills_up(bundle: Path, empty: LocalRecord) -> None:
    lines = bundle.read_text("utf-8").splitlines()
    outer = json.loads(lines[1])
    for number in range(300):
        outer["fact"] |= {"id": f"n{number}", "notes": f"{number} " * 1000}
        lines.append(json.dumps(outer))
    bundle.write_text("\n".join(lines), "utf-8")
    with limited_file_size(300_000), pytest.raises(NotSaved, match="disk"):
        import_bundle(empty, bundle)

    assert facts_in(empty) == []
    assert import_bundle(empty, bundle).added == 306


def test_an_export_never_overwrites_and_says_where_it_cannot_write(record: LocalRecord, bundle: Path) -> None:
    before = bundle.read_bytes()
    with pytest.raises(NotSaved, match="exists already"):
        export_bundle(record, bundle)
    with pytest.raises(NotSaved, match="cannot be written: No such file"):
        export_bundle(record, bundle.parent / "nowhere" / "x.jsonl")
    assert bundle.read_bytes() == before


def test_a_bundle_of_the_first_version_is_still_read(bundle: Path, empty: LocalRecord) -> None:
    rewrite(bundle, lambda header: header.update(version=1), line=0)
    for line in (1, 2):
        rewrite(bundle, lambda outer: [outer["fact"].pop(name, None) for name in ("take", "preset")], line)
    assert import_bundle(empty, bundle) == ImportResult(6, 0, ())
    assert facts_in(empty) == FACTS
