"""Facts and interviews for the store's tests."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from itpm_prep.practice.records import (
    Attempt,
    Calibration,
    Interview,
    KeyedMark,
    Mark,
    Rating,
    Reply,
    Setup,
    Turn,
)

NOW = datetime(2026, 10, 4, 8, 30, 15, 123456, tzinfo=UTC)
NOBODY = 65534


def make_interview(interview_id: str = "i1", **changes: Any) -> Interview:
    fields: dict[str, Any] = {
        "id": interview_id,
        "setup": Setup(level="mid", categories=("behavioral",), mode="mock", length=1, seed=7),
        "bank_hash": "abc",
        "turns": (Turn(question_id="BEH-GEN-001", question_version=1),),
        "started_at": NOW,
        "touched_at": NOW,
    }
    return Interview(**(fields | changes))


def make_attempt(attempt_id: str = "a1", **changes: Any) -> Attempt:
    fields: dict[str, Any] = {
        "id": attempt_id,
        "interview_id": "i1",
        "question_id": "BEH-GEN-001",
        "question_version": 1,
        "bank_hash": "abc",
        "category": "behavioral",
        "level": "mid",
        "specialisation": "general",
        "competency": "risk_issue",
        "scaffold": "star_l",
        "mode": "mock",
        "outcome": "answered",
        "parts": {"situation": "It rained.", "action": "I moved the date."},
        "figures": {},
        "notes": "",
        "started_at": NOW,
        "submitted_at": NOW + timedelta(seconds=90),
        "seconds": 90.25,
    }
    return Attempt(**(fields | changes))


def make_reply(reply_id: str = "r1", attempt_id: str = "a1", **changes: Any) -> Reply:
    fields: dict[str, Any] = {"probe_id": "p1", "ask": "How often?", "text": "Twice.", "replied_at": NOW}
    return Reply(id=reply_id, attempt_id=attempt_id, **(fields | changes))


def make_rating(rating_id: str = "s1", attempt_id: str = "a1", **changes: Any) -> Rating:
    marks = tuple(
        Mark(criterion=criterion, chosen=4, evidence="I moved the date", cap=5, score=4)
        for criterion in ("CTX", "ACT", "RES", "REF")
    )
    fields: dict[str, Any] = {"rater": "self", "red_flags": ("Blames the team",), "marks": marks, "q": 4.0}
    return Rating(id=rating_id, attempt_id=attempt_id, **({"rated_at": NOW} | fields | changes))


def make_calibration(calibration_id: str = "c1", **changes: Any) -> Calibration:
    marks = tuple(
        KeyedMark(
            question_id="BEH-GEN-001", question_version=1, label="strong", criterion=one, chosen=4, key=5
        )
        for one in ("CTX", "ACT", "RES", "REF")
    )
    return Calibration(id=calibration_id, **({"rated_at": NOW, "marks": marks} | changes))


def rewrite(bundle: Path, change: Callable[[dict[str, Any]], None], line: int = 1) -> None:
    """Change one line of a bundle."""
    lines = bundle.read_text("utf-8").splitlines()
    outer = json.loads(lines[line])
    change(outer)
    lines[line] = json.dumps(outer)
    bundle.write_text("\n".join(lines) + "\n", "utf-8")


@dataclass
class Unprivileged:
    """An ordinary user, whom permissions bind, with a folder of their own."""

    folder: Path


@contextmanager
def as_ordinary_user() -> Iterator[Unprivileged]:
    """Drop root for the block; an ordinary user is one already."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield Unprivileged(folder)
            folder.chmod(0o700)
            return
        os.chown(folder, NOBODY, NOBODY)
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
        try:
            yield Unprivileged(folder)
        finally:
            os.seteuid(0)
            os.setegid(0)


@contextmanager
def limited_file_size(size: int) -> Iterator[None]:
    """No file can grow beyond ``size`` bytes in the block: a disk that takes no more."""
    resource = pytest.importorskip("resource")
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
