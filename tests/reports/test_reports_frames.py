"""The frames of one record: columns, what a row is, and which rating counts."""

from __future__ import annotations

import pandas as pd
import pytest
from framed import NOW, framed, pass_gate, practise_well, review
from practised import KEYED, START, attempt, rating, store

from itpm_prep.bank.names import COMPETENCY_NAMES, CRITERION_NAMES
from itpm_prep.bank.types import COMPETENCIES, CRITERIA_OF
from itpm_prep.reports.columns import FRAMES, dtypes_of
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.summary import first_tries


@pytest.fixture
def frames(full, bank) -> Frames:
    """Frames of each test's own, since one of them is changed."""
    return framed(full, bank)


@pytest.mark.parametrize("name", FRAMES)
def test_columns_and_dtypes_are_the_same_with_and_without_answers(empty, frames, name):
    for found in (framed(empty), frames):
        table = getattr(found, name)
        assert dict(table.dtypes.astype(str)) == dtypes_of(FRAMES[name])
        assert list(table.index) == list(range(len(table)))


@pytest.mark.parametrize("name", FRAMES)
def test_every_column_is_told_in_the_docstring_of_its_frame(name):
    told = vars(Frames)[name].__doc__
    assert told.splitlines()[0].endswith(".")
    for column, about in FRAMES[name].items():
        assert f"{column} ({about.dtype}): {about.meaning}" in told


def test_every_row_begins_with_its_learner_but_those_of_questions():
    of_questions = {name for name, columns in FRAMES.items() if next(iter(columns)) != "learner_id"}
    assert of_questions == {"items", "item_criteria"}


def test_frames_are_made_once_and_changing_one_changes_no_other(frames):
    assert frames.attempts is frames.attempts
    frames.attempts.loc[0, "words"] = 99
    assert frames.source.attempts["words"].iloc[0] != 99


def test_all_frames_are_in_tables_and_their_sizes_in_the_words_for_them(frames):
    assert list(frames.tables()) == list(FRAMES)
    assert repr(frames) == "Frames(learners: 1, attempts: 8, scores: 32)"


def test_an_empty_record_counts_nothing_and_still_lists_the_five_categories(empty):
    progress = framed(empty)
    assert progress.attempts.empty
    assert list(progress.categories["category"]) == list(CRITERIA_OF)
    assert progress.categories[["answers", "skipped", "scored"]].sum().sum() == 0
    assert progress.categories["mean_q"].isna().all()


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
    a3 = frames.criterion_scores[frames.criterion_scores["attempt_id"] == "a3"].set_index("criterion")
    assert a3["score"].to_dict() == {"DIA": 1, "DEC": 2, "COM": 2, "PLN": 1}
    assert a3["cap"].eq(2).all()
    assert not a3["has_evidence"].any()
    a1 = frames.criterion_scores[frames.criterion_scores["attempt_id"] == "a1"]
    assert a1.groupby("rater")["score"].sum().to_dict() == {"Ada": 10, "self": 16}


def test_category_means_leave_out_retries_and_skips_but_count_them(frames):
    row = frames.categories.set_index("category").loc["scenario"]
    assert row[["answers", "skipped", "retries", "scored", "questions"]].tolist() == [5, 1, 1, 4, 2]
    assert row["mean_q"] == pytest.approx((3.0 + 2.5 + 3.5 + 1.5) / 4)
    assert row["latest_q"] == 1.5
    assert not row["too_thin"]
    assert not row["no_trend"]


def test_one_question_is_too_thin_for_a_mean_and_three_answers_for_a_trend(frames):
    by = frames.competencies.set_index("competency")
    assert by["too_thin"].to_dict() == {
        "cost_benefit": False,
        "risk_issue": True,
        "self_management": True,
    }
    assert by.loc["cost_benefit", "scored"] == 3
    assert by["no_trend"].all()


def test_criterion_means_stand_on_the_reviewer_where_there_is_one(frames):
    by = frames.criteria.set_index("criterion")
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


def test_a_retry_and_an_earlier_take_do_not_count(empty):
    one = attempt(1, KEYED, "cost_benefit", take=1)
    two = attempt(2, KEYED, "cost_benefit", take=2)
    again = attempt(3, KEYED, "cost_benefit", retry_of="a2")
    store(empty, [one, two, again])
    found = framed(empty).attempts
    assert found["counts"].tolist() == [False, True, False]
    assert first_tries(found)["attempt_id"].tolist() == ["a2"]


def test_own_scores_stand_beside_the_reviewers_for_each_criterion(empty):
    answer = attempt(1, KEYED, "cost_benefit")
    store(empty, [
        answer,
        rating(answer, (5, 4, 3, 1)),
        review(answer, (3, 4, 3, 3)),
        review(answer, (2, 4, 3, 2), rater="Ben"),
    ])  # fmt: skip
    by = framed(empty).calibration.set_index("criterion")
    assert by["own"].tolist() == [5, 4, 3, 1]
    assert by["reviewers"].tolist() == [2.5, 4, 3, 2.5]
    assert by["bias"].tolist() == [2.5, 0, 0, -1.5]
    assert by["within_one"].tolist() == [0, 1, 1, 0]
    assert by["pairs"].eq(1).all()
    (learner,) = framed(empty).learners.itertuples()
    assert (learner.pairs, learner.bias, learner.mae, learner.within_one) == (4, 0.25, 1.0, 0.5)
    assert (learner.reviewed, learner.reviewers) == (1, 2)
    assert pd.isna(learner.kappa)  # four pairs are too few


@pytest.mark.parametrize(("days", "stands"), [(1, True), (31, False)])
def test_a_gate_stands_for_thirty_days(empty, days, stands):
    pass_gate(empty, days)
    frames = framed(empty)
    assert frames.gates[["marks", "passed", "stands"]].values.tolist() == [[24, True, stands]]
    (learner,) = frames.learners.itertuples()
    assert learner.calibrated == stands
    assert learner.gate_at == pd.Timestamp(NOW) - pd.Timedelta(days=days)


def test_only_what_was_rated_while_the_gate_stood_is_calibrated(empty):
    pass_gate(empty, days=10)
    answers = [
        attempt(number, f"SCN-GEN-90{number}", "risk_issue", submitted_at=NOW - pd.Timedelta(days=days))
        for number, days in enumerate((12, 8, 5))
    ]
    store(
        empty,
        [*answers, *(rating(one, (3, 3, 3, 3)) for one in answers[:2]), review(answers[2], (3, 3, 3, 3))],
    )
    found = framed(empty).attempts["calibrated_at"]
    assert found.isna().tolist() == [True, False, True]  # too early; then; not rated by oneself


def test_readiness_is_told_for_each_competency_and_for_the_target(empty):
    practise_well(empty)
    frames = framed(empty)
    assert len(frames.readiness) == len(COMPETENCIES)
    (learner,) = frames.learners.itertuples()
    assert learner.level == "senior"
    assert learner.ready == frames.readiness["ready"].sum()
    assert learner.sentence
    ready = frames.readiness[frames.readiness["ready"]]
    assert ready["chance"].ge(0.8).all()
    assert ready["questions"].ge(2).all()


def test_signals_are_counted_for_each_attempt(frames):
    found = frames.signals.set_index("attempt_id")
    assert found.loc["a0", "words"] == 6
    assert found.loc["a0", "points"] > 0
    assert pd.isna(found.loc["a2", "points"])  # another version of the question
