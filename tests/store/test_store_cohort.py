"""What an instructor's file holds of those who handed in, and what goes back to them."""

from __future__ import annotations

import io
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from classes_of_learners import ADA, named, packed, rows_of
from msgspec.structs import replace
from store_samples import NOW, make_attempt, make_calibration, make_rating, make_reply, rewrite

from itpm_prep import settings
from itpm_prep.practice.measures import measure
from itpm_prep.problems import NotSaved, StoreError
from itpm_prep.store.bundle_lines import Aim, Learner
from itpm_prep.store.bundles import import_bundle
from itpm_prep.store.cohort import MISSING, UNKNOWN, Coded, Cohort, open_cohort
from itpm_prep.store.documents import Document
from itpm_prep.store.facts import append
from itpm_prep.store.local import LocalRecord, open_record

BO = Learner("l2", "Bo")
REVIEW = make_rating("v1", rater="Dr No", comment="Which figure?", q=2.0)


def listed(cohort: Cohort, table: str, name: str) -> list[object]:
    column = cohort.tables()[table][name]  # type: ignore[index]
    return column.listed() if isinstance(column, Coded) else list(column)


def test_the_file_stands_beside_the_record_and_is_for_its_owner_only(home: Path) -> None:
    path = open_cohort().path
    assert path == settings.cohort_database() == home / "cohort.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_practice_record_is_not_taken_for_a_cohort(tmp_path: Path) -> None:
    record = open_record(tmp_path / "practice.sqlite3")
    with pytest.raises(StoreError, match="newer version"):
        open_cohort(record.path)


def test_a_cohort_gives_the_agreed_columns_even_when_nobody_has_handed_in(cohort: Cohort) -> None:
    tables = cohort.tables()
    assert {name: " ".join(columns) for name, columns in tables.items()} == {
        "learners": "learner_id name level specialisation last_bundle_at",
        "attempts": "learner_id attempt_id interview_id question_id question_version category level "
        "specialisation competency mode outcome retry_of take preset kit started_at submitted_at seconds "
        "words",
        "ratings": "learner_id attempt_id rating_id rater q rated_at",
        "scores": "learner_id attempt_id rating_id rater rated_at criterion chosen score cap has_evidence",
        "gates": "learner_id calibration_id rated_at marks mae leniency",
        "measures": "learner_id attempt_id words empty_parts hedges vague_claims long_sentences says_i "
        "says_we result_figure points touched figures_right figures_asked",
    }
    kept = [
        column.codes if isinstance(column, Coded) else column
        for one in tables.values()
        for column in one.values()
    ]
    assert {column.typecode for column in kept} == {"i", "q", "d", "B"}
    assert not any(map(len, kept))


def test_the_columns_say_what_was_handed_in(cohort: Cohort) -> None:
    attempt = make_attempt(kit="kit-7", take=2, retry_of="a0")
    weak = make_rating(
        "s2", q=1.5, marks=(replace(make_rating().marks[0], evidence=" ", cap=2, score=1, chosen=3),)
    )
    items = [attempt, make_rating(), weak, make_calibration(), measure(attempt, None)]
    merged = cohort.merge(named(packed(items, target=Aim("senior", "erp"))))
    assert (merged.added, merged.known, merged.problems) == (5, 0, ())
    tables = rows_of(cohort)
    [(who, name, level, specialisation, at)] = tables["learners"]
    assert (who, name, level, specialisation, at > 0) == ("l1", "Ada", "senior", "erp", True)
    when = int(NOW.timestamp() * 1_000_000)
    [row] = tables["attempts"]
    assert row[-8:] == ("a0", 2, "", "kit-7", when, when + 90_000_000, 90.25, 6)
    assert [row[2:] for row in tables["ratings"]] == [("s1", "self", 4.0, when), ("s2", "self", 1.5, when)]
    assert tables["scores"][-1][2:] == ("s2", "self", when, "CTX", 3, 1, 2, 0)
    assert [row[5] for row in tables["scores"]] == ["ACT", "CTX", "REF", "RES", "CTX"]
    assert tables["gates"] == [("l1", "c1", when, 4, 1.0, -1.0)]
    assert tables["measures"] == [("l1", "a1", 6, 5, 0, 0, 0, 1, 0, 0, *[UNKNOWN] * 4)]


def test_an_answer_can_be_read_with_all_that_belongs_to_it(cohort: Cohort) -> None:
    attempt, later = make_attempt(), make_reply("r2", replied_at=NOW + timedelta(1))
    items = [attempt, later, make_reply(), make_rating(), make_calibration(), measure(attempt, None)]
    cohort.merge(named(packed(items)))
    assert cohort.attempt("l1", "a1") == attempt
    assert cohort.replies("l1", "a1") == [make_reply(), later]
    assert cohort.ratings("l1", "a1") == [make_rating()]
    assert cohort.calibrations("l1") == [make_calibration()]
    assert cohort.measures("l1", "a1") == measure(attempt, None)
    assert (cohort.attempt("l1", "a2"), cohort.attempt("l2", "a1"), cohort.replies("l2", "a1")) == (
        None,
        None,
        [],
    )


