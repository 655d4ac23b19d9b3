"""A file on offer below a screen, of some size."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import anywidget
import traitlets

MOST_BYTES = 30_000_000
"""What a page is asked to hold; a larger file is better written to the disk."""


class SavedFile(anywidget.AnyWidget):
    """What the file holds in words, and the link that saves it.

    It is a widget of its own: Jupyter holds large messages back, but not the one that opens a widget.
    """

    _esm = (Path(__file__).parent / "saving.js").read_text(encoding="utf-8")
    name = traitlets.Unicode().tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    content = traitlets.Unicode().tag(sync=True)

    def __init__(self, name: str, told: str, kind: str, content: bytes) -> None:
        super().__init__(name=name, told=told, kind=kind, content=b64encode(content).decode("ascii"))
