"""A bundle to hand in: chosen answers, a name, words covered, and what the machine counted."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from store_samples import (
    NOW,
    as_ordinary_user,
    make_attempt,
    make_calibration,
    make_rating,
    make_reply,
    rewrite,
)

from itpm_prep.bank.compiled import load_bank
from itpm_prep.practice.blackout import BAR
from itpm_prep.practice.measures import measure
from itpm_prep.practice.records import Fact
from itpm_prep.practice.target import TARGET, Target
from itpm_prep.problems import NotSaved
from itpm_prep.store.bundle_lines import Learner
from itpm_prep.store.bundles import export_bundle, import_bundle
from itpm_prep.store.facts import append
from itpm_prep.store.learner import make_learner, name_learner, read_learner
from itpm_prep.store.local import LocalRecord, open_record

PARTS = {"action": "I told Acme's board, and Jane  Doe agreed.", "result": "ACME paid 5 %."}
FACTS: list[Fact] = [
    make_attempt("a1", parts=PARTS, notes="acme", figures={"cpi": "0.8 acme"}, preset="Acme set"),
    make_attempt("a2", submitted_at=NOW + timedelta(days=1)),
    make_reply("r1", "a1", text="Jane\nDoe"),
    make_reply("r2", "a2"),
    make_rating("s1", "a1", rater="Dr No", comment="Is Acme public?"),
    make_rating("s2", "a2"),
]


@pytest.fixture
def full(record: LocalRecord) -> LocalRecord:
    """A record with answers, a gate, a story and a target."""
    with record.writing() as connection:
        for fact in FACTS:
            append(connection, fact)
    record.calibrate(make_calibration())
    record.keep_document("story", "s", '{"text": "about Acme"}', NOW)
    record.keep_document("target", TARGET, msgspec.json.encode(Target("senior", "erp", {})).decode(), NOW)
    return record


def exported(record: LocalRecord, **options: Any) -> list[dict[str, Any]]:
    file = io.BytesIO()
    counts = export_bundle(record, file, **options)
    lines = [json.loads(line) for line in file.getvalue().splitlines()]
    assert lines[-1] == {"kind": "end", "fact": {"lines": sum(counts.values())}}
    assert len(lines) == sum(counts.values()) + 2
    return lines


def kinds(lines: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(line["kind"], line["fact"].get("id") or line["fact"]["attempt_id"]) for line in lines[1:-1]]


def test_the_header_says_whose_it_is_and_what_they_prepare_for(full: LocalRecord) -> None:
    name_learner(full, "  Ada\n\x1b[1m <b>Lovelace ")
    header, *_ = exported(full)
    learner = read_learner(full)
    assert (header["version"], header["from"]) == (3, "")
    assert header["learner"] == {"id": learner.id, "name": "Ada [1m <b>Lovelace"}
    assert header["target"] == {"level": "senior", "specialisation": "erp"}
    assert header["id"] != exported(full)[0]["id"]


def test_the_id_of_a_learner_is_drawn_once_and_the_name_may_change_or_be_left_out(
    record: LocalRecord,
) -> None:
    assert read_learner(record) == Learner("", "")
    first = exported(record)[0]["learner"]
    assert (len(first["id"]), first["name"]) == (32, "")
    assert name_learner(record, "Ada") == Learner(first["id"], "Ada")
    assert exported(record, learner=Learner("other", "Bo"))[0]["learner"] == {"id": "other", "name": "Bo"}
    assert make_learner(record) == Learner(first["id"], "Ada")


def test_all_of_it_goes_along_unless_answers_are_chosen(full: LocalRecord) -> None:
    everything = kinds(exported(full))
    assert ("document", "s") in everything
    assert kinds(exported(full, attempt_ids=["a2"])) == [
        ("attempt", "a2"),
        ("reply", "r2"),
        ("rating", "s2"),
        ("calibration", "c1"),
        ("measures", "a2"),
    ]
    every_answer = kinds(exported(full, attempt_ids={"a1", "a2"}))
    assert every_answer == [one for one in everything if one[0] != "document"]


def test_an_answer_that_is_not_there_is_named_and_no_file_is_left(full: LocalRecord, tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="has no answer a9"):
        export_bundle(full, tmp_path / "x.jsonl", attempt_ids=["a1", "a9"])
    assert not list(tmp_path.glob("x*"))


def test_words_are_covered_in_all_that_was_typed_and_stories_stay(full: LocalRecord) -> None:
    lines = exported(full, blackout=["Acme", "Jane Doe"])
    facts = {line["fact"].get("id"): line["fact"] for line in lines[1:]}
    assert facts["a1"]["parts"]["action"] == f"I told {BAR}'s board, and {BAR} agreed."
    assert facts["a1"]["notes"] == BAR
    assert facts["a1"]["figures"] == {"cpi": f"0.8 {BAR}"}
    assert facts["r1"]["text"] == BAR
    assert facts["s1"]["comment"] == f"Is {BAR} public?"
    assert "acme" not in json.dumps(lines, ensure_ascii=False).casefold()
    assert not [line for line in lines if line.get("kind") == "document"]
    assert facts["a2"] == {line["fact"].get("id"): line["fact"] for line in exported(full)[1:]}["a2"]


def test_what_is_counted_is_the_full_text_whatever_is_covered(full: LocalRecord) -> None:
    counted = [line for line in exported(full) if line.get("kind") == "measures"]
    assert counted[0]["fact"] == msgspec.to_builtins(measure(make_attempt("a1", parts=PARTS), None))
    assert [
        line for line in exported(full, blackout=["Acme", "board"]) if line.get("kind") == "measures"
    ] == counted


def test_with_the_bank_the_measures_know_the_question(full: LocalRecord) -> None:
    bank = load_bank()
    with full.writing() as connection:
        append(connection, make_attempt("a3", question_version=bank.question("BEH-GEN-001").version))
    last = [line["fact"] for line in exported(full, bank=bank) if line.get("kind") == "measures"][-1]
    assert last["points"] == len(bank.question("BEH-GEN-001").strong_points)


@settings(max_examples=10, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    around=st.sampled_from(["", "pre", "'s"]),
)
def test_no_covered_word_leaves_the_house_wherever_it_stands(text: str, around: str) -> None:
    with as_ordinary_user() as user, open_record(user.folder / "one.sqlite3") as record:
        with record.writing() as connection:
            append(connection, make_attempt(notes=f"{text}{around}SeCret{text}"))
        file = io.BytesIO()
        export_bundle(record, file, blackout=["secret"])
        assert b"secret" not in file.getvalue().lower()


# In again -----------------------------------------------------------------------------------------


def test_an_empty_record_becomes_that_of_the_learner_and_a_used_one_does_not(
    full: LocalRecord, empty: LocalRecord, tmp_path: Path
) -> None:
    learner = name_learner(full, "Ada")
    export_bundle(full, tmp_path / "all.jsonl")
    assert import_bundle(empty, tmp_path / "all.jsonl").problems == ()
    assert read_learner(empty) == learner
    with open_record(tmp_path / "used.sqlite3") as used:
        with used.writing() as connection:
            append(connection, make_attempt("mine"))
        import_bundle(used, tmp_path / "all.jsonl")
        assert read_learner(used) == Learner("", "")
        own = name_learner(used, "Bo")
        import_bundle(used, tmp_path / "all.jsonl")
        assert read_learner(used) == own


def test_an_open_file_is_read_too_and_reported_by_its_name(full: LocalRecord, empty: LocalRecord) -> None:
    file = io.BytesIO()
    export_bundle(full, file, attempt_ids=["a1"])
    result = import_bundle(empty, io.BytesIO(file.getvalue()[:-30]), "ada.jsonl")
    assert (result.added, {problem.file for problem in result.problems}) == (4, {"ada.jsonl"})


def test_reviews_for_somebody_else_are_listed_with_a_question(record: LocalRecord, tmp_path: Path) -> None:
    with open_record(tmp_path / "other.sqlite3") as other:
        with other.writing() as connection:
            append(connection, make_attempt())
            append(connection, make_rating(rater="Dr No"))
        path = tmp_path / "back.jsonl"
        export_bundle(other, path, attempt_ids=["a1"])
    rewrite(path, lambda header: header.update({"from": "Dr No"}), line=0)
    result = import_bundle(record, path)
    assert (result.added, result.reviewer) == (0, "Dr No")
    assert "are the reviews for you?" in result.problems[1].must


LIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a count below nothing": lambda fact: fact.update(hedges=-1),
    "a count without end": lambda fact: fact.update(words=10**12),
    "words of a part": lambda fact: fact["parts"].update(action=-5),
    "no count": lambda fact: fact.update(words="many"),
}


@pytest.mark.parametrize("name", LIES)
def test_measures_that_cannot_be_are_listed(
    name: str, full: LocalRecord, empty: LocalRecord, tmp_path: Path
) -> None:
    path = tmp_path / "all.jsonl"
    export_bundle(full, path, attempt_ids=["a2"])
    rewrite(path, lambda line: LIES[name](line["fact"]), line=5)
    result = import_bundle(empty, path)
    assert (result.added, [problem.line for problem in result.problems]) == (4, [6])


def test_a_rating_with_comments_keeps_them_on_the_way(
    full: LocalRecord, empty: LocalRecord, tmp_path: Path
) -> None:
    marks = tuple(replace(mark, comment=f"about {mark.criterion}") for mark in make_rating().marks)
    told = make_rating("s3", "a1", rater="Dr No", marks=marks, comment="Overall")
    with full.writing() as connection:
        append(connection, told)
    export_bundle(full, tmp_path / "all.jsonl")
    import_bundle(empty, tmp_path / "all.jsonl")
    assert told in empty.ratings()
