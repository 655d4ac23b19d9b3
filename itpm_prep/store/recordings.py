"""Recordings that the learner chose to keep: one file each, for the owner only."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from itpm_prep import settings
from itpm_prep.problems import NotSaved
from itpm_prep.store.files import reason, whole_file

SUFFIXES = {"audio/webm": ".webm", "audio/ogg": ".ogg", "audio/mp4": ".m4a"}


def keep_recording(label: str, media: str, sound: bytes, now: datetime) -> Path:
    """Store a recording in ``settings.recordings_dir()`` and return its path.

    ``label`` (a question id) and the UTC time make its name, ``media`` its ending. Raises ``NotSaved``
    for anything that is no recording, and when it cannot be written; nothing of it is left then.
    """
    if media not in SUFFIXES or not sound:
        raise NotSaved("This is not a recording that a browser makes.")
    folder = settings.recordings_dir()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotSaved(f"The folder {folder} cannot be made: {reason(error)}.") from error
    path = _free_name(folder, f"{_plain(label)}-{now:%Y%m%dT%H%M%SZ}", SUFFIXES[media])
    with whole_file(path) as part:
        part.write_bytes(sound)
    return path


def recordings() -> list[Path]:
    """The recordings kept, by name; none where the folder is not there or cannot be read."""
    try:
        found = settings.recordings_dir().iterdir()
        return sorted(path for path in found if path.suffix in SUFFIXES.values())
    except OSError:
        return []


def _plain(label: str) -> str:
    """A label as part of a file name, whatever a browser sent."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", label)[:40].strip("-") or "answer"


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    path, count = folder / f"{stem}{suffix}", 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}{suffix}"
    return path
