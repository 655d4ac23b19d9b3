"""Kit files: written, named, and read with clear words for whatever is no kit.

A kit file is JSON: ``{"kit": "itpm_prep", "version": 1, "id": ..., "title": ..., "questions": [...], ...}``.
Fields that this version does not know are passed over; a newer version is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from itpm_prep.practice.kits import Kit, KitError, KitMode, Known, checked, line, standing_of
from itpm_prep.practice.records import Attempt, Rules

VERSION = 1
LARGEST = 100_000
"""Bytes of a kit file; the largest that can be made has a fifth of it."""


class _Header(Struct, frozen=True):
    kit: Literal["itpm_prep"]
    version: Annotated[int, Meta(ge=1)]


class _File(Kit, frozen=True, kw_only=True):
    kit: Literal["itpm_prep"] = "itpm_prep"
    version: int = VERSION


class Draft(Struct, frozen=True, kw_only=True):
    """A kit in the making, as it was typed; ``due`` is an ISO date or empty, ``questions`` are ids."""

    id: str
    title: str = ""
    message: str = ""
    made_by: str = ""
    questions: tuple[str, ...] = ()
    mode: KitMode = "mock"
    rules: Rules | None = None
    due: str = ""


def encode_kit(kit: Kit) -> bytes:
    """The kit as a file; the same text is what a record keeps of it."""
    return msgspec.json.format(msgspec.json.encode(_File(**msgspec.structs.asdict(kit))), indent=2) + b"\n"


def file_name(kit: Kit) -> str:
    """What the file is called: "kit-week-3-risks.json"."""
    ascii_only = unicodedata.normalize("NFKD", kit.title).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_only))[:40].strip("-")
    return f"kit-{slug or kit.id[:8]}.json"


def read_kit(content: bytes | None, name: str) -> Kit:
    """The kit in a file; None stands for one that was too large to be handed over.

    Raises ``KitError`` saying what is wrong with the file ``name`` and what to do.
    """
    name = line(name)[:80] or "The file"
    if content is None or len(content) > LARGEST:
        raise KitError(f"{name} is larger than a kit can be ({LARGEST // 1000} kB), so it is no kit file.")
    if content.lstrip()[:10].startswith(b'{"bundle"'):
        raise KitError(f"{name} is a bundle of answers, not a kit: the cohort app takes it under Hand in.")
    header = _read_header(content, name)
    if header.version > VERSION:
        raise KitError(
            f"{name} was made by a newer version of itpm_prep (kit version {header.version}; this one reads "
            f"version {VERSION}). Update itpm_prep, then open it again."
        )
    try:
        return checked(msgspec.json.decode(content, type=Kit))
    except msgspec.ValidationError as fault:
        why, _, place = str(fault).partition(" - at `$.")
        at = f" at {place.rstrip('`')}" if place else ""
        raise KitError(f"{name} is damaged{at}: {why[:200]}. Ask your instructor for it again.") from fault
    except KitError as fault:
        raise KitError(f"{name} cannot be used. {fault}") from fault


def read_kits(files: Iterable[tuple[str, bytes | None]]) -> tuple[list[Kit], list[str]]:
    """The kits in files of a name and a content, in their order; and what is wrong with the other files."""
    kits, faults = [], []
    for name, content in files:
        try:
            kits.append(read_kit(content, name))
        except KitError as fault:
            faults.append(str(fault))
    return kits, faults


def _read_header(content: bytes, name: str) -> _Header:
    try:
        return msgspec.json.decode(content, type=_Header)
    except msgspec.ValidationError as fault:
        raise KitError(f"{name} is not a kit of itpm_prep. Choose the file from your instructor.") from fault
    except (ValueError, RecursionError) as fault:  # no JSON, no UTF-8, cut off, nested without end
        raise KitError(
            f"{name} cannot be read as a kit: it is cut off, or something else. "
            "Ask your instructor for it again."
        ) from fault


def decode_kits(documents: Mapping[str, str]) -> list[Kit]:
    """The kits among stored documents, first kept first; what this version cannot read stays, unseen."""
    found = []
    for kept in documents.values():
        try:
            found.append(read_kit(kept.encode("utf-8", "replace"), "kit"))
        except KitError:
            continue
    return found


def known_kits(documents: Mapping[str, str], attempts: Iterable[Attempt], now: datetime) -> list[Known]:
    """Every kit among a learner's documents with its standing: what waits for answers first, by due date."""
    kits = decode_kits(documents)
    counting = [one for one in attempts if one.kit] if kits else []
    known = [Known(kit, standing_of(kit, counting, now)) for kit in kits]
    return sorted(known, key=_urgency)


def _urgency(one: Known) -> tuple[bool, bool, datetime]:
    due = one.kit.due_at
    return one.standing.finished_at is not None, due is None, due or datetime.max.replace(tzinfo=UTC)


def encode_draft(draft: Draft) -> str:
    """What is stored of a kit in the making."""
    return msgspec.json.encode(draft).decode()


def decode_draft(stored: str) -> Draft | None:
    """The kit in the making; None when there is none that can be read."""
    try:
        return msgspec.json.decode(stored, type=Draft)
    except msgspec.MsgspecError:
        return None
