"""The record's file and folder: made owner-only, checked, copied beside, removed."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from itpm_prep import settings
from itpm_prep.problems import NotSaved, StoreError

ELSEWHERE = "or set ITPM_PREP_HOME to a folder of your own"
SIDE_FILES = ("-journal", "-wal", "-shm")


def reason(error: OSError) -> str:
    """The system's own words for a fault, such as "Permission denied"."""
    return error.strerror or type(error).__name__


def prepare(path: Path) -> None:
    """Make the folder (0700) and an empty file (0600) where they are missing, and check both.

    An existing file is tightened to 0600. An existing folder is tightened only when it is the
    learner's own (``settings.home()``) and not shared: any other folder may hold more than ours.
    Raises ``StoreError`` when the record cannot stand there or belongs to someone else.
    """
    _make_folder(path.parent)
    try:
        make_private(path)
    except FileExistsError:
        _check_file(path)
    except OSError as error:
        raise StoreError(
            f"The record {path} cannot be made: {reason(error)}. "
            f"Let yourself write to {path.parent}, {ELSEWHERE}."
        ) from error


def make_private(path: Path) -> None:
    """An empty file for the owner only; ``FileExistsError`` when there is one already."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        if not folder.is_dir():
            raise StoreError(f"{folder} is a file, not a folder: move it away, {ELSEWHERE}.") from None
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be made: {reason(error)}. Make it yourself, {ELSEWHERE}."
        ) from error
    else:
        return
    if folder == settings.home() and not folder.stat().st_mode & stat.S_ISVTX:
        _tighten(folder, 0o700)


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise StoreError(
            f"{path} is not a file, so the record cannot be kept there: move it away, {ELSEWHERE}."
        )
    check_owner(path)
    _tighten(path, 0o600)


def check_owner(path: Path) -> None:
    """``StoreError`` when the file belongs to another user (where users exist)."""
    if sys.platform != "win32":
        owner, me = path.stat().st_uid, os.geteuid()
        if owner != me:
            raise StoreError(
                f"The record {path} belongs to another user (number {owner}, you are {me}). "
                f"Start the program as that user, take it over with: sudo chown {me} '{path}', {ELSEWHERE}."
            )


def _tighten(path: Path, mode: int) -> None:
    if os.name != "posix" or not stat.S_IMODE(path.stat().st_mode) & ~mode:
        return
    try:
        path.chmod(mode)
    except OSError:
        # A read-only disk, or a folder of someone else's: the record can still be read.
        # ``itpm-prep data where`` shows the permissions as they are.
        return


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A private file to write to, which takes the name ``path`` only when the block succeeds.

    Raises ``NotSaved`` when there is a file of that name or it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        if path.exists():
            raise NotSaved(f"{path} exists already: choose another name.")
        part.unlink(missing_ok=True)
        make_private(part)
        yield part
        part.replace(path)
    except OSError as error:
        raise NotSaved(f"{path} cannot be written: {reason(error)}. Choose another place.") from error
    finally:
        with suppress(OSError):
            part.unlink()


def copy_name(path: Path, now: datetime, why: str = "") -> Path:
    """Where a copy made at ``now`` goes: beside the record, with the UTC time in its name."""
    stem = f"{path.stem}.backup-{now:%Y%m%dT%H%M%SZ}{why}"
    name, count = path.with_name(stem + path.suffix), 1
    while name.exists():
        count += 1
        name = path.with_name(f"{stem}-{count}{path.suffix}")
    return name


def copies(path: Path) -> list[Path]:
    """The copies that lie beside the record, oldest first."""
    return sorted(path.parent.glob(f"{path.stem}.backup-*{path.suffix}"))


def remove(path: Path) -> list[Path]:
    """Delete the record and SQLite's side files, and say which there were. Copies stay."""
    # Side files too: a journal left behind would be rolled into the next record of that name.
    removed = []
    for name in (path, *(path.with_name(path.name + side) for side in SIDE_FILES)):
        try:
            name.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StoreError(f"{name} cannot be deleted: {reason(error)}.") from error
        removed.append(name)
    return removed
