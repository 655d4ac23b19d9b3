from __future__ import annotations

from datetime import UTC, datetime

import pytest
from practised import START, attempt, rating, store

from itpm_prep.reports import captions, words
from itpm_prep.reports.frames import Progress, progress_frames

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def frames(full, bank) -> Progress:
    return progress_frames(full, bank)


def one_answer(record, scores=(3, 3, 3, 3)) -> Progress:
    answer = attempt(1, "SCN-GEN-902", "risk_issue")
    store(record, [answer, rating(answer, scores)])
    return progress_frames(record)


def test_the_headline_counts_answers_questions_skips_and_reviews(frames):
    told = captions.headline(frames, NOW)
    assert told == (
        "6 answers to 3 questions, 1 skipped, 1 written again, 1 reviewed, from 3 November to 10 November."
    )


def test_one_answer_on_one_day_is_told_in_the_singular(empty):
    assert captions.headline(one_answer(empty), NOW) == "1 answer to 1 question, on 4 November."


def test_what_is_too_thin_is_named_with_what_it_takes(frames):
    assert captions.too_thin(frames) == [
        "1 answer without scores: counted, but part of no mean.",
        "Behavioral: scored on one question only. A mean is shown from 2 different questions.",
    ]


def test_below_four_scored_answers_no_line_is_promised(empty):
    told = captions.too_thin(one_answer(empty))
    assert "No line is drawn through your scores yet" in told[-1]
    assert "you have at most 1" in told[-1]


def test_the_next_step_names_the_categories_left_out(frames):
    assert captions.next_step(frames) == (
        "Not practised yet: Technical, Leadership and Change. Choose from these for your next interview."
    )


def test_the_next_step_names_the_least_practised_when_none_was_left_out(frames):
    by = frames.by_category.assign(answers=[3, 1, 2, 2, 2])
    one = Progress(**{**frames.tables(), "by_category": by})
    assert captions.next_step(one) == "Least practised: Technical. Choose it for your next interview."
    even = Progress(**{**frames.tables(), "by_category": by.assign(answers=2)})
    assert "all five categories equally" in captions.next_step(even)


def test_each_chart_is_told_in_a_sentence(frames):
    assert captions.history_caption(frames, NOW) == (
        "5 scored answers in the order given. Lowest 1.5, highest 4.0, latest 4.0 on 8 November. "
        "Points are joined from 4 answers in a category; 3 meets the bar."
    )
    assert captions.profile_caption(frames) == (
        "Highest: Diagnosis, 2.8 (n = 4); lowest: Plan and control, 2.2 (n = 4). Means of scores from 1 to 5."
    )
    assert captions.balance_caption(frames).startswith("Behavioral 1 answered, 0 skipped; Technical 0")


def test_an_empty_record_has_captions_too(empty):
    progress = progress_frames(empty)
    assert captions.history_caption(progress, NOW) == "No answer has been scored yet."
    assert "from 2 different questions" in captions.profile_caption(progress)


def test_a_day_of_another_year_carries_its_year():
    assert words.day(START, NOW) == "3 November"
    assert words.day(START.replace(year=2025), NOW) == "3 November 2025"


def test_lists_and_missing_scores_read_well():
    assert words.join(["a"]) == "a"
    assert words.join(["a", "b", "c"]) == "a, b and c"
    assert words.score(float("nan")) == "\N{EN DASH}"
    assert words.score(3.25) == "3.2"
