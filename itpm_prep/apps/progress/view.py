"""What ``progress()`` gives: the app when it is displayed, and the frames as attributes."""

from __future__ import annotations

from itpm_prep.apps.frames_view import Clock, FramesView, local_now
from itpm_prep.apps.progress.controller import ProgressApp
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.problems import BankError
from itpm_prep.reports.frames import Frames, frames_of
from itpm_prep.reports.source import source_of_record
from itpm_prep.serve.session import wait_for_visitor
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.widgets.page import Page


def progress(record: LocalRecord | None = None) -> ProgressView:
    """The progress app when it is displayed, and the frames behind it as attributes.

    ``progress()`` as the last line of a notebook cell draws the app; ``progress().attempts`` is a
    DataFrame. ``record`` is the learner's own unless another is given. The attributes, their columns,
    units and meaning are those of ``reports.frames.Frames``.
    """
    wait_for_visitor()
    return ProgressView(record)


class ProgressView(FramesView):
    """One learner's record."""

    title = "Progress"

    def __init__(self, record: LocalRecord | None) -> None:
        super().__init__()
        self._record = record

    def _read(self) -> Frames:
        return read_progress(self._record)

    def _open(self, page: Page, clock: Clock) -> None:
        ProgressApp(page, self._record or open_record(), read_bank(), clock).show_view("readiness")


def read_bank() -> Bank | None:
    """The question bank; None when it has faults, which costs only titles, figures and retries."""
    try:
        return load_bank()
    except BankError:
        return None


def read_progress(record: LocalRecord | None = None) -> Frames:
    """The frames of a record (the learner's own by default), with titles where the bank can be read.

    Raises ``StoreError`` when the record cannot be read. A bank with faults costs only titles and
    figures: what was practised is shown all the same.
    """
    bank = read_bank()
    return frames_of(source_of_record(record or open_record(), bank), bank, local_now())
