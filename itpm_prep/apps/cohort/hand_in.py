"""Handing in: files that arrive through the page or lie in a folder, merged and accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from itpm_prep.apps.cohort.cells import ID_SHOWN, NAMELESS
from itpm_prep.problems import PersonError, Problem
from itpm_prep.store.cohort import FileMerged, Merged
from itpm_prep.widgets import hand_in_screen as screens
from itpm_prep.widgets.blocks import Block, Handed
from itpm_prep.widgets.table import Line

if TYPE_CHECKING:
    from itpm_prep.apps.cohort.controller import CohortApp

FOLDER = "hand_in_folder"
"""The preference that keeps the folder."""
MOST_TOLD = 3
"""Faults of one file that are told in its line."""


class HandIn:
    """Merges what is handed over, and lists it until the page goes."""

    def __init__(self, app: CohortApp) -> None:
        self.app = app
        kept = app.record.preference(FOLDER) or ""
        self.screen = screens.HandInScreen(app.on(self._take), app.on(self._read_folder), kept)
        self._files: list[FileMerged] = []

    def draw(self) -> Sequence[Block]:
        """The form with what was handed in so far."""
        self._list()
        return self.screen.blocks(self.app.act)

    def _take(self, files: Sequence[Handed]) -> None:
        self.screen.say(f"Reading {len(files)} files …")
        large = [file.name for file in files if file.content is None]
        merged = self.app.cohort.merge((f.name, BytesIO(f.content)) for f in files if f.content is not None)
        self._note(merged, [_too_large(name) for name in large])

    def _read_folder(self, typed: str) -> None:
        folder = Path(typed.strip()).expanduser()
        if not typed.strip() or not folder.is_dir():
            raise PersonError(f'"{typed.strip()}" is no folder on this machine: give its whole path.')
        self.screen.say(f"Reading {folder} …")
        self._note(self.app.cohort.merge_folder(folder), [])
        self.app.record.prefer(FOLDER, typed.strip())

    def _note(self, merged: Merged, others: Sequence[FileMerged]) -> None:
        files = [*merged.files, *others]
        self._files = [*files, *self._files]
        self.app.changed()
        faulty = sum(bool(one.problems) for one in files)
        self.screen.say(screens.summed(len(files), merged.added, merged.known, faulty), warn=faulty > 0)
        self._list()

    def _list(self) -> None:
        lines = [_line(number, one) for number, one in enumerate(self._files)]
        self.screen.list_results(lines, self._clashes())

    def _clashes(self) -> list[Line]:
        return [
            Line(
                clash.id, (_name(clash.learner.name, clash.learner.id), clash.kind, clash.id, clash.contents)
            )
            for clash in self.app.cohort.clashes()
        ]


def _too_large(name: str) -> FileMerged:
    must = f"be at most {screens.FILE_BYTES // 1_000_000} MB here: put it into a folder and name that"
    return FileMerged(name, problems=(Problem(name, 0, "", "too large for the page", must, "bundle"),))


def _line(number: int, one: FileMerged) -> Line:
    whose = _name(one.learner.name, one.learner.id) if one.learner.id else ""
    told = [_told(problem) for problem in one.problems[:MOST_TOLD]]
    rest = len(one.problems) - MOST_TOLD
    told += [f"And {rest} more."] if rest > 0 else []
    return screens.result_line(number, one.name, whose, one.sender, one.added, one.known, told)


def _name(name: str, learner_id: str) -> str:
    return f"{name.strip() or NAMELESS} ({learner_id[:ID_SHOWN]})"


def _told(problem: Problem) -> str:
    place = f"line {problem.line}: " if problem.line else ""
    return f"{place}{f'{problem.key} ' if problem.key else ''}is {problem.found}; must {problem.must}."
