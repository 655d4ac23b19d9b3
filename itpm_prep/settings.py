"""Paths and limits, in one place.

``ITPM_PREP_HOME`` moves the learner's data. ``ITPM_PREP_BANK`` names folders of questions to use beside the
shipped bank; ``ITPM_PREP_BASE_BANK`` names one to use in its place.
"""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
RECORDING_SECONDS, RECORDING_BYTES = 600, 50_000_000  # where a recording of an answer ends


def _shared(name: str) -> Path:
    """A top-level folder: in the checkout beside the package, in a wheel inside it."""
    packed = PACKAGE / "_share" / name
    return packed if packed.is_dir() else CHECKOUT / name


def bank_dir() -> Path:
    """The folder of the question bank, without the packs beside it."""
    chosen = os.environ.get("ITPM_PREP_BASE_BANK")
    return Path(chosen).expanduser() if chosen else _shared("question_bank")


def bank_is_own() -> bool:
    """Whether that folder is the person's to edit: a checkout's, or one they named; an update keeps it."""
    return is_checkout() or bool(os.environ.get("ITPM_PREP_BASE_BANK"))


def packs_dir() -> Path:
    """Where packs of questions are kept that came by ``itpm-prep bank import --pack``."""
    return home() / "packs"


def pack_dirs() -> list[Path]:
    """The folders of questions used beside the bank: those named, then those kept, by name."""
    named = os.environ.get("ITPM_PREP_BANK", "").split(os.pathsep)
    try:
        kept = sorted(path for path in packs_dir().iterdir() if path.is_dir() and path.name[0] != ".")
    except OSError:  # not there, or not ours to read
        kept = []
    return [*(Path(name).expanduser() for name in named if name.strip()), *kept]


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


def cohort_database() -> Path:
    """The instructor's SQLite file of what learners handed in."""
    return home() / "cohort.sqlite3"


def recordings_dir() -> Path:
    """The folder of the recordings that a learner saved."""
    return home() / "recordings"


def cache_dir() -> Path:
    """The folder of compiled banks; losing it loses nothing."""
    chosen = os.environ.get("ITPM_PREP_HOME")
    return Path(chosen).expanduser() / "cache" if chosen else user_cache_path("itpm_prep", appauthor=False)


def log_file() -> Path:
    """Where faults of the apps are written down; never what a person typed."""
    return home() / "itpm_prep.log"
