"""What a screen or a part of the report holds, read the way a browser would read it."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from typing import TypeVar

from itpm_prep.widgets.blocks import Block, Button, Html

B = TypeVar("B", bound=Block)
EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)> & ' </p></details>"


class Drawn(HTMLParser):
    """Tags, attributes and words of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.pieces: list[tuple[str, str]] = []  # (innermost tag, words)
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.pieces.append((self._open[-1] if self._open else "", data))

    @property
    def words(self) -> str:
        """All that can be read."""
        return "".join(piece for _, piece in self.pieces)

    def all(self, tag: str) -> list[str]:
        """The words that stand directly in each element of this tag."""
        return [piece for within, piece in self.pieces if within == tag]


def of_kind(blocks: Iterable[Block], kind: type[B]) -> list[B]:
    """Every block of a kind, at whatever depth, in reading order."""
    return [each for block in blocks for each in block.tree() if isinstance(each, kind)]


def drawn(blocks: Iterable[Block]) -> Drawn:
    """All markup of a screen."""
    return Drawn("".join(html.spec["value"] for html in of_kind(blocks, Html)))


def labels(blocks: Iterable[Block]) -> list[str]:
    """The labels of the buttons."""
    return [button.spec["label"] for button in of_kind(blocks, Button)]


def press(blocks: Iterable[Block], label: str) -> None:
    """Press the one button of that label."""
    (button,) = (each for each in of_kind(blocks, Button) if each.spec["label"] == label)
    button.hear({"kind": "press"})
