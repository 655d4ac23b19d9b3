"""The question files that a table may change, and the one that each of its rows is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from itpm_prep.bank.check import question_files
from itpm_prep.bank.exchange.table import CellError, cells_of
from itpm_prep.bank.packs import split_id
from itpm_prep.bank.skeleton import skeleton
from itpm_prep.bank.source import parse_source
from itpm_prep.bank.types import CATEGORY_CODES

Files = Mapping[Path, Mapping[str, Path]]


class Shelf(Struct, frozen=True):
    """Where questions may be written: ``folders`` by prefix, the bank's own being ``""``.

    ``base`` is the bank's folder, to be written or not. Ids without a prefix belong to ``into``.
    """

    base: Path
    folders: dict[str, Path]
    into: str = ""


class Place(Struct, frozen=True):
    """The question of a row: its id, its file, and the text to start from.

    That is the file's own text, for a pack also that of the bank's question, or else a skeleton.
    """

    question_id: str
    path: Path
    text: str
    origin: Literal["file", "bank", "skeleton"]

    def cells(self) -> dict[str, str] | None:
        """Its cells as they are now, or None when the text cannot be edited by a table."""
        source, _ = parse_source(self.text, self.path, self.path.name)
        try:
            msgspec.convert(source.data if source else None, _Shape)
        except msgspec.ValidationError:
            return None
        return cells_of(source.data) if source else None


class _Cap(Struct):
    criterion: Any
    max: Any


class _Flag(Struct):
    text: str
    cap: _Cap


class _Shape(Struct):
    """What must hold of a file before a table can change it, finished or not."""

    version: int
    timing: dict[str, Any]
    provenance: dict[str, Any]
    level_also: list[Any] = []
    competencies: list[Any] = []
    topics: list[Any] = []
    strong_points: list[Any] = []
    frameworks: list[Any] = []
    tags: list[Any] = []
    red_flags: list[_Flag] = []


def known_files(shelf: Shelf) -> Files:
    """The question files of every folder, by the id in their name."""
    folders = {shelf.base, *shelf.folders.values()}
    return {folder: {path.stem: path for path in question_files(folder)} for folder in folders}


def find_place(cell: str, shelf: Shelf, known: Files, today: date) -> Place:
    """The question that an id in a table names; raises ``CellError`` when it can be none."""
    prefix, plain = split_id(cell)
    prefix = prefix or shelf.into
    folder = shelf.folders.get(prefix)
    if (shelf.into and prefix != shelf.into) or (prefix and folder is None):
        named = [shelf.into] if shelf.into else [name for name in shelf.folders if name]
        must = f"be of a pack that is written to here ({', '.join(named) or 'none is'})"
        raise CellError(f'"{cell[:40]}"', must)
    home = folder or shelf.base
    full = f"{prefix}-{plain}" if prefix else plain
    if own := known[home].get(plain):
        return Place(full, own, _read(own), "file")
    if original := known[shelf.base].get(plain):
        return Place(full, _path(home, plain), _read(original), "bank")
    try:
        text = skeleton(plain, today, "question_bank" if home == shelf.base else str(home))
    except ValueError as error:
        raise CellError(f'"{cell[:40]}"' if cell else "empty", "be an id such as SCN-ERP-002") from error
    return Place(full, _path(home, plain), text, "skeleton")


def _path(folder: Path, plain: str) -> Path:
    return folder / CATEGORY_CODES[plain[:3]] / f"{plain}.yaml"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""  # no text of a question: said as a file that cannot be read
