"""A question of any category and frame, small and made up."""

from __future__ import annotations

from typing import Any

from itpm_prep.bank.types import (
    CATEGORY_CODES,
    CRITERIA_OF,
    Anchors,
    Cap,
    Category,
    Criterion,
    Figure,
    Probe,
    Provenance,
    Question,
    RedFlag,
    Scaffold,
    Timing,
)

SOME_WORDS = "On 3 May the supplier told Ana that 46 units were late by two weeks."  # 15 words
ANCHORS = Anchors(
    one="Nothing.", two="General.", three="One thing.", four="Two things.", five="Three things."
)
CPI = Figure(id="cpi", ask="CPI", formula="ev/ac", answer=0.82, tolerance=0.005, unit="ratio")
EAC = Figure(id="eac", ask="EAC", formula="bac/cpi", answer=1095, tolerance=5, unit="thousands")


def sample_question(
    category: Category = "behavioral", scaffold: Scaffold = "star_l", **changes: Any
) -> Question:
    """Weights 25 each; probes p1-p3 "missing" and p4 "always", one per criterion, unless changed."""
    ids = CRITERIA_OF[category]
    code = next(code for code, each in CATEGORY_CODES.items() if each == category)
    whens = ("missing", "missing", "missing", "always")
    fields: dict[str, Any] = {
        "schema_version": 1,
        "id": f"{code}-GEN-001",
        "version": 1,
        "status": "draft",
        "category": category,
        "level": "senior",
        "specialisation": "general",
        "competencies": ("risk_issue",),
        "title": "A late delivery",
        "stem": "Tell me about a delivery that came late.",
        "intent": "How a slip is met.",
        "scaffold": scaffold,
        "timing": Timing(prep_s=30, target_s=120, max_s=180),
        "probes": tuple(
            Probe(id=f"p{n}", targets=each, use_when=when, ask=f"What about {each}?")
            for n, (each, when) in enumerate(zip(ids, whens, strict=True), 1)
        ),
        "strong_points": ("the supplier asked for a plan", "costed options", "a date agreed", "lasting rule"),
        "red_flags": (
            RedFlag(text="Hides the slip.", cap=Cap(criterion=ids[1], max=2)),
            RedFlag(text="Blames one person.", cap=Cap(criterion=ids[1], max=1)),
        ),
        "criteria": tuple(Criterion(id=each, name=each, weight=25, anchors=ANCHORS) for each in ids),
        "topics": ("PT01",),
        "frameworks": (),
        "provenance": Provenance(
            author="a", created="2026-01-01", reviewed_by=(), licence="CC-BY-4.0", fiction=True
        ),
    }
    return Question(**fields | changes)
