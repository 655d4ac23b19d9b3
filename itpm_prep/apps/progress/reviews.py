"""Reviews in: files from the instructor, and the answers reviewed so far."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from itpm_prep.problems import StoreError
from itpm_prep.store.bundle_lines import read_header
from itpm_prep.store.bundles import ImportResult, import_bundle
from itpm_prep.store.learner import read_learner
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block, Handed, Row
from itpm_prep.widgets.progress_screen import REVIEW_BYTES, review_result, reviews_screen

if TYPE_CHECKING:
    from itpm_prep.apps.progress.controller import ProgressApp

NOT_YOURS = (
    "These reviews are of somebody else's answers, or of answers that you handed in from another record. "
    "Nothing was taken in. Ask your instructor which file is yours."
)
MOST_FAULTS = 8
"""Faults of one file that are told; a file with more is not mended line by line."""


class Reviews:
    """Takes files of reviews and lists what was reviewed."""

    def __init__(self, app: ProgressApp) -> None:
        self.app = app
        self._results: list[Block] = []

    def blocks(self) -> Sequence[Block]:
        """The place to drop files, what came of the last ones, and the answers reviewed."""
        reviewed = self.app.answers.items(lambda row: row.reviewers > 0)
        results = Row(*self._results, look="")
        self._results = []
        return reviews_screen(self.app.on(self._take), results, reviewed, self.app.on(self._open))

    def _open(self, attempt_id: str) -> None:
        self.app.answers.open(attempt_id, "reviews")

    def _take(self, files: Sequence[Handed]) -> None:
        self._results = [self._read(file) for file in files]
        self.app.forget()
        self.app.show_view("reviews")

    def _read(self, file: Handed) -> Block:
        if file.content is None:
            words = (
                f"It is larger than {REVIEW_BYTES // 1_000_000} MB, so it is no file of reviews. "
                "Larger bundles go in with itpm-prep data import."
            )
            return review_result(file.name, [words], fault=True)
        try:
            header = read_header(BytesIO(file.content), file.name)
            if header.sender and header.learner.id != read_learner(self.app.record).id:
                return review_result(file.name, [NOT_YOURS], fault=True)
            result = import_bundle(self.app.record, BytesIO(file.content), name=file.name)
        except StoreError as fault:
            return review_result(file.name, [str(fault)], fault=True)
        return review_result(file.name, told(result), fault=bool(result.problems))


def told(result: ImportResult) -> list[str]:
    """What came of a file, in words: first the whole, then line by line what was passed over."""
    whose = f"Reviews by {result.reviewer}: " if result.reviewer else "A bundle of answers: "
    parts = [f"{result.added} new"] if result.added else []
    parts += [f"{result.known} here already"] if result.known else []
    said = whose + (", ".join(parts) or "nothing that could be taken in") + "."
    if not result.problems:
        return [said]
    said += f" {markup.plural(len(result.problems), 'line')} passed over; what is sound was taken."
    faults = [
        f"Line {one.line}: {one.key or 'the line'} is {one.found}; must {one.must}."
        for one in result.problems
    ]
    more = len(faults) - MOST_FAULTS
    return [said, *faults[:MOST_FAULTS], *([f"And {more} more."] if more > 0 else [])]
