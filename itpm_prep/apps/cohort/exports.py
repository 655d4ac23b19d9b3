"""Saving a class: its frames, a page to print, and a gradebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
from ipywidgets import Widget

from itpm_prep import settings
from itpm_prep.apps.cohort import cells
from itpm_prep.apps.cohort.kits import MADE
from itpm_prep.apps.cohort.lists import shown_names
from itpm_prep.practice.kit_files import decode_kits
from itpm_prep.practice.kits import Kit
from itpm_prep.problems import PersonError
from itpm_prep.reports import gradebook
from itpm_prep.reports.class_page import class_page, page_name
from itpm_prep.reports.identifiers import Identifiers, read_identifiers, read_typed
from itpm_prep.reports.tables import to_csv, write_files
from itpm_prep.reports.workbook import write_workbook
from itpm_prep.widgets import export_screen as screens
from itpm_prep.widgets.blocks import Block, Handed
from itpm_prep.widgets.markup import plural
from itpm_prep.widgets.saving import MOST_BYTES, SavedFile

if TYPE_CHECKING:
    from itpm_prep.apps.cohort.controller import CohortApp

SHORT = (
    "learners",
    "attention",
    "readiness",
    "competencies",
    "calibration",
    "gates",
    "items",
    "item_criteria",
)
"""The frames that have a row for a learner or a question, and none for each answer or score."""
KINDS: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "parquet": "application/zip",
    "html": "text/html",
}


class Export:
    """Makes the files when they are asked for, and offers them below the forms."""

    def __init__(self, app: CohortApp) -> None:
        self.app = app
        self._lists: list[tuple[str, bytes]] = []
        kits = {kit.id: kit.title for kit in self._kits()}
        columns = {str(platform): names for platform, names in gradebook.COLUMNS.items()}
        measures = {str(measure): words for measure, words in gradebook.MEASURES.items()}
        self._screen = screens.ExportScreen(columns, measures, kits, app.on(self._take))

    def draw(self) -> Sequence[Block]:
        """Both forms."""
        return self._screen.blocks(self.app.act(self._make_tables), self.app.act(self._make_grades))

    def _kits(self) -> list[Kit]:
        return decode_kits(self.app.record.documents(MADE))

    # Tables -------------------------------------------------------------------------------------

    def _make_tables(self) -> None:
        form, extent = self._screen.tables
        self._expect_learners()
        self.app.page.remark("Making the file …")
        if form == "html":
            self._offer_page()
            return
        frames = self.app.frames
        tables = frames.tables() if extent == "whole" else {name: getattr(frames, name) for name in SHORT}
        name = f"cohort-{self.app.now():%Y-%m-%d}.{'zip' if form in ('csv', 'parquet') else form}"
        rows = sum(map(len, tables.values()))
        told = f"{len(tables)} tables of {rows:,} rows in all."
        self._offer(name, told, KINDS[form], WRITERS[form](tables))

    def _offer_page(self) -> None:
        now = self.app.now()
        page = class_page(self.app.frames, now).encode("utf-8", "replace")
        told = "The roster, the heat map, who needs attention and the questions, as a page to print."
        self._offer(page_name(now), told, KINDS["html"], page)

    def _offer(self, name: str, told: str, kind: str, content: bytes, *blocks: Block) -> None:
        """A link to save the file, or the place on the disk where a large one was put."""
        below: list[Widget] = []
        if len(content) <= MOST_BYTES:
            below.append(SavedFile(name, told, kind, content))
        self.app.show(*self.draw(), *blocks, below=below)
        if not below:
            place = settings.home() / "exports" / name
            write_files({place: lambda file: _write(file, content)})
            self.app.page.remark(f"{told} {len(content) / 1e6:.0f} MB, saved as {place}.")

    def _expect_learners(self) -> None:
        if self.app.frames.learners.empty:
            raise PersonError("Nobody has handed in yet: there is nothing to save.")

    # Gradebook ----------------------------------------------------------------------------------

    def _take(self, files: Sequence[Handed]) -> None:
        """A class list: read at once, so that a fault is told while the file is at hand."""
        for file in files:
            if file.content is None:
                raise PersonError(f"{file.name} is larger than a class list can be.")
            read_identifiers(file.content, file.name, self._screen.grades.column, Identifiers())
            self._lists.append((file.name, file.content))
        names = ", ".join(name for name, _ in self._lists)
        self._screen.say_listed(f"Identifiers are taken from {names}.")

    def _make_grades(self) -> None:
        asked = self._screen.grades
        self._expect_learners()
        given = Identifiers()
        for name, content in self._lists:
            read_identifiers(content, name, asked.column, given)
        read_typed(asked.typed.replace(";", "\n"), given)
        book = gradebook.make_gradebook(
            self.app.frames,
            given,
            platform=asked.platform,  # type: ignore[arg-type]  # a list offers no other
            column=asked.column,
            title=asked.title,
            measure=asked.measure,  # type: ignore[arg-type]  # as above
            kit=next((kit for kit in self._kits() if kit.id == asked.kit), None),
            points=float(asked.points) if asked.points else None,
        )
        names = shown_names(self.app.frames)
        lines = [(names[row.learner_id], row.reason) for row in cells.rows(book.left_out)]
        told = f"{plural(book.rows, 'grade')}, of {book.points:g} at most."
        name = f"gradebook-{asked.platform}-{self.app.now():%Y-%m-%d}.csv"
        self._offer(name, told, "text/csv", book.content, screens.left_out(lines, book.unused))


# Writing --------------------------------------------------------------------------------------------


def _write(file: object, content: bytes) -> None:
    file.write(content)  # type: ignore[attr-defined]  # a binary file


def _excel(tables: Mapping[str, pd.DataFrame]) -> bytes:
    packed = BytesIO()
    write_workbook(tables, packed)
    return packed.getvalue()


def _zipped(
    ending: str, write: Callable[[pd.DataFrame], bytes]
) -> Callable[[Mapping[str, pd.DataFrame]], bytes]:
    def pack(tables: Mapping[str, pd.DataFrame]) -> bytes:
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archived:
            for name, frame in tables.items():
                archived.writestr(f"{name}.{ending}", write(frame))
        return packed.getvalue()

    return pack


def _parquet(frame: pd.DataFrame) -> bytes:
    packed = BytesIO()
    frame.to_parquet(packed, index=False)
    return packed.getvalue()


WRITERS: Mapping[str, Callable[[Mapping[str, pd.DataFrame]], bytes]] = {
    "xlsx": _excel,
    "csv": _zipped("csv", to_csv),
    "parquet": _zipped("parquet", _parquet),
}
