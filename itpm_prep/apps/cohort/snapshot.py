"""The tables of a class as they were last worked out, so that the roster stands there at once.

Readiness is worked out from every score of the class, and for some thousand learners that takes seconds.
The tables are kept beside the cohort, with what they were made of. They hold names: the file is as private
as the cohort itself, and each new one takes the place of the last.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from itpm_prep.apps.cohort.lists import Lists
from itpm_prep.widgets.cohort_tables import COLUMNS
from itpm_prep.widgets.table import Line

log = logging.getLogger("itpm_prep")
VERSION = 1


class Snapshot(Struct, frozen=True):
    """The tables, when they were made, and of what (``mark_of``)."""

    mark: str
    made_at: datetime
    rows: dict[str, list[tuple[str, list[Any]]]]

    def lists(self) -> Lists:
        """The lines of each table."""
        return {view: [_line(key, cells) for key, cells in self.rows[view]] for view in COLUMNS}


def _line(key: str, cells: list[Any]) -> Line:
    return Line(key, [(cell[0], cell[1]) if isinstance(cell, list) else cell for cell in cells])


def snapshot_of(lists: Lists, mark: str, now: datetime) -> Snapshot:
    """The tables made at ``now``."""
    return Snapshot(
        mark, now, {view: [(key, list(cells)) for key, cells in lines] for view, lines in lists.items()}
    )


def mark_of(database: Path, bank: str, now: datetime) -> str:
    """What the tables are made of: the cohort's file as it stands, the bank, the day, and this code."""
    stat = database.stat()
    return f"{VERSION} {stat.st_mtime_ns} {stat.st_size} {bank} {now.date()}"


def place_of(database: Path) -> Path:
    """Where the tables of a cohort are kept."""
    return database.with_suffix(".tables")


def read_snapshot(path: Path) -> Snapshot | None:
    """The tables kept there; None when there are none that can be read."""
    try:
        found = msgspec.msgpack.decode(path.read_bytes(), type=Snapshot)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if _fits(found.rows) and found.mark.startswith(f"{VERSION} ") else None


def _fits(rows: Mapping[str, list[tuple[str, list[Any]]]]) -> bool:
    """Whether the rows are made for the columns that are drawn today."""
    return rows.keys() == COLUMNS.keys() and all(
        len(cells) == len(COLUMNS[view]) for view in COLUMNS for _, cells in rows[view][:1]
    )


def keep_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Keep the tables for the owner only; without a place for them the next start is slower, no more."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(msgspec.msgpack.encode(snapshot))
        part.replace(path)
    except OSError as error:
        log.warning("the tables of the class are not kept: %s", error)
        part.unlink(missing_ok=True)
