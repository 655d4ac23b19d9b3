"""What a post asks for: the share of each competency in the bank's blueprint."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from itpm_prep.bank.targets import COMPETENCIES_BY_BOTH
from itpm_prep.bank.types import COMPETENCIES, LEVELS


def shares(level: str, competencies: Sequence[str] = COMPETENCIES) -> NDArray[np.float64]:
    """The share of each competency among the questions that the full bank is to hold at a level.

    Over all competencies the shares sum to 1. ``ValueError`` for an unknown level.
    """
    if level not in LEVELS:
        raise ValueError(f"no such level: {level}")
    column = LEVELS.index(level)
    whole = sum(by_level[column] for _, by_level in COMPETENCIES_BY_BOTH.values())
    return np.array([COMPETENCIES_BY_BOTH[name][1][column] / whole for name in competencies])
