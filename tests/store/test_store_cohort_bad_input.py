"""Whatever lies among the bundles is listed with its reason: never fatal, never run, never dropped."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from classes_of_learners import ADA, named, packed, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import NOW, as_ordinary_user, limited_file_size, make_attempt, make_rating, make_reply

from itpm_prep.problems import NotSaved, StoreError
from itpm_prep.store import bundle_lines, handed_in, merging
from itpm_prep.store.bundle_lines import Learner
from itpm_prep.store.cohort import Cohort, open_cohort

BUNDLE = packed([make_attempt(), make_rating()])
MARKUP = '<script>alert(1)</script>"&\'=HYPERLINK("http://x","y")'


def with_header(**changes: Any) -> bytes:
    first, rest = BUNDLE.split(b"\n", 1)
    return json.dumps({**json.loads(first), **changes}).encode() + b"\n" + rest


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is no bundle"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 99, "is no bundle"),
    "JSON of something else": (b'{"bundle": "other", "version": 1}\n', "is no bundle"),
    "brackets without end": (b"[" * 100_000, "is no bundle"),
    "one line without end": (b"x" * 9_000_000, "is no bundle"),
    "newer": (with_header(version=4, learner=["a new form"]), "version 4.*up to 3.*pip install --upgrade"),
    "a time that is none": (with_header(created_at="yesterday"), "is no bundle"),
    "a time without a zone": (with_header(created_at="2026-10-04T08:00:00"), "is no bundle"),
    "an id without end": (with_header(learner={"id": "x" * 9999, "name": ""}), "is no bundle"),
    "a name that is none": (with_header(learner={"id": "x", "name": {}}), "is no bundle"),
    "from nobody, holding nothing": (packed([], Learner()), "says not whose it is"),
    "an archive cut off": (b"PK\x03\x04" + BUNDLE, "cannot be used"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_bundle_is_listed_and_the_next_one_goes_in(name: str, cohort: Cohort) -> None:
    content, said = REFUSED[name]
    merged = cohort.merge([(name, io.BytesIO(content)), ("good", io.BytesIO(BUNDLE))])
    bad, good = merged.files
    assert (bad.name, bad.learner.id, bad.added, good.added) == (name, "", 0, 2)
    [problem] = bad.problems
    assert problem.file == name
    assert problem in merged.problems
    with pytest.raises(AssertionError, match=said):
        raise AssertionError(problem.found)
    assert len(cohort.learners()) == 1


@settings(max_examples=15, deadline=None)
@given(junk=st.binary(max_size=200))
def test_any_bytes_are_listed_and_never_fatal(junk: bytes) -> None:
    with as_ordinary_user() as user:
        cohort = open_cohort(user.folder / "cohort.sqlite3")
        first, *rest = BUNDLE.splitlines(keepends=True)
        alone, inside = cohort.merge(named(junk, b"".join([first, junk, b"\n", *rest]))).files
        assert (alone.added, inside.added) == (0, 2)
        assert alone.problems
        assert bool(inside.problems) == bool(junk.strip())


def test_a_bundle_cut_off_in_the_middle_brings_what_is_whole_and_says_so(cohort: Cohort) -> None:
    [one] = cohort.merge(named(BUNDLE[: BUNDLE.index(b'"marks"')])).files
    assert one.added == 1
    assert [problem.found for problem in one.problems] == [
        "cut off in the middle",
        "without its last line: cut off",
    ]
    assert (cohort.attempt("l1", "a1"), cohort.ratings("l1", "a1")) == (make_attempt(), [])


DAMAGE: dict[str, Callable[[dict[str, Any]], object]] = {
    "score off the scale": lambda fact: fact["marks"][0].update(score=77),
    "a hundred marks": lambda fact: fact.update(marks=fact["marks"] * 25),
    "time without zone": lambda fact: fact.update(rated_at="2026-10-04T08:00:00"),
    "id without end": lambda fact: fact.update(id="x" * 1000),
    "rater without end": lambda fact: fact.update(rater="x" * 1000),
    "no number": lambda fact: fact.update(q="five"),
    "not a number": lambda fact: fact.update(q=1e400),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_line_is_listed_and_the_others_go_in(name: str, cohort: Cohort) -> None:
    header, attempt, rating, end = BUNDLE.splitlines()
    line = json.loads(rating)
    DAMAGE[name](line["fact"])
    damaged = json.dumps(line).encode()
    [one] = cohort.merge(named(b"\n".join([header, attempt, damaged, end]))).files
    assert (one.added, [problem.line for problem in one.problems]) == (1, [3])


def test_many_faults_are_counted_after_the_first_fifty(cohort: Cohort) -> None:
    header, *lines = BUNDLE.splitlines()
    [one] = cohort.merge(named(b"\n".join([header, *[b"{}"] * 60, *lines]))).files
    assert (one.added, len(one.problems)) == (2, merging.MOST_LISTED + 1)
    assert one.problems[-1].found == "with 10 more faults like these"


def test_an_answer_of_a_million_characters_arrives_whole(cohort: Cohort) -> None:
    endless = make_attempt(parts={"action": "I moved it. " * 90_000}, notes="\u202e\x00🙂" * 1000)
    assert cohort.merge(named(packed([endless]))).problems == ()
    assert cohort.attempt("l1", "a1") == endless
    assert list(cohort.tables()["attempts"]["words"]) == [270_000]


def test_markup_and_formulas_stay_the_words_they_are(cohort: Cohort) -> None:
    learner = Learner(f"'; DROP TABLE attempt; -- {MARKUP}", MARKUP + "\n\x1b[31m\u202e" + "x" * 99)
    items = [
        make_attempt(notes=MARKUP, preset=MARKUP, kit=MARKUP),
        make_rating(comment=MARKUP),
        make_reply(text=MARKUP),
    ]
    assert cohort.merge(named(packed(items, learner))).problems == ()
    [kept] = cohort.learners()
    assert kept.id == learner.id
    assert kept.name.startswith(MARKUP)
    assert kept.name.isprintable()
    assert len(kept.name) <= bundle_lines.LONGEST_NAME
    assert cohort.attempt(kept.id, "a1") == items[0]
    assert cohort.ratings(kept.id, "a1") == [items[1]]
    assert cohort.replies(kept.id, "a1") == [items[2]]


@pytest.mark.parametrize("version", [1, 2])
def test_an_old_bundle_is_taken_for_that_of_whoever_gave_its_oldest_answer(
    cohort: Cohort, version: int
) -> None:
    def old(*attempts: str) -> bytes:
        lines = packed([make_attempt(one, submitted_at=NOW) for one in attempts]).splitlines()[1:-1]
        header = {"bundle": "itpm_prep", "version": version, "created_at": "2026-10-04T08:00:00Z"}
        return b"\n".join([json.dumps(header).encode(), *lines])

    merged = cohort.merge(named(old("a1"), old("a2", "a1"), old("b1")))
    assert (merged.added, merged.known, merged.problems) == (3, 1, ())
    assert cohort.learners() == [Learner("first-a1"), Learner("first-b1")]


# Folders and archives -----------------------------------------------------------------------------


def test_a_folder_with_ten_thousand_other_files_lists_each_of_them(cohort: Cohort, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    one = tmp_path / "other.txt"
    one.write_text("hello")
    for place in range(100):
        (folder / f"{place:02}").mkdir(parents=True)
        for number in range(100):
            (folder / f"{place:02}" / f"{number:02}.txt").hardlink_to(one)
    (folder / "50" / "ada.jsonl").write_bytes(BUNDLE)
    merged = cohort.merge_folder(folder)
    assert (len(merged.files), len(merged.problems), merged.added) == (10_001, 10_000, 2)
    assert {one.name for one in merged.files if not one.problems} == {str(Path("50", "ada.jsonl"))}


def test_pipes_links_and_folders_in_a_folder_hold_nothing_up(cohort: Cohort, tmp_path: Path) -> None:
    folder = tmp_path / "hand-in"
    (folder / "inside").mkdir(parents=True)
    (folder / "inside" / "ada.jsonl").write_bytes(BUNDLE)
    (folder / "gone").symlink_to(tmp_path / "nowhere")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    merged = cohort.merge_folder(folder)
    said = {one.name: [problem.found for problem in one.problems] for one in merged.files}
    assert said.pop(str(Path("inside", "ada.jsonl"))) == []
    assert said == {"gone": ["gone cannot be read: No such file or directory"], "pipe": ["pipe is no file"]}


def test_a_folder_that_is_none_or_holds_too_much_is_refused_in_words(
    cohort: Cohort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match="There is no folder"):
        cohort.merge_folder(tmp_path / "nowhere")
    monkeypatch.setattr(handed_in, "MOST_FILES", 2)
    for name in "abc":
        (tmp_path / name).touch()
    with pytest.raises(StoreError, match="more than 2 files"):
        cohort.merge_folder(tmp_path)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_an_archive_of_bundles_is_merged_and_whatever_else_it_holds_is_listed(cohort: Cohort) -> None:
    inner = zipped({"bo.jsonl": BUNDLE})
    archive = zipped({"x/": b"", "x/ada.jsonl": BUNDLE, "../../notes.txt": b"hello", "inner.zip": inner})
    files = cohort.merge([("class.zip", io.BytesIO(archive))]).files
    assert [(one.name, one.added) for one in files] == [
        ("class.zip/x/ada.jsonl", 2),
        ("class.zip/../../notes.txt", 0),
        ("class.zip/inner.zip", 0),
    ]
    assert all("is no bundle" in one.problems[0].found for one in files[1:])


def test_a_bomb_is_listed_before_it_is_unpacked(cohort: Cohort) -> None:
    header = BUNDLE.split(b"\n", 1)[0] + b"\n"
    bombs = {"zeros.jsonl": bytes(60_000_000), "lines.jsonl": header + b'{"kind":"attempt"}\n' * 2_000_000}
    archive = zipped({**bombs, "ada.jsonl": BUNDLE})
    assert len(archive) < 1_000_000
    *refused, good = cohort.merge([("bomb.zip", io.BytesIO(archive))]).files
    assert ["times, as no bundle does" in one.problems[0].found for one in refused] == [True, True]
    assert good.added == 2


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_is_read(cohort: Cohort) -> None:
    header = BUNDLE.split(b"\n", 1)[0] + b"\n"
    size = len(header) + 20_000_000
    archive = zipped({"ada.jsonl": header + b"x" * 20_000_000})
    lying = archive.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    [one] = cohort.merge([("bomb.zip", io.BytesIO(lying))]).files
    assert (one.added, bool(one.problems)) == (0, True)


def test_a_bundle_past_the_limit_is_refused_whole(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed_in.Bounded.__init__, "__defaults__", (1000,))
    monkeypatch.setattr(handed_in, "FILE_LIMIT", 1000)
    long = packed([make_attempt(f"a{number}") for number in range(9)])
    for content in (long, zipped({"ada.jsonl": long})):
        [one] = cohort.merge([("long", io.BytesIO(content))]).files
        assert (one.added, cohort.learners()) == (0, [])
        assert "holds more than 1,000 bytes" in one.problems[0].found


def test_archives_locked_damaged_or_packed_strangely_are_listed(cohort: Cohort) -> None:
    plain = zipped({"ada.jsonl": BUNDLE})
    at = plain.index(b"PK\x01\x02")
    locked = plain[:6] + b"\x01" + plain[7 : at + 8] + b"\x01" + plain[at + 9 :]
    strange = plain[:8] + b"\x63" + plain[9 : at + 10] + b"\x63" + plain[at + 11 :]
    broken = plain[:60] + bytes(40) + plain[100:]
    for content in (locked, strange, broken):
        [one] = cohort.merge([("class.zip", io.BytesIO(content))]).files
        assert one.name == "class.zip/ada.jsonl"
        assert (one.added, "cannot be unpacked" in one.problems[0].found) == (0, True)


def test_an_archive_of_more_files_than_anybody_hands_in_is_not_opened(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handed_in, "MOST_FILES", 2)
    archive = zipped(dict.fromkeys("abc", BUNDLE))
    [one] = cohort.merge([("class.zip", io.BytesIO(archive))]).files
    assert "more than 2 files" in one.problems[0].found


@settings(max_examples=15, deadline=None)
@given(at=st.integers(0, 600), byte=st.integers(0, 255))
def test_an_archive_with_any_byte_changed_is_never_fatal(at: int, byte: int) -> None:
    archive = bytearray(zipped({"ada.jsonl": BUNDLE}))
    archive[at % len(archive)] = byte
    with as_ordinary_user() as user:
        merged = open_cohort(user.folder / "cohort.sqlite3").merge(
            [("class.zip", io.BytesIO(bytes(archive)))]
        )
        assert merged.added == 2 or merged.problems or not merged.files


# Nothing half-merged ------------------------------------------------------------------------------


def test_when_the_disk_fills_up_nothing_of_a_bundle_is_there(cohort: Cohort) -> None:
    cohort.merge(named(packed([make_attempt()])))
    before = rows_of(cohort)
    large = packed([make_attempt(f"n{number}", notes=f"{number} " * 2000) for number in range(200)], ADA)
    size = cohort.path.stat().st_size
    with limited_file_size(size + 300_000), pytest.raises(NotSaved, match="disk"):
        cohort.merge(named(large))
    assert rows_of(cohort) == before
    assert cohort.merge(named(large)).added == 200


def test_many_bundles_are_all_there_however_many_transactions_it_takes(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("itpm_prep.store.cohort.COMMIT_FROM", 3)
    contents = [packed([make_attempt(), make_rating()], Learner(f"l{number}")) for number in range(7)]
    merged = cohort.merge(named(*contents, b"something else"))
    assert [one.added for one in merged.files] == [2] * 7 + [0]
    assert [one.name for one in merged.files] == [f"{number}.jsonl" for number in range(8)]
    assert len(cohort.learners()) == 7
