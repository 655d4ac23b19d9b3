"""The frames of a cohort: beside the same asked of DuckDB, from the file, and in whatever order."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from framed import NOW, aim, framed, pass_gate, practise_well
from practised import attempt, rating, store

from itpm_prep.cli.bench.cohort_files import write_cohort
from itpm_prep.cli.bench.cohort_frames import Control
from itpm_prep.cli.bench.cohorts import NOW as LATER
from itpm_prep.cli.bench.cohorts import CohortMaker
from itpm_prep.reports.columns import FRAMES, dtypes_of
from itpm_prep.reports.frames import Frames, frames_of
from itpm_prep.reports.source import source_of_cohort, source_of_record, source_of_tables
from itpm_prep.store.bundles import export_bundle
from itpm_prep.store.cohort import open_cohort
from itpm_prep.store.local import open_record

KEYS = {
    "attempts": ["learner_id", "attempt_id"],
    "criterion_scores": ["learner_id", "attempt_id", "rater", "criterion"],
    "competencies": ["learner_id", "competency"],
    "categories": ["learner_id", "category"],
    "criteria": ["learner_id", "criterion"],
    "calibration": ["learner_id", "criterion"],
    "gates": ["learner_id", "calibration_id"],
    "signals": ["learner_id", "attempt_id"],
    "learners": ["learner_id"],
    "attention": ["learner_id", "rule"],
    "items": ["question_id", "question_version"],
    "item_criteria": ["question_id", "question_version", "criterion"],
    "review_queue": ["learner_id", "attempt_id"],
}
OPEN = {"readiness", "texts"}  # the model is not asked of DuckDB; a cohort has no texts


@pytest.fixture(scope="module")
def made(bank):
    return CohortMaker(20, bank.entries, seed=3).tables()


@pytest.fixture(scope="module")
def cohort(made, bank) -> Frames:
    return frames_of(source_of_tables(made), bank, LATER)


@pytest.fixture(scope="module")
def asked(made, bank) -> dict[str, pd.DataFrame]:
    """The frames as DuckDB gives them."""
    return {name: table.to_pandas() for name, table in Control(source_of_tables(made), bank).frames()}


def ordered(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    texts = [name for name in frame if isinstance(frame[name].dtype, pd.CategoricalDtype)]
    plain = frame.astype(dict.fromkeys(texts, "object"))
    return plain.sort_values(keys, ignore_index=True)


def test_every_frame_is_compared(asked):
    assert set(KEYS) | OPEN == set(FRAMES)
    assert set(KEYS) <= set(asked)


@pytest.mark.parametrize("name", KEYS)
def test_the_frames_are_what_hand_written_queries_give(cohort, asked, name):
    theirs, ours = (ordered(one, KEYS[name]) for one in (asked[name], getattr(cohort, name)))
    assert len(ours) == len(theirs) > 0
    compared = [column for column in ours if column in theirs]
    assert len(compared) >= len(KEYS[name])
    for column in compared:
        mine, other = ours[column], theirs[column]
        if pd.api.types.is_float_dtype(mine):
            np.testing.assert_allclose(mine, other.astype("float64"), rtol=1e-9, atol=1e-9, err_msg=column)
        elif column != "reason":  # worded the same but for rounding a half
            both = pd.DataFrame({"mine": mine.astype("object"), "other": other.astype("object")})
            different = both[(both["mine"] != both["other"]) & ~(both.isna().all(axis=1))]
            assert different.empty, f"{column}: {different.head()}"


@pytest.mark.parametrize("name", sorted(set(FRAMES) - {"texts"}))
def test_columns_and_dtypes_are_those_of_a_single_record(cohort, name):
    assert dict(getattr(cohort, name).dtypes.astype(str)) == dtypes_of(FRAMES[name])


def test_a_cohort_has_no_texts_in_its_tables(cohort):
    assert "texts" not in cohort.tables()
    assert cohort.texts.empty


def test_the_order_of_the_facts_does_not_matter(made, bank, cohort):
    source = source_of_tables(made)
    shuffled = {
        name: getattr(source, name).sample(frac=1, random_state=5)
        for name in ("attempts", "ratings", "scores", "gates", "measures")
    }
    found = frames_of(replace(source, **shuffled), bank, LATER)
    for name, keys in {**KEYS, "readiness": ["learner_id", "competency"]}.items():
        ours, theirs = (ordered(getattr(one, name), keys) for one in (found, cohort))
        pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=1e-9)


def test_the_frames_of_the_file_are_those_of_the_facts_in_it(made, bank, cohort, tmp_path):
    write_cohort(made, tmp_path / "cohort.sqlite3")
    with open_cohort(tmp_path / "cohort.sqlite3") as kept:
        found = frames_of(source_of_cohort(kept), bank, LATER)
    for name in KEYS:
        ours, theirs = (ordered(getattr(one, name), KEYS[name]) for one in (found, cohort))
        pd.testing.assert_frame_equal(ours, theirs)


# From learners' records to the cohort ---------------------------------------------------------------


def hand_in(cohort, record) -> None:
    bundle = BytesIO()
    export_bundle(record, bundle)
    bundle.seek(0)
    assert not cohort.merge([("bundle", bundle)]).problems


@pytest.fixture
def cohort_file(tmp_path):
    with open_cohort(tmp_path / "cohort.sqlite3") as opened:
        yield opened


def test_the_instructor_sees_the_same_frames_as_the_learner(empty, bank, cohort_file):
    practise_well(empty)
    hand_in(cohort_file, empty)
    mine = framed(empty, bank)
    theirs = frames_of(source_of_cohort(cohort_file), bank, NOW)
    learner = theirs.learners["learner_id"].iloc[0]
    for name in sorted(set(FRAMES) - {"texts", "learners"}):
        ours, frame = getattr(mine, name), getattr(theirs, name)
        if "learner_id" in frame:
            assert set(frame["learner_id"]) <= {learner}
        keys = [key for key in KEYS.get(name, ["competency"]) if key != "learner_id"]
        kept = [column for column in frame if column != "learner_id"]
        pd.testing.assert_frame_equal(
            *(ordered(one[kept], keys) for one in (ours, frame)), check_exact=False, rtol=1e-9
        )


def test_learners_with_one_name_and_attempts_with_one_id_are_kept_apart(tmp_path, cohort_file):
    for number in (1, 2):
        record = open_record(tmp_path / f"{number}.sqlite3")
        record.prefer("learner_id", f"id-{number}")
        record.prefer("learner_name", "Kim")
        answer = attempt(1, "SCN-GEN-901", "risk_issue")
        store(record, [answer, rating(answer, (number, number, number, number))])
        pass_gate(record)
        aim(record, level="mid")
        hand_in(cohort_file, record)
    frames = frames_of(source_of_cohort(cohort_file), None, NOW)
    assert frames.learners[["name", "learner_id"]].values.tolist() == [["Kim", "id-1"], ["Kim", "id-2"]]
    assert frames.attempts.set_index("learner_id")["q"].to_dict() == {"id-1": 1.0, "id-2": 2.0}
    scores = frames.criterion_scores.groupby("learner_id", observed=True)["score"].agg(["sum", "size"])
    assert scores.values.tolist() == [[4, 4], [8, 4]]
    assert frames.learners["mean_q"].tolist() == [1.0, 2.0]


def test_an_empty_cohort_has_frames_without_rows(cohort_file):
    frames = frames_of(source_of_cohort(cohort_file), None, NOW)
    for name, frame in frames.tables().items():
        assert frame.empty
        assert dict(frame.dtypes.astype(str)) == dtypes_of(FRAMES[name])


def test_the_source_of_a_record_names_its_learner_and_target(empty):
    empty.prefer("learner_id", "id-7")
    aim(empty, "director", "erp")
    found = source_of_record(empty).learners.iloc[0]
    assert found[["learner_id", "level", "specialisation"]].tolist() == ["id-7", "director", "erp"]
