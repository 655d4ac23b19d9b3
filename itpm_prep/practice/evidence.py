"""Sentences of an answer, and whether quoted words stand in it.

Everything here takes time in proportion to the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from itpm_prep.practice import words
from itpm_prep.practice.records import Reply
from itpm_prep.practice.words import set_of

ENOUGH_WORDS = 5  # typed words prove something from here on; a whole sentence may be shorter

# Before a full stop: never the end of a sentence; not before a number; only before a capital.
_ABBREVIATIONS = set_of("e.g i.e eg ie vs cf ca approx mr mrs ms dr prof incl excl resp dept")
_BEFORE_NUMBER = set_of("no nr fig sec ver max min")
_SOMETIMES_LAST = set_of("etc al a.m p.m inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec")
_STOPS = ".!?\u2026\u061f\u06d4\u0964"  # ellipsis; Arabic question mark, Urdu full stop, danda
_STOPS_WITHOUT_SPACE = "\u3002\uff01\uff1f"  # Chinese and Japanese
_SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b\u2032\u2039\u203a`\u00b4"
_DOUBLE_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033'
_CLOSERS = re.escape(f"{_SINGLE_QUOTES}{_DOUBLE_QUOTES})]}}*_")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BULLET = re.compile(r"\s*[-\u2013\u2014*\u2022\u2023\u00b7+>#]+(?=\s)")
_NUMBERING = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z])[.)](?=\s)")
# Possessive and anchored to the start of a run of stops, so that a run is looked at once only.
_STOP = re.compile(
    rf"(?<![{_STOPS}])[{_STOPS}]++[{_CLOSERS}]*+(?=\s)"
    rf"|(?<![{_STOPS_WITHOUT_SPACE}])[{_STOPS_WITHOUT_SPACE}]++[{_CLOSERS}]*+"
)
_LAST_WORD = re.compile(r"[\w.]*$")
_EDGES = f",;:()[]{{}}'*_\u060c\u061b{_STOPS}{_STOPS_WITHOUT_SPACE}"  # and Arabic comma and semicolon
_QUOTES = str.maketrans(dict.fromkeys(_SINGLE_QUOTES + _DOUBLE_QUOTES, "'"))


class Sentence(Struct, frozen=True):
    """One sentence: ``text`` is ``parts[part][start:end]``, verbatim."""

    part: str
    start: int
    end: int
    text: str


def sentences(parts: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The sentences of an answer, part by part in the order of ``parts``; each holds a word.

    A line end closes a sentence, so each bullet is one. Text without any stop is one sentence.
    """
    return tuple(
        Sentence(part, start, end, text[start:end])
        for part, text in parts.items()
        for start, end in _split(text)
    )


def quotable(answer: Iterable[tuple[str, str]], replies: Iterable[Reply]) -> dict[str, str]:
    """Every text that may be quoted as evidence, replies to probes included, by the name shown."""
    named = [*answer, *((f"Follow-up: {one.ask}", one.text) for one in replies)]
    return {name: text for name, text in named if text.strip()}


def by_part(texts: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The sentences of each text, under its name."""
    found = sentences(texts)
    return [(name, [one.text for one in found if one.part == name]) for name in texts]


def holds(evidence: str, texts: Iterable[str]) -> bool:
    """Whether ``evidence`` stands in one of the texts and is long enough to prove something.

    Five or more words in a row, or fewer when they are a whole sentence. Letter case, white space,
    quotation marks and the punctuation round a word do not matter.
    """
    wanted = _fold(evidence)
    if not wanted:
        return False
    kept = tuple(texts)
    if len(wanted) >= ENOUGH_WORDS and any(_joined(wanted) in _joined(_fold(text)) for text in kept):
        return True
    return any(_fold(text[start:end]) == wanted for text in kept for start, end in _split(text))


def _split(text: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        bullet = _BULLET.match(text, line.start(), line.end())
        begin = bullet.end() if bullet else line.start()
        numbering = _NUMBERING.match(text, begin, line.end())
        for stop in _STOP.finditer(text, numbering.end() if numbering else begin, line.end()):
            if _closes(text, begin, stop):
                yield from _trimmed(text, begin, stop.end())
                begin = stop.end()
        yield from _trimmed(text, begin, line.end())


def _closes(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether this stop ends a sentence, and not just an abbreviation or an initial."""
    if stop.group()[0] != "." or stop.group()[1:2] in tuple(_STOPS):
        return True
    found = _LAST_WORD.search(text, max(begin, stop.start() - 12), stop.start())
    last = found.group() if found else ""
    following = text[stop.end() : stop.end() + 8].lstrip()[:1]
    if last.lower() in _BEFORE_NUMBER:
        return not following.isdigit()
    if last.lower() in _SOMETIMES_LAST:
        return following.isupper() or not following.isalnum()
    initial = len(last) == 1 and last.isupper() and last != "I"
    return not initial and last.lower() not in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without the space round it, when it holds a word."""
    piece = text[start:end]
    if any(map(str.isalnum, piece)):
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _fold(text: str) -> list[str]:
    """The words of a text as they are compared."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).translate(_QUOTES)
    return [word for start, end in words.spans(plain) if (word := plain[start:end].strip(_EDGES))]


def _joined(folded: list[str]) -> str:
    return f" {' '.join(folded)} "
