"""Interviews under way to rows and back: the state as JSON, and the columns it is searched by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import ColumnElement, Connection, bindparam, select

from itpm_prep.practice.records import Interview
from itpm_prep.problems import StoreError
from itpm_prep.store.tables import interview as table

_REPLACE = (
    table.update()
    .where(table.c.id == bindparam("its_id"), table.c.holder == bindparam("its_holder"))
    .values(revision=table.c.revision + 1)
)


def read_interview(connection: Connection, where: ColumnElement[bool]) -> Interview | None:
    """The interview touched last of those that fit, or None.

    Raises ``StoreError`` for a state that this version cannot read.
    """
    columns = select(table.c.id, table.c.state, table.c.ended)
    row = connection.execute(columns.where(where).order_by(table.c.touched_at.desc()).limit(1)).first()
    if row is None:
        return None
    try:
        interview = msgspec.json.decode(row.state, type=Interview)
    except msgspec.MsgspecError as error:
        raise StoreError(
            f"The interview {row.id} was stored by another version and cannot be resumed ({error}). "
            "Its submitted answers are kept; begin a new interview."
        ) from error
    # ``begin`` ends other interviews without reading their states.
    return structs.replace(interview, ended=row.ended)


def add_interview(connection: Connection, interview: Interview, tab: str, now: datetime) -> None:
    """Insert an interview held by ``tab``."""
    row = _searched(interview) | {"id": interview.id, "started_at": interview.started_at}
    connection.execute(table.insert().values(**row, holder=tab, seen_at=now, revision=1))


def replace_interview(connection: Connection, interview: Interview, tab: str, now: datetime) -> bool:
    """Put a new state in the place of the stored one; False when ``tab`` does not hold the interview."""
    new = _searched(interview) | {"seen_at": now, "its_id": interview.id, "its_holder": tab}
    return connection.execute(_REPLACE, new).rowcount == 1


def end_interviews(connection: Connection) -> None:
    """End whatever is unfinished and take it from its tabs, so that none goes on with it unasked."""
    connection.execute(table.update().where(~table.c.ended).values(ended=True, holder=None))


def _searched(interview: Interview) -> dict[str, Any]:
    state = msgspec.json.encode(interview).decode()
    return {"state": state, "touched_at": interview.touched_at, "ended": interview.ended}
