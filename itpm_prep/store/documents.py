"""Documents to rows and back: texts the learner keeps and changes, each under a kind and an id."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct, structs
from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.dialects.sqlite import insert

from itpm_prep.problems import NotSaved
from itpm_prep.store.tables import document as table
from itpm_prep.store.tables import repair

LIMIT = 1_000_000
"""Bytes of one document's text, in UTF-8."""

_COLUMNS = (table.c.kind, table.c.id, table.c.text, table.c.kept_at)


class Document(Struct, frozen=True):
    """One document as it was kept last. ``text`` is JSON that the record does not look into."""

    kind: str
    id: str
    text: str
    kept_at: datetime


def is_too_large(text: str) -> bool:
    """Whether the text, broken surrogates repaired, takes more than ``LIMIT`` bytes."""
    return len(repair(text).encode()) > LIMIT


def read_documents(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Document]:
    """Documents, first kept first."""
    # No streaming in batches: each may be large, and all of them are wanted at once.
    for row in connection.execute(select(*_COLUMNS).where(*where).order_by(table.c.seq)):
        yield Document(**row._mapping)


def find_document(connection: Connection, kind: str, document_id: str) -> Document | None:
    """The document of a kind and id, or None."""
    return next(read_documents(connection, table.c.kind == kind, table.c.id == document_id), None)


def keep_document(connection: Connection, document: Document) -> None:
    """Store a document in the place of the one of its kind and id; ``NotSaved`` when it is too large."""
    if is_too_large(document.text):
        raise NotSaved(
            f"Nothing was saved: the {document.kind} is longer than {LIMIT // 1_000_000} MB. "
            "Shorten it, then try again."
        )
    row = insert(table).values(**structs.asdict(document))
    newer = {"text": row.excluded.text, "kept_at": row.excluded.kept_at}
    connection.execute(row.on_conflict_do_update(index_elements=["kind", "id"], set_=newer))


def drop_document(connection: Connection, kind: str, document_id: str) -> None:
    """Delete a document, if it is there."""
    connection.execute(table.delete().where(table.c.kind == kind, table.c.id == document_id))
