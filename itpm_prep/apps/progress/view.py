"""What ``progress()`` gives: the app when it is displayed, and the frames as attributes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from itpm_prep.apps.progress.controller import ProgressApp
from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.problems import BankError, PersonError
from itpm_prep.reports.frames import Frames, frames_of
from itpm_prep.reports.source import source_of_record
from itpm_prep.serve.session import wait_for_visitor
from itpm_prep.store.local import LocalRecord, open_record
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Html
from itpm_prep.widgets.page import Page


def progress(record: LocalRecord | None = None) -> ProgressView:
    """The progress app when it is displayed, and the frames behind it as attributes.

    ``progress()`` as the last line of a notebook cell draws the app; ``progress().attempts`` is a
    DataFrame. ``record`` is the learner's own unless another is given. The attributes, their columns,
    units and meaning are those of ``reports.frames.Frames``.
    """
    wait_for_visitor()
    return ProgressView(record)


class ProgressView:
    """Reads the record once, when a frame is first asked for.

    Every attribute of ``reports.frames.Frames`` is one of this; asking for it raises ``StoreError``
    when the record cannot be read. The app says the same on the screen, and reads the record itself.
    """

    def __init__(self, record: LocalRecord | None) -> None:
        self._record = record

    @cached_property
    def frames(self) -> Frames:
        """All frames as they stand now; raises ``StoreError`` when the record cannot be read."""
        return read_progress(self._record)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or (not hasattr(Frames, name) and name not in Frames.__dataclass_fields__):
            raise AttributeError(name)
        return getattr(self.frames, name)

    def __dir__(self) -> list[str]:
        public = [name for name in dir(Frames) if not name.startswith("_")]
        return [*super().__dir__(), *public, *Frames.__dataclass_fields__]

    def __repr__(self) -> str:
        return repr(self.frames)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return self.draw()._repr_mimebundle_()

    def draw(self, clock: Callable[[], datetime] | None = None) -> Page:
        """The app as a widget; days are told in the time zone of the clock (this machine's)."""
        page = Page()
        try:
            record = self._record or open_record()
            ProgressApp(page, record, read_bank(), clock or _now).show_view("readiness")
        except PersonError as fault:
            page.show(Html(markup.heading("Progress")))
            page.say(str(fault))
        return page


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


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
    return frames_of(source_of_record(record or open_record(), bank), bank, _now())
