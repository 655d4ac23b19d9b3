"""The record as documented DataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.names import COMPETENCY_NAMES, CRITERION_NAMES
from itpm_prep.bank.types import CATEGORIES, Question
from itpm_prep.practice import words
from itpm_prep.practice.calibration import gate_at
from itpm_prep.practice.figures import judge_all
from itpm_prep.practice.records import Attempt, Calibration, Mark, Rating, Reply
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.reports.columns import ATTEMPTS, SCORES, TEXTS, make_frame
from itpm_prep.reports.summary import summarise, summarise_criteria
from itpm_prep.reports.words import SELF
from itpm_prep.store.record import Record


@dataclass(frozen=True, eq=False, repr=False)
class Progress:
    """What a learner has done, as DataFrames whose columns and dtypes hold even when they are empty.

    Scores run from 1 to 5. Times are UTC. Where several ratings of one rater exist for an attempt, the
    latest counts. ``q`` is the mean of the reviewers' question scores, or the learner's own while
    nobody has reviewed the attempt (``self_rated``); it is missing for a skipped or unscored one.

    ``attempts``: one row per attempt, oldest first: attempt_id, interview_id, question_id, title (empty
    when the bank does not hold the question), category, level, specialisation, competency, mode,
    outcome (``answered`` or ``skipped``), retry_of (all str, retry_of missing unless a retry),
    question_version (int64), take (int64: of several takes of an answer the last one counts),
    submitted_at (datetime64[us, UTC]), seconds on the answer clock (float64), words (int64), q
    (float64), raters (int64), self_rated (bool), calibrated_at (datetime64[us, UTC]: the gate that
    stood when a self-rated attempt was rated), figures_right and
    figures_asked (Int64, missing when the bank does not hold that version of the question).

    ``scores``: one row per attempt, rater and criterion: attempt_id, criterion, criterion_name, rater
    (str), chosen, score, cap (int64), has_evidence (bool), rated_at (datetime64[us, UTC]).

    ``texts``: one row per text of an attempt: attempt_id, kind (``part``, ``figure``, ``reply`` or
    ``notes``), label, text (str), words (int64).

    ``by_category`` (five rows, in the order of the bank) and ``by_competency`` (those met so far, by
    name): category or competency (str); answers, skipped, retries, scored, questions (int64: different
    questions scored); mean_q, latest_q (float64); latest_at (datetime64[us, UTC]); too_thin (bool:
    fewer than 2 different questions scored, so that the mean should not be shown); no_trend (bool:
    fewer than 4 scored answers). Retries are counted apart and enter neither mean nor latest: they
    are written with the debrief in view.

    ``by_criterion``: criterion, criterion_name (str), scored, questions (int64), mean_score (float64),
    too_thin (bool); retries left out in the same way, reviewers before self as for q.
    """

    attempts: pd.DataFrame
    scores: pd.DataFrame
    texts: pd.DataFrame
    by_category: pd.DataFrame
    by_competency: pd.DataFrame
    by_criterion: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Name to frame, in reading order."""
        return dict(vars(self))

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name}: {len(frame)} rows" for name, frame in self.tables().items())
        return f"Progress({sizes})"


def progress_frames(record: Record, bank: Bank | None = None) -> Progress:
    """All frames of a record; ``bank`` adds titles, the names of criteria, and judges figures.

    Raises ``StoreError`` when the record cannot be read.
    """
    read = record.attempts()
    ratings = latest_ratings(record.ratings())
    asked = {attempt.question_id for attempt in read}
    known = {id_: bank.question(id_) for id_ in asked if id_ in bank} if bank else {}
    gates = record.calibrations()
    attempts = make_frame((_attempt_row(a, ratings.get(a.id, []), known, gates) for a in read), ATTEMPTS)
    scores = make_frame(_score_rows(read, ratings, known), SCORES)
    return Progress(
        attempts=attempts,
        scores=scores,
        texts=make_frame(_text_rows(read, record.replies(), known), TEXTS),
        by_category=summarise(attempts, "category", CATEGORIES),
        by_competency=summarise(attempts, "competency", _met(attempts["competency"])),
        by_criterion=summarise_criteria(attempts, scores),
    )


