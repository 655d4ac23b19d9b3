"""Packs: folders of questions used beside the bank, their ids kept apart by a prefix.

A pack is laid out as the bank is, and its files name their ids as the bank's do. Everywhere else its
prefix stands before them: ``BEH-GEN-001`` of the pack ``ACME`` is ``ACME-BEH-GEN-001``, which no question
of the bank or of another pack can be. ``pack.yaml`` holds the prefix (``prefix: ACME``); without that file
it is made from the name of the folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from itpm_prep.bank.types import Question
from itpm_prep.problems import Problem

PACK_FILE = "pack.yaml"
RULE = "pack"
MOST_LETTERS = 12
PREFIX_MUST = f"2 to {MOST_LETTERS} capital letters and digits, beginning with a letter"
_PREFIX = re.compile(rf"[A-Z][A-Z0-9]{{1,{MOST_LETTERS - 1}}}")


class Part(Struct, frozen=True):
    """A folder of the bank and the prefix of its ids; the bank itself has none."""

    folder: Path
    prefix: str = ""


def is_prefix(text: str) -> bool:
    """Whether the text can be the prefix of a pack."""
    return _PREFIX.fullmatch(text) is not None


def split_id(question_id: str) -> tuple[str, str]:
    """The prefix of an id (empty for one of the bank) and the id as its file names it."""
    parts = question_id.split("-", 1)
    return (parts[0], parts[1]) if question_id.count("-") == 3 else ("", question_id)


def add_prefix(question: Question, prefix: str) -> Question:
    """The question as the apps know it, its ids led by the prefix."""
    if not prefix:
        return question
    old = question.replaces
    return replace(question, id=f"{prefix}-{question.id}", replaces=f"{prefix}-{old}" if old else None)


def find_pack(name: str, base: Path, packs: Iterable[Path], kept_in: Path) -> Part:
    """The pack with that prefix, or where it is to be begun: a folder in ``kept_in``.

    Raises ``ValueError`` when the name cannot be a prefix or the place is taken.
    """
    prefix = name.upper()
    if not is_prefix(prefix):
        raise ValueError(f"{name} cannot be the name of a pack: it must have {PREFIX_MUST}.")
    parts, _ = read_parts(base, packs)
    if found := next((part for part in parts if part.prefix == prefix), None):
        return found
    folder = kept_in / prefix.lower()
    if folder.exists():
        raise ValueError(f"{folder} is there, but is not the pack {prefix}: look at its {PACK_FILE}.")
    return Part(folder, prefix)


def begin_pack(pack: Part) -> None:
    """Make the folder of a pack, the owner's alone, and its ``pack.yaml``; leave what is there alone.

    Raises ``OSError``.
    """
    for folder in (*reversed(pack.folder.parents[:2]), pack.folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(pack.folder.iterdir()):
        (pack.folder / PACK_FILE).write_text(f"prefix: {pack.prefix}\n", encoding="utf-8")


def read_parts(
    folder: Path, packs: Iterable[Path], name: Callable[[Path], str] = str
) -> tuple[list[Part], list[Problem]]:
    """The bank and the packs that can be used, in order, and what is wrong with the other packs.

    ``name`` is what problems call a path.
    """
    parts, problems = [Part(folder)], []
    for pack in packs:
        if any(pack.resolve() == part.folder.resolve() for part in parts):
            continue
        prefix, fault = _read_prefix(pack, name)
        first = next((part.folder for part in parts if prefix and part.prefix == prefix), None)
        if first:
            must = f"be its own: write another prefix into {PACK_FILE}"
            fault = Problem(name(pack), 0, "prefix", f"{prefix}, as of {name(first)}", must, RULE)
        if fault:
            problems.append(fault)
        else:
            parts.append(Part(pack, prefix))
    return parts, problems


def _read_prefix(folder: Path, name: Callable[[Path], str]) -> tuple[str, Problem | None]:
    from itpm_prep.bank.source import read_source  # the YAML reader: only where files are read anyway

    path = folder / PACK_FILE
    try:
        files = {item.name for item in folder.iterdir()}
    except OSError as error:
        found = f"not a folder that can be read ({error.strerror})"
        return "", Problem(name(folder), 0, "", found, "be a folder of questions", RULE)
    if PACK_FILE not in files:
        prefix = re.sub("[^A-Z0-9]", "", folder.resolve().name.upper())[:MOST_LETTERS]
        must = f"hold {PACK_FILE} with its prefix: {PREFIX_MUST}"
        fault = Problem(name(folder), 0, "", "a folder whose name gives no prefix", must, RULE)
        return prefix, None if is_prefix(prefix) else fault
    source, problems = read_source(path, name(path))
    if source is None:
        return "", problems[0]
    prefix = str(source.data.get("prefix"))
    if list(source.data) != ["prefix"] or not is_prefix(prefix):
        found = f"a file with {', '.join(f'{key}: {value}' for key, value in source.data.items())}"[:80]
        must = f"hold one line such as `prefix: ACME` ({PREFIX_MUST})"
        return "", Problem(name(path), 1, "", found, must, RULE)
    return prefix, None
