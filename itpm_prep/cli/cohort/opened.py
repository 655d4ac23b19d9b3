"""The class that the commands work on, and how they speak."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from itpm_prep import settings
from itpm_prep.problems import PersonError, StoreError
from itpm_prep.store.cohort import Cohort

if TYPE_CHECKING:
    from itpm_prep.reports.frames import Frames

FILE = click.Path(path_type=Path, dir_okay=False)
READ = click.Path(path_type=Path, dir_okay=False, exists=True)
FOLDER = click.Path(path_type=Path, file_okay=False)
FORCE = click.option("--force", is_flag=True, help="Replace files that exist.")


def existing() -> Path:
    """Where the class is kept; raises ``StoreError`` while nobody has handed in."""
    path = settings.cohort_database()
    if not path.exists():
        raise StoreError("Nobody has handed in yet. Merge bundles with: itpm-prep cohort merge FOLDER")
    return path


def frames_of_class(opened: Cohort) -> Frames:
    """The frames as of now, with titles where the bank can be read."""
    # pandas takes a second to import: only the commands that need it wait for it
    from itpm_prep.bank.compiled import load_bank
    from itpm_prep.problems import BankError
    from itpm_prep.reports.frames import frames_of
    from itpm_prep.reports.source import source_of_cohort

    try:
        bank = load_bank()
    except BankError:
        bank = None
    return frames_of(source_of_cohort(opened), bank, now())


def now() -> datetime:
    """The time, in the zone of this machine."""
    return datetime.now(UTC).astimezone()


def find(opened: Cohort, learner: str) -> str:
    """The id of a learner by name or beginning of the id; raises ``PersonError``."""
    from itpm_prep.reports.one_learner import find_learner

    return find_learner([(one.id, one.name) for one in opened.learners()], learner)


def refuse(paths: Iterable[Path], *, force: bool) -> None:
    """End before anything is written when a file exists and may not be replaced."""
    standing = [str(path) for path in paths if path.exists()]
    if standing and not force:
        raise PersonError(
            f"{', '.join(standing)} exists. Choose another place, or add --force to replace it."
        )


def read(path: Path) -> bytes:
    """What is in a file; raises ``PersonError`` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise PersonError(f"{path} cannot be read: {fault.strerror}.") from fault


def say(words: str) -> None:
    """Print a line."""
    click.echo(plain(words))


def plain(words: str) -> str:
    """Text for a terminal: what was handed in may hold characters that would steer it; they are shown."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in words)


def say_written(paths: Iterable[Path]) -> None:
    """Name the files that were written."""
    for path in paths:
        say(f"Written: {path.resolve()}")
