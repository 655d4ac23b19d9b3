"""The charts of the progress app: plotly figures without paper of their own, one set of inks per theme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from msgspec import Struct

from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.reports.captions import OF_A_TREND, paired, scored_answers, standings
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.model.agreement import bias_words
from itpm_prep.reports.model.constants import BAR
from itpm_prep.reports.model.sentences import chance_words
from itpm_prep.reports.sections import title_of
from itpm_prep.reports.words import day, score

SYMBOLS = {
    "behavioral": "circle",
    "technical": "triangle-up",
    "scenario": "square",
    "leadership": "diamond",
    "change": "cross",
}
"""A shape for each category, so that colour is never the only difference."""

MOST_DAYS = 5
"""As many day labels as stand side by side in a column of 360 px."""


ROW = 44
"""Pixels for a row: its label, and its bar below."""


TALL_ROW = 62
"""The same with a label of two lines."""


class Inks(Struct, frozen=True):
    """The colours of one theme, as in the shared style sheet."""

    ink: str
    line: str
    accent: str
    categories: dict[str, str]


LIGHT = Inks(
    ink="#16191d",
    line="#dcdfe3",
    accent="#0b6e69",
    categories={
        "behavioral": "#3f4fa8",
        "technical": "#0b6e69",
        "scenario": "#8a4300",
        "leadership": "#8a2f7a",
        "change": "#3a6b1f",
    },
)
DARK = Inks(
    ink="#eceff2",
    line="#4a525b",
    accent="#5cc8c0",
    categories={
        "behavioral": "#a7b2ff",
        "technical": "#5cc8c0",
        "scenario": "#f0a860",
        "leadership": "#e39ad5",
        "change": "#a4d67f",
    },
)


def competencies(frames: Frames, inks: Inks = LIGHT) -> go.Figure:
    """Standing in each competency today with one standard deviation to each side, on the scale 1 to 5.

    What is ready is a filled square, what is not an open circle: colour is not the difference.
    """
    shown = standings(frames).iloc[::-1]
    figure = _figure(inks, height=80 + ROW * len(shown))
    ends = [(max(1.0, r.theta - r.sd), min(5.0, r.theta + r.sd)) for r in rows_of(shown)]
    symbols = ["square" if ready else "circle-open" for ready in shown["ready"]]
    figure.add_trace(
        go.Scatter(
            x=shown["theta"].tolist(),
            y=list(range(len(shown))),
            mode="markers",
            marker={"size": 12, "color": inks.accent, "symbol": symbols, "line": {"width": 2}},
            hoverinfo="skip",
        )
    )
    _label(figure, [_standing_label(r) for r in rows_of(shown)])
    _scale(figure, ends, inks)
    return figure


def _standing_label(row: Any) -> str:
    """Name, chance and number of answers in one line that a narrow column holds."""
    return f"{COMPETENCY_NAMES[row.competency]}: {chance_words(row.chance)} (n = {row.answers})"


def trend(frames: Frames, now: datetime, inks: Inks = LIGHT) -> go.Figure:
    """Question score of each scored answer in the order given, and the mean of the last four.

    A shape and a colour for each category; the line begins at the fourth answer.
    """
    scored = scored_answers(frames)
    figure = _figure(inks, height=340)
    for category in CATEGORIES:
        own = scored[scored["category"] == category]
        if len(own):
            figure.add_trace(_points(own, category, now, inks))
    figure.add_trace(
        go.Scatter(
            x=[index + 1 for index in scored.index],
            y=[None if pd.isna(mean) else mean for mean in scored["trend"]],
            name=f"Mean of the last {OF_A_TREND}",
            mode="lines",
            line={"color": inks.ink, "width": 2},
            hoverinfo="skip",
        )
    )
    bar = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": BAR, "y1": BAR}
    bar["line"] = {"color": inks.ink, "width": 1, "dash": "dot"}
    figure.update_yaxes(range=[0.8, 5.2], tickvals=[1, 2, 3, 4, 5], title="Score")
    figure.update_xaxes(
        range=[0.5, max(len(scored), OF_A_TREND) + 0.5], showgrid=False, title="Day", **_days(scored, now)
    )
    legend = {"orientation": "h", "y": 1.04, "yanchor": "bottom", "x": 0}
    figure.update_layout(shapes=[bar], showlegend=True, legend=legend)
    return figure


def _points(own: pd.DataFrame, category: str, now: datetime, inks: Inks) -> go.Scatter:
    hover = [
        f"{escape(title_of(row))}<br>{CATEGORY_NAMES[category]}, {day(row.submitted_at, now)}: {score(row.q)}"
        for row in rows_of(own)
    ]
    return go.Scatter(
        x=[index + 1 for index in own.index],
        y=own["q"].tolist(),
        name=CATEGORY_NAMES[category],
        mode="markers",
        marker={"symbol": SYMBOLS[category], "size": 11, "color": inks.categories[category]},
        hovertext=hover,
        hoverinfo="text",
    )


def _days(scored: pd.DataFrame, now: datetime) -> dict[str, list[int] | list[str]]:
    """Ticks at the first answer of each day, thinned to what fits."""
    days = scored["submitted_at"].map(
        lambda moment: moment.astimezone(now.tzinfo).strftime("%d %b").lstrip("0")
    )
    firsts = days[days != days.shift()]
    kept = firsts.iloc[:: -(-len(firsts) // MOST_DAYS) or 1]
    return {"tickvals": [index + 1 for index in kept.index], "ticktext": kept.tolist()}


def against(frames: Frames, inks: Inks = LIGHT) -> go.Figure:
    """Own mean and reviewers' mean of each criterion scored by both; the label tells n and the difference."""
    shown = paired(frames).iloc[::-1]
    figure = _figure(inks, height=120 + TALL_ROW * len(shown))
    for column, name, symbol in (("own", "you", "circle"), ("reviewers", "reviewers", "square-open")):
        figure.add_trace(
            go.Scatter(
                x=shown[column].tolist(),
                y=list(range(len(shown))),
                name=name,
                mode="markers",
                marker={"size": 12, "color": inks.accent, "symbol": symbol, "line": {"width": 2}},
                hoverinfo="skip",
            )
        )
    _label(figure, [f"{r.criterion_name}<br>{bias_words(r.bias, r.pairs)}" for r in rows_of(shown)], lines=2)
    _scale(figure, [(r.own, r.reviewers) for r in rows_of(shown)], inks)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0})
    return figure


