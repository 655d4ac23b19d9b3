"""What a table would change in question files: worked out and checked in full before anything is written."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from itpm_prep.bank.check import apply_alone
from itpm_prep.bank.exchange.layout import drop_hints, rewrite
from itpm_prep.bank.exchange.shelf import Place, Shelf, find_place, known_files
from itpm_prep.bank.exchange.table import FIXED, RULE, SECONDS, CellError, Row, same, value_of
from itpm_prep.bank.packs import split_id
from itpm_prep.bank.rules import STRUCTURE
from itpm_prep.bank.rules.case import Case
from itpm_prep.bank.schema import read_question
from itpm_prep.bank.source import parse_source
from itpm_prep.problems import Problem

# Columns in which a blank cell empties the field; in the others it leaves the field as it is.
EMPTIABLE = ("context", "level_also", "frameworks", "tags")
# Columns that a review does not look at; a change of any other takes the question back to draft.
UNREVIEWED = ("status", "topics", "frameworks", "tags")


class Change(Struct, frozen=True):
    """The new text of one file, and the columns that made it; ``begun`` when there was no such file."""

    question_id: str
    path: Path
    text: str
    columns: tuple[str, ...]
    begun: bool


def plan_changes(
    rows: Iterable[Row], file: str, shelf: Shelf, today: date
) -> tuple[list[Change], list[Problem]]:
    """The changes that the rows of a table ask for, and everything that is wrong with them.

    ``file`` is what problems call the table; their lines are its rows, their keys its columns. A row
    that says what its question says already changes nothing.
    """
    changes: list[Change] = []
    problems: list[Problem] = []
    known = known_files(shelf)
    seen: dict[str, int] = {}
    for row in rows:
        try:
            place = find_place(row.cells["id"], shelf, known, today)
            if place.question_id in seen:
                raise CellError(f"{place.question_id}, as in row {seen[place.question_id]}", "be in one row")
            seen[place.question_id] = row.number
            change, faults = _plan_row(row, file, place, shelf)
        except CellError as error:
            problems.append(Problem(file, row.number, "id", error.found, error.must, RULE))
            continue
        problems += faults
        changes += [change] if change else []
    return ([] if problems else changes), problems


def _plan_row(row: Row, file: str, place: Place, shelf: Shelf) -> tuple[Change | None, list[Problem]]:
    before = place.cells()
    if before is None:
        raise CellError(
            f"{place.question_id}, whose file cannot be read", f"be mended: itpm-prep bank check {place.path}"
        )
    changed = _changed(row.cells, before, place)
    if not changed and place.origin != "skeleton":
        return None, []
    if split_id(place.question_id)[0] == "" and "" not in shelf.folders:
        raise CellError(
            f"{place.question_id}, of the bank that comes with the program",
            "be imported into a pack of your own, with --pack: an update replaces that bank",
        )
    values, problems = _values(row, file, changed, before)
    text = _rewrite(place, values)
    problems += [
        Problem(file, row.number, column, fault.found, fault.must, fault.rule)
        for fault in _faults(text, place.path)
        if (column := _column(fault.key)) in values
    ]
    return Change(place.question_id, place.path, text, tuple(changed), place.origin != "file"), problems


def _changed(cells: Mapping[str, str], before: Mapping[str, str], place: Place) -> dict[str, str]:
    """The cells that say something else than the file; nothing when that is only an older version."""
    told = EMPTIABLE if place.origin != "skeleton" else ()
    changed = {
        column: cell
        for column, cell in cells.items()
        if column != "id" and not same(cell, before[column]) and (cell or column in told)
    }
    return changed if changed.keys() - {"version"} else {}


def _values(
    row: Row, file: str, changed: Mapping[str, str], before: Mapping[str, str]
) -> tuple[dict[str, Any], list[Problem]]:
    """What the changed cells stand for, and the faults of those that stand for nothing."""
    values: dict[str, Any] = {}
    problems = []
    for column, cell in changed.items():
        try:
            _refuse_fixed(column, cell, before[column])
            values[column] = value_of(column, cell)
        except CellError as error:
            problems.append(Problem(file, row.number, column, error.found, error.must, RULE))
    return values, problems


def _refuse_fixed(column: str, cell: str, before: str) -> None:
    if column == "version":
        must = f"be {before}, as in the file, which has changed since the table was written: export it again"
        raise CellError(f'"{cell[:40]}"', must)
    if column in FIXED:
        raise CellError(f'"{cell[:40]}"', f"be {before}, as the id says")
    if (column, cell) == ("status", "reviewed"):
        must = f"be {before}: a review is recorded in the file, with its reader and day"
        raise CellError('"reviewed"', must)


def _rewrite(place: Place, values: Mapping[str, Any]) -> str:
    """The file with these values; what was reviewed and is no longer the same is a draft again."""
    changes = {f"timing.{column}" if column in SECONDS else column: value for column, value in values.items()}
    if changes.get("context") == "":
        changes["context"] = None
    source, _ = parse_source(place.text, place.path, place.path.name)
    data: Mapping[str, Any] = source.data if source else {}
    if place.origin == "bank":
        changes |= {"version": 1, "status": "draft"}
        changes |= {"provenance.reviewed_by": [], "provenance.reviewed_on": None}
    elif "stem" in values and place.origin == "file":
        changes["version"] = data["version"] + 1
    if data.get("status") == "reviewed" and any(column not in UNREVIEWED for column in values):
        changes.setdefault("status", "draft")
    return rewrite(drop_hints(place.text, set(values)) if place.origin == "skeleton" else place.text, changes)


def _faults(text: str, path: Path) -> Iterator[Problem]:
    """What keeps the new text from being asked; a question just begun has blanks as well."""
    source, problems = parse_source(text, path, path.name)
    if source is None:
        yield from problems
        return
    question, problems = read_question(source)
    yield from problems
    if question:
        yield from apply_alone(STRUCTURE, Case(question, source, date.max))


def _column(key: str) -> str:
    parts = re.split(r"[.\[]", key)
    return parts[1] if parts[0] == "timing" and len(parts) > 1 else parts[0]


def write_changes(changes: Sequence[Change]) -> None:
    """Write all files: first beside their places, then, once every one is on the disk, into them.

    Raises ``OSError``; what failed on the way to the disk has then changed nothing.
    """
    parts: list[Path] = []
    try:
        for change in changes:
            change.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=change.path.parent, delete=False) as file:
                parts.append(Path(file.name))
                file.write(change.text.encode("utf-8"))
                os.fsync(file.fileno())
        for part, change in zip(parts, changes, strict=True):
            part.chmod(change.path.stat().st_mode & 0o777 if change.path.exists() else 0o644)
            part.replace(change.path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
