"""Whatever is handed in, in whatever order and however often: the cohort holds the same."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from classes_of_learners import hand_ins, items_of, named, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import make_rating

from itpm_prep.practice.records import Attempt, Calibration, Rating, Reply
from itpm_prep.store.bundle_checks import Item
from itpm_prep.store.bundles import export_bundle, import_bundle
from itpm_prep.store.cohort import Cohort, open_cohort
from itpm_prep.store.facts import append
from itpm_prep.store.learner import name_learner
from itpm_prep.store.local import LocalRecord, open_record


@contextmanager
def cohorts(count: int) -> Iterator[list[Cohort]]:
    with tempfile.TemporaryDirectory() as folder:
        yield [open_cohort(Path(folder) / f"{number}.sqlite3") for number in range(count)]


@settings(max_examples=12, deadline=None)
@given(bundles=hand_ins(), data=st.data())
def test_neither_order_nor_repetition_changes_what_a_cohort_holds(
    bundles: list[bytes], data: st.DataObject
) -> None:
    order = data.draw(st.lists(st.sampled_from(range(len(bundles))), max_size=4))
    order += data.draw(st.permutations(range(len(bundles))))
    with cohorts(2) as (straight, shuffled):
        straight.merge(named(*bundles))
        for place in order:
            shuffled.merge(named(bundles[place]))
        assert rows_of(shuffled) == rows_of(straight)
        again = straight.merge(named(*bundles))
        assert (again.added, rows_of(straight)) == (0, rows_of(shuffled))


@settings(max_examples=12, deadline=None)
@given(bundles=hand_ins())
def test_every_line_of_a_bundle_is_added_or_known_or_listed(bundles: list[bytes]) -> None:
    with cohorts(1) as (cohort,):
        for one in cohort.merge(named(*bundles)).files:
            lines = bundles[int(one.name.removesuffix(".jsonl"))].count(b"\n") - 2
            assert one.added + one.known == lines
            assert all("other content" in problem.found for problem in one.problems)


@settings(max_examples=12, deadline=None)
@given(bundles=hand_ins(), cut=st.integers(0, 3000), data=st.data())
def test_a_bundle_cut_off_anywhere_is_told_and_mends_itself_when_it_comes_whole(
    bundles: list[bytes], cut: int, data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from(bundles))
    with cohorts(2) as (cohort, control):
        [told] = cohort.merge(named(whole[: min(cut, len(whole) - 2)])).files
        assert told.problems
        cohort.merge(named(*bundles))
        control.merge(named(*bundles))
        assert rows_of(cohort) == rows_of(control)


def fill(record: LocalRecord, items: list[Item]) -> None:
    with record.writing() as connection:
        for item in items:
            if isinstance(item, Attempt | Reply | Rating):
                append(connection, item)
    for item in items:
        if isinstance(item, Calibration):
            record.calibrate(item)


@settings(max_examples=6, deadline=None)
@given(classes=st.lists(st.integers(0, 9).flatmap(items_of), min_size=1, max_size=3), twice=st.booleans())
def test_what_learners_did_and_what_reviewers_said_arrives_on_the_other_side(
    classes: list[list[Item]],
    twice: bool,  # noqa: FBT001 -- drawn
) -> None:
    with tempfile.TemporaryDirectory() as name, open_cohort(Path(name) / "cohort.sqlite3") as cohort:
        for number, items in enumerate(classes):
            with open_record(Path(name) / f"{number}.sqlite3") as record:
                fill(record, items)
                _go_round(record, cohort, twice=twice)
        assert [learner.name for learner in cohort.learners()] == ["Ada"] * len(classes)


def _go_round(record: LocalRecord, cohort: Cohort, *, twice: bool) -> None:
    """Hand in, review everything, send it back, hand in again."""
    learner = name_learner(record, "Ada")
    first = cohort.merge(named(_exported(record), *[_exported(record)] * twice))
    assert first.problems == ()
    attempts, own = record.attempts(), record.ratings()
    for attempt in attempts:
        assert cohort.attempt(learner.id, attempt.id) == attempt
        for reviewer in ("Dr No", "Dr Yes"):
            review = make_rating(
                f"{learner.id}-{attempt.id}-{reviewer}", attempt.id, rater=reviewer, comment="Why?"
            )
            cohort.review(learner.id, review)
    for reviewer in ("Dr No", "Dr Yes") if attempts else ():
        file = io.BytesIO()
        assert cohort.export_reviews(learner.id, file, reviewer) == len(attempts)
        for added in (len(attempts), 0):
            file.seek(0)
            result = import_bundle(record, file)
            assert (result.added, result.reviewer, result.problems) == (added, reviewer, ())
    assert len(record.ratings()) == len(own) + 2 * len(attempts)
    before = rows_of(cohort)
    second = cohort.merge(named(_exported(record)))
    assert (second.added, second.problems) == (0, ())
    assert {**rows_of(cohort), "learners": []} == {**before, "learners": []}
    for attempt in attempts:
        theirs = {rating.id: rating for rating in record.ratings() if rating.attempt_id == attempt.id}
        assert {rating.id: rating for rating in cohort.ratings(learner.id, attempt.id)} == theirs


def _exported(record: LocalRecord) -> bytes:
    file = io.BytesIO()
    export_bundle(record, file)
    return file.getvalue()
