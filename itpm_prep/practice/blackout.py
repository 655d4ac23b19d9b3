"""Blacks out words that must not leave the house: clients, people, figures.

Whole words go wherever one of the given words stands in them, whatever the case, so that "Acme" also takes
"Acme's" and "PreAcme". The bar is always of one length: it must not tell how long the word was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

BAR = "█████"
SHORTEST = 2  # letters: one letter would take nearly every word
_NUMBER = re.compile(r"\w*\d(?:[\w.,:/-]*\w)?")
_PARTED = re.compile(r"[,;\n]")


def words_of(typed: str) -> list[str]:
    """The words to black out as a person typed them, parted by commas, semicolons or lines.

    Raises ``ValueError`` when one is too short to be told apart from ordinary words.
    """
    words = list(dict.fromkeys(" ".join(part.split()) for part in _PARTED.split(typed) if part.strip()))
    for word in words:
        if len(word) < SHORTEST:
            raise ValueError(f"{word!r} is too short to black out: write {SHORTEST} letters or more.")
    return words


def black_out(text: str, words: Iterable[str], *, numbers: bool = False) -> str:
    """The text with every word and, if wished, every number covered; nothing else changes."""
    covered = unicodedata.normalize("NFC", text)
    for word in sorted(words, key=len, reverse=True):
        covered = _pattern(word).sub(BAR, covered)
    return _NUMBER.sub(BAR, covered) if numbers else covered


def readable(text: str, words: Iterable[str], *, numbers: bool = False) -> list[str]:
    """What can still be read of the words in a text that was to be blacked out; empty when all is well."""
    folded = _folded(text)
    left = [word for word in words if _folded(word) in folded]
    return [*left, *(["a number"] if numbers and re.search(r"\d", text) else [])]


def _pattern(word: str) -> re.Pattern[str]:
    inner = r"\s+".join(map(re.escape, unicodedata.normalize("NFC", word).split()))
    return re.compile(rf"\w*{inner}\w*", re.IGNORECASE)


def _folded(text: str) -> str:
    """Text as it is compared: one case, one spelling of accents, one space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
