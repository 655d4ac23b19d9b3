"""Words that must not leave the house, covered in all that a person typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from itpm_prep.practice.blackout import black_out, readable
from itpm_prep.practice.records import Attempt, Rating, Reply
from itpm_prep.problems import NotSaved
from itpm_prep.store.bundle_checks import Item


def cover(items: Iterable[Item], words: Sequence[str]) -> Iterator[Item]:
    """The items with the words blacked out in answers, notes, figures, replies, evidence and comments.

    What comes of the bank and the program stays. Raises ``NotSaved`` when a word can still be read.
    """
    if not words:
        yield from items
        return
    covering = _Covering(words)
    yield from map(covering.item, items)


class _Covering:
    """Black-out of some words, looked through after."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    def item(self, item: Item) -> Item:
        """The item with its texts covered."""
        if isinstance(item, Attempt):
            return replace(
                item,
                parts={part: self.text(text) for part, text in item.parts.items()},
                figures={figure: self.text(text) for figure, text in item.figures.items()},
                notes=self.text(item.notes),
                preset=self.text(item.preset),
            )
        if isinstance(item, Reply):
            return replace(item, text=self.text(item.text))
        if isinstance(item, Rating):
            marks = (
                replace(mark, evidence=self.text(mark.evidence), comment=self.text(mark.comment))
                for mark in item.marks
            )
            return replace(item, marks=tuple(marks), comment=self.text(item.comment))
        return item

    def text(self, text: str) -> str:
        """One text covered."""
        covered = black_out(text, self._words)
        if left := readable(covered, self._words):
            raise NotSaved(
                f"Nothing was written: {', '.join(left)} can still be read in an answer. "
                "Add the form in which it stands there to the words to black out."
            )
        return covered
