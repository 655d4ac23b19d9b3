"""The first view: readiness for the target, what is missing for it, and the charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, get_args
from xml.etree.ElementTree import Element

import msgspec
from ipywidgets import Widget

from itpm_prep.bank.types import Level, Specialisation
from itpm_prep.practice.target import TARGET, Target, read_target
from itpm_prep.reports import captions, charts, sections, standing
from itpm_prep.reports.drawing import Chart, Charts
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.nodes import folded, html, node
from itpm_prep.serve.session import notebook_link
from itpm_prep.widgets.blocks import Block, Html, Row
from itpm_prep.widgets.progress_screen import target_form

if TYPE_CHECKING:
    from itpm_prep.apps.progress.controller import ProgressApp


class Readiness:
    """Draws the view, and keeps the target that is chosen here."""

    def __init__(self, app: ProgressApp) -> None:
        self.app = app
        self._charts: Charts | None = None

    def blocks(self) -> Sequence[Block]:
        """Target, readiness, counts and what to do next."""
        frames = self.app.frames
        target = self._target()
        level, field = (target.level, target.specialisation) if target else ("", "general")
        begin, calibrate = notebook_link("mock_interview"), notebook_link("calibrate")
        doors = node(
            "p",
            node("a", "Begin a mock interview", href=begin, class_="button primary"),
            node("a", "Calibrate", href=calibrate, class_="button"),
            class_="row gap",
        )
        return (
            target_form(level, field, lambda *chosen: self.app.guard(lambda: self._aim(*chosen))()),
            Html(html(node("style", sections.STYLE), standing.readiness(frames))),
            Html(html(doors)),
            Row(
                Html(html(node("h2", "What you practised"), sections.head(frames, self.app.now()))),
                Html(html(sections.thin(frames))),
                look="",
            ),
        )

    def charts(self) -> Sequence[Widget]:
        """The charts, drawn once for the frames as they are."""
        if self._charts is None:
            self._charts = Charts(self._described(self.app.frames))
        return (self._charts,)

    def forget(self) -> None:
        """The record has changed."""
        if self._charts is not None:
            self._charts.close()
            self._charts = None

    # The target -------------------------------------------------------------------------------

    def _target(self) -> Target | None:
        return read_target(self.app.record.documents("target"))

    def _aim(self, level: str, specialisation: str) -> None:
        """Keep another target; the weights that a job description gave it stay."""
        if level not in get_args(Level) or specialisation not in get_args(Specialisation):
            return
        chosen = {"level": level, "specialisation": specialisation}
        target = msgspec.convert(msgspec.to_builtins(self._target() or {}) | chosen, Target)
        text = msgspec.json.encode(target).decode()
        self.app.record.keep_document("target", TARGET, text, self.app.now())
        self.app.forget()
        self.app.show_view("readiness")

    # Charts -----------------------------------------------------------------------------------

    def _described(self, frames: Frames) -> Iterator[Chart]:
        now = self.app.now()
        if len(captions.standings(frames)):
            yield Chart(
                "Competencies",
                captions.standings_caption(frames),
                _table("Competencies as a table", standing.readiness_table(frames)),
                partial(charts.competencies, frames),
            )
        if not frames.criteria["too_thin"].all():
            yield Chart(
                "Criterion profile",
                captions.profile_caption(frames),
                _table("Profile as a table", sections.profile_table(frames)),
                partial(charts.profile, frames),
            )
        if captions.has_trend(frames):
            yield Chart(
                "Trend",
                captions.trend_caption(frames),
                _table("Trend as a table", sections.trend_table(frames, now)),
                partial(charts.trend, frames, now),
            )
        if len(captions.paired(frames)):
            yield Chart(
                "You and your reviewers",
                captions.against_caption(frames),
                _table("You and your reviewers as a table", sections.against_table(frames)),
                partial(charts.against, frames),
            )
        yield Chart(
            "Category balance",
            captions.balance_caption(frames),
            _table("Balance as a table", sections.category_table(frames))
            + _table("Competencies practised, as a table", sections.competency_table(frames)),
            partial(charts.balance, frames),
        )


def _table(summary: str, table: Element) -> str:
    return html(folded(summary, table, unfolded=False))
