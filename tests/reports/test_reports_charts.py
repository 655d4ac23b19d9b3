from __future__ import annotations

import json
from functools import partial

import pytest
from framed import NOW, framed

from itpm_prep.bank.names import COMPETENCY_NAMES
from itpm_prep.reports import charts
from itpm_prep.reports.drawing import Chart, Charts


def texts(figure) -> list[str]:
    return [one.text for one in figure.layout.annotations]


def test_the_trend_holds_each_scored_answer_once_in_the_order_given(frames):
    traces = {trace.name: trace for trace in charts.trend(frames, NOW).data}
    assert set(traces) == {"Behavioral", "Scenario", "Mean of the last 4"}
    assert list(traces["Scenario"].x) == [1, 2, 3, 4]
    assert list(traces["Scenario"].y) == [3.0, 2.5, 3.5, 1.5]
    assert list(traces["Behavioral"].x) == [5]


def test_the_line_of_the_trend_begins_at_the_fourth_answer(frames):
    *points, line = charts.trend(frames, NOW).data
    assert {trace.mode for trace in points} == {"markers"}
    assert list(line.y) == [None, None, None, pytest.approx(2.625), pytest.approx(2.875)]


def test_categories_differ_in_shape_as_well_as_in_colour(frames):
    assert len(set(charts.SYMBOLS.values())) == 5
    for inks in (charts.LIGHT, charts.DARK):
        assert len(set(inks.categories.values())) == 5
        traces = charts.trend(frames, NOW, inks).data
        assert {t.marker.symbol for t in traces[:-1]} == {"circle", "square"}


def test_the_days_under_the_trend_fit_a_narrow_column(frames):
    axis = charts.trend(frames, NOW).layout.xaxis
    assert len(axis.ticktext) <= charts.MOST_DAYS
    assert axis.ticktext[0] == "3 Nov"


def test_the_profile_shows_means_with_n_and_leaves_thin_criteria_out(frames):
    figure = charts.profile(frames)
    assert texts(figure) == [
        "Plan and control: 2.2 (n = 4)",
        "Communication: 2.8 (n = 4)",
        "Options and decision: 2.8 (n = 4)",
        "Diagnosis: 2.8 (n = 4)",
    ]
    assert list(figure.data[0].x) == [2.25, 2.75, 2.75, 2.75]


def test_the_balance_shows_answers_and_skips_of_all_five_categories(frames):
    answered, skipped = charts.balance(frames).data
    assert list(reversed(answered.x)) == [1, 0, 5, 0, 0]
    assert list(reversed(skipped.x)) == [0, 0, 1, 0, 0]
    assert skipped.marker.pattern.shape == "/"


def test_the_competencies_tell_standing_spread_chance_and_number(strong):
    figure = charts.competencies(strong)
    practised = strong.readiness[strong.readiness["answers"] > 0]
    shown = practised.sort_values("share", ascending=False, kind="stable").iloc[::-1]
    assert list(figure.data[0].x) == shown["theta"].tolist()
    lines = [one for one in figure.layout.shapes if one.y0 == one.y1 and one.x0 != one.x1]
    spread = (shown["theta"] + shown["sd"]).clip(upper=5) - (shown["theta"] - shown["sd"]).clip(lower=1)
    assert [one.x1 - one.x0 for one in lines] == pytest.approx(spread.tolist())
    ticks = [one for one in figure.layout.shapes if one.x0 == one.x1]
    assert [(one.x0, one.y0 < row < one.y1) for row, one in enumerate(ticks)] == [(3.0, True)] * len(shown)
    said = [one for one in texts(figure) if one.startswith("Planning and schedule")]
    assert said[0].endswith("in 10 (n = 3)")


def test_what_is_ready_differs_in_shape_from_what_is_not(strong):
    figure = charts.competencies(strong)
    ready = set(strong.readiness.loc[strong.readiness["ready"], "competency"].map(COMPETENCY_NAMES))
    symbols = {
        text.partition(":")[0]: symbol
        for text, symbol in zip(texts(figure), figure.data[0].marker.symbol, strict=True)
    }
    assert {name for name, symbol in symbols.items() if symbol == "square"} == ready
    assert set(symbols.values()) == {"square", "circle-open"}


def test_own_and_reviewers_means_stand_on_one_line_with_n_and_words(frames):
    figure = charts.against(frames)
    own, reviewers = figure.data
    assert (own.name, own.marker.symbol) == ("you", "circle")
    assert (reviewers.name, reviewers.marker.symbol) == ("reviewers", "square-open")
    assert list(own.x) == [4.0] * 4
    assert sorted(reviewers.x) == [1.0, 3.0, 3.0, 3.0]
    assert "Plan and control<br>strong overrating by 3.0 (n = 1)" in texts(figure)


def test_every_axis_that_has_numbers_says_what_they_are(frames, strong):
    drawn = (
        charts.competencies(strong), charts.trend(frames, NOW), charts.profile(frames),
        charts.against(frames), charts.balance(frames),
    )  # fmt: skip
    for figure in drawn:
        assert figure.layout.xaxis.title.text


def test_charts_have_no_paper_of_their_own_so_that_the_theme_shows(frames):
    for figure in (charts.trend(frames, NOW), charts.against(frames), charts.balance(frames)):
        assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"
        assert figure.layout.font.color == charts.LIGHT.ink


def test_an_empty_record_can_be_drawn(empty):
    frames = framed(empty)
    assert [len(trace.x) for trace in charts.trend(frames, NOW).data] == [0]
    assert list(charts.balance(frames).data[0].x) == [0] * 5
    for draw in (charts.profile, charts.competencies, charts.against):
        assert list(draw(frames).data[0].x) == []


def test_the_widget_carries_each_chart_in_both_themes_with_its_words(frames):
    chart = Chart("Balance", "In words.", "<table></table>", partial(charts.balance, frames))
    (sent,) = Charts([chart]).charts
    assert sent["caption"] == "In words."
    assert json.loads(sent["light"])["layout"]["font"]["color"] == charts.LIGHT.ink
    assert json.loads(sent["dark"])["layout"]["font"]["color"] == charts.DARK.ink
