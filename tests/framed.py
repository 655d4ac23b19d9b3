"""The frames of a record, and a record in which the model has something to say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from practised import attempt, rating, store

from itpm_prep.bank.compiled import Bank
from itpm_prep.practice.records import Attempt, Calibration, Fact, KeyedMark, Mark, Rating
from itpm_prep.practice.target import TARGET, Target
from itpm_prep.reports.frames import Frames, frames_of
from itpm_prep.reports.source import source_of_record
from itpm_prep.store.record import Record

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
STRONG = (
    "planning_scheduling",
    "cost_benefit",
    "risk_issue",
    "resources_vendors",
    "stakeholder_communication",
)
WEAK = ("scope_requirements", "change_control", "metrics_reporting", "delivery_method")
COMMENT = "Say who decided, and when."


def framed(record: Record, bank: Bank | None = None, now: datetime = NOW) -> Frames:
    """All frames of a record."""
    return frames_of(source_of_record(record, bank), bank, now)


def one_answer(record: Record, scores: tuple[int, ...] = (3, 3, 3, 3), **changes: object) -> Frames:
    """The frames after one scored answer."""
    answer = attempt(1, "SCN-GEN-902", "risk_issue", **changes)
    store(record, [answer, rating(answer, scores)])
    return framed(record)


def aim(record: Record, level: str = "senior", specialisation: str = "general") -> None:
    """Choose a target."""
    target = msgspec.convert({"level": level, "specialisation": specialisation}, Target)
    record.keep_document("target", TARGET, msgspec.json.encode(target).decode(), NOW)


def pass_gate(record: Record, days: float = 1.0) -> None:
    """A gate passed without a fault, so many days ago."""
    marks = tuple(
        KeyedMark(
            question_id=f"SCN-GEN-{950 + at}",
            question_version=1,
            label="strong",
            criterion=one,
            chosen=3,
            key=3,
        )
        for at in range(6)
        for one in ("DIA", "DEC", "COM", "PLN")
    )
    record.calibrate(Calibration(id=f"g{days}", rated_at=NOW - timedelta(days=days), marks=marks))


def review(of: Attempt, scores: tuple[int, ...], rater: str = "Ada", comment: str = COMMENT) -> Rating:
    """A review with a comment on the whole and one on the first criterion."""
    made = rating(of, scores, rater, later=60)
    marks: list[Mark] = [*made.marks]
    marks[0] = msgspec.structs.replace(marks[0], comment=f"First: {comment}")
    return msgspec.structs.replace(made, marks=tuple(marks), comment=comment)


def well_practised() -> list[Fact]:
    """Three strong answers to different questions in each of five competencies, two weak ones in four.

    Every third one is reviewed: half a point lower than the self-score.
    """
    facts: list[Fact] = []
    number = 0
    for competency, scores, times in [(one, (5, 4, 4, 4), 3) for one in STRONG] + [
        (one, (2, 2, 3, 2), 2) for one in WEAK
    ]:
        for _ in range(times):
            number += 1
            answer = attempt(
                number,
                f"SCN-GEN-{100 + number}",
                competency,
                submitted_at=NOW - timedelta(days=20 - number / 2),
                parts={"situation": f"answer number {number}"},
            )
            facts += [answer, rating(answer, scores)]
            if number % 3 == 0:
                facts.append(review(answer, tuple(max(1, one - at % 2) for at, one in enumerate(scores))))
    return facts


def practise_well(record: Record) -> None:
    """Target, gate, and the answers."""
    aim(record)
    pass_gate(record)
    store(record, well_practised())
