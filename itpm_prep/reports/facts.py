"""The facts that frames are made from: those of one learner or of many, as plain tables.

The tables hold no words of an answer, so that a cohort fits into memory; ``texts`` is there for one's
own record alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from itpm_prep.reports.column import TIME

LEARNERS = {
    "learner_id": "str",
    "name": "str",
    "level": "str",
    "specialisation": "str",
    "last_bundle_at": TIME,
}
ATTEMPTS = {
    "learner_id": "str",
    "attempt_id": "str",
    "interview_id": "str",
    "question_id": "str",
    "question_version": "int64",
    "category": "str",
    "level": "str",
    "specialisation": "str",
    "competency": "str",
    "mode": "str",
    "outcome": "str",
    "retry_of": "str",
    "take": "int64",
    "preset": "str",
    "kit": "str",
    "started_at": TIME,
    "submitted_at": TIME,
    "seconds": "float64",
    "words": "int64",
}
RATINGS = {
    "learner_id": "str",
    "attempt_id": "str",
    "rating_id": "str",
    "rater": "str",
    "q": "float64",
    "rated_at": TIME,
}
SCORES = {
    "learner_id": "str",
    "attempt_id": "str",
    "rating_id": "str",
    "rater": "str",
    "criterion": "str",
    "chosen": "int64",
    "score": "int64",
    "cap": "int64",
    "has_evidence": "bool",
    "rated_at": TIME,
}
GATES = {
    "learner_id": "str",
    "calibration_id": "str",
    "rated_at": TIME,
    "marks": "int64",
    "mae": "float64",
    "leniency": "float64",
}
MEASURES = {
    "learner_id": "str",
    "attempt_id": "str",
    "words": "int64",
    "empty_parts": "int64",
    "hedges": "int64",
    "vague_claims": "int64",
    "long_sentences": "int64",
    "says_i": "int64",
    "says_we": "int64",
    "result_figure": "boolean",
    "points": "Int64",
    "touched": "Int64",
    "figures_right": "Int64",
    "figures_asked": "Int64",
}


@dataclass(frozen=True, eq=False)
class Source:
    """The facts, one table each; every row begins with the learner it belongs to.

    ``learners`` is in the order of the roster. ``level`` and ``specialisation`` there are the target,
    empty when none was set. A rating's ``rater`` is ``self`` or a reviewer's name; ``scores`` are its
    marks. ``gates`` has one row per passage. ``texts`` holds what was written, None for a cohort. Of a
    cohort all texts but those of ``learners`` are ``category``.
    """

    learners: pd.DataFrame
    attempts: pd.DataFrame
    ratings: pd.DataFrame
    scores: pd.DataFrame
    gates: pd.DataFrame
    measures: pd.DataFrame
    texts: pd.DataFrame | None = None
