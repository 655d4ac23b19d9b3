"""What the bank covers, beside what it is to cover: counts for tables, heat maps and the release check.

A question counts once, at its own ``level`` and its first competency; a retired one does not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

from msgspec import Struct

from itpm_prep.bank import targets
from itpm_prep.bank.topics import Topic
from itpm_prep.bank.types import (
    CATEGORIES,
    LEVELS,
    SPECIALISATIONS,
    Question,
)

Release = Literal["first", "full"]
RELEASES: tuple[Release, ...] = get_args(Release)
ALL = "all"


class Count(Struct, frozen=True):
    """How many there are, and how many the first release and the full bank need at least."""

    have: int
    first: int
    full: int

    def needed(self, release: Release) -> int:
        """How many that release needs."""
        return self.first if release == "first" else self.full

    def meets(self, release: Release) -> bool:
        """Whether there are as many as that release needs."""
        return self.have >= self.needed(release)


class Table(Struct, frozen=True):
    """Counts by row and column: ``counts[row][column]``; names are those of the closed lists, or ``all``."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[Count, ...], ...]

    def cells(self) -> Iterator[tuple[str, str, Count]]:
        """Row, column and count of every cell."""
        for row, counts in zip(self.rows, self.counts, strict=True):
            for column, count in zip(self.columns, counts, strict=True):
                yield row, column, count


class TopicCount(Struct, frozen=True):
    """A topic that questions are to name, and how many do."""

    topic: Topic
    count: Count


class Crowd(Struct, frozen=True):
    """Questions too much alike: ``place`` is category, level, specialisation, first competency."""

    place: tuple[str, str, str, str]
    have: int
    most: int


class Gap(Struct, frozen=True):
    """A minimum that a release misses, or (``have`` above ``must``) a most that is passed."""

    where: str
    have: int
    must: int


class Coverage(Struct, frozen=True):
    """All counts of a bank.

    ``tables`` are the three of the plan: category by level, then specialisation and first competency,
    each by category and by level. ``spread`` counts the categories that a specialisation has at a level.
    ``named`` counts the topics that one question or more names.
    """

    tables: tuple[Table, ...]
    topics: tuple[TopicCount, ...]
    named: Count
    crowds: tuple[Crowd, ...]
    spread: Table
    exhibits: Table
    benchmarks: Table
    polished: Count

    def unnamed(self) -> list[Topic]:
        """The topics that no question names."""
        return [counted.topic for counted in self.topics if not counted.count.have]

    def gaps(self, release: Release) -> list[Gap]:
        """Everything that keeps the bank from being that release."""
        return [
            *(
                Gap(f"{table.name}: {row}, {column}", count.have, count.needed(release))
                for table in (*self.tables, self.spread, self.exhibits, self.benchmarks)
                for row, column, count in table.cells()
                if not count.meets(release)
            ),
            *(
                Gap(f"topic {counted.topic.id}", counted.count.have, counted.count.needed(release))
                for counted in self.topics
                if not counted.count.meets(release)
            ),
            *(
                Gap(what, count.have, count.needed(release))
                for what, count in (("topics named", self.named), ("polished answers", self.polished))
                if not count.meets(release)
            ),
            *(Gap(f"alike: {', '.join(crowd.place)}", crowd.have, crowd.most) for crowd in self.crowds),
        ]


def count_coverage(questions: Iterable[Question], topics: Iterable[Topic]) -> Coverage:
    """The coverage of these questions; of the topics, those count whose use is ``question``."""
    live = [question for question in questions if question.status != "retired"]
    naming = Counter(topic for question in live for topic in set(question.topics))
    counted = tuple(_count_topic(topic, naming[topic.id]) for topic in topics if topic.use == "question")
    places = Counter((q.category, q.level, q.specialisation, q.competencies[0]) for q in live)
    return Coverage(
        tables=_tables(live),
        topics=counted,
        named=Count(sum(1 for topic in counted if topic.count.have), targets.TOPICS_FIRST, len(counted)),
        crowds=tuple(
            Crowd(place, have, targets.MOST_ALIKE)
            for place, have in sorted(places.items())
            if have > targets.MOST_ALIKE
        ),
        spread=_spread(live),
        exhibits=_exhibits(live),
        benchmarks=_benchmarks(live),
        polished=Count(sum(1 for q in live if "polished" in _labels(q)), *targets.POLISHED),
    )


def _tables(live: Sequence[Question]) -> tuple[Table, ...]:
    by_level = {row: ((), numbers) for row, numbers in targets.CATEGORIES_BY_LEVEL.items()}
    everything = tuple(map(sum, zip(*targets.CATEGORIES_BY_LEVEL.values(), strict=True)))
    return (
        _table("category", live, lambda q: q.category, {**by_level, ALL: ((), everything)}),
        _table("specialisation", live, lambda q: q.specialisation, targets.SPECIALISATIONS_BY_BOTH),
        _table("first competency", live, lambda q: q.competencies[0], targets.COMPETENCIES_BY_BOTH),
    )


def _table(
    name: str,
    live: Sequence[Question],
    row_of: Callable[[Question], str],
    wanted: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]],
) -> Table:
    """A table with a column for each category that has a target, each level, and all."""
    have: Counter[tuple[str, str]] = Counter()
    for question in live:
        for row in (row_of(question), ALL):
            have.update((row, column) for column in (question.category, question.level, ALL))
    columns = (*(CATEGORIES if all(by for by, _ in wanted.values()) else ()), *LEVELS, ALL)
    counts = (
        tuple(
            _half_first(have[row, column], full)
            for column, full in zip(columns, (*by_category, *by_level, sum(by_level)), strict=True)
        )
        for row, (by_category, by_level) in wanted.items()
    )
    return Table(name, tuple(wanted), columns, tuple(counts))


def _half_first(have: int, full: int) -> Count:
    return Count(have, -(-full // 2), full)


def _count_topic(topic: Topic, have: int) -> TopicCount:
    least = targets.SEVERAL_LEAST if re.fullmatch(targets.SEVERAL, topic.id) else (0, 1)
    return TopicCount(topic, Count(have, *least))


def _spread(live: Sequence[Question]) -> Table:
    held: set[tuple[str, str, str]] = {(q.specialisation, q.level, q.category) for q in live}
    kinds = Counter((specialisation, level) for specialisation, level, _ in held)
    most = targets.LEAST_CATEGORIES

    def count(row: str, column: int) -> Count:
        questions = _half_first(0, targets.SPECIALISATIONS_BY_BOTH[row][1][column])
        return Count(kinds[row, LEVELS[column]], min(most, questions.first), min(most, questions.full))

    counts = (tuple(count(row, column) for column in range(len(LEVELS))) for row in SPECIALISATIONS)
    return Table("categories in each specialisation", SPECIALISATIONS, LEVELS, tuple(counts))


def _exhibits(live: Sequence[Question]) -> Table:
    have: Counter[str] = Counter(q.category for q in live if q.exhibits and q.figures)
    counts = tuple((Count(have[row], *least),) for row, least in targets.EXHIBITS.items())
    return Table("exhibits with figures", tuple(targets.EXHIBITS), (ALL,), counts)


def _benchmarks(live: Sequence[Question]) -> Table:
    have = Counter((q.category, q.level) for q in live if {"developing", "strong"} <= _labels(q))
    counts = (tuple(Count(have[row, column], *targets.BENCHMARKS) for column in LEVELS) for row in CATEGORIES)
    return Table("benchmarks", CATEGORIES, LEVELS, tuple(counts))


def _labels(question: Question) -> set[str]:
    return {benchmark.label for benchmark in question.benchmarks}
