"""One question of the class: what its scores say, and the anchor to mend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from itpm_prep import settings
from itpm_prep.apps.cohort import cells
from itpm_prep.bank.types import Question
from itpm_prep.problems import PersonError
from itpm_prep.widgets import cohort_sheets as sheets
from itpm_prep.widgets.blocks import Row
from itpm_prep.widgets.markup import plural
from itpm_prep.widgets.question_sheet import described, interviewer_sheet
from itpm_prep.widgets.table import Line

if TYPE_CHECKING:
    from itpm_prep.apps.cohort.controller import CohortApp


class ItemSheet:
    """Draws one version of a question; ``key`` is that of ``lists.item_key``."""

    def __init__(self, app: CohortApp, key: str) -> None:
        self.app = app
        self.id, _, version = key.rpartition(" ")
        self.version = int(version)
        rows = self._of(app.frames.items)
        if rows.empty:
            raise PersonError("Nobody in the class has been asked this question any more.")
        self.row: Any = next(cells.rows(rows))
        held = app.bank.question(self.id) if self.id in app.bank else None
        self.question = held if held and held.version == self.version else None
        self.newer = held.version if held and not self.question else 0

    def show(self) -> None:
        """The sheet."""
        row = self.row
        told = (
            f"{self.id}, version {self.version}. Put to {plural(row.learners, 'learner')}: "
            f"{plural(row.answers, 'answer')}, {row.skipped} skipped."
        )
        blocks = [
            *sheets.top(row.title or self.id, told, self.app.act(self.app.draw)),
            sheets.mend_sheet(self._mendings(), self._whole(), self._place()),
            sheets.criteria_table(self._criteria()),
            Row(look="wide"),
        ]
        if self.question:
            read = described(self.question)
            blocks.append(sheets.folded(f"The whole question: {read}", interviewer_sheet(self.question, {})))
        self.app.page.show(*blocks)

    def _of(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[(frame["question_id"] == self.id) & (frame["question_version"] == self.version)]

    def _mendings(self) -> list[sheets.Mending]:
        if self.question is None:
            return []
        known = {criterion.id: criterion for criterion in self.question.criteria}
        return [
            sheets.Mending(known[row.criterion], row.mend, 0 if pd.isna(row.anchor) else int(row.anchor))
            for row in cells.rows(self._of(self.app.frames.item_criteria))
            if row.mend and row.criterion in known
        ]

    def _whole(self) -> str:
        """What is wrong with the question as a whole, or why its anchors cannot be shown."""
        if self.newer:
            lack = f"The bank now holds version {self.newer}; the anchors of version {self.version} are gone."
            return f"{self.row.mend} {lack}".strip()
        return str(self.row.mend)

    def _place(self) -> str:
        """The file of the question, where it can be found."""
        question = self.question
        if question is None:
            return ""
        file = _file_of(question)
        return str(file) if file.is_file() else ""

    def _criteria(self) -> list[Line]:
        return [
            Line(
                row.criterion,
                (
                    row.criterion_name,
                    row.scored,
                    cells.number(row.mean_score),
                    cells.number(row.sd_score),
                    cells.share(row.above_3),
                    cells.share(row.below_3),
                    cells.signed(row.gap, row.self_pairs),
                    cells.with_n(row.kappa, row.reviewer_pairs),
                    row.apart_2,
                ),
            )
            for row in cells.rows(self._of(self.app.frames.item_criteria))
        ]


def _file_of(question: Question) -> Path:
    return settings.bank_dir() / question.category / f"{question.id}.yaml"
