"""One learner of the class: readiness and what is missing, calibration, every answer in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
from ipywidgets import Widget

from itpm_prep.apps.cohort import cells
from itpm_prep.apps.cohort.lists import calibration, shown_names
from itpm_prep.apps.cohort.review_desk import forget_drafts
from itpm_prep.bank.names import CATEGORY_NAMES, COMPETENCY_NAMES, SPECIALISATION_NAMES
from itpm_prep.practice.records import Attempt
from itpm_prep.practice.scaffolds import frame_of
from itpm_prep.problems import PersonError
from itpm_prep.reports.model.agreement import bias_words
from itpm_prep.reports.one_learner import frames_of_learner
from itpm_prep.reports.page import page_name, report_page
from itpm_prep.widgets import cohort_sheets as sheets
from itpm_prep.widgets.markup import plural
from itpm_prep.widgets.saving import SavedFile
from itpm_prep.widgets.table import Line

if TYPE_CHECKING:
    from itpm_prep.apps.cohort.controller import CohortApp


class LearnerSheet:
    """Draws one learner; the answers stand without the learner's own scores, so that a review is blind."""

    def __init__(self, app: CohortApp, learner_id: str) -> None:
        self.app, self.id, self.frames = app, learner_id, app.frames
        rows = self._of(self.frames.learners)
        if rows.empty:
            raise PersonError("This learner is no longer in the class.")
        self.row: Any = next(cells.rows(rows))
        self.name = shown_names(self.frames)[learner_id]

    def show(self, below: Sequence[Widget] = ()) -> None:
        """The sheet, and a file on offer below it."""
        target = (
            f"{self.row.level.capitalize()}, {SPECIALISATION_NAMES.get(self.row.specialisation, 'General')}"
        )
        back = self.app.act(self.app.draw)
        self.app.page.show(
            *sheets.top(self.name, f"Target: {target}" if self.row.level else "No target was set", back),
            sheets.learner_head(self._facts()),
            *sheets.learner_tables(
                self._competencies(), self._calibration(), self._answers(), self.app.on(self.read)
            ),
            *sheets.print_form(self.app.act(self._print)),
            *sheets.ForgetForm(self.name, self._forget).blocks(self.app.act),
            below=below,
        )

    def _of(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["learner_id"] == self.id]

    def _facts(self) -> sheets.LearnerFacts:
        row = self.row
        told = (
            f"{plural(row.skipped, 'question')} skipped, {plural(row.retries, 'answer')} written again. "
            f"Last answer: {_told(row.last_answer_at, self.app.now())}. "
            f"Last file: {_told(row.last_bundle_at, self.app.now())}."
        )
        gate = f"Gate: {calibration(row)}"
        if pd.notna(row.gate_mae):
            gate += f", {row.gate_mae:.2f} from the key on average, {row.leniency:+.2f} above it"
        return sheets.LearnerFacts(
            sentence=row.sentence,
            advice=row.advice,
            told=told,
            attention=list(self._of(self.frames.attention)["reason"]),
            calibration=f"{gate}. Against reviewers: {bias_words(row.bias, row.pairs)}.",
        )

    def _competencies(self) -> list[Line]:
        rows = self._of(self.frames.readiness).sort_values("share", ascending=False, kind="stable")
        return [
            Line(
                row.competency,
                (
                    COMPETENCY_NAMES[row.competency],
                    cells.share(row.share),
                    cells.number(row.theta),
                    row.questions,
                    row.reviewed,
                    row.sentence,
                    row.advice,
                ),
            )
            for row in cells.rows(rows)
        ]

    def _calibration(self) -> list[Line]:
        return [
            Line(
                row.criterion,
                (
                    row.criterion_name,
                    row.pairs,
                    cells.number(row.own),
                    cells.number(row.reviewers),
                    cells.number(row.bias),
                    cells.number(row.mae),
                    cells.share(row.within_one),
                ),
            )
            for row in cells.rows(self._of(self.frames.calibration))
        ]

    def _answers(self) -> Iterator[Line]:
        now = self.app.now()
        for row in cells.rows(self._of(self.frames.attempts)):
            again = " (again)" if pd.notna(row.retry_of) else ""
            yield Line(
                row.attempt_id,
                (
                    f"{row.title or row.question_id}{again}",
                    cells.day(row.submitted_at, now),
                    CATEGORY_NAMES[row.category],
                    row.outcome.capitalize(),
                    row.kit or "none",
                    row.words,
                    row.reviewers,
                ),
            )

    def _print(self) -> None:
        now = self.app.now()
        page = report_page(frames_of_learner(self.frames, self.app.cohort, self.id), now)
        told = f"Readiness, calibration and every answer of {self.name}, with the own scores."
        self.show([SavedFile(page_name(now), told, "text/html", page.encode("utf-8", "replace"))])

    def _forget(self) -> None:
        self.app.cohort.forget(self.id)
        forget_drafts(self.app.record, self.id)
        self.app.changed()
        self.app.draw()
        self.app.page.remark(f"{self.name} was deleted.")

    # One answer ---------------------------------------------------------------------------------

    def read(self, attempt_id: str) -> None:
        """One answer in full, without scores."""
        attempt = self.app.cohort.attempt(self.id, attempt_id)
        if attempt is None:
            raise PersonError("This answer is no longer in the class.")
        bank = self.app.bank
        question = bank.question(attempt.question_id) if attempt.question_id in bank else None
        same = question is not None and question.version == attempt.question_version
        told = f"{self.name}, {_told(attempt.submitted_at, self.app.now())}"
        if question is not None and not same:
            told += (
                f". Answered in version {attempt.question_version}; the bank holds version {question.version}"
            )
        self.app.page.show(
            *sheets.top(question.title if question else attempt.question_id, told, self.app.act(self.show)),
            sheets.answer_sheet(self._texts(attempt), question.stem if question and same else ""),
            *sheets.review_form(self.app.act(lambda: self.app.review(self.id, attempt_id))),
        )

    def _texts(self, attempt: Attempt) -> Sequence[tuple[str, str]]:
        names = {part.id: part.name for part in frame_of(attempt.scaffold).parts}
        ordered = [
            *(part for part in names if part in attempt.parts),
            *(p for p in attempt.parts if p not in names),
        ]
        replies = self.app.cohort.replies(self.id, attempt.id)
        return [
            *((names.get(part, part), attempt.parts[part]) for part in ordered),
            *((f"Figure: {name}", text) for name, text in attempt.figures.items()),
            *((reply.ask, reply.text) for reply in replies),
        ]


def _told(moment: datetime, now: datetime) -> str:
    if pd.isna(moment):
        return "none"
    local = moment.astimezone(now.tzinfo)
    return f"{local.day} {local:%B %Y}"