def test_two_learners_of_one_name_and_with_the_same_ids_are_kept_apart(cohort: Cohort) -> None:
    twin = Learner("l9", "Ada")
    cohort.merge(
        named(packed([make_attempt()]), packed([make_attempt(notes="mine"), make_rating(q=1.0)], twin))
    )
    assert cohort.learners() == [ADA, twin]
    assert [cohort.variants(one.id, "a1")[0].notes for one in (ADA, twin)] == ["", "mine"]
    assert listed(cohort, "attempts", "learner_id") == ["l1", "l9"]
    assert (cohort.ratings("l1", "a1"), cohort.clashes()) == ([], [])


def test_name_and_target_are_those_of_the_bundle_made_last(cohort: Cohort) -> None:
    old = packed([make_attempt()], Learner("l1", "A."), target=Aim("junior"))
    new = packed([make_attempt()], Learner("l1", "Ada Lovelace"))
    cohort.merge(named(new, old))
    assert cohort.learners() == [Learner("l1", "Ada Lovelace")]
    assert listed(cohort, "learners", "level") == [""]


def test_of_two_contents_under_one_id_both_are_kept_and_told_and_the_older_one_counts(cohort: Cohort) -> None:
    first, second = make_attempt(), make_attempt(notes="written again")
    bundles = [packed([first, make_rating()]), packed([second, make_rating(comment="new")])]
    [clashing] = cohort.merge(named(*reversed(bundles))).files[1:]
    assert [(problem.line, problem.key) for problem in clashing.problems] == [
        (2, "attempt a1"),
        (3, "rating s1"),
    ]
    assert "other content" in clashing.problems[0].found
    assert cohort.variants("l1", "a1") == [first, second]
    assert (cohort.attempt("l1", "a1"), cohort.ratings("l1", "a1")) == (first, [make_rating()])
    assert [(one.kind, one.id, one.contents) for one in cohort.clashes()] == [
        ("attempt", "a1", 2),
        ("rating", "s1", 2),
    ]
    assert (len(listed(cohort, "attempts", "take")), len(listed(cohort, "ratings", "q"))) == (1, 1)


def test_measures_counted_anew_are_no_fault(cohort: Cohort) -> None:
    old = measure(make_attempt(), None)
    merged = cohort.merge(
        named(packed([make_attempt(), old]), packed([make_attempt(), replace(old, hedges=3)]))
    )
    assert (merged.added, merged.known, merged.problems, cohort.clashes()) == (3, 1, (), [])
    assert cohort.measures("l1", "a1") == old


def test_stories_and_plans_are_counted_and_not_kept(cohort: Cohort) -> None:
    secret = Document("story", "s", '{"text": "between us"}', NOW)
    [one] = cohort.merge(named(packed([make_attempt(), secret]))).files
    assert (one.added, one.documents, one.problems) == (1, 1, ())
    assert b"between us" not in cohort.path.read_bytes()


def test_ratings_of_an_answer_that_is_not_there_yet_wait_for_it(cohort: Cohort) -> None:
    cohort.merge(named(packed([make_rating(), make_reply()])))
    assert (listed(cohort, "ratings", "q"), listed(cohort, "scores", "score")) == ([], [])
    cohort.merge(named(packed([make_attempt()], BO)))
    assert listed(cohort, "ratings", "q") == []
    cohort.merge(named(packed([make_attempt()])))
    assert (listed(cohort, "ratings", "q"), len(listed(cohort, "scores", "score"))) == ([4.0], 4)


def test_forgetting_takes_every_trace_of_one_learner_and_nothing_of_another(cohort: Cohort) -> None:
    secret = "the merger with Contoso " * 500
    items = [make_attempt(notes=secret), make_rating(), make_reply(), make_calibration()]
    cohort.merge(named(packed(items), packed(items[1:], BO), packed([make_attempt()], BO)))
    of_bo = [cohort.ratings("l2", "a1"), cohort.replies("l2", "a1"), cohort.calibrations("l2")]
    assert b"Contoso" in cohort.path.read_bytes()
    assert cohort.forget("l1")
    assert not cohort.forget("l1")
    assert b"Contoso" not in cohort.path.read_bytes()
    assert (cohort.learners(), listed(cohort, "attempts", "learner_id")) == ([BO], ["l2"])
    assert [cohort.ratings("l2", "a1"), cohort.replies("l2", "a1"), cohort.calibrations("l2")] == of_bo
    with closing(sqlite3.connect(cohort.path)) as connection:
        assert connection.execute("SELECT count(*) FROM body").fetchone() == (4,)


