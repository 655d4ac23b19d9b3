"""The columns of a cohort's tables, packed so that a million rows take little room and no time.

This layer knows no numpy; what it gives is read by numpy without a copy::

    numpy.frombuffer(column, dtype)                # an array.array: int64, float64, uint8 or bool
    numpy.frombuffer(column.codes, numpy.int32)    # of Coded; see pandas.Categorical.from_codes
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, compress, repeat
from typing import Any, Literal, NamedTuple, TypeAlias

from sqlalchemy import Connection

from itpm_prep.practice.measures import Measures
from itpm_prep.practice.records import Attempt
from itpm_prep.store.cohort_tables import COLUMNS, Kept

Name = Literal["learners", "attempts", "ratings", "scores", "gates", "measures"]

_PART = 20_000
"""Rows held at a time."""


class Coded(NamedTuple):
    """A column of texts: ``values`` are all different, ``codes`` (int32) says which stands in each row."""

    codes: array[int]
    values: list[str]

    def listed(self) -> list[str]:
        """The text of each row."""
        return [self.values[code] for code in self.codes]


Column: TypeAlias = "Coded | array[Any]"
"""Texts; int64 ("q") and float64 ("d"); "B" for small whole numbers and for flags, one byte a row."""
Columns: TypeAlias = "dict[str, Column]"


_LEARNER = "number q, id t, name t, level t, specialisation t, bundle_at q"
_OWN = "learner q, id t, "
_RATING = "learner q, attempt_id t, id t, rater t, q d, rated_at q, criteria t, marks b"
_GATE = "learner q, id t, rated_at q, marks q, mae d, leniency d"
_PACKED = ("chosen", "score", "cap", "has_evidence")
"""The bytes of one mark."""


def read_tables(connection: Connection) -> dict[Name, Columns]:
    """All tables, see ``Cohort.tables``."""
    found = _read(connection, "learner", _LEARNER)
    ids = found["id"].coded()
    learners: Columns = {
        "learner_id": ids,
        "name": found["name"].coded(),
        "level": found["level"].coded(),
        "specialisation": found["specialisation"].coded(),
        "last_bundle_at": found["bundle_at"].numbers,
    }
    who = _Who(found["number"].numbers, ids.values)
    met = _Texts()
    attempts = _read(connection, "attempt WHERE counts", _OWN + _spec(Attempt), id=met)
    ratings = _read(connection, "rating WHERE counts", _RATING, attempt_id=met)
    measures = _read(connection, "measures WHERE counts", _OWN + _spec(Measures), id=met)
    return {
        "learners": learners,
        "attempts": _named(attempts, who, "attempt_id"),
        **_rated(ratings, who, attempts),
        "gates": _named(_read(connection, "calibration WHERE counts", _GATE), who, "calibration_id"),
        "measures": _named(measures, who, "attempt_id"),
    }


class _Index(dict[str, int]):
    """Text to code; one that was not met yet gets the next code."""

    def __missing__(self, text: str) -> int:
        self[text] = code = len(self)
        return code


class _Texts:
    """The different texts of a column, or of several that share them."""

    def __init__(self) -> None:
        self.index = _Index()

    @cached_property
    def values(self) -> list[str]:
        """One list for all the columns; asked for when the last one has been read."""
        return list(self.index)


class _Making:
    """A column under way: numbers, texts with an index of those met, or packed bytes."""

    def __init__(self, kind: str, texts: _Texts | None = None) -> None:
        self.kind = kind
        self.numbers: array[Any] = array("d" if kind == "d" else "i" if kind == "t" else "q")
        self.texts = texts or _Texts()
        self.blobs: list[bytes] = []

    def extend(self, values: Iterable[Any]) -> None:
        """Add some rows."""
        index = self.texts.index
        if self.kind == "t":
            self.numbers.extend(map(index.__getitem__, values))
        elif self.kind == "b":
            self.blobs.extend(values)
        else:
            self.numbers.extend(values)

    def keep(self, rows: Sequence[bool]) -> None:
        """Leave out all rows but these."""
        self.numbers = array(self.numbers.typecode, compress(self.numbers, rows))
        self.blobs = list(compress(self.blobs, rows))

    def coded(self) -> Coded:
        """Texts as they are handed on."""
        return Coded(self.numbers, self.texts.values)

    def done(self) -> Column:
        """The column as it is handed on."""
        return self.coded() if self.kind == "t" else self.numbers


def _spec(kind: type[Kept]) -> str:
    short = {"TEXT": "t", "INTEGER": "q", "REAL": "d"}
    return ", ".join(f"{name} {short[dtype]}" for name, dtype in map(str.split, COLUMNS[kind]))


def _read(connection: Connection, table: str, spec: str, **shared: _Texts) -> dict[str, _Making]:
    """Columns of a table in the order of arrival; ``spec`` names each with its kind."""
    made = {name: _Making(kind, shared.get(name)) for name, kind in map(str.split, spec.split(", "))}
    # S608: the names are ours, nothing of a bundle is among them.
    rows = connection.exec_driver_sql(f"SELECT {', '.join(made)} FROM {table} ORDER BY number")  # noqa: S608
    for part in rows.partitions(_PART):
        for column, values in zip(made.values(), zip(*part, strict=True), strict=True):
            column.extend(values)
    return made


class _Who:
    """The learners: their numbers in the file to their places, and their ids."""

    def __init__(self, numbers: Iterable[int], ids: list[str]) -> None:
        self.place = {number: at for at, number in enumerate(numbers)}
        self.ids = ids

    def coded(self, numbers: Iterable[int]) -> Coded:
        """The learner of each row."""
        return Coded(array("i", [self.place[number] for number in numbers]), self.ids)


def _named(made: dict[str, _Making], who: _Who, its_id: str) -> Columns:
    """Columns with ``learner_id`` in front and the fact's own id under the name it has outside."""
    rest = {its_id if name == "id" else name: one.done() for name, one in made.items() if name != "learner"}
    return {"learner_id": who.coded(made["learner"].numbers), **rest}


