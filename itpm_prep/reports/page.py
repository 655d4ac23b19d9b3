"""The report as one HTML file that prints, loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from xml.etree.ElementTree import Element

from itpm_prep.reports import captions, listing, sections, sketch, standing
from itpm_prep.reports.frames import Frames
from itpm_prep.reports.nodes import Child, node
from itpm_prep.reports.printed_page import printed_page
from itpm_prep.reports.words import CAUTION


def page_name(now: datetime) -> str:
    """The file name of a report of that day."""
    return f"progress-{now:%Y-%m-%d}.html"


def report_page(frames: Frames, now: datetime, to_score: Container[str] = ()) -> str:
    """The whole page of one learner; days are told in the time zone of ``now``.

    ``to_score`` are the attempts that the learner is still asked to score: their reviews are kept back.
    """
    name = str(frames.learners["name"].iloc[0])
    called: list[Child] = (
        [" of ", node("bdi", name)] if name else []
    )  # a name cannot turn the direction of the rest
    body = _sections(frames, now, to_score) if len(frames.attempts) else [_empty()]
    return printed_page("Progress", body, now, style=sections.STYLE, called=called)


def _empty() -> Element:
    return node(
        "div",
        node("p", "No answers yet. Hold a mock interview first; this page then shows what it told you."),
        node("p", CAUTION, class_="quiet"),
    )


def _sections(frames: Frames, now: datetime, to_score: Container[str]) -> list[Element]:
    target = standing.target_words(frames)
    return [
        node("h2", f"Readiness for {target}" if target else "Readiness"),
        standing.readiness(frames),
        node("h2", "Competencies"),
        standing.readiness_table(frames),
        node("h2", "What you practised"),
        sections.head(frames, now),
        sections.thin(frames),
        node("h2", "Criterion profile"),
        sections.criteria(frames),
        node("h2", "Trend"),
        sketch.trend(frames, now),
        node("h2", "You and your reviewers"),
        sections.against(frames),
        node("h2", "Category balance"),
        node("p", captions.balance_caption(frames), class_="quiet"),
        sections.categories(frames),
        sections.category_table(frames),
        sections.competency_table(frames),
        node("h2", "Answers"),
        listing.attempts(frames, now, unfolded=True, to_score=to_score),
    ]
