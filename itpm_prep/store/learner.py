"""Whose record it is: an id drawn once, and the name that the learner chose for handing in."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Connection, func, select

from itpm_prep.store.bundle_lines import Learner, clean_name
from itpm_prep.store.record import Record
from itpm_prep.store.tables import attempt, preference

ID, NAME = "learner_id", "learner_name"


def read_learner(record: Record) -> Learner:
    """The learner as kept; without id and name when nothing was ever handed in."""
    return Learner(record.preference(ID) or "", record.preference(NAME) or "")


def make_learner(record: Record) -> Learner:
    """The learner, with an id drawn now where there was none. Raises ``NotSaved``."""
    if not record.preference(ID):
        record.prefer(ID, uuid4().hex)
    return read_learner(record)


def name_learner(record: Record, name: str) -> Learner:
    """Keep the name to hand in under, in one line of at most 60 characters; may be empty."""
    record.prefer(NAME, clean_name(name))
    return make_learner(record)


def adopt(connection: Connection, learner: Learner) -> None:
    """Make an empty record that of the learner whose bundle is brought in, so that moving keeps the id."""
    is_used = connection.scalar(select(func.count()).select_from(attempt))
    has_id = connection.scalar(select(preference.c.value).where(preference.c.name == ID))
    if learner.id and not is_used and not has_id:
        rows = [{"name": ID, "value": learner.id}, {"name": NAME, "value": learner.name}]
        connection.execute(preference.delete().where(preference.c.name == NAME))
        connection.execute(preference.insert(), rows)
