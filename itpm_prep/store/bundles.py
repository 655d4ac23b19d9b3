"""Bundles: the facts of a record as one file of JSON lines, to move or merge them.

The first line is the header, every further line one fact::

    {"bundle": "itpm_prep", "version": 1, "created_at": "2026-10-04T08:00:00Z"}
    {"kind": "attempt", "fact": {"id": "...", ...}}

Interviews under way, drafts and preferences stay where they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from itpm_prep.practice.records import Attempt, Fact, Rating, Reply
from itpm_prep.problems import Problem, StoreError
from itpm_prep.store import files
from itpm_prep.store.facts import TABLES, append, find, read_attempts, read_ratings, read_replies
from itpm_prep.store.local import LocalRecord

VERSION = 1
LINE_LIMIT = 8_000_000
"""Bytes in one line; a longer one is listed and skipped."""

_KINDS: dict[str, type[Fact]] = {"attempt": Attempt, "reply": Reply, "rating": Rating}
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
    """How many facts were added, how many were there already, and what was skipped and why."""

    added: int
    known: int
    problems: tuple[Problem, ...]


class _Skip(Exception):
    def __init__(self, key: str, found: str, must: str) -> None:
        super().__init__(key, found, must)
        self.key, self.found, self.must = key, found, must


def export_bundle(record: LocalRecord, path: Path) -> dict[str, int]:
    """Write all facts to a new owner-only file; returns the number of each kind.

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
        for read in (read_attempts, read_replies, read_ratings):
            for fact in read(connection):
                name = _NAMES[type(fact)]
                file.write(encode({"kind": name, "fact": fact}) + b"\n")
                counts[name] += 1
    return counts


def import_bundle(record: LocalRecord, path: Path) -> ImportResult:
    """Add the facts of a bundle that the record does not hold yet, in one transaction.

    A fact of a known id and the same content is passed over, so a bundle may be imported twice. The
    stored fact always stays: one of the same id with other content is listed, as are damaged lines
    and replies and ratings whose attempt is nowhere. Replies and ratings may stand before their
    attempt. Raises ``StoreError`` when the file is no bundle, newer, or unreadable, and ``NotSaved``
    when the record could not be written; nothing has been imported then.
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
    problems: list[Problem] = []
    waiting: list[tuple[int, Fact]] = []
    counts = {True: 0, False: 0}

    def add(numbered: Iterable[tuple[int, Fact]], *, last: bool) -> None:
        for number, fact in numbered:
            if not last and _is_orphan(fact, kept):
                waiting.append((number, fact))
                continue
            try:
                counts[_add(connection, fact, kept)] += 1
            except _Skip as skip:
                problems.append(Problem(name, number, skip.key, skip.found, skip.must, _RULE))

    add(_read_facts(file, name, problems), last=False)
    add(waiting, last=True)
    return ImportResult(counts[True], counts[False], tuple(sorted(problems)))


def _is_orphan(fact: Fact, kept: dict[type[Fact], set[str]]) -> bool:
    return not isinstance(fact, Attempt) and fact.attempt_id not in kept[Attempt]


def _add(connection: Connection, fact: Fact, kept: dict[type[Fact], set[str]]) -> bool:
    """Add a fact and note its id in ``kept``; False when it was there already."""
    kind = type(fact)
    if fact.id in kept[kind]:
        if find(connection, kind, fact.id) == fact:
            return False
        raise _Skip(
            f"{_NAMES[kind]} {fact.id}",
            "in the record already with other content",
            "be the same as the stored one, which stays",
        )
    if not isinstance(fact, Attempt) and _is_orphan(fact, kept):
        raise _Skip("attempt_id", f"{fact.attempt_id}, which is nowhere", "name an attempt that is kept")
    append(connection, fact)
    kept[kind].add(fact.id)
    return True


def _read_facts(file: BinaryIO, name: str, problems: list[Problem]) -> Iterator[tuple[int, Fact]]:
    """The sound facts with their line numbers; the others are listed in ``problems``."""
    for number, line in enumerate(iter(lambda: _read_line(file), b""), start=2):
        if line.isspace():
            continue
        try:
            yield number, _read_fact(line)
        except _Skip as skip:
            problems.append(Problem(name, number, skip.key, skip.found, skip.must, _RULE))


def _read_line(file: BinaryIO) -> bytes:
    """The next line; of one over the limit only the first bytes, the rest is passed over."""
    line = rest = file.readline(LINE_LIMIT + 1)
    while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
        rest = file.readline(LINE_LIMIT + 1)
    return line


def _read_fact(line: bytes) -> Fact:
    if len(line) > LINE_LIMIT:
        raise _Skip("", f"longer than {LINE_LIMIT} bytes", "be shorter")
    try:
        outer = msgspec.json.decode(line, type=_Line)
        kind = _KINDS.get(outer.kind)
        if kind is None:
            raise _Skip("kind", repr(outer.kind[:40]), f"be one of {', '.join(_KINDS)}")
        fact: Fact = msgspec.json.decode(outer.fact, type=kind)
    except msgspec.ValidationError as error:
        raise _Skip("", f"wrong: {error}", "have the fields and types of a fact") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = f"not readable as JSON ({error})" if line.endswith(b"\n") else "cut off in the middle"
        raise _Skip("", found, "be one whole JSON object") from None
    _check_values(fact)
    return fact


def _check_values(fact: Fact) -> None:
    """What the types alone let through and the record or its readers would choke on."""
    times: tuple[datetime, ...]
    if isinstance(fact, Attempt):
        times = (fact.started_at, fact.submitted_at)
        if not (1 <= fact.question_version < 2**31 and fact.seconds >= 0):
            raise _Skip("question_version, seconds", "out of range", "be 1 or more, and 0 or more")
    elif isinstance(fact, Rating):
        times = (fact.rated_at,)
        numbers = [fact.q, *(n for mark in fact.marks for n in (mark.chosen, mark.cap, mark.score))]
        if not all(1 <= number <= 5 for number in numbers):
            raise _Skip("q, marks", "a score out of range", "be from 1 to 5")
    else:
        times = (fact.replied_at,)
    if any(time.tzinfo is None for time in times):
        raise _Skip("(time)", "without a time zone", "say its time zone")