def _met(competencies: Iterable[str]) -> list[str]:
    return sorted(set(competencies), key=COMPETENCY_NAMES.__getitem__)


def latest_ratings(ratings: Iterable[Rating]) -> dict[str, list[Rating]]:
    """Attempt id to the latest rating of each rater."""
    latest: dict[tuple[str, str], Rating] = {}
    for rating in sorted(ratings, key=lambda r: r.rated_at):
        latest[rating.attempt_id, rating.rater] = rating
    found: dict[str, list[Rating]] = {}
    for rating in latest.values():
        found.setdefault(rating.attempt_id, []).append(rating)
    return found


def _attempt_row(
    attempt: Attempt,
    ratings: Sequence[Rating],
    known: Mapping[str, Question],
    gates: Sequence[Calibration],
) -> dict[str, Any]:
    question = known.get(attempt.question_id)
    counted = [r.q for r in ratings if r.rater != SELF] or [r.q for r in ratings]
    right, asked = _figures(attempt, question)
    self_rated = [r.rater for r in ratings] == [SELF]
    gate = gate_at(gates, ratings[0].rated_at) if self_rated else None
    return {
        **{name: getattr(attempt, name, None) for name in ATTEMPTS},
        "attempt_id": attempt.id,
        "title": question.title if question else "",
        "words": sum(map(words.count, attempt.parts.values())),
        "q": sum(counted) / len(counted) if counted else None,
        "raters": len(ratings),
        "self_rated": self_rated,
        "calibrated_at": gate.rated_at if gate else None,
        "figures_right": right,
        "figures_asked": asked,
    }


def _figures(attempt: Attempt, question: Question | None) -> tuple[int | None, int | None]:
    """How many figures are right, of how many; unknown when the bank holds another version."""
    if question is None or question.version != attempt.question_version:
        return None, None
    results = judge_all(question, attempt.figures)
    return sum(result.verdict == "right" for result in results), len(results)


def _score_rows(
    attempts: Iterable[Attempt], ratings: Mapping[str, list[Rating]], known: Mapping[str, Question]
) -> Iterable[dict[str, Any]]:
    for attempt in attempts:
        names = _criterion_names(known.get(attempt.question_id))
        for rating in ratings.get(attempt.id, []):
            for mark in rating.marks:
                yield _score_row(rating, mark, names)


def _criterion_names(question: Question | None) -> dict[str, str]:
    own: dict[str, str] = {c.id: c.name for c in question.criteria} if question else {}
    return CRITERION_NAMES | own


def _score_row(rating: Rating, mark: Mark, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "attempt_id": rating.attempt_id,
        "criterion": mark.criterion,
        "criterion_name": names.get(mark.criterion, mark.criterion),
        "chosen": mark.chosen,
        "score": mark.score,
        "cap": mark.cap,
        "has_evidence": bool(mark.evidence.strip()),
        "rater": rating.rater,
        "rated_at": rating.rated_at,
    }


def _text_rows(
    attempts: Iterable[Attempt], replies: Iterable[Reply], known: Mapping[str, Question]
) -> Iterable[dict[str, Any]]:
    replies_of: dict[str, list[Reply]] = {}
    for reply in replies:
        replies_of.setdefault(reply.attempt_id, []).append(reply)
    for attempt in attempts:
        texts = _texts(attempt, replies_of.get(attempt.id, []), known.get(attempt.question_id))
        for kind, label, text in texts:
            if text.strip():
                yield {
                    "attempt_id": attempt.id,
                    "kind": kind,
                    "label": label,
                    "text": text,
                    "words": words.count(text),
                }


def _texts(
    attempt: Attempt, replies: Iterable[Reply], question: Question | None
) -> Iterable[tuple[str, str, str]]:
    """Kind, label and text of all that was written for an attempt."""
    parts = {part.id: part.name for part in frame_of(attempt.scaffold).parts}
    asks = {figure.id: figure.ask for figure in question.figures} if question else {}
    yield from (("part", parts.get(part, part), text) for part, text in attempt.parts.items())
    yield from (("figure", asks.get(figure, figure), text) for figure, text in attempt.figures.items())
    yield from (("reply", reply.ask, reply.text) for reply in replies)
    yield "notes", "Notes", attempt.notes
