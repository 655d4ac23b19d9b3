"""What changed between two versions of a text, word by word.

Comparing takes time in proportion to the product of the two lengths, so the longer the texts, the
coarser the units: words, then sentences, then the whole stretch that differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain, groupby
from typing import Literal

from msgspec import Struct

Kind = Literal["same", "removed", "added"]

_WORDS = re.compile(r"^\s+|\S+\s*")
_SENTENCES = re.compile(r"^\s+|[^\s.!?][^.!?\n]*[.!?\n]*\s*|[.!?]+\s*")
_MOST_PAIRS = 500_000  # of units; about a second at worst, on text that only repeats itself


class Piece(Struct, frozen=True):
    """A run of text that stayed, went, or came."""

    kind: Kind
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The pieces in reading order.

    Same and added pieces joined are ``new``, same and removed ones ``old``, exactly.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    old_end, new_end = len(before) - tail, len(after) - tail
    pieces = chain(
        _same(before[:head], after[:head]),
        _middle("".join(before[head:old_end]), "".join(after[head:new_end])),
        _same(before[old_end:], after[new_end:]),
    )
    filled = (piece for piece in pieces if piece.text)
    return [
        Piece(kind, "".join(piece.text for piece in run))
        for kind, run in groupby(filled, lambda each: each.kind)
    ]


def _same(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Units with the same words; where only the white space behind them differs, it alone changed."""
    for old, new in zip(before, after, strict=True):
        words = new.rstrip()
        if old == new:
            yield Piece("same", new)
        else:
            yield Piece("same", words)
            yield Piece("removed", old[len(words) :])
            yield Piece("added", new[len(words) :])


def _middle(old: str, new: str) -> Iterator[Piece]:
    for unit in (_WORDS, _SENTENCES):
        before, after = unit.findall(old), unit.findall(new)
        if len(before) * len(after) <= _MOST_PAIRS:
            return _pieces(before, after)
    return iter((Piece("removed", old), Piece("added", new)))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield from _same(before[old_from:old_to], after[new_from:new_to])
        else:
            yield Piece("removed", "".join(before[old_from:old_to]))
            yield Piece("added", "".join(after[new_from:new_to]))


def _keys(units: list[str]) -> list[str]:
    return [unit.rstrip() for unit in units]


def _shared(before: list[str], after: list[str]) -> int:
    """How many units the two lists have in common at their beginning."""
    pairs = zip(_keys(before), _keys(after), strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))
