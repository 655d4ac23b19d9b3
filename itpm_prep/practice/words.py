"""What counts as a word: one run of non-space characters that holds a letter or a digit."""

from __future__ import annotations

import re

_RUN = re.compile(r"\S+")


def set_of(text: str) -> frozenset[str]:
    """The words between the spaces of ``text``."""
    return frozenset(text.split())


def spans(text: str) -> list[tuple[int, int]]:
    """The start and end of each word of ``text``, in order."""
    return [run.span() for run in _RUN.finditer(text) if _is_word(run.group())]


def count(text: str) -> int:
    """How many words ``text`` has; ``99.5``, ``year-end`` and ``I'm`` are one each, ``-`` is none."""
    return sum(map(_is_word, text.split()))  # white space is the same to both, and this is quicker


def _is_word(run: str) -> bool:
    return run[0].isalnum() or any(map(str.isalnum, run))
