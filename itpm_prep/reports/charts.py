"""The charts of the progress app: plotly figures without paper of their own, one set of inks per theme."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import plotly.graph_objects as go
from msgspec import Struct

from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.reports.captions import scored_answers
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Progress
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


def history(progress: Progress, now: datetime, inks: Inks = LIGHT) -> go.Figure:
    """Question score of each scored answer in the order given, a shape and colour per category.

    The points of a category are joined once it has 4 scored answers.
    """
    scored = scored_answers(progress)
    enough = set(progress.by_category.loc[~progress.by_category["no_trend"], "category"])
    figure = _figure(inks, height=320)
    for category in CATEGORIES:
        own = scored[scored["category"] == category]
        if len(own):
            figure.add_trace(_points(own, category, now, inks, joined=category in enough))
    figure.add_hline(y=3, line={"color": inks.ink, "width": 1, "dash": "dot"})
    figure.update_yaxes(range=[0.8, 5.2], tickvals=[1, 2, 3, 4, 5], title="Score")
    figure.update_xaxes(range=[0.5, max(len(scored), 4) + 0.5], showgrid=False, **_days(scored, now))
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.04, "yanchor": "bottom", "x": 0})
    return figure


def _points(own: pd.DataFrame, category: str, now: datetime, inks: Inks, *, joined: bool) -> go.Scatter:
    colour = inks.categories[category]
    hover = [
        f"{title_of(row)}<br>{CATEGORY_NAMES[category]}, {day(row.submitted_at, now)}: {score(row.q)}"
        for row in rows_of(own)
    ]
    return go.Scatter(
        x=[index + 1 for index in own.index],
        y=own["q"].tolist(),
        name=CATEGORY_NAMES[category],
        mode="lines+markers" if joined else "markers",
        marker={"symbol": SYMBOLS[category], "size": 11, "color": colour},
        line={"color": colour, "width": 2},
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


def profile(progress: Progress, inks: Inks = LIGHT) -> go.Figure:
    """Mean score of each criterion that was scored on two questions or more, on the scale 1 to 5."""
    shown = progress.by_criterion[~progress.by_criterion["too_thin"]].iloc[::-1]
    rows = range(len(shown))
    figure = _figure(inks, height=60 + ROW * len(shown))
    for row, mean in zip(rows, shown["mean_score"], strict=True):
        figure.add_shape(type="line", x0=1, x1=mean, y0=row, y1=row, line={"color": inks.accent, "width": 2})
    figure.add_trace(
        go.Scatter(
            x=shown["mean_score"].tolist(),
            y=list(rows),
            mode="markers",
            marker={"size": 12, "color": inks.accent},
            hoverinfo="skip",
        )
    )
    _label(figure, [f"{r.criterion_name}: {score(r.mean_score)} (n = {r.scored})" for r in rows_of(shown)])
    figure.add_vline(x=3, line={"color": inks.ink, "width": 1, "dash": "dot"}, layer="below")
    figure.update_xaxes(range=[0.95, 5.1], tickvals=[1, 2, 3, 4, 5], showgrid=False)
    return figure


def balance(progress: Progress, inks: Inks = LIGHT) -> go.Figure:
    """Answers and skips of each category; skips are hatched."""
    by = progress.by_category.iloc[::-1]
    figure = _figure(inks, height=100 + ROW * len(by))
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
    figure.update_xaxes(rangemode="tozero", dtick=max(1, -(-most // 5)), showgrid=False)
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )
    return figure


def _label(figure: go.Figure, labels: list[str]) -> None:
    """Write each row's label above it: beside it a narrow column would have no room for the bar."""
    for row, label in enumerate(labels):
        figure.add_annotation(
            text=label, x=0, xref="paper", xanchor="left", y=row, yshift=16, showarrow=False, align="left"
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
