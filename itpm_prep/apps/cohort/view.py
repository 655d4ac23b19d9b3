"""What ``cohort()`` gives: the app when it is displayed, and the frames as attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itpm_prep.apps.cohort.controller import CohortApp
from itpm_prep.apps.frames_view import Clock, FramesView, local_now
from itpm_prep.bank.compiled import load_bank
from itpm_prep.serve.session import wait_for_visitor
from itpm_prep.store.cohort import Cohort, open_cohort
from itpm_prep.store.local import open_record
from itpm_prep.widgets.cohort_screen import TITLE
from itpm_prep.widgets.page import Page

if TYPE_CHECKING:
    from itpm_prep.reports.frames import Frames


def cohort(handed_in: Cohort | None = None) -> CohortView:
    """The cohort app when it is displayed, and the frames behind it as attributes.

    ``cohort()`` as the last line of a notebook cell draws the app; ``cohort().learners`` is a DataFrame.
    ``handed_in`` is the instructor's own class unless another is given (``store.cohort.open_cohort``). The
    attributes, their columns, units and meaning are those of ``reports.frames.Frames``.
    """
    wait_for_visitor()
    return CohortView(handed_in)


class CohortView(FramesView):
    """The class that was handed in."""

    title = TITLE

    def __init__(self, handed_in: Cohort | None) -> None:
        super().__init__()
        self._handed_in = handed_in

    def _read(self) -> Frames:
        from itpm_prep.reports.frames import frames_of  # pandas: drawing the app does without
        from itpm_prep.reports.source import source_of_cohort

        return frames_of(source_of_cohort(self._handed_in or open_cohort()), load_bank(), local_now())

    def _open(self, page: Page, clock: Clock) -> None:
        handed_in = self._handed_in or open_cohort()
        CohortApp(page, handed_in, open_record(), load_bank(), clock).open()
