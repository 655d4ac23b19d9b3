"""Answering aloud: the recorder, and the question read by the browser's own voice."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from typing import NamedTuple

from itpm_prep.problems import StoreError
from itpm_prep.widgets.blocks import Block, Told


class ReadAloud(Block):
    """A button that reads ``text`` aloud; not shown where the browser has no voice of its own."""

    kind = "voice"

    def __init__(self, label: str, text: str) -> None:
        super().__init__(label=label, text=text)


class Recorded(NamedTuple):
    """A recording as it arrived: what it answers, its media type, and the sound."""

    label: str
    type: str
    sound: bytes


class Recorder(Block):
    """Records in the browser, where the recordings stay; one that is saved arrives in slices.

    ``label`` names what is answered, ``title`` says it to a person; ``seconds`` and ``most`` (bytes)
    end a recording. ``on_save`` stores one and gives the path of its file, or raises ``StoreError``.
    """

    kind = "recorder"

    def __init__(
        self, label: str, title: str, seconds: int, most: int, on_save: Callable[[Recorded], str]
    ) -> None:
        super().__init__(label=label, title=title, seconds=seconds, bytes=most)
        # The last slice recorded may pass the limit.
        self._most, self._on_save = 2 * most, on_save
        self._take, self._sound = "", bytearray()

    def hear(self, told: Told) -> None:
        """The next slice of a recording; after the last one it is stored."""
        size, at, content = told.get("size"), told.get("at"), told.get("content")
        if not (isinstance(size, int) and isinstance(at, int) and isinstance(content, str)):
            return
        if at == 0:
            self._take, self._sound = str(told.get("take")), bytearray()
        if size > self._most:
            self.tell(refused=f"it is larger than {self._most // 1_000_000} MB.")
        elif told.get("take") != self._take or at != len(self._sound):
            self.tell(refused="a piece of it is missing; save it again.")
        else:
            self._add(told, content, size)

    def _add(self, told: Told, content: str, size: int) -> None:
        try:
            self._sound += b64decode(content, validate=True)
        except NotBase64:
            self.tell(refused="a piece of it arrived broken; save it again.")
            return
        if len(self._sound) < size:
            self.tell(taken=len(self._sound))
            return
        sound, self._sound = bytes(self._sound), bytearray()
        try:
            path = self._on_save(Recorded(str(told.get("label", "")), str(told.get("type", "")), sound))
        except StoreError as fault:
            self.tell(refused=str(fault))
        else:
            self.tell(kept=path)
