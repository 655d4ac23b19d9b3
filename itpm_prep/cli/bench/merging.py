"""How long it takes to merge what a class handed in."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from msgspec.structs import replace

from itpm_prep.bank.types import COMPETENCIES, LEVELS
from itpm_prep.cli.bench.goals import Result
from itpm_prep.practice.measures import measure
from itpm_prep.practice.records import Attempt, Mark, Rating
from itpm_prep.store.bundle_lines import Item, Learner, write_bundle
from itpm_prep.store.cohort import open_cohort

SEED = 11
ATTEMPTS, WORDS = 125, 250
LEARNERS = 200
START = datetime(2026, 9, 1, tzinfo=UTC)
_VOCABULARY = (
    "the",
    "of",
    "and",
    "we",
    "I",
    "sponsor",
    "risk",
    "budget",
    "supplier",
    "release",
    "moved",
    "asked",
)


def measure_merge(rounds: int, folder: Path, learners: int = LEARNERS) -> list[Result]:
    """Seconds to merge the bundles of some learners, each of 125 scored answers of 250 words.

    The control parses the same lines and inserts the same facts as rows in one transaction: no check, no
    index, nothing twice.
    """
    bundles = folder / "hand-in"
    bundles.mkdir()
    for number in range(learners):
        learner = Learner(f"learner-{number}", f"No {number}")
        write_bundle(bundles / f"{number:04}.jsonl", _answers(number), learner)
    ours, control = [], []
    for round_ in range(rounds):
        start = perf_counter()
        found = _insert_by_hand(bundles, folder / f"control-{round_}.sqlite3")
        middle = perf_counter()
        with open_cohort(folder / f"cohort-{round_}.sqlite3") as cohort:
            merged = cohort.merge_folder(bundles)
        control.append(middle - start)
        ours.append(perf_counter() - middle)
        if merged.added != found or merged.problems:
            raise RuntimeError(f"merged {merged.added} facts, not {found}")
    return [Result("merge", ours, control)]


def _answers(number: int) -> list[Item]:
    """125 answers of one learner with their own scores and measures."""
    chance = random.Random(SEED + number)  # noqa: S311 -- the same answers each time, and no secret
    attempts = [_attempt(number, one, chance) for one in range(ATTEMPTS)]
    counted = measure(attempts[0], None)  # counting anew takes minutes, and no part in what is measured
    measures = [replace(counted, attempt_id=one.id) for one in attempts]
    return [*attempts, *(_rating(one, chance) for one in attempts), *measures]


def _attempt(learner: int, number: int, chance: random.Random) -> Attempt:
    parts = ("situation", "task", "action", "result", "learning")
    started = START + timedelta(days=number, minutes=learner % 600)
    return Attempt(
        id=f"{chance.getrandbits(128):032x}",
        interview_id=f"{learner:08}-{number // 5:023}",
        question_id=f"BEH-GEN-{number % 60 + 1:03}",
        question_version=1,
        bank_hash="b" * 64,
        category="behavioral",
        level=chance.choice(LEVELS),
        specialisation="general",
        competency=chance.choice(COMPETENCIES),
        scaffold="star_l",
        mode="mock",
        outcome="answered",
        parts={part: " ".join(chance.choices(_VOCABULARY, k=WORDS // len(parts))) for part in parts},
        figures={},
        notes="",
        started_at=started,
        submitted_at=started + timedelta(seconds=150),
        seconds=150.0,
    )


def _rating(attempt: Attempt, chance: random.Random) -> Rating:
    evidence = attempt.parts["action"][:80]
    scores = {criterion: chance.randint(1, 5) for criterion in ("CTX", "ACT", "RES", "REF")}
    return Rating(
        id=f"{chance.getrandbits(128):032x}",
        attempt_id=attempt.id,
        rater="self",
        red_flags=(),
        marks=tuple(
            Mark(criterion=name, chosen=score, evidence=evidence, cap=5, score=score)
            for name, score in scores.items()
        ),
        q=sum(scores.values()) / len(scores),
        rated_at=attempt.submitted_at + timedelta(minutes=2),
    )


def _insert_by_hand(bundles: Path, path: Path) -> int:
    """What anybody would write: read, parse, insert; the number of facts."""
    rows: dict[str, list[list[Any]]] = {"attempt": [], "rating": [], "mark": [], "measures": []}
    with closing(sqlite3.connect(path)) as connection:
        widths = {"attempt": 24, "rating": 8, "mark": 8, "measures": 15}
        for table, width in widths.items():
            connection.execute(f"CREATE TABLE {table} ({', '.join(f'c{at}' for at in range(width))})")
        facts = 0
        for bundle in sorted(bundles.iterdir()):
            with bundle.open(encoding="utf-8") as file:
                learner = json.loads(next(file))["learner"]["id"]
                for line in file:
                    facts += _take_apart(json.loads(line), learner, rows)
            for table, listed in rows.items():
                places = ", ".join("?" * widths[table])
                connection.executemany(f"INSERT INTO {table} VALUES ({places})", listed)  # noqa: S608
                listed.clear()
        connection.commit()
    return facts


def _take_apart(line: dict[str, Any], learner: str, rows: dict[str, list[list[Any]]]) -> bool:
    """The values of one line as rows; what is itself a list or an object as JSON."""
    kind, fact = line["kind"], line["fact"]
    if kind not in rows:
        return False
    marks = fact.pop("marks", ())
    rows["mark"] += [[learner, fact["id"], *mark.values()] for mark in marks]
    plain = (json.dumps(value) if isinstance(value, dict | list) else value for value in fact.values())
    rows[kind].append([learner, *plain])
    return True
