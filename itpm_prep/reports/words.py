"""How the reports say things: names for ids, counts, days, and the lines that stand on every report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from math import isnan

SELF = "self"
"""The rater of a learner's own scores."""

CAUTION = "This describes practice against this bank. It is not a chance of being hired."


def plain(identifier: str) -> str:
    """An id as words: ``point_again`` becomes ``Point again``."""
    return identifier.replace("_", " ").capitalize()


def count(number: int, noun: str) -> str:
    """``1 answer``, ``3 answers``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def score(value: float) -> str:
    """A score of 1 to 5 with one decimal, never a percentage; a dash where there is none."""
    return "\N{EN DASH}" if isnan(value) else f"{value:.1f}"


def day(moment: datetime, now: datetime) -> str:
    """The day in the time zone of ``now``, with the year when it is another one."""
    local = moment.astimezone(now.tzinfo)
    return f"{local.day} {local:%B}" if local.year == now.year else f"{local.day} {local:%B %Y}"


def join(items: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def names_of(learners: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Learner id to the name shown; those who share a name have the beginning of their id beside it."""
    chosen = {key: name.strip() or "No name" for key, name in learners}
    sharing = Counter(name.casefold() for name in chosen.values())
    return {
        key: name if sharing[name.casefold()] == 1 else f"{name} ({key[:6]})" for key, name in chosen.items()
    }
