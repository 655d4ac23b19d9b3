"""The parts of a printed page as they are built, before they become text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from drawn import Drawn

from itpm_prep.reports.nodes import html


def read(element: Element) -> Drawn:
    """The part as a browser would read it."""
    return Drawn(html(element))


def said(element: Element) -> str:
    """All its words."""
    return "".join(element.itertext())


def classed(element: Element, look: str) -> list[Element]:
    """What has this class, in reading order."""
    return [one for one in element.iter() if look in one.get("class", "").split()]