# Reviews ------------------------------------------------------------------------------------------


def test_a_review_is_kept_beside_the_learners_own_scores(cohort: Cohort) -> None:
    cohort.merge(named(packed([make_attempt(), make_rating()])))
    cohort.review("l1", REVIEW)
    assert cohort.ratings("l1", "a1") == [make_rating(), REVIEW]
    assert listed(cohort, "ratings", "rater") == ["self", "Dr No"]


@pytest.mark.parametrize(
    ("rating", "said"),
    [
        (replace(REVIEW, rater="self"), "needs the name"),
        (replace(REVIEW, rater=" "), "needs the name"),
        (replace(REVIEW, attempt_id="a7"), "has not been handed in"),
        (replace(REVIEW, id="s1"), "another rating of that id"),
    ],
)
def test_a_review_that_cannot_be_is_refused_and_nothing_is_kept(
    cohort: Cohort, rating: object, said: str
) -> None:
    cohort.merge(named(packed([make_attempt(), make_rating()])))
    with pytest.raises(NotSaved, match=said):
        cohort.review("l1", rating)  # type: ignore[arg-type]
    assert cohort.ratings("l1", "a1") == [make_rating()]


def test_a_review_that_comes_back_changed_never_takes_the_place_of_the_reviewers(cohort: Cohort) -> None:
    early = packed([make_attempt(), replace(REVIEW, q=5.0)])
    cohort.merge(named(packed([make_attempt()])))
    cohort.review("l1", REVIEW)
    [told] = cohort.merge(named(early)).files
    assert [problem.key for problem in told.problems] == ["rating v1"]
    assert cohort.ratings("l1", "a1") == [REVIEW]


def test_one_reviewers_ratings_go_back_to_the_learner_and_nobody_elses(
    cohort: Cohort, tmp_path: Path
) -> None:
    cohort.merge(named(packed([make_attempt(), make_rating()]), packed([make_attempt()], BO)))
    for learner, reviewer in (("l1", "Dr No"), ("l1", "Dr Yes"), ("l2", "Dr No")):
        cohort.review(learner, replace(REVIEW, id=f"{learner}-{reviewer}", rater=reviewer))
    assert cohort.export_reviews("l1", tmp_path / "back.jsonl", "Dr No") == 1
    with open_record(tmp_path / "practice.sqlite3") as record:
        fill(record)
        result = import_bundle(record, tmp_path / "back.jsonl")
        assert (result.added, result.reviewer, result.problems) == (1, "Dr No", ())
        assert [rating.id for rating in record.ratings()] == ["s1", "l1-Dr No"]


def fill(record: LocalRecord) -> None:
    with record.writing() as connection:
        append(connection, make_attempt())
        append(connection, make_rating())


def test_reviews_nobody_made_are_not_written(cohort: Cohort) -> None:
    cohort.merge(named(packed([make_attempt(), make_rating()])))
    for reviewer in ("Dr No", "self", ""):
        with pytest.raises(NotSaved, match="no review by"):
            cohort.export_reviews("l1", io.BytesIO(), reviewer)


def test_another_reviewers_bundle_is_merged_whatever_comes_first(cohort: Cohort) -> None:
    theirs = packed([REVIEW], sender="Dr No")
    [one] = cohort.merge(named(theirs)).files
    assert (one.sender, one.added, one.learner) == ("Dr No", 1, ADA)
    assert (cohort.learners(), listed(cohort, "learners", "last_bundle_at")) == ([ADA], [MISSING])
    cohort.merge(named(packed([make_attempt()], Learner("l1", "Ada L."))))
    assert (cohort.learners(), listed(cohort, "ratings", "rater")) == ([Learner("l1", "Ada L.")], ["Dr No"])


def test_a_bundle_of_reviews_brings_nothing_but_its_senders_ratings(cohort: Cohort, tmp_path: Path) -> None:
    forged = [
        REVIEW,
        make_attempt(),
        make_rating(),
        replace(REVIEW, id="v2", rater="Dr Yes"),
        make_calibration(),
    ]
    path = tmp_path / "forged.jsonl"
    path.write_bytes(packed(forged, sender="Dr No"))
    [one] = cohort.merge([("forged", path)]).files
    assert (one.added, [problem.line for problem in one.problems]) == (1, [3, 4, 5, 6])
    with open_record(tmp_path / "practice.sqlite3") as record:
        fill(record)
        result = import_bundle(record, path)
        assert (result.added, [problem.line for problem in result.problems]) == (1, [3, 4, 5, 6])
        assert record.calibrations() == []
    rewrite(path, lambda header: header.update({"from": "self"}), line=0)
    assert cohort.merge([("forged", path)]).added == 0
