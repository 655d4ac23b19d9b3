"""The trend of the printed page: markup and SVG that need no script."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from itpm_prep.bank.names import CATEGORY_NAMES
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.reports.captions import has_trend, scored_answers, trend_caption
from itpm_prep.reports.columns import rows_of
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.nodes import node
from itpm_prep.reports.words import day

GLYPHS = {"behavioral": "●", "technical": "▲", "scenario": "■", "leadership": "◆", "change": "✚"}
"""The shapes of the app's chart, as characters that print without background colours."""


def trend(frames: Frames, now: datetime) -> Element:
    """Points in a box whose sides are the scores 1 to 5 and the order of the answers; a line for the mean."""
    caption = trend_caption(frames)
    if not has_trend(frames):
        return node("p", caption, class_="quiet")
    scored = scored_answers(frames)
    levels = [
        node("span", str(level), class_="level", style=f"bottom:{_up(level):.2f}%") for level in range(1, 6)
    ]
    grid = [node("i", class_=_kind(level), style=f"bottom:{_up(level):.2f}%") for level in range(1, 6)]
    points = [_point(row, len(scored)) for row in rows_of(scored)]
    line = _line(scored)
    drawn = node("svg", line, viewBox="0 0 100 100", preserveAspectRatio="none", aria_hidden="true")
    plot = node("div", *grid, *levels, drawn, *points, class_="plot", role="img", aria_label=caption)
    return node("figure", _legend(scored), plot, _ends(scored, now), node("figcaption", caption))


def _kind(level: int) -> str:
    return "grid meets" if level == 3 else "grid"


def _up(value: float) -> float:
    return 4 + (value - 1) / 4 * 92


def _across(index: int, number: int) -> float:
    return 3 + (index + 0.5) / number * 94


def _line(scored: pd.DataFrame) -> Element:
    """The mean of the last answers, from the first for which there are enough."""
    means = scored["trend"].dropna()
    points = " ".join(
        f"{_across(int(i), len(scored)):.2f},{100 - _up(mean):.2f}"
        for i, mean in zip(means.index, means, strict=True)
    )
    return node("polyline", points=points)


def _point(row: Any, number: int) -> Element:
    place = f"left:{_across(row.Index, number):.2f}%;bottom:{_up(row.q):.2f}%"
    return node("span", GLYPHS[row.category], class_=f"point {row.category}", style=place)


def _legend(scored: pd.DataFrame) -> Element:
    met = set(scored["category"])
    items = [
        node("span", node("span", GLYPHS[c], class_=f"glyph {c}"), f" {CATEGORY_NAMES[c]}")
        for c in CATEGORIES
        if c in met
    ]
    return node("p", *items, class_="row legend")


def _ends(scored: pd.DataFrame, now: datetime) -> Element:
    first, last = (day(scored["submitted_at"].iloc[end], now) for end in (0, -1))
    ends = [first] if first == last else [first, last]
    return node("p", *(node("span", end) for end in ends), class_="row apart quiet ends")
