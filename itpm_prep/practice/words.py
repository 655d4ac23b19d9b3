"""What counts as a word: one run of non-space characters that holds a letter or a digit."""

from __future__ import annotations

import re

_RUN = re.compile(r"\S+")
_SHORT = ("ed", "es", "ly", "s")
# Tried in this order, so that the longer one goes first.
_ENDINGS = ("ations", "ation", "ities", "ings", "ing", "ies", "ied", "ions", "ion", "ers", "ity", "er", *_SHORT)
_SHORTEST_STEM = 3


def set_of(text: str) -> frozenset[str]:
    """The words between the spaces of ``text``."""
    return frozenset(text.split())


def spans(text: str) -> list[tuple[int, int]]:
    """The start and end of each word of ``text``, in order."""
    return [run.span() for run in _RUN.finditer(text) if any(map(str.isalnum, run.group()))]


def count(text: str) -> int:
    """How many words ``text`` has; ``99.5``, ``year-end`` and ``I'm`` are one each, ``-`` is none."""
    return len(spans(text))


def stem(word: str) -> str:
    """A crude stem of an English word, enough to see that "plans" and "planning" belong together.

    Not the Snowball library: importing it loads the stemmers of 37 languages, a quarter of a second.
    """
    root = word.casefold()
    for ending in _ENDINGS:
        if root.endswith(ending) and len(root) - len(ending) >= _SHORTEST_STEM:
            root = root.removesuffix(ending)
            break
    if len(root) > _SHORTEST_STEM and root[-1] in "eiy":
        root = root[:-1]
    return root[:-1] if len(root) > _SHORTEST_STEM and root[-1] == root[-2] else root
