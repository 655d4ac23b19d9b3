"""What every HTML file of a report has in common: it prints, loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from itpm_prep.reports.nodes import Child, html, node
from itpm_prep.reports.words import day

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def printed_page(
    title: str,
    body: Sequence[Element],
    now: datetime,
    *,
    style: str,
    called: Sequence[Child] = (),
    look: str = "itpm",
) -> str:
    """The whole file: under its title, to which the heading adds ``called``, stand the day and the body.

    The day is told in the time zone of ``now``; ``style`` comes after what all pages share.
    """
    heading = node(
        "header",
        node("h1", title, *called),
        node("span", f"Written on {day(now, now)} {now:%Y}", class_="quiet"),
        class_="row apart",
    )
    column = node("main", heading, *body, class_=look)
    page = node("html", page_head(title, _STYLE + style), node("body", column), lang="en")
    return f"<!doctype html>\n{html(page)}\n"


def page_head(title: str, style: str) -> Element:
    """The head of a page that forbids itself to load or run anything."""
    return node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", http_equiv="Content-Security-Policy", content=POLICY),
        node("meta", name="viewport", content="width=device-width, initial-scale=1"),
        node("title", title),
        node("style", style),
    )
