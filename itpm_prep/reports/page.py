"""The report as one HTML file that prints, loads nothing and runs nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from itpm_prep.reports import sections, sketch
from itpm_prep.reports.frames import Progress
from itpm_prep.reports.nodes import html, node
from itpm_prep.reports.words import CAUTION, day

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def page_name(now: datetime) -> str:
    """The file name of a report of that day."""
    return f"progress-{now:%Y-%m-%d}.html"


def report_page(progress: Progress, now: datetime) -> str:
    """The whole page; days are told in the time zone of ``now``."""
    heading = node(
        "header",
        node("h1", "Progress"),
        node("span", f"Written on {day(now, now)} {now:%Y}", class_="quiet"),
        class_="row apart",
    )
    body = _sections(progress, now) if len(progress.attempts) else [_empty()]
    column = node("main", heading, *body, class_="itpm")
    return f"<!doctype html>\n{html(node('html', _head(), node('body', column), lang='en'))}\n"


def _head() -> Element:
    return node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", http_equiv="Content-Security-Policy", content=POLICY),
        node("meta", name="viewport", content="width=device-width, initial-scale=1"),
        node("title", "Progress"),
        node("style", _STYLE + sections.STYLE),
    )


def _empty() -> Element:
    return node(
        "div",
        node("p", "No answers yet. Hold a mock interview first; this page then shows what it told you."),
        node("p", CAUTION, class_="quiet"),
    )


def _sections(progress: Progress, now: datetime) -> list[Element]:
    return [
        sections.head(progress, now),
        sections.thin(progress),
        node("h2", "History"),
        sketch.history(progress, now),
        node("h2", "Criterion profile"),
        sections.criteria(progress),
        node("h2", "Category balance"),
        sections.categories(progress),
        sections.category_table(progress),
        node("h2", "Competencies"),
        sections.competencies(progress),
        sections.competency_table(progress),
        node("h2", "Answers"),
        sections.attempts(progress, now, unfolded=True),
    ]
