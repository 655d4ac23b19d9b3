"""Plotly figures in a notebook, offline and in the colours of the theme.

``plotly.FigureWidget`` sends plotly.js (about 5 MB) to the browser once for each figure and knows one
set of colours. This widget sends it once for all figures of a page and redraws when the theme changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import anywidget
import plotly.graph_objects as go
import traitlets
from msgspec import Struct
from plotly.offline import get_plotlyjs

from itpm_prep.reports.charts import DARK, LIGHT, Inks


class Chart(Struct, frozen=True):
    """One chart: how to draw it in given inks, what it says in words, and its table as safe HTML."""

    title: str
    caption: str
    table: str
    draw: Callable[[Inks], go.Figure]


class Charts(anywidget.AnyWidget):
    """Charts one below the other, each with heading, caption and table."""

    _esm = (Path(__file__).parent / "drawing.js").read_text(encoding="utf-8")
    plotly = traitlets.Unicode().tag(sync=True)
    charts = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, charts: Iterable[Chart]) -> None:
        super().__init__(plotly=get_plotlyjs(), charts=[_drawn(chart) for chart in charts])


def _drawn(chart: Chart) -> dict[str, str]:
    return {
        "title": chart.title,
        "caption": chart.caption,
        "table": chart.table,
        "light": chart.draw(LIGHT).to_json(),
        "dark": chart.draw(DARK).to_json(),
    }