def profile(frames: Frames, inks: Inks = LIGHT) -> go.Figure:
    """Mean score of each criterion that was scored on two questions or more, on the scale 1 to 5."""
    shown = frames.criteria[~frames.criteria["too_thin"]].iloc[::-1]
    figure = _figure(inks, height=80 + ROW * len(shown))
    figure.add_trace(
        go.Scatter(
            x=shown["mean_score"].tolist(),
            y=list(range(len(shown))),
            mode="markers",
            marker={"size": 12, "color": inks.accent},
            hoverinfo="skip",
        )
    )
    _label(figure, [f"{r.criterion_name}: {score(r.mean_score)} (n = {r.scored})" for r in rows_of(shown)])
    _scale(figure, [(1.0, mean) for mean in shown["mean_score"]], inks)
    return figure


def balance(frames: Frames, inks: Inks = LIGHT) -> go.Figure:
    """Answers and skips of each category; skips are hatched."""
    by = frames.categories.iloc[::-1]
    figure = _figure(inks, height=120 + ROW * len(by))
    for column, name, pattern in (("answers", "answered", ""), ("skipped", "skipped", "/")):
        figure.add_trace(
            go.Bar(
                x=by[column].tolist(),
                y=list(range(len(by))),
                orientation="h",
                width=0.3,
                name=name,
                marker={
                    "color": inks.accent,
                    "pattern": {"shape": pattern, "size": 6, "fillmode": "replace"},
                    "line": {"color": inks.accent, "width": 1},
                },
                hoverinfo="skip",
            )
        )
    _label(
        figure,
        [f"{CATEGORY_NAMES[r.category]}: {r.answers} answered, {r.skipped} skipped" for r in rows_of(by)],
    )
    most = int((by["answers"] + by["skipped"]).max())
    figure.update_xaxes(rangemode="tozero", dtick=max(1, -(-most // 5)), showgrid=False, title="Questions")
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )
    return figure


def _scale(figure: go.Figure, ends: Sequence[tuple[float, float]], inks: Inks) -> None:
    """The scale of 1 to 5 along the foot, and on each row a line between two points and a tick at the bar.

    A line down the whole chart would run through the labels.
    """
    look = {"color": inks.accent, "width": 2}
    lines = [
        {"type": "line", "x0": x0, "x1": x1, "y0": row, "y1": row, "line": look, "layer": "below"}
        for row, (x0, x1) in enumerate(ends)
    ]
    tick = {"type": "line", "x0": BAR, "x1": BAR, "line": {"color": inks.ink, "width": 2}, "layer": "below"}
    ticks = [{**tick, "y0": row - 0.16, "y1": row + 0.16} for row in range(len(ends))]
    # All at once: plotly looks through what it has at each one that is added.
    figure.update_layout(shapes=[*lines, *ticks])
    figure.update_xaxes(range=[0.95, 5.1], tickvals=[1, 2, 3, 4, 5], showgrid=False, title="Score, 1 to 5")


def _label(figure: go.Figure, labels: Sequence[str], lines: int = 1) -> None:
    """Write each row's label above it: beside it a narrow column would have no room for the bar."""
    look = {"x": 0, "xref": "paper", "xanchor": "left", "align": "left", "showarrow": False}
    shift = 7 + 9 * lines
    figure.update_layout(
        annotations=[{**look, "text": text, "y": row, "yshift": shift} for row, text in enumerate(labels)]
    )
    figure.update_yaxes(range=[-0.4, len(labels) - 0.2], showticklabels=False, showgrid=False, showline=False)


def _figure(inks: Inks, height: int) -> go.Figure:
    axis = {
        "gridcolor": inks.line,
        "linecolor": inks.line,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "ticks": "",
    }
    return go.Figure(
        layout={
            "template": None,
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"color": inks.ink, "size": 13, "family": "system-ui, sans-serif"},
            "xaxis": axis,
            "yaxis": axis,
            "showlegend": False,
            "dragmode": False,
        }
    )
