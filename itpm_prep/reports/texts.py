"""All that was written for an attempt, one row for each text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

import pandas as pd

from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.bank.types import Question
from itpm_prep.practice import words
from itpm_prep.practice.records import Attempt, Rating, Reply
from itpm_prep.practice.review import by_rater
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.reports.columns import FRAMES, make_frame

F = TypeVar("F", Reply, Rating)


def texts_frame(
    learner: str,
    attempts: Sequence[Attempt],
    replies: Iterable[Reply],
    ratings: Iterable[Rating],
    known: Mapping[str, Question],
) -> pd.DataFrame:
    """The frame ``texts``; ``known`` holds the questions met, which say what a figure was asked for."""
    return make_frame(_text_rows(learner, attempts, replies, ratings, known), FRAMES["texts"])


def _text_rows(
    learner: str,
    attempts: Sequence[Attempt],
    replies: Iterable[Reply],
    ratings: Iterable[Rating],
    known: Mapping[str, Question],
) -> Iterable[dict[str, Any]]:
    replies_of, ratings_of = _by_attempt(replies), _by_attempt(ratings)
    for attempt in attempts:
        texts = _texts(attempt, replies_of.get(attempt.id, []), known.get(attempt.question_id))
        for kind, label, text in chain(texts, _comments(ratings_of.get(attempt.id, []))):
            if text.strip():
                yield {
                    "learner_id": learner,
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


def _by_attempt(facts: Iterable[F]) -> dict[str, list[F]]:
    found: dict[str, list[F]] = {}
    for fact in facts:
        found.setdefault(fact.attempt_id, []).append(fact)
    return found


def _comments(ratings: Iterable[Rating]) -> Iterable[tuple[str, str, str]]:
    """Kind, label and text of what reviewers said of an attempt, in their latest review of it."""
    for name, rating in by_rater(ratings).items():
        yield "comment", name, rating.comment
        for mark in rating.marks:
            yield "comment", f"{name} on {CRITERION_NAMES.get(mark.criterion, mark.criterion)}", mark.comment
