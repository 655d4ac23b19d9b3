"""Practise interviews for IT project manager roles: offline, deterministic, honest.

``start()``, ``mock_interview()``, ``calibrate()``, ``story_bank()``, ``prepare()``, ``progress()``,
``question_bank()`` and ``cohort()`` draw an app in a notebook; ``progress()`` and ``cohort()`` also hold
the DataFrames; ``load_bank()`` gives the questions. Importing the package loads none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from itpm_prep.apps.calibrate import calibrate
    from itpm_prep.apps.cohort import cohort
    from itpm_prep.apps.mock_interview import mock_interview
    from itpm_prep.apps.prepare import prepare
    from itpm_prep.apps.progress import progress
    from itpm_prep.apps.question_bank import question_bank
    from itpm_prep.apps.start import start
    from itpm_prep.apps.story_bank import story_bank
    from itpm_prep.bank.compiled import load_bank

__all__ = [
    "calibrate",
    "cohort",
    "load_bank",
    "mock_interview",
    "prepare",
    "progress",
    "question_bank",
    "start",
    "story_bank",
]

_HOMES = {
    "calibrate": "itpm_prep.apps.calibrate",
    "cohort": "itpm_prep.apps.cohort",
    "load_bank": "itpm_prep.bank.compiled",
    "mock_interview": "itpm_prep.apps.mock_interview",
    "prepare": "itpm_prep.apps.prepare",
    "progress": "itpm_prep.apps.progress",
    "question_bank": "itpm_prep.apps.question_bank",
    "start": "itpm_prep.apps.start",
    "story_bank": "itpm_prep.apps.story_bank",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
