from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial

import pytest

from itpm_prep.reports import charts
from itpm_prep.reports.drawing import Chart, Charts
from itpm_prep.reports.frames import Progress, progress_frames

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def frames(full, bank) -> Progress:
    return progress_frames(full, bank)


def test_the_history_holds_each_scored_answer_once_in_the_order_given(frames):
    traces = {trace.name: trace for trace in charts.history(frames, NOW).data}
    assert set(traces) == {"Behavioral", "Scenario"}
    assert list(traces["Scenario"].x) == [1, 2, 3, 4]
    assert list(traces["Scenario"].y) == [3.0, 2.5, 3.5, 1.5]
    assert list(traces["Behavioral"].x) == [5]


def test_points_are_joined_only_from_four_answers_in_a_category(frames):
    traces = {trace.name: trace for trace in charts.history(frames, NOW).data}
    assert traces["Scenario"].mode == "lines+markers"
    assert traces["Behavioral"].mode == "markers"


def test_categories_differ_in_shape_as_well_as_in_colour(frames):
    assert len(set(charts.SYMBOLS.values())) == 5
    for inks in (charts.LIGHT, charts.DARK):
        assert len(set(inks.categories.values())) == 5
        traces = charts.history(frames, NOW, inks).data
        assert {t.marker.symbol for t in traces} == {"circle", "square"}


def test_the_days_under_the_history_fit_a_narrow_column(frames):
    axis = charts.history(frames, NOW).layout.xaxis
    assert len(axis.ticktext) <= charts.MOST_DAYS
    assert axis.ticktext[0] == "3 Nov"


def test_the_profile_shows_means_with_n_and_leaves_thin_criteria_out(frames):
    figure = charts.profile(frames)
    labels = [a.text for a in figure.layout.annotations]
    assert labels == [
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


def test_charts_have_no_paper_of_their_own_so_that_the_theme_shows(frames):
    for figure in (charts.history(frames, NOW), charts.profile(frames), charts.balance(frames)):
        assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"
        assert figure.layout.font.color == charts.LIGHT.ink


def test_an_empty_record_can_be_drawn(empty):
    progress = progress_frames(empty)
    assert len(charts.history(progress, NOW).data) == 0
    assert list(charts.balance(progress).data[0].x) == [0] * 5
    assert list(charts.profile(progress).data[0].x) == []


def test_the_widget_carries_each_chart_in_both_themes_with_its_words(frames):
    chart = Chart("Balance", "In words.", "<table></table>", partial(charts.balance, frames))
    (sent,) = Charts([chart]).charts
    assert sent["caption"] == "In words."
    assert json.loads(sent["light"])["layout"]["font"]["color"] == charts.LIGHT.ink
    assert json.loads(sent["dark"])["layout"]["font"]["color"] == charts.DARK.ink
