"""Calibrations to rows and back: one row each, and one for every mark with its key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import structs
from sqlalchemy import ColumnElement, Connection, select

from itpm_prep.practice.records import Calibration, KeyedMark
from itpm_prep.store.tables import calibration as table
from itpm_prep.store.tables import keyed_mark


def append_calibration(connection: Connection, calibration: Calibration) -> None:
    """Append one calibration with its marks; an id that is there already is an ``IntegrityError``."""
    inserted = connection.execute(table.insert(), {"id": calibration.id, "rated_at": calibration.rated_at})
    (seq,) = inserted.inserted_primary_key or (None,)
    rows = [
        {"calibration_seq": seq, "place": place, **structs.asdict(mark)}
        for place, mark in enumerate(calibration.marks)
    ]
    if rows:
        connection.execute(keyed_mark.insert(), rows)


def has_calibration(connection: Connection, calibration_id: str) -> bool:
    """Whether a calibration of that id is kept."""
    return connection.scalar(select(table.c.seq).where(table.c.id == calibration_id)) is not None


def read_calibrations(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Calibration]:
    """Calibrations with their marks, oldest first."""
    marks = [keyed_mark.c[name] for name in KeyedMark.__struct_fields__]
    query = (
        select(table.c.seq, table.c.id, table.c.rated_at, *marks)
        .outerjoin(keyed_mark)
        .where(*where)
        .order_by(table.c.rated_at, table.c.seq, keyed_mark.c.place)
    )
    for _, group in groupby(connection.execute(query), key=lambda row: row.seq):
        rows = list(group)
        yield Calibration(
            id=rows[0].id,
            rated_at=rows[0].rated_at,
            marks=tuple(
                KeyedMark(**{name: row._mapping[name] for name in KeyedMark.__struct_fields__})
                for row in rows
                if row.criterion is not None
            ),
        )
