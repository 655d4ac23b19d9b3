"""Paths and limits, in one place.

``ITPM_PREP_HOME`` moves the learner's data, ``ITPM_PREP_BANK`` points at another question bank.
"""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def _shared(name: str) -> Path:
    """A top-level folder: in the checkout beside the package, in a wheel inside it."""
    packed = PACKAGE / "_share" / name
    return packed if packed.is_dir() else CHECKOUT / name


def bank_dir() -> Path:
    """The folder of the question bank."""
    chosen = os.environ.get("ITPM_PREP_BANK")
    return Path(chosen).expanduser() if chosen else _shared("question_bank")


def notebooks_dir() -> Path:
    """The folder of the app notebooks."""
    return _shared("notebooks")


def is_checkout() -> bool:
    """Whether the package runs from its source checkout."""
    return not (PACKAGE / "_share").is_dir()


def home() -> Path:
    """The folder that holds everything a learner has written."""
    chosen = os.environ.get("ITPM_PREP_HOME")
    return Path(chosen).expanduser() if chosen else user_data_path("itpm_prep", appauthor=False)


def database() -> Path:
    """The learner's SQLite file."""
    return home() / "practice.sqlite3"


def cache_dir() -> Path:
    """The folder of compiled banks; losing it loses nothing."""
    chosen = os.environ.get("ITPM_PREP_HOME")
    return Path(chosen).expanduser() / "cache" if chosen else user_cache_path("itpm_prep", appauthor=False)


def log_file() -> Path:
    """Where faults of the apps are written down; never what a person typed."""
    return home() / "itpm_prep.log"
