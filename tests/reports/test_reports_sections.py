"""The parts of the report: tables, bars, and the list of answers."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from xml.etree.ElementTree import Element

from elements import classed, read, said
from framed import NOW, framed, one_answer
from hypothesis import given, settings
from hypothesis import strategies as st
from practised import KEYED, START, attempt, rating, store

from itpm_prep.practice.records import Calibration, KeyedMark
from itpm_prep.reports import sections, sketch
from itpm_prep.reports.nodes import folded, node, table

STORY, OTHER, THIRD = "BEH-GEN-001", "SCN-GEN-902", "SCN-GEN-903"


def cells(element: Element) -> list[list[str]]:
    """The rows of a table, its head first."""
    return [[said(cell) for cell in row] for row in element.iter("tr")]


# The head -----------------------------------------------------------------------------------------


def test_the_mean_of_all_scored_answers_tells_its_number_and_that_some_were_reviewed(frames):
    words = said(sections.head(frames, NOW))
    assert words.startswith("2.9mean of 5 scored answers on a scale of 1 to 5, partly reviewed")


def test_scores_of_the_learner_alone_are_called_not_yet_calibrated(empty):
    facts = [attempt(1, OTHER, "risk_issue"), attempt(2, THIRD, "risk_issue")]
    store(empty, facts + [rating(one, (3, 3, 3, 3)) for one in facts])
    assert "3.0mean of 2 scored answers on a scale of 1 to 5, self-rated, not yet calibrated" in said(
        sections.head(framed(empty), NOW)
    )


def test_scores_given_while_a_gate_stood_are_called_calibrated_and_those_before_it_are_not(empty):
    facts = [attempt(1, OTHER, "risk_issue"), attempt(2, THIRD, "risk_issue")]
    store(empty, facts + [rating(one, (3, 3, 3, 3)) for one in facts])
    for days, told in ((1.5, "self-rated, 1 of 2 calibrated"), (0.5, "self-rated, calibrated on 4 November")):
        key = KeyedMark(
            question_id=OTHER, question_version=1, label="strong", criterion="DIA", chosen=3, key=3
        )
        gate = Calibration(id=f"g{days}", rated_at=START + timedelta(days=days), marks=(key,))
        empty.calibrate(gate)
        frames = framed(empty)
        assert told in said(sections.head(frames, NOW))
        passed = frames.attempts["calibrated_at"].dropna()
        assert passed.iloc[-1] == START + timedelta(days=1.5)


def test_one_question_gives_no_mean_but_its_counts(empty):
    head = sections.head(one_answer(empty), NOW)
    assert classed(head, "big") == []
    assert said(head) == "1 answer to 1 question, on 4 November."


def test_what_is_too_thin_is_listed_before_the_next_step(frames):
    thin = sections.thin(frames)
    assert len(list(thin.iter("li"))) == 2
    assert said(thin).index("Too little to show yet") < said(thin).index("Next: Not practised yet")


def test_the_thin_note_has_no_empty_list_when_everything_can_be_shown(empty):
    facts = []
    for number in range(8):
        answer = attempt(number, (OTHER, THIRD)[number % 2], "risk_issue")
        facts += [answer, rating(answer, (3, 3, 3, 3))]
    store(empty, facts)
    thin = sections.thin(framed(empty))
    assert list(thin.iter("ul")) == []
    assert said(thin).startswith("Next: ")


# Tables -------------------------------------------------------------------------------------------


def test_the_trend_table_numbers_each_scored_answer_oldest_first(frames, bank):
    head, *rows = cells(sections.trend_table(frames, NOW))
    assert head == ["No.", "Day", "Question", "Category", "Score", "Mean of the last 4"]
    dash = "\N{EN DASH}"
    assert rows[0] == ["1", "3 November", bank.question(KEYED).title, "Scenario", "3.0", dash]
    assert rows[1] == ["2", "4 November", OTHER, "Scenario", "2.5", dash]  # the bank does not hold it
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[-1][3:] == ["Behavioral", "4.0", "2.9"]


def test_own_scores_stand_beside_the_reviewers_with_n_and_words(frames):
    head, first, *_ = cells(sections.against_table(frames))
    assert head[:2] == ["Criterion", "In words"]
    assert first == [
        "Plan and control", "strong overrating by 3.0 (n = 1)", "4.0", "1.0", "+3.0", "1", "0%"
    ]  # fmt: skip


def test_without_a_review_a_sentence_stands_in_place_of_the_table(empty):
    built = sections.against(one_answer(empty))
    assert said(built) == "No answer has been scored both by you and by a reviewer yet."


def test_a_mean_on_one_question_is_called_too_few_in_every_table(frames):
    rows = {row[0]: row for row in cells(sections.category_table(frames))}
    assert rows["Scenario"] == ["Scenario", "2.6", "1.5", "5", "4", "2", "1"]
    assert rows["Behavioral"][1:3] == ["too few", "4.0"]
    assert rows["Technical"][1:] == ["too few", "\N{EN DASH}", "0", "0", "0", "0"]
    criteria = {row[0]: row for row in cells(sections.profile_table(frames))}
    assert criteria["Diagnosis"] == ["Diagnosis", "2.8", "4", "2"]
    assert criteria["Learning"] == ["Learning", "too few", "1", "1"]


def test_the_competency_table_names_competencies_as_a_person_would(frames):
    assert [row[0] for row in cells(sections.competency_table(frames))] == [
        "Competency",
        "Cost and benefit",
        "Risk and issues",
        "Self-management",
    ]


def test_a_table_has_a_caption_and_heads_for_columns_and_rows(frames):
    seen = read(sections.category_table(frames))
    assert seen.all("caption") == ["Answers and scores by category"]
    assert seen.attributes.count(("scope", "row")) == 5
    assert seen.attributes.count(("scope", "col")) == 7
    assert ("tabindex", "0") in seen.attributes  # so that the keyboard can scroll it


def test_numbers_stand_at_the_right_and_words_at_the_left():
    built = table("T", ("No.", "Day", "Score"), [("1", "today", "3.0")], words=2)
    assert [one.get("class") for one in built.iter("td")] == [None, "number"]
    assert [one.get("class") for one in built.iter("th")] == [None, None, "number", None]


# Bars ---------------------------------------------------------------------------------------------


def test_what_has_no_bar_is_named_with_what_it_lacks(empty):
    built = sections.criteria(one_answer(empty))
    assert classed(built, "bar") == []
    (told,) = (said(one) for one in built.iter("p"))
    assert told == (
        "One different question more before this is shown: "
        "Diagnosis, Options and decision, Communication and Plan and control."
    )


def test_a_full_bar_is_a_score_of_five(frames):
    bars = classed(sections.criteria(frames), "bar")
    assert {said(one).partition(" ")[0]: one.find(".//b").get("style") for one in bars} == {
        "Diagnosis": "width:55%",
        "Options": "width:55%",
        "Communication": "width:55%",
        "Plan": "width:45%",
    }


def test_the_category_with_most_answers_fills_its_bar_and_none_is_left_out(frames):
    bars = classed(sections.categories(frames), "bar")
    assert [said(one) for one in bars] == ["Behavioral1", "Technical0", "Scenario5", "Leadership0", "Change0"]
    assert [one.find(".//b").get("style") for one in bars][:3] == ["width:20%", "width:0%", "width:100%"]


def test_bars_are_for_the_eye_only_since_the_number_stands_beside_them(frames):
    tracks = classed(sections.categories(frames), "track")
    assert {one.get("aria-hidden") for one in tracks} == {"true"}


# An attempt in words ------------------------------------------------------------------------------


def test_the_score_of_an_attempt_says_whose_it_is(frames):
    told = [sections.worth(row) for row in frames.attempts.itertuples()]
    assert told == [
        "score 3.0", "reviewed 2.5, own score 4.0", "score 3.5", "score 1.5", "skipped", "score 4.0",
        "score 5.0", "not scored",
    ]  # fmt: skip


def test_a_review_is_kept_back_while_an_own_score_is_still_asked_for():
    row = SimpleNamespace(
        attempt_id="a1", outcome="answered", reviewers=1, self_q=float("nan"), reviewer_q=2.0
    )
    assert sections.worth(row, {"a1"}) == "reviewed; score it yourself to see the review"
    assert sections.worth(row) == "reviewed 2.0, not scored by yourself"


# The drawn trend   --------------------------------------------------------------------------------


def place(point: Element) -> tuple[float, float]:
    left, bottom = (part.partition(":")[2].rstrip("%") for part in point.get("style", "").split(";"))
    return float(left), float(bottom)


def test_each_scored_answer_is_a_point_further_right_and_higher_when_better(frames):
    points = classed(sketch.trend(frames, NOW), "point")
    across, up = zip(*map(place, points), strict=True)
    assert list(across) == sorted(set(across))
    assert [said(one) for one in points] == ["■", "■", "■", "■", "●"]
    order = sorted(range(5), key=lambda at: up[at])
    assert order == [3, 1, 0, 2, 4]  # scores 3.0, 2.5, 3.5, 1.5, 4.0


def test_a_score_stands_at_the_height_of_its_line(frames):
    drawn = sketch.trend(frames, NOW)
    (third,) = (one for one in classed(drawn, "level") if said(one) == "3")
    (bar,) = classed(drawn, "meets")
    point = classed(drawn, "point")[0]  # scored 3.0
    assert third.get("style") == bar.get("style") == point.get("style", "").partition(";")[2]


def test_a_line_runs_from_the_fourth_answer_on(frames):
    (line,) = sketch.trend(frames, NOW).iter("polyline")
    assert len(line.get("points", "").split()) == 2


def test_the_legend_holds_the_categories_drawn_and_no_other(frames):
    (legend,) = classed(sketch.trend(frames, NOW), "legend")
    assert said(legend) == "● Behavioral■ Scenario"


def test_the_chart_is_read_aloud_as_its_caption(frames):
    drawn = sketch.trend(frames, NOW)
    (plot,) = classed(drawn, "plot")
    assert plot.get("role") == "img"
    assert plot.get("aria-label") == said(drawn.find("figcaption"))


def test_the_days_at_both_ends_are_told(frames):
    (ends,) = classed(sketch.trend(frames, NOW), "ends")
    assert [said(one) for one in ends] == ["3 November", "8 November"]


def test_below_four_answers_a_sentence_stands_in_place_of_the_chart(empty):
    drawn = sketch.trend(one_answer(empty), NOW)
    assert (drawn.tag, said(drawn)) == ("p", "The trend is shown from 4 scored answers; you have 1.")


def test_four_answers_of_one_day_have_one_end(empty):
    facts = []
    for number in range(4):
        answer = attempt(number, f"SCN-GEN-90{number}", "risk_issue", submitted_at=START)
        facts += [answer, rating(answer, (3, 3, 3, 3))]
    store(empty, facts)
    drawn = sketch.trend(framed(empty), NOW)
    assert [said(one) for one in classed(drawn, "ends")[0]] == ["3 November"]


def test_each_category_has_a_glyph_of_its_own():
    assert len(set(sketch.GLYPHS.values())) == 5


# Trees --------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@settings(deadline=None)
@given(st.lists(WORDS, max_size=4))
def test_words_among_elements_keep_their_order_and_stay_words(words):
    children = [child for each in words for child in (each, node("b", each))]
    seen = read(node("p", *children))
    assert seen.words == "".join(each * 2 for each in words)
    assert seen.tags == ["p"] + ["b"] * len(words)


@settings(deadline=None)
@given(WORDS)
def test_words_in_an_attribute_stay_in_it(words):
    seen = read(node("p", aria_label=words, class_="x"))
    assert seen.attributes == [("aria-label", words), ("class", "x")]


def test_something_folded_is_open_only_when_told_to_be():
    assert folded("a", "b", unfolded=False).get("open") is None
    assert folded("a", "b", unfolded=True).get("open") == "open"
