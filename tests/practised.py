"""Facts whose means and counts are known by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from itpm_prep.practice.records import Attempt, Fact, Interview, Mark, Rating, Reply, Setup, Turn
from itpm_prep.store.record import Record

START = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
MARKUP = '<script>alert("x")</script><img src=https://example.org/x.png> & "done"'
FORMULA = '=HYPERLINK("https://example.org";"click")'

KEYED = "SCN-SOF-001"
"""A question of the bank with figures to work out."""

FIGURES = {"cpi": "0.82", "eac": "900"}

CRITERIA = {"scenario": ("DIA", "DEC", "COM", "PLN"), "behavioral": ("CTX", "ACT", "RES", "REF")}


def attempt(number: int, question: str, competency: str, **changes: object) -> Attempt:
    """Attempt ``a<number>``, submitted ``number`` days after the start."""
    category = "scenario" if question.startswith("SCN") else "behavioral"
    values = {
        "id": f"a{number}",
        "interview_id": "i1",
        "question_id": question,
        "question_version": 1,
        "bank_hash": "b",
        "category": category,
        "level": "senior",
        "specialisation": "general",
        "competency": competency,
        "scaffold": "sbar" if category == "scenario" else "star_l",
        "mode": "mock",
        "outcome": "answered",
        "parts": {"situation": "one two three", "background": MARKUP},
        "figures": {},
        "notes": "",
        "started_at": START + timedelta(days=number),
        "submitted_at": START + timedelta(days=number, minutes=3),
        "seconds": 171.5,
    }
    return Attempt(**{**values, **changes})  # type: ignore[arg-type]


def rating(of: Attempt, scores: tuple[int, ...], rater: str = "self", later: int = 5, cap: int = 5) -> Rating:
    """A rating some minutes after the attempt; every chosen anchor is the score itself."""
    marks = tuple(
        Mark(criterion=c, chosen=s, evidence="one two" if s >= 3 else "", cap=cap, score=s)
        for c, s in zip(CRITERIA[of.category], scores, strict=True)
    )
    return Rating(
        id=f"{of.id}-{rater}-{later}",
        attempt_id=of.id,
        rater=rater,
        red_flags=(),
        marks=marks,
        q=sum(scores) / 4,
        rated_at=of.submitted_at + timedelta(minutes=later),
    )


def practised() -> list[Fact]:
    """Five scenario answers to two questions, one scenario skipped, one behavioral answer, one retry."""
    a0 = attempt(0, KEYED, "cost_benefit", figures=FIGURES)
    a1 = attempt(1, "SCN-GEN-902", "cost_benefit")
    a2 = attempt(2, KEYED, "cost_benefit", question_version=99)
    a3 = attempt(3, "SCN-GEN-902", "risk_issue")
    a4 = attempt(4, "SCN-GEN-903", "risk_issue", outcome="skipped", parts={})
    a5 = attempt(5, "BEH-GEN-001", "self_management", notes=FORMULA)
    a6 = attempt(6, "SCN-GEN-902", "cost_benefit", retry_of="a1", retry_part="situation")
    a7 = attempt(7, KEYED, "cost_benefit")
    return [
        a0, a1, a2, a3, a4, a5, a6, a7,
        Reply(id="r0", attempt_id="a0", probe_id="p0", ask="Why?", text="+1 for her", replied_at=START),
        rating(a0, (2, 2, 2, 2)),
        rating(a0, (3, 3, 2, 4), later=9),
        rating(a1, (4, 4, 4, 4)),
        rating(a1, (3, 3, 3, 1), rater="Ada"),
        rating(a2, (4, 3, 4, 3)),
        rating(a3, (1, 2, 2, 1), cap=2),
        rating(a5, (5, 4, 3, 4)),
        rating(a6, (5, 5, 5, 5)),
    ]  # fmt: skip


def store(record: Record, facts: list[Fact]) -> None:
    """Put the facts into one interview of a record."""
    setup = Setup(level="senior", categories=("scenario",), mode="mock", length=1, seed=1)
    turns = (Turn(question_id=KEYED, question_version=1),)
    interview = Interview(
        id="i1", setup=setup, bank_hash="b", turns=turns, started_at=START, touched_at=START
    )
    record.begin(interview, "tab", START)
    record.advance(interview, facts, "tab", START)