def _rated(made: dict[str, _Making], who: _Who, attempts: dict[str, _Making]) -> dict[Name, Columns]:
    """Ratings and their marks; those of attempts that have not been handed in stay out until they are."""
    there = set(zip(attempts["learner"].numbers, attempts["id"].numbers, strict=True))
    pairs = zip(made["learner"].numbers, made["attempt_id"].numbers, strict=True)
    kept = [pair in there for pair in pairs]
    if not all(kept):
        for column in made.values():
            column.keep(kept)
    criteria, marks = made.pop("criteria").coded(), b"".join(made.pop("marks").blobs)
    ratings = _named(made, who, "rating_id")
    return {"ratings": ratings, "scores": _scores(ratings, criteria, marks)}


def _scores(ratings: Columns, criteria: Coded, marks: bytes) -> Columns:
    """One row for each mark; ``criteria`` has those of each rating, a line each."""
    lists = [one.split("\n") if one else [] for one in criteria.values]
    rows = list(chain.from_iterable(repeat(row, len(lists[code])) for row, code in enumerate(criteria.codes)))
    criterion = _Making("t")
    index = criterion.texts.index
    codes = [[index[name] for name in one] for one in lists]
    criterion.numbers.extend(chain.from_iterable(codes[code] for code in criteria.codes))
    return {
        **{name: _take(column, rows) for name, column in ratings.items() if name != "q"},
        "criterion": criterion.done(),
        **{
            name: array("B", marks[at :: len(_PACKED)])
            for at, name in enumerate(("chosen", "score", "cap", "has_evidence"))
        },
    }


def _take(column: Column, rows: list[int]) -> Column:
    if isinstance(column, Coded):
        return Coded(array("i", map(column.codes.__getitem__, rows)), column.values)
    return array(column.typecode, map(column.__getitem__, rows))
