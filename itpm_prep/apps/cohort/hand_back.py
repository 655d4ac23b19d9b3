"""Reviews as files for the learners: a bundle for each, and all of them in one zip."""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import BinaryIO, NamedTuple, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

FILES_AT_MOST = 12  # offered one by one; the zip holds them all
KINDS: Mapping[str, str] = {".zip": "application/zip", ".jsonl": "application/jsonl"}


class Exporter(Protocol):
    """What writes the bundles."""

    def export_reviews(self, learner_id: str, dest: BinaryIO, reviewer: str) -> object:
        """Write a reviewer's reviews of one learner as a bundle."""


class HandedBack(NamedTuple):
    """A file for download: what the link says, the file's name, and the address that holds it whole."""

    label: str
    name: str
    address: str


def files_for(
    cohort: Exporter, wanted: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> list[HandedBack]:
    """A file for each (learner id, reviewer), and first a zip of them all when there are several."""
    bundles: dict[str, tuple[str, bytes]] = {}
    for learner, reviewer in wanted:
        buffer = BytesIO()
        cohort.export_reviews(learner, buffer, reviewer)
        name = names.get(learner) or learner
        bundles[file_name(name, learner, reviewer)] = (name, buffer.getvalue())
    files = []
    if len(bundles) > 1:
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for name, (_, content) in bundles.items():
                archive.writestr(name, content)
        files = [_handed("All in one zip", "reviews.zip", packed.getvalue())]
    if len(bundles) <= FILES_AT_MOST:
        files += [_handed(label, name, content) for name, (label, content) in bundles.items()]
    return files


def file_name(name: str, learner_id: str, reviewer: str) -> str:
    """The learner, the beginning of the id (two may share a name), and the reviewer."""
    return f"review-{_plain(name)}-{_plain(learner_id[:8])}-by-{_plain(reviewer)}.jsonl"


def _plain(text: str) -> str:
    """Small letters, digits and hyphens, which every file system takes."""
    ascii_only = unicodedata.normalize("NFKD", text[:40]).encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in ascii_only).split()
    return "-".join(words).lower() or "x"


def _handed(label: str, name: str, content: bytes) -> HandedBack:
    kind = KINDS[name[name.rindex(".") :]]
    return HandedBack(label, name, f"data:{kind};base64,{b64encode(content).decode('ascii')}")
