"""Bundles: what a record holds for good as one file of JSON lines, to move or merge it.

The first line is the header, every further line one fact, calibration or document::

    {"bundle": "itpm_prep", "version": 2, "created_at": "2026-10-04T08:00:00Z"}
    {"kind": "attempt", "fact": {"id": "...", ...}}

Version 1 had no calibrations and no documents. Interviews under way, drafts and preferences stay
where they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec
from msgspec import Struct, structs
from sqlalchemy import Connection, select

from itpm_prep.practice.records import Attempt, Calibration, Fact, Rating, Reply
from itpm_prep.problems import Problem, StoreError
from itpm_prep.store import files
from itpm_prep.store.calibrations import append_calibration, read_calibrations
from itpm_prep.store.documents import (
    LIMIT,
    Document,
    find_document,
    is_too_large,
    keep_document,
    read_documents,
)
from itpm_prep.store.facts import TABLES, append, find, read_attempts, read_ratings, read_replies
from itpm_prep.store.local import LocalRecord

VERSION = 2
LINE_LIMIT = 8_000_000
"""Bytes in one line; a longer one is listed and skipped."""

Item = Fact | Calibration | Document

_KINDS: dict[str, type[Item]] = {
    "attempt": Attempt,
    "reply": Reply,
    "rating": Rating,
    "calibration": Calibration,
    "document": Document,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_RULE = "bundle"


class Header(Struct, frozen=True):
    """The first line of a bundle."""

    bundle: Literal["itpm_prep"]
    version: int
    created_at: datetime


class _Line(Struct, frozen=True):
    kind: str
    fact: msgspec.Raw


class ImportResult(Struct, frozen=True):
    """How much was added or brought up to date, how much was there already, what was skipped and why.

    A document that is older than the stored one counts as there already.
    """

    added: int
    known: int
    problems: tuple[Problem, ...]


class _Skip(Exception):
    def __init__(self, key: str, found: str, must: str) -> None:
        super().__init__(key, found, must)
        self.key, self.found, self.must = key, found, must


def export_bundle(record: LocalRecord, path: Path) -> dict[str, int]:
    """Write all facts, calibrations and documents to a new owner-only file; returns the number of each kind.

    Raises ``NotSaved`` when the file exists or cannot be written; nothing half-written is left.
    """
    with files.whole_file(path) as part, part.open("wb") as file:
        counts = _write(record, file)
        file.flush()
        os.fsync(file.fileno())
    return counts


def _write(record: LocalRecord, file: BinaryIO) -> dict[str, int]:
    counts = dict.fromkeys(_KINDS, 0)
    encode = msgspec.json.Encoder().encode
    file.write(encode(Header("itpm_prep", VERSION, datetime.now(UTC))) + b"\n")
    with record.reading() as connection:
        for read in (read_attempts, read_replies, read_ratings, read_calibrations, read_documents):
            for item in read(connection):
                name = _NAMES[type(item)]
                file.write(encode({"kind": name, "fact": item}) + b"\n")
                counts[name] += 1
    return counts


def import_bundle(record: LocalRecord, path: Path) -> ImportResult:
    """Add what a bundle holds and the record does not hold yet, in one transaction.

    A fact or calibration of a known id and the same content is passed over, so a bundle may be
    imported twice. The stored one always stays: one of the same id with other content is listed, as
    are damaged lines and replies and ratings whose attempt is nowhere. Replies and ratings may stand
    before their attempt. Of a document in both places the one kept later wins.

    Raises ``StoreError`` when the file is no bundle, newer, or unreadable, and ``NotSaved`` when the
    record could not be written; nothing has been imported then.
    """
    try:
        with path.open("rb") as file:
            _check_header(path, file.readline(LINE_LIMIT))
            with record.writing() as connection:
                return _add_all(connection, str(path), file)
    except OSError as error:
        raise StoreError(f"The bundle {path} cannot be read: {files.reason(error)}.") from error


def _check_header(path: Path, line: bytes) -> None:
    try:
        header = msgspec.json.decode(line, type=Header)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise StoreError(
            f"{path} is no bundle of itpm_prep: its first line is not the header that "
            "itpm-prep data export writes. Nothing was imported."
        ) from None
    if header.version > VERSION:
        raise StoreError(
            f"The bundle {path} has version {header.version}, and this itpm_prep reads up to {VERSION}. "
            "Update with: pip install --upgrade itpm_prep. Nothing was imported."
        )


def _add_all(connection: Connection, name: str, file: BinaryIO) -> ImportResult:
    kept = {kind: set(connection.scalars(select(table.c.id))) for kind, table in TABLES.items()}
    calibrations = {one.id: one for one in read_calibrations(connection)}
    problems: list[Problem] = []
    waiting: list[tuple[int, Item]] = []
    counts = {True: 0, False: 0}

    def add_item(item: Item) -> bool:
        if isinstance(item, Document):
            return _merge_document(connection, item)
        if isinstance(item, Calibration):
            return _add_calibration(connection, item, calibrations)
        return _add_fact(connection, item, kept)

    def add(numbered: Iterable[tuple[int, Item]], *, last: bool) -> None:
        for number, item in numbered:
            if not last and _is_orphan(item, kept):
                waiting.append((number, item))
                continue
            try:
                counts[add_item(item)] += 1
            except _Skip as skip:
                problems.append(Problem(name, number, skip.key, skip.found, skip.must, _RULE))

    add(_read_items(file, name, problems), last=False)
    add(waiting, last=True)
    return ImportResult(counts[True], counts[False], tuple(sorted(problems)))


def _is_orphan(item: Item, kept: dict[type[Fact], set[str]]) -> bool:
    return isinstance(item, Reply | Rating) and item.attempt_id not in kept[Attempt]


def _add_fact(connection: Connection, fact: Fact, kept: dict[type[Fact], set[str]]) -> bool:
    """Add a fact and note its id in ``kept``; False when it was there already."""
    kind = type(fact)
    if fact.id in kept[kind]:
        if find(connection, kind, fact.id) == fact:
            return False
        raise _other_content(f"{_NAMES[kind]} {fact.id}")
    if not isinstance(fact, Attempt) and _is_orphan(fact, kept):
        raise _Skip("attempt_id", f"{fact.attempt_id}, which is nowhere", "name an attempt that is kept")
    append(connection, fact)
    kept[kind].add(fact.id)
    return True


def _add_calibration(connection: Connection, new: Calibration, kept: dict[str, Calibration]) -> bool:
    """Add a calibration and note it in ``kept``; False when it was there already."""
    if new.id in kept:
        if kept[new.id] == new:
            return False
        raise _other_content(f"calibration {new.id}")
    append_calibration(connection, new)
    kept[new.id] = new
    return True


def _merge_document(connection: Connection, new: Document) -> bool:
    """Keep a document that is new, or newer than the stored one; False when the stored one stays."""
    stored = find_document(connection, new.kind, new.id)
    if stored and new.kept_at <= stored.kept_at:
        if new.kept_at == stored.kept_at and new.text != stored.text:
            raise _other_content(f"{new.kind} {new.id}")
        return False
    keep_document(connection, new)
    return True


def _other_content(key: str) -> _Skip:
    return _Skip(
        key, "in the record already with other content", "be the same as the stored one, which stays"
    )


def _read_items(file: BinaryIO, name: str, problems: list[Problem]) -> Iterator[tuple[int, Item]]:
    """The sound items with their line numbers; the others are listed in ``problems``."""
    for number, line in enumerate(iter(lambda: _read_line(file), b""), start=2):
        if line.isspace():
            continue
        try:
            yield number, _read_item(line)
        except _Skip as skip:
            problems.append(Problem(name, number, skip.key, skip.found, skip.must, _RULE))


def _read_line(file: BinaryIO) -> bytes:
    """The next line; of one over the limit only the first bytes, the rest is passed over."""
    line = rest = file.readline(LINE_LIMIT + 1)
    while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
        rest = file.readline(LINE_LIMIT + 1)
    return line


def _read_item(line: bytes) -> Item:
    if len(line) > LINE_LIMIT:
        raise _Skip("", f"longer than {LINE_LIMIT} bytes", "be shorter")
    try:
        outer = msgspec.json.decode(line, type=_Line)
        kind = _KINDS.get(outer.kind)
        if kind is None:
            raise _Skip("kind", repr(outer.kind[:40]), f"be one of {', '.join(_KINDS)}")
        item: Item = msgspec.json.decode(outer.fact, type=kind)
    except msgspec.ValidationError as error:
        raise _Skip("", f"wrong: {error}", "have the fields and types of a fact") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = f"not readable as JSON ({error})" if line.endswith(b"\n") else "cut off in the middle"
        raise _Skip("", found, "be one whole JSON object") from None
    _check_values(item)
    return item


def _check_values(item: Item) -> None:
    """What the types alone let through and the record or its readers would choke on."""
    if isinstance(item, Attempt):
        _check_versions(item.question_version)
        if not (item.seconds >= 0 and 1 <= item.take < 2**31):
            raise _Skip("seconds, take", "out of range", "be 0 or more, and 1 or more")
    elif isinstance(item, Rating):
        _check_scores(item.q, *(n for mark in item.marks for n in (mark.chosen, mark.cap, mark.score)))
    elif isinstance(item, Calibration):
        _check_versions(*(mark.question_version for mark in item.marks))
        _check_scores(*(n for mark in item.marks for n in (mark.chosen, mark.key)))
    elif isinstance(item, Document) and is_too_large(item.text):
        raise _Skip(f"{item.kind} {item.id}", f"longer than {LIMIT} bytes", "be shorter")
    if any(time.tzinfo is None for time in structs.astuple(item) if isinstance(time, datetime)):
        raise _Skip("(time)", "without a time zone", "say its time zone")


def _check_versions(*numbers: int) -> None:
    if not all(1 <= number < 2**31 for number in numbers):
        raise _Skip("question_version", "out of range", "be 1 or more")


def _check_scores(*numbers: float) -> None:
    if not all(1 <= number <= 5 for number in numbers):
        raise _Skip("marks", "a score out of range", "be from 1 to 5")
