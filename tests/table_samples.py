"""A table of learners, as long as it is wanted."""

from __future__ import annotations

from typing import Any

from itpm_prep.widgets.table import Column, Line, Table

COLUMNS = (
    Column("name", "Learner"),
    Column("level", "Level", choose=True),
    Column("answers", "Answers", number=True),
    Column("theta", "Readiness", number=True, digits=1, heat=(1, 5)),
    Column("seen", "Last answer", number=True),
)
LEVELS = ("mid", "senior", "director")


def nobody(_: str) -> None:
    """Nobody opens a row."""


def line(number: int, name: str = "") -> Line:
    """Learner ``number``: every tenth has no readiness."""
    theta = None if number % 10 == 0 else 1 + number % 40 / 10
    cells = (name or f"Learner {number}", LEVELS[number % 3], number, theta, (number, f"day {number}"))
    return Line(f"k{number}", cells)


def table(count: int = 100, **changes: Any) -> Table:
    """A table of so many learners."""
    return Table("Learners", COLUMNS, map(line, range(count)), "learners", **{"on_open": nobody, **changes})
