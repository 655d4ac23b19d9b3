"""The levels that a question also serves."""

from __future__ import annotations

from collections.abc import Iterator

from itpm_prep.bank.rules.case import Case, Fault
from itpm_prep.bank.types import LEVELS


def check(case: Case) -> Iterator[Fault]:
    """Each level in level_also is the one just below or just above the level."""
    own = LEVELS.index(case.question.level)
    near = [level for place, level in enumerate(LEVELS) if abs(place - own) == 1]
    for place, level in enumerate(case.question.level_also):
        if level not in near:
            yield Fault(f"level_also[{place}]", level, f"be {' or '.join(near)}")
