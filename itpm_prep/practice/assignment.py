"""Which story to tell for which question of a panel, so that none is told twice and the fit is highest."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from itpm_prep.bank.types import Competency
from itpm_prep.practice.stories import Asked, Fit, Story, Told, best_fits

LONGEST_PANEL = 20


class Place(Struct, frozen=True):
    """One question of a panel and the story to tell; None when no story that is left fits it."""

    question: Asked
    fit: Fit | None


class Collision(Struct, frozen=True):
    """A story that fits several questions of the panel best, though it can be told only once."""

    story: Story
    questions: tuple[Asked, ...]


class Assignment(Struct, frozen=True):
    """The stories of a panel.

    ``total`` is the sum of the fits. ``uncovered`` holds the main competencies of the panel's
    questions that the story assigned to the question, if any, is not tagged with.
    """

    places: tuple[Place, ...]
    total: int
    collisions: tuple[Collision, ...]
    uncovered: tuple[Competency, ...]


def assign_stories(known: Sequence[Told], panel: Sequence[Asked]) -> Assignment:
    """The assignment without repeats whose total fit is highest; a question without a story counts 0.

    Raises ``ValueError`` for a panel of more than 20 questions.
    """
    if len(panel) > LONGEST_PANEL:
        raise ValueError(f"a panel has {len(panel)} questions; it must have at most {LONGEST_PANEL}")
    ranked = [best_fits(known, question) for question in panel]
    # An optimum needs only the best n stories of each of n questions: whoever tells another one could
    # as well tell the one of these that the n - 1 other questions have left.
    short = [fits[: len(panel)] for fits in ranked]
    columns = list(dict.fromkeys(each.story.id for fits in short for each in fits))
    at = {story_id: column for column, story_id in enumerate(columns)}
    # One column of zeros for each question stands for "no story".
    scores = [[0] * (len(columns) + len(panel)) for _ in panel]
    for row, fits in zip(scores, short, strict=True):
        for each in fits:
            row[at[each.story.id]] = each.score
    places = tuple(
        Place(question, next((one for one in fits if at[one.story.id] == column), None))
        for question, fits, column in zip(panel, short, best_columns(scores), strict=True)
    )
    return Assignment(
        places,
        sum(one.fit.score for one in places if one.fit),
        _collisions(panel, ranked),
        _uncovered(places),
    )


def _collisions(panel: Sequence[Asked], ranked: Sequence[Sequence[Fit]]) -> tuple[Collision, ...]:
    wanted: dict[str, list[Asked]] = {}
    stories: dict[str, Story] = {}
    for question, fits in zip(panel, ranked, strict=True):
        for first in fits[:1]:
            stories[first.story.id] = first.story
            wanted.setdefault(first.story.id, []).append(question)
    return tuple(Collision(stories[key], tuple(each)) for key, each in wanted.items() if len(each) > 1)


def _uncovered(places: Sequence[Place]) -> tuple[Competency, ...]:
    lacking = (one.question.competencies[0] for one in places if one.fit is None or not one.fit.main)
    return tuple(dict.fromkeys(lacking))


def best_columns(scores: Sequence[Sequence[int]]) -> list[int]:
    """The column of each row, none taken twice, for which the sum of the scores is highest.

    ``scores`` has n rows and m >= n columns. The Hungarian method with shortest augmenting paths and
    potentials, O(n^2 m): Kuhn 1955, "The Hungarian method for the assignment problem"; Jonker and
    Volgenant 1987, "A shortest augmenting path algorithm for dense and sparse linear assignment
    problems". Whole numbers in, so the result is exact.
    """
    width = len(scores[0]) if scores else 0
    if width < len(scores):
        raise ValueError(f"{len(scores)} rows cannot each have one of {width} columns")
    row_price, column_price = [0] * len(scores), [0] * (width + 1)
    holder = [-1] * (width + 1)  # the row that has a column; the last one is where a search begins
    for row in range(len(scores)):
        holder[width] = row
        _augment(scores, row_price, column_price, holder)
    columns = [0] * len(scores)
    for column, row in enumerate(holder[:width]):
        if row >= 0:
            columns[row] = column
    return columns


def _augment(
    scores: Sequence[Sequence[int]], row_price: list[int], column_price: list[int], holder: list[int]
) -> None:
    """Give the row in the last place of ``holder`` a column, along the cheapest chain of changes."""
    width = len(holder) - 1
    infinite = float("inf")
    distance: list[float] = [infinite] * width
    before = [width] * width
    tree, free = [width], list(range(width))
    column = width
    while holder[column] >= 0:
        row = holder[column]
        price, line = row_price[row], scores[row]
        for other in free:
            cost = -line[other] - price - column_price[other]
            if cost < distance[other]:
                distance[other], before[other] = cost, column
        nearest = min(free, key=distance.__getitem__)
        step = int(distance[nearest])
        for one in tree:
            row_price[holder[one]] += step
            column_price[one] -= step
        for other in free:
            distance[other] -= step
        free.remove(nearest)
        column = nearest
        if holder[column] >= 0:
            tree.append(column)
    while column != width:
        holder[column], column = holder[before[column]], before[column]
    holder[width] = -1
