"""One learner's record, or a whole cohort, as documented DataFrames."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import pandas as pd

from itpm_prep.bank.compiled import Bank
from itpm_prep.reports import answers, attention, calibration, items, review_order, roster, summary
from itpm_prep.reports.columns import FRAMES, make_frame, shape
from itpm_prep.reports.facts import Source
from itpm_prep.reports.joined import Joined, join
from itpm_prep.reports.model.readiness import Readiness, assess
from itpm_prep.reports.reference import documented
from itpm_prep.reports.tables import Exports


def frames_of(source: Source, bank: Bank | None, now: datetime) -> Frames:
    """All frames of one learner or of a cohort, as they stand at ``now`` (an aware time)."""
    return Frames(source, bank, now)


@documented
@dataclass(frozen=True, eq=False, repr=False)
class Frames(Exports):
    """What learners have done, as DataFrames whose columns and dtypes hold even when they are empty.

    Each is made when it is first asked for, and kept. Scores run from 1 to 5, shares and chances from 0
    to 1; times are UTC. Where several ratings of one rater exist for an attempt, the latest counts. A
    question score is the mean of the reviewers', or the learner's own while nobody has reviewed the
    attempt. Means and counts leave out retries, which are written with the debrief in view, and of
    several takes of an answer all but the last.

    ``bank`` adds titles; ``now`` is the moment for which readiness and attention are told.
    """

    source: Source
    bank: Bank | None
    now: datetime

    def tables(self) -> dict[str, pd.DataFrame]:
        """Name to frame, in reading order; a cohort has no ``texts``."""
        shown = [name for name in FRAMES if name != "texts" or self.source.texts is not None]
        return {name: getattr(self, name) for name in shown}

    def __repr__(self) -> str:
        learners, answers = len(self.source.learners), len(self.source.attempts)
        return f"Frames(learners: {learners}, attempts: {answers}, scores: {len(self.source.scores)})"

    @cached_property
    def attempts(self) -> pd.DataFrame:
        """One row per attempt, learner by learner, oldest first."""
        return answers.attempts_frame(self.source, self._joined, self.bank)

    @cached_property
    def criterion_scores(self) -> pd.DataFrame:
        """One row per attempt, rater and criterion."""
        return answers.scores_frame(self._joined)

    @cached_property
    def competencies(self) -> pd.DataFrame:
        """One row per learner and competency met so far, by name."""
        return summary.by_competency(self.attempts, self.source.learners)

    @cached_property
    def categories(self) -> pd.DataFrame:
        """One row per learner and category, in the order of the bank."""
        return summary.by_category(self.attempts, self.source.learners)

    @cached_property
    def criteria(self) -> pd.DataFrame:
        """One row per learner and criterion scored so far, in the order of the bank."""
        return summary.by_criterion(self._joined, self.attempts)

    @cached_property
    def calibration(self) -> pd.DataFrame:
        """One row per learner and criterion that oneself and a reviewer have scored."""
        return calibration.by_criterion(self._joined)

    @cached_property
    def gates(self) -> pd.DataFrame:
        """One row per passage through the calibration gate, learner by learner, oldest first."""
        return calibration.gates_frame(self.source, self.now)

    @cached_property
    def readiness(self) -> pd.DataFrame:
        """One row per learner and competency of the bank."""
        return shape(self._readiness.competencies, FRAMES["readiness"])

    @cached_property
    def signals(self) -> pd.DataFrame:
        """One row per attempt: what a linter counted in it. Nothing of it enters a score."""
        return answers.signals_frame(self.source, self._joined)

    @cached_property
    def learners(self) -> pd.DataFrame:
        """One row per learner."""
        reasons = self.attention["learner_id"].value_counts()
        counted = self._roster["learner_id"].map(reasons).fillna(0)
        return shape(self._roster.assign(attention=counted), FRAMES["learners"])

    @cached_property
    def attention(self) -> pd.DataFrame:
        """One row per learner and reason for attention, the most urgent first."""
        return attention.attention_frame(self._roster, self.attempts, self._joined.learner, self.now)

    @cached_property
    def items(self) -> pd.DataFrame:
        """One row per question and version met, by id."""
        return items.items_frame(self._joined, self.attempts, self.item_criteria, self.bank)

    @cached_property
    def item_criteria(self) -> pd.DataFrame:
        """One row per question, version and criterion scored, by id."""
        return items.item_criteria_frame(self._joined, self.attempts)

    @cached_property
    def review_queue(self) -> pd.DataFrame:
        """One row per answer that fewer than two reviewers have scored, the most uncertain first."""
        return review_order.review_queue(self._joined, self.attempts, self._readiness.posterior)

    @cached_property
    def texts(self) -> pd.DataFrame:
        """One row per text of an attempt; empty for a cohort, whose answers are read one at a time."""
        return make_frame([], FRAMES["texts"]) if self.source.texts is None else self.source.texts

    @cached_property
    def _joined(self) -> Joined:
        return join(self.source)

    @cached_property
    def _readiness(self) -> Readiness:
        targets = dict(zip(self.source.learners["learner_id"], self.source.learners["level"], strict=True))
        raters = self._joined.ratings[["learner_id", "attempt_id", "rater"]]
        return assess(self.attempts, self.source.gates, raters, targets, self.now)

    @cached_property
    def _roster(self) -> pd.DataFrame:
        return roster.roster(self.source, self._joined, self.attempts, self._readiness, self.now)
