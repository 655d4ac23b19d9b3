"""The frame of every app: one calm column, with messages, heartbeat and focus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from ipywidgets import HTML, VBox, Widget

from itpm_prep.widgets import markup
from itpm_prep.widgets.guard import start_log

HERE = Path(__file__).parent


class Frame(anywidget.AnyWidget):
    """The part of a page that lives in the browser (``page.js``)."""

    _esm = (HERE / "page.js").read_text("utf-8")
    _css = (HERE / "style.css").read_text("utf-8")
    screen = traitlets.Int(0).tag(sync=True)


class Page(VBox):
    """One column of at most 760 px that shows one screen at a time.

    ``tab`` names the browser tab once it has reported, until then it is empty. ``on_tab``,
    ``on_beat`` and ``on_leave`` are called when the tab reports, every few seconds while it is
    there, and when it goes.
    """

    def __init__(self) -> None:
        start_log()
        self.tab = ""
        self.on_tab: Callable[[], None] = _nothing
        self.on_beat: Callable[[], None] = _nothing
        self.on_leave: Callable[[], None] = _nothing
        self._frame = Frame()
        self._frame.on_msg(self._hear)
        self._message = HTML()
        self._body = VBox()
        super().__init__([self._frame, self._message, self._body])
        self.add_class("itpm")
        self.hush()

    def show(self, *children: Widget) -> None:
        """Replace the screen; the browser then puts the focus on its heading."""
        number = self._frame.screen + 1
        screen = VBox(children)
        screen.add_class(f"screen-{number}")
        old = self._body.children
        self._body.children = (screen,)
        self._frame.screen = number
        self.hush()
        for widget in old:
            close_all(widget)

    def say(self, words: str) -> None:
        """Say what went wrong above the screen, which stays as it is."""
        self._message.value = f'<div class="note alert" role="alert">{markup.text(words)}</div>'
        self._message.remove_class("itpm-empty")

    def remark(self, words: str) -> None:
        """Say something by the way above the screen."""
        self._message.value = f'<div class="note" role="status">{markup.text(words)}</div>'
        self._message.remove_class("itpm-empty")

    def hush(self) -> None:
        """Take the message away."""
        self._message.value = ""
        self._message.add_class("itpm-empty")

    def _hear(self, _: Widget, content: dict[str, Any], __: list[bytes]) -> None:
        kind = content.get("kind")
        if kind == "tab":
            self.tab = str(content.get("tab", ""))[:64]
            self.on_tab()
        elif kind == "beat":
            self.on_beat()
        elif kind == "leave":
            self.on_leave()


def close_all(widget: Widget) -> None:
    """Close a widget and what it holds, so that screens that are gone take no memory."""
    for child in getattr(widget, "children", ()):
        close_all(child)
    widget.close()


def _nothing() -> None:
    """What happens when nobody listens."""
