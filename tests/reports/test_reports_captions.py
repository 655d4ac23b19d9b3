from __future__ import annotations

from types import SimpleNamespace

from framed import NOW, framed, one_answer
from practised import START

from itpm_prep.reports import captions, words


def test_the_headline_counts_answers_questions_skips_and_reviews(frames):
    told = captions.headline(frames, NOW)
    assert told == (
        "6 answers to 3 questions, 1 skipped, 1 written again, 1 reviewed by 1 reviewer, "
        "from 3 November to 10 November."
    )


def test_one_answer_on_one_day_is_told_in_the_singular(empty):
    assert captions.headline(one_answer(empty), NOW) == "1 answer to 1 question, on 4 November."


def test_what_is_too_thin_is_named_with_what_it_takes(frames):
    assert captions.too_thin(frames) == [
        "1 answer without scores: counted, but part of no mean.",
        "Behavioral: scored on one question only. A mean is shown from 2 different questions.",
    ]


def test_below_four_scored_answers_no_trend_is_promised(empty):
    frames = one_answer(empty)
    told = captions.too_thin(frames)
    assert told[-1] == "The trend is shown from 4 scored answers; you have 1."
    assert not captions.has_trend(frames)


def test_the_next_step_names_the_categories_left_out(frames):
    assert captions.next_step(frames) == (
        "Not practised yet: Technical, Leadership and Change. Choose from these for your next interview."
    )


def test_the_next_step_names_the_least_practised_when_none_was_left_out(frames):
    by = frames.categories.assign(answers=[3, 1, 2, 2, 2])
    one = SimpleNamespace(categories=by)
    assert captions.next_step(one) == "Least practised: Technical. Choose it for your next interview."
    even = SimpleNamespace(categories=by.assign(answers=2))
    assert "all five categories equally" in captions.next_step(even)


def test_each_chart_is_told_in_a_sentence(frames):
    assert captions.trend_caption(frames) == (
        "5 scored answers in the order given. Lowest 1.5, highest 4.0. The line is the mean of the last 4: "
        "from 2.6 at first to 2.9 now; 3 meets the bar."
    )
    assert captions.profile_caption(frames) == (
        "Highest: Diagnosis, 2.8 (n = 4); lowest: Plan and control, 2.2 (n = 4). Means of scores from 1 to 5."
    )
    assert captions.balance_caption(frames).startswith("Behavioral 1 answered, 0 skipped; Technical 0")


def test_own_scores_are_set_against_the_reviewers_with_their_number(frames):
    assert captions.against_caption(frames) == (
        "Over all criteria: strong overrating by 1.5 (n = 4); on average 1.5 apart, 75% at most 1 apart. "
        "Circles are your means, squares the reviewers'."
    )


def test_the_criteria_furthest_from_the_reviewers_come_first(frames):
    assert captions.paired(frames)["criterion"].tolist()[0] == "PLN"


def test_what_is_ready_is_named_below_the_chart_of_competencies(strong):
    told = captions.standings_caption(strong)
    assert told.startswith("Ready in ")
    assert "A filled square is ready, an open circle not yet; 3, the tick on each row, meets the bar." in told


def test_before_a_gate_or_three_reviews_nothing_is_said_of_a_competency(frames):
    assert captions.standings_caption(frames) == "Nothing can be said of any competency yet."


def test_an_empty_record_has_captions_too(empty):
    frames = framed(empty)
    assert captions.trend_caption(frames) == "The trend is shown from 4 scored answers; you have 0."
    assert "from 2 different questions" in captions.profile_caption(frames)
    assert "by you and by a reviewer yet" in captions.against_caption(frames)


def test_a_day_of_another_year_carries_its_year():
    assert words.day(START, NOW) == "3 November"
    assert words.day(START.replace(year=2025), NOW) == "3 November 2025"


def test_lists_and_missing_scores_read_well():
    assert words.join(["a"]) == "a"
    assert words.join(["a", "b", "c"]) == "a, b and c"
    assert words.score(float("nan")) == "\N{EN DASH}"
    assert words.score(3.25) == "3.2"
