from __future__ import annotations

import pandas as pd
import pytest
from practised import KEYED, START

from itpm_prep.bank.names import COMPETENCY_NAMES, CRITERION_NAMES
from itpm_prep.bank.types import COMPETENCIES, CRITERIA_OF
from itpm_prep.reports import columns
from itpm_prep.reports.frames import Progress, progress_frames

EXPECTED = {
    "attempts": columns.ATTEMPTS,
    "scores": columns.SCORES,
    "texts": columns.TEXTS,
    "by_category": {"category": "str", **columns.SUMMARY},
    "by_competency": {"competency": "str", **columns.SUMMARY},
    "by_criterion": columns.BY_CRITERION,
}


@pytest.fixture
def frames(full, bank) -> Progress:
    return progress_frames(full, bank)


@pytest.mark.parametrize("name", EXPECTED)
def test_columns_and_dtypes_are_the_same_with_and_without_answers(empty, frames, name):
    for progress in (progress_frames(empty), frames):
        found = progress.tables()[name].dtypes.astype(str)
        assert dict(found) == EXPECTED[name]


def test_every_documented_column_is_told_in_the_docstring():
    for dtypes in EXPECTED.values():
        assert all(name in (Progress.__doc__ or "") for name in dtypes)


def test_an_empty_record_counts_nothing_and_still_lists_the_five_categories(empty):
    progress = progress_frames(empty)
    assert progress.attempts.empty
    assert list(progress.by_category["category"]) == list(CRITERIA_OF)
    assert progress.by_category[["answers", "skipped", "scored"]].sum().sum() == 0
    assert progress.by_category["mean_q"].isna().all()


def test_one_row_per_attempt_oldest_first(frames):
    attempts = frames.attempts
    assert list(attempts["attempt_id"]) == [f"a{number}" for number in range(8)]
    assert attempts["submitted_at"].iloc[0] == pd.Timestamp(START) + pd.Timedelta(minutes=3)
    assert attempts["seconds"].eq(171.5).all()


def test_the_latest_rating_of_a_rater_counts_and_a_reviewer_goes_before_self(frames):
    by_id = frames.attempts.set_index("attempt_id")
    assert by_id.loc["a0", "q"] == 3.0  # rated 2.0 first, then 3.0
    assert by_id.loc["a1", "q"] == 2.5  # own 4.0, Ada's 2.5
    assert by_id["raters"].to_dict() == {
        "a0": 1, "a1": 2, "a2": 1, "a3": 1, "a4": 0, "a5": 1, "a6": 1, "a7": 0,
    }  # fmt: skip
    assert by_id.index[by_id["self_rated"]].tolist() == ["a0", "a2", "a3", "a5", "a6"]


def test_a_skipped_and_an_unscored_answer_have_no_score(frames):
    without = frames.attempts[frames.attempts["q"].isna()]
    assert list(zip(without["attempt_id"], without["outcome"], strict=True)) == [
        ("a4", "skipped"),
        ("a7", "answered"),
    ]


def test_titles_and_figures_come_from_the_bank(frames, bank):
    by_id = frames.attempts.set_index("attempt_id")
    assert by_id.loc["a0", "title"] == bank.question(KEYED).title
    assert by_id.loc["a1", "title"] == ""
    assert by_id.loc["a0", "figures_right"] == 1  # CPI is right, the other three are wrong or missing
    assert by_id.loc["a0", "figures_asked"] == len(bank.question(KEYED).figures)
    assert by_id.loc["a7", "figures_right"] == 0


def test_figures_are_not_judged_by_another_version_of_the_question(frames):
    row = frames.attempts.set_index("attempt_id").loc["a2"]
    assert row["question_version"] == 99
    assert pd.isna(row["figures_right"])
    assert pd.isna(row["figures_asked"])


def test_one_row_per_mark_with_score_cap_and_evidence(frames):
    a3 = frames.scores[frames.scores["attempt_id"] == "a3"].set_index("criterion")
    assert a3["score"].to_dict() == {"DIA": 1, "DEC": 2, "COM": 2, "PLN": 1}
    assert a3["cap"].eq(2).all()
    assert not a3["has_evidence"].any()
    a1 = frames.scores[frames.scores["attempt_id"] == "a1"]
    assert a1.groupby("rater")["score"].sum().to_dict() == {"Ada": 10, "self": 16}


def test_category_means_leave_out_retries_and_skips_but_count_them(frames):
    row = frames.by_category.set_index("category").loc["scenario"]
    assert row[["answers", "skipped", "retries", "scored", "questions"]].tolist() == [5, 1, 1, 4, 2]
    assert row["mean_q"] == pytest.approx((3.0 + 2.5 + 3.5 + 1.5) / 4)
    assert row["latest_q"] == 1.5
    assert not row["too_thin"]
    assert not row["no_trend"]


def test_one_question_is_too_thin_for_a_mean_and_three_answers_for_a_trend(frames):
    by = frames.by_competency.set_index("competency")
    assert by["too_thin"].to_dict() == {
        "cost_benefit": False,
        "risk_issue": True,
        "self_management": True,
    }
    assert by.loc["cost_benefit", "scored"] == 3
    assert by["no_trend"].all()


def test_criterion_means_stand_on_the_reviewer_where_there_is_one(frames):
    by = frames.by_criterion.set_index("criterion")
    assert by.loc["PLN", "mean_score"] == pytest.approx((4 + 1 + 3 + 1) / 4)
    assert by.loc["PLN", ["scored", "questions"]].tolist() == [4, 2]
    assert by.loc["CTX", "too_thin"]
    assert list(by.index) == ["CTX", "ACT", "RES", "REF", "DIA", "DEC", "COM", "PLN"]


def test_all_that_was_written_is_in_texts_with_its_label(frames, bank):
    a0 = frames.texts[frames.texts["attempt_id"] == "a0"]
    assert list(zip(a0["kind"], a0["label"], strict=True)) == [
        ("part", "Situation"),
        ("part", "Background"),
        ("figure", bank.question(KEYED).figures[0].ask),
        ("figure", bank.question(KEYED).figures[2].ask),
        ("reply", "Why?"),
    ]
    assert a0["words"].iloc[0] == 3


def test_every_competency_and_criterion_has_a_name():
    assert set(COMPETENCY_NAMES) == set(COMPETENCIES)
    assert set(CRITERION_NAMES) == {c for ids in CRITERIA_OF.values() for c in ids}
