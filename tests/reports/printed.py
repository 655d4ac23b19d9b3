"""A printed page as a browser reads it, and what no printed page may do."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from itpm_prep.reports.printed_page import POLICY

LOADS = {"src", "srcset", "href", "data", "action", "poster", "background", "xlink:href", "manifest"}
FORBIDDEN = {"script", "img", "link", "iframe", "object", "embed", "form", "base", "video", "audio"}


class Printed(HTMLParser):
    """Tags with their attributes, the text, and the rows of every table."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.tables: dict[str, list[list[str]]] = {}
        self._open = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("td", "th", "caption"):
            self._open = ""
        if tag == "tr":
            self._row: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data
        self._open += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self._rows = self.tables[self._open] = []
        elif tag in ("td", "th"):
            self._row.append(self._open)
        elif tag == "tr":
            self._rows.append(self._row)


def assert_harmless(source: str) -> None:
    """Nothing that runs, nothing that loads, and a policy that forbids both."""
    seen = Printed(source)
    assert not FORBIDDEN & {tag for tag, _ in seen.tags}
    names = {name for _, attributes in seen.tags for name in attributes}
    assert not LOADS & names
    assert not [name for name in names if name.startswith("on")]
    assert [a["content"] for _, a in seen.tags if a.get("http-equiv") == "Content-Security-Policy"] == [
        POLICY
    ]
    style = source[source.index("<style>") : source.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def assert_quiet(browser: Browser, path: Path, width: int, words: str, **paper: Any) -> None:
    """Opened from its file, the page fits the width, shows the words, prints, and asks for nothing else."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    requests: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.goto(path.as_uri())
    assert requests == [path.as_uri()]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_text(words).first.is_visible()
    assert page.pdf(**paper).startswith(b"%PDF")
    context.close()
