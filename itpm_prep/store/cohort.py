"""What learners handed in, in one file on the instructor's own machine.

Bundles are merged in any order and as often as one likes: a fact is known by its learner, its id and its
content. Two contents under one id are both kept; the one from the oldest bundle counts, so that an answer
reviewed once is not changed by what comes later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec
from sqlalchemy import Connection

from itpm_prep import settings
from itpm_prep.practice.measures import Measures
from itpm_prep.practice.records import Attempt, Calibration, Rating, Reply
from itpm_prep.problems import NotSaved
from itpm_prep.store import files, migrations
from itpm_prep.store.bundle_checks import SELF, Skip
from itpm_prep.store.bundle_lines import NAMES, Learner, clean_name, write_bundle
from itpm_prep.store.cohort_columns import Coded, Column, Columns, Name, read_tables
from itpm_prep.store.cohort_tables import MIGRATIONS, MISSING, TABLES, UNKNOWN
from itpm_prep.store.engine import SqliteFile
from itpm_prep.store.handed_in import list_folder, open_all
from itpm_prep.store.merging import (
    Bundle,
    Clash,
    FileMerged,
    HandIn,
    Merged,
    merge_bundle,
    read_bundles,
)

__all__ = ["MISSING", "UNKNOWN", "Clash", "Coded", "Cohort", "Column", "FileMerged", "Merged", "open_cohort"]

COMMIT_FROM = 5_000
"""Lines of bundles that are written in one transaction: the disk is waited for some hundred times less."""

# An answer takes some 2,000 bytes, of which a page of the usual 4,096 holds but one. The cache (in KiB)
# holds what one transaction writes, so that nothing is written twice.
_PRAGMAS = ("page_size = 16384", "cache_size = -65536", "secure_delete = ON")

Fact_ = TypeVar("Fact_", Attempt, Reply, Rating, Calibration, Measures)

_CLASHES = (
    "SELECT learner.id, name, {table}.id, count(*) FROM {table} JOIN learner "
    "ON learner.number = {table}.learner GROUP BY {table}.learner, {table}.id HAVING count(*) > 1"
)


def open_cohort(path: Path | None = None) -> Cohort:
    """Open the cohort at ``path`` (``settings.cohort_database()``), made or upgraded where need be.

    Raises ``StoreError`` and ``NotSaved`` as ``open_record`` does.
    """
    path = path or settings.cohort_database()
    files.prepare(path)
    cohort = Cohort(path)
    migrations.upgrade(cohort.engine, path, MIGRATIONS)
    return cohort


class Cohort(SqliteFile):
    """The cohort in the SQLite file at ``path``.

    Every method raises ``StoreError`` when the file cannot be read, those that write ``NotSaved``.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, *_PRAGMAS)

    # Handing in

    def merge(self, files: Iterable[tuple[str, Path | BinaryIO]]) -> Merged:
        """Add what bundles, or ZIP archives of bundles, hold; each file goes with the name to report it by.

        Never raises for what a file holds: whatever could not be used is listed under its file. A large
        hand-in may be given in parts, so that there is something to show in between.
        """
        done: list[FileMerged] = []
        waiting: list[Bundle | FileMerged] = []
        lines = 0
        for one in read_bundles(open_all(files)):
            waiting.append(one)
            lines += len(one.items) if isinstance(one, Bundle) else 0
            if lines >= COMMIT_FROM:
                done += self._merge_all(waiting)
                waiting, lines = [], 0
        return Merged((*done, *self._merge_all(waiting)))

    def _merge_all(self, read: Sequence[Bundle | FileMerged]) -> list[FileMerged]:
        """Write some bundles in one transaction, so that the disk is waited for once."""
        with self.writing() as connection:
            return [merge_bundle(connection, one) if isinstance(one, Bundle) else one for one in read]

    def merge_folder(self, folder: Path) -> Merged:
        """The same for every file of a folder and those inside it, in the order of their names."""
        return self.merge(list_folder(folder))

    def forget(self, learner_id: str) -> bool:
        """Delete all that is kept of a learner for good, and overwrite it; False when there was nothing."""
        with self.writing() as connection:
            number = _number_of(connection, learner_id)
            if number is None:
                return False
            for table in TABLES.values():
                of_learner = f"FROM {table} WHERE learner = ?"
                connection.exec_driver_sql(
                    f"DELETE FROM body WHERE number IN (SELECT number {of_learner})",  # noqa: S608 -- our names
                    (number,),
                )
                connection.exec_driver_sql(f"DELETE {of_learner}", (number,))
            connection.exec_driver_sql("DELETE FROM learner WHERE number = ?", (number,))
        return True

    # Reading

    def learners(self) -> list[Learner]:
        """Everybody who handed in, by name and id."""
        query = "SELECT id, name FROM learner ORDER BY name, id"
        with self.reading() as connection:
            return [Learner(*row) for row in connection.exec_driver_sql(query)]

    def tables(self) -> dict[Name, Columns]:
        """All tables in one state: name to column name to column (see ``cohort_columns``).

        ``learners``: learner_id, name, level, specialisation (the target, "" when none), last_bundle_at.

        ``attempts``: learner_id, attempt_id, interview_id, question_id, question_version, category, level,
        specialisation, competency, mode, outcome, retry_of ("": none), take, preset, kit, started_at,
        submitted_at, seconds, words.

        ``ratings``: learner_id, attempt_id, rating_id, rater, q, rated_at; only those of attempts that
        are there. ``scores``: learner_id, attempt_id, rating_id, rater, rated_at, criterion, and in one byte
        each chosen, score, cap, has_evidence.

        ``gates``: learner_id, calibration_id, rated_at, marks (0: without any), mae, leniency.
        ``measures``: learner_id, attempt_id and the counts of ``Measures``, ``UNKNOWN`` for None.

        Times are microseconds since 1970 in UTC, ``MISSING`` when there is none. Rows come in the order in
        which they arrived: sort where the order shows.
        """
        with self.reading() as connection:
            return read_tables(connection)

    def columns(self, table: Name) -> Columns:
        """One of the tables."""
        return self.tables()[table]

    def clashes(self) -> list[Clash]:
        """Ids under which a learner handed in different contents, by learner."""
        found: list[Clash] = []
        with self.reading() as connection:
            for kind, table in TABLES.items():
                if kind is not Measures:
                    rows = connection.exec_driver_sql(_CLASHES.format(table=table))
                    found += [Clash(Learner(*row[:2]), NAMES[kind], *row[2:]) for row in rows]
        return sorted(found)

    def attempt(self, learner_id: str, attempt_id: str) -> Attempt | None:
        """The attempt that counts."""
        return next(iter(self.variants(learner_id, attempt_id)), None)

    def variants(self, learner_id: str, attempt_id: str) -> list[Attempt]:
        """All contents handed in under one id, the one that counts first."""
        return self._read(Attempt, learner_id, "AND id = ? ORDER BY counts DESC, digest", attempt_id)

    def replies(self, learner_id: str, attempt_id: str) -> list[Reply]:
        """The replies to an attempt's probes, oldest first."""
        found = self._read(Reply, learner_id, "AND attempt_id = ? AND counts", attempt_id)
        return sorted(found, key=lambda reply: (reply.replied_at, reply.id))

    def ratings(self, learner_id: str, attempt_id: str) -> list[Rating]:
        """The ratings of an attempt, the learner's own among them, oldest first."""
        found = self._read(Rating, learner_id, "AND attempt_id = ? AND counts", attempt_id)
        return sorted(found, key=lambda rating: (rating.rated_at, rating.id))

    def calibrations(self, learner_id: str) -> list[Calibration]:
        """A learner's passages through the gate, oldest first."""
        found = self._read(Calibration, learner_id, "AND counts")
        return sorted(found, key=lambda gate: (gate.rated_at, gate.id))

    def measures(self, learner_id: str, attempt_id: str) -> Measures | None:
        """What the learner's machine counted in an attempt."""
        return next(iter(self._read(Measures, learner_id, "AND id = ? AND counts", attempt_id)), None)

    def _read(self, kind: type[Fact_], learner_id: str, where: str, *values: str) -> list[Fact_]:
        table = TABLES[kind]
        query = (
            f"SELECT json FROM {table} JOIN body USING (number) "  # noqa: S608 -- our names
            f"WHERE learner = (SELECT number FROM learner WHERE id = ?) {where}"
        )
        with self.reading() as connection:
            bodies = connection.exec_driver_sql(query, (learner_id, *values)).scalars().all()
        return [msgspec.json.decode(body, type=kind) for body in bodies]

    # Reviewing

    def review(self, learner_id: str, rating: Rating) -> None:
        """Append a reviewer's rating of an attempt that is there.

        Raises ``NotSaved`` when the attempt is not there, the id is taken, or the rater is "self" or
        nobody.
        """
        if not clean_name(rating.rater) or rating.rater != clean_name(rating.rater) or rating.rater == SELF:
            raise NotSaved("Nothing was saved: a review needs the name of the reviewer.")
        if self.attempt(learner_id, rating.attempt_id) is None:
            raise NotSaved(f"Nothing was saved: the answer {rating.attempt_id} has not been handed in.")
        with self.writing() as connection:
            number = _number_of(connection, learner_id)
            # Older than any bundle: what comes back from the learner never takes its place.
            hand_in = HandIn(connection, number or 0, MISSING)
            try:
                hand_in.add(rating, {})
            except Skip:
                raise NotSaved("Nothing was saved: there is another rating of that id.") from None
            hand_in.write()

    def reviews(self) -> list[tuple[str, Rating]]:
        """Learner id and rating of every rating by somebody else than the learner, oldest first."""
        query = (
            "SELECT learner.id, json FROM rating JOIN body USING (number) "
            "JOIN learner ON learner.number = rating.learner "
            "WHERE rater <> ? AND counts ORDER BY rated_at, rating.id"
        )
        with self.reading() as connection:
            rows = connection.exec_driver_sql(query, (SELF,)).all()
        return [(learner, msgspec.json.decode(body, type=Rating)) for learner, body in rows]

    def export_reviews(self, learner_id: str, file: Path | BinaryIO, reviewer: str) -> int:
        """Write one reviewer's ratings of a learner as a bundle for the learner; returns how many.

        Raises ``NotSaved`` when there are none, or the file exists or cannot be written.
        """
        learner = next((one for one in self.learners() if one.id == learner_id), Learner(learner_id))
        ratings = self._read(Rating, learner_id, "AND rater = ? AND counts", reviewer)
        if not ratings or reviewer == SELF:
            raise NotSaved(f"Nothing was written: there is no review by {reviewer or 'nobody'} to hand back.")
        items = sorted(ratings, key=lambda rating: (rating.rated_at, rating.id))
        return write_bundle(file, items, learner, sender=reviewer)["rating"]


def _number_of(connection: Connection, learner_id: str) -> int | None:
    query = "SELECT number FROM learner WHERE id = ?"
    return connection.exec_driver_sql(query, (learner_id,)).scalar()
