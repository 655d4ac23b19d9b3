"""Facts to rows and back: the only place that knows which columns a fact has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from msgspec import structs
from sqlalchemy import ColumnElement, Connection, Float, Integer, Row, Table, select

from itpm_prep.practice.records import Attempt, Fact, Mark, Rating, Reply
from itpm_prep.store.tables import UtcTime, attempt, criterion_score, rating, reply

TABLES: dict[type[Fact], Table] = {Attempt: attempt, Reply: reply, Rating: rating}
BATCH = 500
"""Rows held at a time while a long table is read."""

_MARK = tuple(column.name for column in criterion_score.columns if column.name in Mark.__struct_fields__)


def append(connection: Connection, fact: Fact) -> None:
    """Append one fact, a rating with its marks; an id that is there already is an ``IntegrityError``."""
    row = structs.asdict(fact)
    marks = row.pop("marks", ())
    inserted = connection.execute(TABLES[type(fact)].insert(), row)
    if marks:
        (seq,) = inserted.inserted_primary_key or (None,)
        rows = [
            {"rating_seq": seq, "place": place, **structs.asdict(mark)} for place, mark in enumerate(marks)
        ]
        connection.execute(criterion_score.insert(), rows)


def rehearse(connection: Connection) -> None:
    """Insert an empty row wherever ``append`` does; the caller rolls them back.

    SQLAlchemy writes and keeps the SQL of a statement when it is first executed, which takes longer
    than the statement itself.
    """
    for table in TABLES.values():
        inserted = connection.execute(table.insert(), _empty_row(table))
    (seq,) = inserted.inserted_primary_key or (None,)
    connection.execute(criterion_score.insert(), [_empty_row(criterion_score) | {"rating_seq": seq}])


def _empty_row(table: Table) -> dict[str, Any]:
    empty: dict[type, Any] = {UtcTime: datetime.min.replace(tzinfo=UTC), Float: 0.0, Integer: 0}
    return {column.name: empty.get(type(column.type), "") for column in table.columns if column.name != "seq"}


def find(connection: Connection, kind: type[Fact], fact_id: str) -> Fact | None:
    """The fact of a kind and id, or None."""
    return next(_READERS[kind](connection, TABLES[kind].c.id == fact_id), None)


def read_attempts(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Attempt]:
    """Attempts, oldest first."""
    columns = [column for column in attempt.columns if column.name != "seq"]
    query = select(*columns).where(*where).order_by(attempt.c.submitted_at, attempt.c.seq)
    for row in connection.execute(query).yield_per(BATCH):
        yield Attempt(**row._mapping)


def read_replies(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Reply]:
    """Replies, oldest first; ``where`` may name columns of the attempt as well."""
    columns = [column for column in reply.columns if column.name != "seq"]
    query = select(*columns).join_from(reply, attempt).where(*where)
    for row in connection.execute(query.order_by(reply.c.replied_at, reply.c.seq)).yield_per(BATCH):
        yield Reply(**row._mapping)


def read_ratings(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Rating]:
    """Ratings with their marks, oldest first; ``where`` may name columns of the attempt as well."""
    query = (
        # A rating and its marks both have a comment: those of the marks go by a name of their own.
        select(rating, *(criterion_score.c[name].label(f"mark_{name}") for name in _MARK))
        .join_from(rating, attempt)
        .outerjoin(criterion_score)
        .where(*where)
        .order_by(rating.c.rated_at, rating.c.seq, criterion_score.c.place)
    )
    rows = connection.execute(query).yield_per(BATCH)
    for _, group in groupby(rows, key=lambda row: row.seq):
        yield _rating(list(group))


def _rating(rows: list[Row[Any]]) -> Rating:
    """One rating from its rows, one a mark; without marks the one row has none."""
    fields = {name: rows[0]._mapping[name] for name in Rating.__struct_fields__ if name != "marks"}
    marks = tuple(
        Mark(**{name: row._mapping[f"mark_{name}"] for name in _MARK})
        for row in rows
        if row.mark_criterion is not None
    )
    return Rating(**fields, marks=marks)


_READERS: dict[type[Fact], Callable[..., Iterator[Fact]]] = {
    Attempt: read_attempts,
    Reply: read_replies,
    Rating: read_ratings,
}
