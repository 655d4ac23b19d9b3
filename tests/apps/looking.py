"""Looks at screens in light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from browser import NARROW, WIDE
from playwright.sync_api import Page, expect

CUT_OFF = """() => [...document.querySelectorAll(".itpm :is(button, a.button, summary, select)")]
  .filter((one) => one.getClientRects().length)
  .filter((one) => {
    const box = one.getBoundingClientRect();
    const hidden = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
    const scrolls = one.closest(".scroll") !== null; // a wide table scrolls in its own box
    return hidden || (!scrolls && (box.left < 0 || box.right > innerWidth));
  })
  .map((one) => one.textContent)"""
WIDTHS = "[document.documentElement.scrollWidth, innerWidth]"


class Looks:
    """Looks at a page in light and dark, wide and narrow, and collects what is wrong with it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.seen: list[str] = []

    def at(self, screen: str) -> None:
        """Look at the screen that stands there now."""
        self.seen.append(screen)
        for size in (WIDE, NARROW):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            for theme in ("light", "dark"):
                self.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                marked = "false" if theme == "dark" else "true"
                expect(self.page.locator("html")).to_have_attribute("data-jp-theme-light", marked)
                where = f"{screen}, {theme}, {size['width']} px"
                both = (size is WIDE) == (theme == "light")  # each theme and each size once: axe takes long
                self.faults += [f"{where}: {fault}" for fault in self._faults(axe=both)]

    def _faults(self, *, axe: bool) -> Iterator[str]:
        needed, there = self.page.evaluate(WIDTHS)
        if needed > there:
            yield f"{needed} px wide"
        yield from (f"cut off: {name}" for name in self.page.evaluate(CUT_OFF))
        if axe:
            yield from map(_told, Axe().run(self.page).response["violations"])


def _told(violation: dict[str, Any]) -> str:
    nodes = "; ".join(f"{node['target']} {node['html'][:120]}" for node in violation["nodes"])
    return f"{violation['impact']}: {violation['id']}: {nodes}"
