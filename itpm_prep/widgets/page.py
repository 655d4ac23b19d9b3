"""The frame of every app: one calm column, with messages, heartbeat and focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import anywidget
import traitlets
from ipywidgets import VBox, Widget

from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.guard import start_log

HERE = Path(__file__).parent
SCRIPTS = (
    "dom",
    "controls",
    "clock",
    "choice",
    "lists",
    "order",
    "table",
    "drafts",
    "signals",
    "answer",
    "voice",
    "recorder",
    "evidence",
    "late",
    "page",
)
SILENCE = {"words": "", "tone": ""}


class Frame(anywidget.AnyWidget):
    """The part of a page that lives in the browser: one module, put together from one file for each part."""

    _esm = "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    _css = (HERE / "style.css").read_text("utf-8")
    own_id = traitlets.Unicode().tag(sync=True)
    screen = traitlets.Dict({"number": 0, "blocks": []}).tag(sync=True)
    message = traitlets.Dict(SILENCE).tag(sync=True)

    def __init__(self) -> None:
        own_id = uuid4().hex  # the page has to find its own model
        super().__init__(model_id=own_id, own_id=own_id)


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
        self._blocks: dict[int, Block] = {}
        self._foreseen: tuple[Block, ...] = ()
        self._below: tuple[Widget, ...] = ()
        self._number = 0
        self._frame = Frame()
        self._frame.on_msg(self._hear)
        super().__init__([self._frame])
        self.add_class("itpm")

    def show(self, *blocks: Block, below: Sequence[Widget] = ()) -> None:
        """Replace the screen; the browser then puts the focus on its heading. ``below`` holds widgets."""
        self._blocks = {}
        for block in blocks:
            self._adopt(block)
        if blocks != self._foreseen:
            self._number += 1
        self._foreseen = ()
        self._frame.send({"reveal": self._number})  # quicker than the description, if it was foreseen
        with self._frame.hold_sync():
            self._frame.screen = {"number": self._number, "blocks": [block.spec for block in blocks]}
            self.hush()
        if tuple(below) != self._below:
            self._below = tuple(below)
            self.children = (self._frame, *below)

    def foresee(self, *blocks: Block) -> None:
        """Have the browser draw the next screen out of sight; ``show`` with the same blocks reveals it.

        Blocks that look like those foreseen before take their place without a word to the browser.
        """
        drawn = self._foreseen and _stand_in(blocks, self._foreseen)
        self._foreseen = blocks
        if drawn:
            return
        self._number += 1  # of its own: what is shown in the end may be another screen
        self._frame.send({"foresee": {"number": self._number, "blocks": [block.spec for block in blocks]}})

    def release(self) -> None:
        """Call nobody any more when the tab reports, is there, or goes."""
        self.on_tab = self.on_beat = self.on_leave = _nothing

    def say(self, words: str) -> None:
        """Say what went wrong above the screen, which stays as it is."""
        self._frame.message = {"words": words, "tone": "alert"}

    def remark(self, words: str) -> None:
        """Say something by the way above the screen."""
        self._frame.message = {"words": words, "tone": "remark"}

    def hush(self) -> None:
        """Take the message away."""
        self._frame.message = SILENCE

    def calm(self) -> None:
        """Take an alert away, since what it was about is over; a remark stays."""
        if self._frame.message["tone"] == "alert":
            self.hush()

    def _adopt(self, block: Block) -> None:
        for each in block.tree():
            self._blocks[each.spec["id"]] = each
            each.adopt, each.send = self._adopt, self._frame.send

    def _hear(self, _: Widget, content: dict[str, Any], __: list[bytes]) -> None:
        kind = content.get("kind")
        if "block" in content:
            block = self._blocks.get(content["block"])
            if block is not None:  # else it stood on a screen that is gone
                block.hear(content)
        elif kind == "tab":
            self.tab = str(content.get("tab", ""))[:64]
            self.on_tab()
        elif kind == "beat":
            self.on_beat()
        elif kind == "leave":
            self.on_leave()


def _stand_in(blocks: Sequence[Block], drawn: Sequence[Block]) -> bool:
    """Give ``blocks`` the ids of those drawn, which nobody has seen; whether they look the same."""
    for block, before in zip(blocks, drawn, strict=False):
        for each, its in zip(block.tree(), before.tree(), strict=False):
            each.spec["id"] = its.spec["id"]
    return [block.spec for block in blocks] == [block.spec for block in drawn]


def _nothing() -> None:
    """What happens when nobody listens."""
