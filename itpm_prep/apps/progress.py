"""The progress app: what was practised, how it was scored, and the same as DataFrames."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd
from ipywidgets import HTML

from itpm_prep.bank.compiled import load_bank
from itpm_prep.problems import BankError, PersonError
from itpm_prep.reports import captions, charts, sections
from itpm_prep.reports.drawing import Chart, Charts
from itpm_prep.reports.frames import Progress, progress_frames
from itpm_prep.reports.nodes import folded, html, node
from itpm_prep.reports.page import page_name, report_page
from itpm_prep.reports.tables import archive
from itpm_prep.serve.session import notebook_link, wait_for_visitor
from itpm_prep.store.local import open_record
from itpm_prep.store.record import Record
from itpm_prep.widgets.blocks import Html
from itpm_prep.widgets.page import Page


def progress(record: Record | None = None) -> ProgressView:
    """The progress app when it is displayed, and the frames behind it as attributes.

    ``progress()`` as the last line of a notebook cell draws the app; ``progress().attempts`` is a
    DataFrame. ``record`` is the learner's own unless another is given. The attributes and columns are
    those of ``reports.frames.Progress``.
    """
    wait_for_visitor()
    return ProgressView(record)


class ProgressView:
    """Reads the record once, when a frame is first asked for or the app is drawn.

    The frames (``attempts``, ``scores``, ``texts``, ``by_category``, ``by_competency``,
    ``by_criterion``) are attributes; asking for one raises ``StoreError`` when the record cannot be
    read. The app says the same on the screen.
    """

    def __init__(self, record: Record | None) -> None:
        self._record = record

    @cached_property
    def frames(self) -> Progress:
        """All frames; raises ``StoreError`` when the record cannot be read."""
        return read_progress(self._record)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in Progress.__dataclass_fields__:
            raise AttributeError(name)
        frame: pd.DataFrame = getattr(self.frames, name)
        return frame

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *Progress.__dataclass_fields__]

    def __repr__(self) -> str:
        return repr(self.frames)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return self.draw(datetime.now(UTC).astimezone())._repr_mimebundle_()

    def draw(self, now: datetime) -> Page:
        """The app as a widget; days are told in the time zone of ``now``."""
        page = Page()
        try:
            _fill(page, self.frames, now)
        except PersonError as fault:
            page.show(_html(node("h1", "Progress")))
            page.say(str(fault))
        return page


def read_progress(record: Record | None = None) -> Progress:
    """The frames of a record (the learner's own by default), with titles where the bank can be read.

    Raises ``StoreError`` when the record cannot be read. A bank with faults costs only titles and
    figures: what was practised is shown all the same.
    """
    try:
        bank = load_bank()
    except BankError:
        bank = None
    return progress_frames(record or open_record(), bank)


def _fill(page: Page, frames: Progress, now: datetime) -> None:
    heading = node("div", node("h1", "Progress"), class_="row apart")
    top = [node("style", sections.STYLE), heading]
    if frames.attempts.empty:
        page.show(_html(*top, *_nothing_yet()))
        return
    top += [sections.head(frames, now), sections.thin(frames), node("p", _begin())]
    bottom = html(
        node("h2", "Competencies"),
        sections.competencies(frames),
        folded("Competencies as a table", sections.competency_table(frames), unfolded=False),
        node("h2", "Answers"),
        sections.attempts(frames, now, unfolded=False),
        _foot(frames, now),
    )
    page.show(_html(*top), below=[Charts(_charts(frames, now)), HTML(bottom)])


def _html(*elements: Element) -> Html:
    return Html(html(*elements))


def _nothing_yet() -> list[Element]:
    return [
        node(
            "p",
            "No answers yet. After your first mock interview this page shows every answer with its scores, "
            "how they develop, and which categories you have left out.",
            class_="gap",
        ),
        node("p", _begin()),
    ]


def _begin() -> Element:
    return node("a", "Begin a mock interview", href=notebook_link("mock_interview"), class_="button primary")


def _charts(frames: Progress, now: datetime) -> Iterator[Chart]:
    if frames.attempts["q"].notna().any():
        yield Chart(
            "History",
            captions.history_caption(frames, now),
            _folded("History as a table", sections.history_table(frames, now)),
            partial(charts.history, frames, now),
        )
    if not frames.by_criterion["too_thin"].all():
        yield Chart(
            "Criterion profile",
            captions.profile_caption(frames),
            _folded("Profile as a table", sections.profile_table(frames)),
            partial(charts.profile, frames),
        )
    yield Chart(
        "Category balance",
        captions.balance_caption(frames),
        _folded("Balance as a table", sections.category_table(frames)),
        partial(charts.balance, frames),
    )


def _folded(summary: str, table: Element) -> str:
    return html(folded(summary, table, unfolded=False))


def _foot(frames: Progress, now: datetime) -> Element:
    page = page_name(now)
    links = [
        _download("Save as CSV", page.replace(".html", ".zip"), "application/zip", archive(frames)),
        _download("Print or save", page, "text/html", report_page(frames, now).encode("utf-8", "replace")),
    ]
    told = "CSV holds all tables. To print, open the saved page."
    return node("div", node("span", told, class_="quiet"), node("span", *links, class_="row"), class_="foot")


def _download(words: str, name: str, kind: str, content: bytes) -> Element:
    """A link that holds what it saves: it needs neither a server nor a script."""
    address = f"data:{kind};base64,{b64encode(content).decode('ascii')}"
    return node("a", words, href=address, download=name, class_="button")
