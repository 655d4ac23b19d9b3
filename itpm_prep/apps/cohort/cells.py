"""How numbers, shares and days of a frame are told in a cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from math import isnan
from typing import TYPE_CHECKING, Any

from itpm_prep.widgets.table import Cell

if TYPE_CHECKING:
    import pandas as pd

NAMELESS = "No name"
ID_SHOWN = 6
"""Characters of an id that tell two learners of one name apart."""


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples; their fields are those of the frame, which no checker knows."""
    return frame.itertuples()


def share(value: float) -> Cell:
    """A share of 0 to 1 as a percentage."""
    return None if isnan(value) else (round(value, 4), f"{value * 100:.0f} %")


def number(value: float, digits: int = 2) -> Cell:
    """A number, none where nothing is known."""
    return None if isnan(value) else round(value, digits)


def signed(value: float, count: float) -> Cell:
    """A difference with the number of pairs it stands on."""
    return None if isnan(value) else (round(value, 3), f"{value:+.1f} (n {count:.0f})")


def with_n(value: float, count: float) -> Cell:
    """A number with the number of pairs it stands on."""
    return None if isnan(value) else (round(value, 3), f"{value:.2f} (n {count:.0f})")


def day(moment: pd.Timestamp, now: datetime) -> Cell:
    """A day in the time zone of ``now``; it sorts by its moment."""
    if moment != moment:  # NaT alone differs from itself
        return None
    local = moment.tz_convert(now.tzinfo)
    return int(moment.timestamp()), f"{local.day} {local:%b %Y}"
