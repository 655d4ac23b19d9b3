"""What can go wrong, said so that a person can act on it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """One fault in one file.

    ``file`` is the path as the person knows it, ``line`` counts from 1 (0: the file as a whole),
    ``key`` is the place inside the file (``criteria[2].anchors.4``), ``found`` says what is there,
    ``must`` what has to be there, and ``rule`` names the rule in ``question_bank/README.md``.
    """

    file: str
    line: int
    key: str
    found: str
    must: str
    rule: str = "schema"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key or '(file)'}: is {self.found}; must {self.must} [{self.rule}]"


class PersonError(Exception):
    """A fault whose message is meant for the person: what is wrong, where, and what to do."""


class BankError(PersonError):
    """The bank cannot be used; ``problems`` lists every fault of every file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        super().__init__("\n".join([f"{count} fault(s) in the question bank:", *map(str, self.problems)]))


class StoreError(PersonError):
    """The record cannot be opened, read or understood."""


class NotSaved(StoreError):
    """Something could not be written (disk full, read-only, busy); nothing on disk has changed."""


class TakenOver(StoreError):
    """Another tab holds this interview now."""
