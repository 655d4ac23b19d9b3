"""The record in one SQLite file on the learner's own machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import structs
from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from itpm_prep import settings
from itpm_prep.practice.records import Attempt, Calibration, Fact, Interview, Rating, Reply
from itpm_prep.problems import NotSaved, TakenOver
from itpm_prep.store import files, migrations, tables
from itpm_prep.store.calibrations import append_calibration, has_calibration, read_calibrations
from itpm_prep.store.documents import Document, drop_document, keep_document, read_documents
from itpm_prep.store.engine import SqliteFile
from itpm_prep.store.facts import append, read_attempts, read_ratings, read_replies, rehearse
from itpm_prep.store.interviews import add_interview, end_interviews, read_interview, replace_interview
from itpm_prep.store.record import Holder, Record

COUNTED = ("interview", *tables.APPEND_ONLY, "draft", "preference", "document")


def open_record(path: Path | None = None) -> LocalRecord:
    """Open the record at ``path`` (``settings.database()``), made or upgraded where need be.

    Raises ``StoreError`` when it cannot stand there, is someone else's, damaged, or newer than this
    version, and ``NotSaved`` when it had to be made or upgraded and could not be written.
    """
    path = path or settings.database()
    files.prepare(path)
    record = LocalRecord(path)
    migrations.upgrade(record.engine, path)
    return record


class LocalRecord(SqliteFile, Record):
    """The record in the SQLite file at ``path``.

    The constructor itself only notes the path: ``open_record`` makes and upgrades the file.
    Every method raises ``StoreError`` when the file cannot be read.
    """

    def begin(self, interview: Interview, tab: str, now: datetime) -> None:
        """Store a new interview, held by ``tab``; the others are ended and their tabs lose the hold."""
        with self.writing() as connection:
            end_interviews(connection)
            add_interview(connection, interview, tab, now)

    def advance(self, interview: Interview, facts: Sequence[Fact], tab: str, now: datetime) -> None:
        """Replace the state and append the facts, together; a fact that is kept already is ``NotSaved``."""
        with self.writing() as connection:
            if not replace_interview(connection, interview, tab, now):
                self._check_holder(connection, tab, interview.id)
            for fact in facts:
                append(connection, fact)

    def rehearse(self) -> None:
        """Prepare ``advance``, so that the first facts are stored as quickly as later ones."""
        with self.writing() as connection:
            rehearse(connection)
            connection.rollback()

    def unfinished(self) -> Interview | None:
        """The interview that was touched last and has not ended."""
        with self.reading() as connection:
            return read_interview(connection, ~tables.interview.c.ended)

    def interview(self, interview_id: str) -> Interview | None:
        """One interview in its last state."""
        with self.reading() as connection:
            return read_interview(connection, tables.interview.c.id == interview_id)

    def holder(self, interview_id: str) -> Holder | None:
        """Who holds an interview; None when there is none of that id or it was ended by another."""
        query = select(tables.interview.c.holder, tables.interview.c.seen_at)
        with self.reading() as connection:
            row = connection.execute(query.where(tables.interview.c.id == interview_id)).one_or_none()
        return Holder(row.holder, row.seen_at) if row and row.holder is not None else None

    def hold(self, interview_id: str, tab: str, now: datetime) -> None:
        """Make ``tab`` the holder, whoever held it before; ``StoreError`` for an unknown interview."""
        update = tables.interview.update().where(tables.interview.c.id == interview_id)
        with self.writing() as connection:
            if not connection.execute(update.values(holder=tab, seen_at=now)).rowcount:
                raise self._unknown(interview_id)

    def alive(self, interview: Interview, tab: str, now: datetime) -> None:
        """Keep the hold fresh and store the clock; the rest of the state stays as it was stored."""
        with self._writing_as(tab, interview.id) as connection:
            if stored := read_interview(connection, tables.interview.c.id == interview.id):
                replace_interview(connection, structs.replace(stored, clock=interview.clock), tab, now)

    def save_draft(self, interview_id: str, position: int, box: str, text: str, tab: str) -> None:
        """Store what stands in one box, in the place of what stood there before."""
        row = insert(tables.draft).values(interview_id=interview_id, position=position, box=box, text=text)
        with self._writing_as(tab, interview_id) as connection:
            key = list(tables.draft.primary_key)
            connection.execute(
                row.on_conflict_do_update(index_elements=key, set_={"text": row.excluded.text})
            )

    def drafts(self, interview_id: str, position: int) -> dict[str, str]:
        """Box to text, for one turn."""
        query = select(tables.draft.c.box, tables.draft.c.text).where(
            tables.draft.c.interview_id == interview_id, tables.draft.c.position == position
        )
        with self.reading() as connection:
            return {row.box: row.text for row in connection.execute(query)}

    def attempts(self) -> list[Attempt]:
        """All attempts, oldest first."""
        with self.reading() as connection:
            return list(read_attempts(connection))

    def replies(self) -> list[Reply]:
        """All replies to probes, oldest first."""
        with self.reading() as connection:
            return list(read_replies(connection))

    def ratings(self) -> list[Rating]:
        """All ratings, oldest first."""
        with self.reading() as connection:
            return list(read_ratings(connection))

    def facts_of(self, interview_id: str) -> list[Fact]:
        """The attempts, replies and ratings of one interview, oldest first within each kind."""
        its_own = tables.attempt.c.interview_id == interview_id
        with self.reading() as connection:
            return [
                *read_attempts(connection, its_own),
                *read_replies(connection, its_own),
                *read_ratings(connection, its_own),
            ]

    def last_seen(self) -> dict[str, datetime]:
        """Question id to the time of its latest attempt, skipped ones included."""
        columns = tables.attempt.c
        query = select(columns.question_id, func.max(columns.submitted_at).label("latest"))
        with self.reading() as connection:
            rows = connection.execute(query.group_by(columns.question_id))
            return {row.question_id: row.latest for row in rows}

    def preference(self, name: str) -> str | None:
        """A setting of the learner, or None."""
        query = select(tables.preference.c.value).where(tables.preference.c.name == name)
        with self.reading() as connection:
            return connection.scalar(query)

    def prefer(self, name: str, value: str) -> None:
        """Store a setting of the learner."""
        row = insert(tables.preference).values(name=name, value=value)
        with self.writing() as connection:
            connection.execute(
                row.on_conflict_do_update(index_elements=["name"], set_={"value": row.excluded.value})
            )

    def documents(self, kind: str) -> dict[str, str]:
        """Id to text of every document of a kind, first kept first."""
        with self.reading() as connection:
            kept = read_documents(connection, tables.document.c.kind == kind)
            return {document.id: document.text for document in kept}

    def keep_document(self, kind: str, document_id: str, text: str, now: datetime) -> None:
        """Store a document of at most 1 MB, in the place of the one of that kind and id."""
        document = Document(kind, document_id, text, now)
        with self.writing() as connection:
            keep_document(connection, document)

    def drop_document(self, kind: str, document_id: str) -> None:
        """Delete a document for good; one that is not there is no fault."""
        with self.writing() as connection:
            drop_document(connection, kind, document_id)

    def calibrate(self, calibration: Calibration) -> None:
        """Append a calibration; one that is kept already is ``NotSaved``."""
        with self.writing() as connection:
            if has_calibration(connection, calibration.id):
                raise NotSaved("Nothing was saved: this calibration is in the record already.")
            append_calibration(connection, calibration)

    def calibrations(self) -> list[Calibration]:
        """All calibrations, oldest first."""
        with self.reading() as connection:
            return list(read_calibrations(connection))

    def counts(self) -> dict[str, int]:
        """Table name to its number of rows."""
        with self.reading() as connection:
            return {
                name: connection.scalar(select(func.count()).select_from(tables.metadata.tables[name])) or 0
                for name in COUNTED
            }

    def back_up(self, copy: Path) -> None:
        """Copy the whole record to a new file; ``NotSaved`` when it exists or cannot be written."""
        migrations.back_up(self.path, copy)

    @contextmanager
    def _writing_as(self, tab: str, interview_id: str) -> Iterator[Connection]:
        """A writing transaction of the tab that holds the interview; raises ``TakenOver`` for any other."""
        with self.writing() as connection:
            self._check_holder(connection, tab, interview_id)
            yield connection

    def _check_holder(self, connection: Connection, tab: str, interview_id: str) -> None:
        query = select(tables.interview.c.holder).where(tables.interview.c.id == interview_id)
        row = connection.execute(query).one_or_none()
        if row is None:
            raise self._unknown(interview_id)
        if row.holder != tab:
            raise TakenOver(
                "This interview goes on in another tab, or was ended there. Nothing was saved from this "
                "tab: take the interview over to go on here."
            )

    def _unknown(self, interview_id: str) -> NotSaved:
        return NotSaved(f"Nothing was saved: the record {self.path} has no interview {interview_id}.")
