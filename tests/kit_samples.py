"""Kits and answers to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from itpm_prep.practice.kits import Kit, KitQuestion
from itpm_prep.practice.records import Attempt

ASKED = ("SCN-SOF-001", "BEH-GEN-001", "TEC-GEN-001")
MADE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DUE = MADE + timedelta(days=7)
KIT_ID = "0f" * 16


def sample_kit(**changes: Any) -> Kit:
    """Three questions, mock, due a week after it was made."""
    fields: dict[str, Any] = {
        "id": KIT_ID,
        "title": "Week 3: risks",
        "questions": tuple(KitQuestion(one, 1) for one in ASKED),
        "mode": "mock",
        "made_at": MADE,
        "due_at": DUE,
        "message": "Take your time.\nBring figures.",
        "made_by": "Ms Hahn",
    }
    return Kit(**fields | changes)


def answer(question: str, hours: float, **changes: Any) -> Attempt:
    """An answer to a question of the kit, some hours after it was made."""
    moment = MADE + timedelta(hours=hours)
    fields: dict[str, Any] = {
        "id": f"{question}-{hours}",
        "interview_id": "i1",
        "question_id": question,
        "question_version": 1,
        "bank_hash": "b",
        "category": "scenario",
        "level": "senior",
        "specialisation": "general",
        "competency": "risk_issue",
        "scaffold": "sbar",
        "mode": "mock",
        "outcome": "answered",
        "parts": {},
        "figures": {},
        "notes": "",
        "started_at": moment,
        "submitted_at": moment,
        "seconds": 60.0,
        "kit": KIT_ID,
    }
    return Attempt(**fields | changes)
