"""The lines of a bundle: the header, one line for each thing brought along, and the last line.

Whatever a file holds, reading it ends, takes no more memory than the limits here allow, runs nothing and
tells what it passed over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal
from uuid import uuid4

import msgspec
from msgspec import Struct

from itpm_prep.bank.types import Level, Specialisation
from itpm_prep.practice.measures import Measures
from itpm_prep.practice.records import Attempt, Calibration, Rating, Reply
from itpm_prep.problems import Problem, StoreError
from itpm_prep.store import files
from itpm_prep.store.bundle_checks import LONGEST_ID, Skip, check_item
from itpm_prep.store.bundle_checks import Item as Item
from itpm_prep.store.documents import Document

VERSION = 3
LINE_LIMIT = 8_000_000
"""Bytes in one line; a longer one is listed and skipped."""
LONGEST_NAME = 60

KINDS: dict[str, type[Item]] = {
    "attempt": Attempt,
    "reply": Reply,
    "rating": Rating,
    "calibration": Calibration,
    "document": Document,
    "measures": Measures,
}
NAMES = {kind: name for name, kind in KINDS.items()}
END = "end"

_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()}
_NO_HEADER = (
    "is no bundle of itpm_prep: its first line is not the header that itpm-prep data export writes. "
    "Nothing was imported"
)


class Learner(Struct, frozen=True, order=True):
    """Who a record belongs to: an id drawn once, and the name that the learner chose; both may be empty."""

    id: str = ""
    name: str = ""


class Aim(Struct, frozen=True):
    """The post a learner prepares for."""

    level: Level
    specialisation: Specialisation = "general"


class Header(Struct, frozen=True, kw_only=True):
    """The first line of a bundle.

    Versions 1 and 2 had the first three fields alone. ``id`` names the bundle, ``learner`` is whose
    answers it is about and ``sender``, in the file "from", the reviewer whose ratings it holds; empty in
    a learner's own.
    """

    bundle: Literal["itpm_prep"]
    version: int
    created_at: datetime
    id: str = ""
    learner: Learner = Learner()
    target: Aim | None = None
    sender: str = msgspec.field(name="from", default="")


class _AnyVersion(Struct, frozen=True):
    bundle: Literal["itpm_prep"]
    version: int


class _Line(Struct, frozen=True):
    kind: str
    fact: msgspec.Raw


class _End(Struct, frozen=True):
    lines: int


_LINE = msgspec.json.Decoder(_Line)
_ENCODE = msgspec.json.Encoder().encode


def clean_name(typed: str) -> str:
    """A name in one line of at most 60 characters, without what cannot be seen."""
    seen = "".join(char if char.isprintable() else " " for char in typed)
    return " ".join(seen.split())[:LONGEST_NAME].strip()


# Writing ------------------------------------------------------------------------------------------


def write_bundle(
    file: Path | BinaryIO,
    items: Iterable[Item],
    learner: Learner,
    *,
    target: Aim | None = None,
    sender: str = "",
) -> dict[str, int]:
    """Write a bundle to a new owner-only file, or an open one; returns the number of each kind.

    Raises ``NotSaved`` when the file exists or cannot be written; nothing half-written is left.
    """
    header = Header(
        bundle="itpm_prep",
        version=VERSION,
        created_at=datetime.now(UTC),
        id=uuid4().hex,
        learner=learner,
        target=target,
        sender=sender,
    )
    if not isinstance(file, Path):
        return _write(file, header, items)
    with files.whole_file(file) as part, part.open("wb") as stream:
        counts = _write(stream, header, items)
        stream.flush()
        os.fsync(stream.fileno())
    return counts


def _write(file: BinaryIO, header: Header, items: Iterable[Item]) -> dict[str, int]:
    counts = dict.fromkeys(KINDS, 0)
    file.write(_ENCODE(header) + b"\n")
    for item in items:
        name = NAMES[type(item)]
        file.write(_ENCODE({"kind": name, "fact": item}) + b"\n")
        counts[name] += 1
    file.write(_ENCODE({"kind": END, "fact": _End(sum(counts.values()))}) + b"\n")
    return counts


# Reading ------------------------------------------------------------------------------------------


def read_header(file: BinaryIO, name: str) -> Header:
    """The header; raises ``StoreError`` when the file is no bundle, or newer than this version reads."""
    line = file.readline(LINE_LIMIT)
    try:
        version = msgspec.json.decode(line, type=_AnyVersion).version
        if version > VERSION:
            raise StoreError(
                f"The bundle {name} has version {version}, and this itpm_prep reads up to {VERSION}. "
                "Update with: pip install --upgrade itpm_prep. Nothing was imported."
            )
        header = msgspec.json.decode(line, type=Header)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise StoreError(f"{name} {_NO_HEADER}.") from None
    if header.created_at.tzinfo is None or len(header.learner.id) > LONGEST_ID or len(header.id) > LONGEST_ID:
        raise StoreError(f"{name} {_NO_HEADER}.")
    learner = Learner(header.learner.id, clean_name(header.learner.name))
    return msgspec.structs.replace(header, learner=learner, sender=clean_name(header.sender))


def read_items(
    file: BinaryIO, name: str, header: Header, problems: list[Problem]
) -> Iterator[tuple[int, Item]]:
    """The sound items with their line numbers; the others are listed in ``problems``.

    From version 3 on the last line says how many there are, so that a bundle cut off between two lines is
    listed as well.
    """
    count, told, number = 0, -1, 1
    for number, line in enumerate(_lines(file), start=2):
        if line.isspace():
            continue
        try:
            kind, fact = _open(line)
            if kind == END:
                told = _decode_end(fact)
                continue
            item = _decode(kind, fact)
        except Skip as skip:
            problems.append(skip.problem(name, number))
        else:
            yield number, item
        count += 1
    if header.version >= VERSION:
        try:
            _check_end(count, told)
        except Skip as skip:
            problems.append(skip.problem(name, number))


def _check_end(count: int, told: int) -> None:
    if told < 0:
        raise Skip("(end)", "without its last line: cut off", "be whole, so ask for it again")
    if count < told:
        raise Skip("(end)", f"{count} lines of {told}", "be whole, so ask for it again")


def _lines(file: BinaryIO) -> Iterable[bytes]:
    return iter(lambda: _read_line(file), b"")


def _read_line(file: BinaryIO) -> bytes:
    """The next line; of one over the limit only the first bytes, the rest is passed over."""
    line = rest = file.readline(LINE_LIMIT + 1)
    while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
        rest = file.readline(LINE_LIMIT + 1)
    return line


def _open(line: bytes) -> tuple[str, msgspec.Raw]:
    if len(line) > LINE_LIMIT:
        raise Skip("", f"longer than {LINE_LIMIT} bytes", "be shorter")
    try:
        outer = _LINE.decode(line)
    except msgspec.ValidationError as error:
        raise Skip("", f"wrong: {error}", "have the fields and types of a fact") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = f"not readable as JSON ({error})" if line.endswith(b"\n") else "cut off in the middle"
        raise Skip("", found, "be one whole JSON object") from None
    return outer.kind, outer.fact


def _decode_end(fact: msgspec.Raw) -> int:
    try:
        return msgspec.json.decode(fact, type=_End).lines
    except msgspec.MsgspecError as error:
        raise Skip("(end)", f"wrong: {error}", "say how many lines there are") from None


def _decode(kind: str, fact: msgspec.Raw) -> Item:
    decoder = _DECODERS.get(kind)
    if decoder is None:
        raise Skip("kind", repr(kind[:40]), f"be one of {', '.join(KINDS)}")
    try:
        item = decoder.decode(fact)
    except msgspec.ValidationError as error:
        raise Skip("", f"wrong: {error}", "have the fields and types of a fact") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Skip("", f"not readable as JSON ({error})", "be one whole JSON object") from None
    check_item(item)
    return item
