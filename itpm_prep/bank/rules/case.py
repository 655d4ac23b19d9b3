"""What a rule is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from itpm_prep.bank.source import Source
from itpm_prep.bank.types import Question


class Fault(Struct, frozen=True):
    """One breach of a rule: where in the question, what is there, what must be."""

    key: str
    found: str
    must: str


class Case(Struct, frozen=True):
    """A question under check, its file, the day of the check and the ids of usable topics.

    ``topics`` is None when there is no list of topics to check against.
    """

    question: Question
    source: Source
    today: date
    topics: frozenset[str] | None = None

    @property
    def path(self) -> Path:
        """The file of the question."""
        return self.source.path


Rule = Callable[[Case], Iterable[Fault]]
BankRule = Callable[[Sequence[Case]], Iterator[tuple[Case, Fault]]]


def joined(values: Iterable[object]) -> str:
    """Values as a list in words: ``a, b, c``."""
    return ", ".join(map(str, values))
