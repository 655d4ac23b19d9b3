"""Bundles into the cohort's tables: one file is read whole, then written in one go or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from itpm_prep.practice.measures import Measures
from itpm_prep.practice.records import Attempt
from itpm_prep.problems import Problem, StoreError
from itpm_prep.store.bundle_checks import RULE, Skip, check_sender
from itpm_prep.store.bundle_lines import NAMES, Header, Learner, read_header, read_items
from itpm_prep.store.cohort_tables import COLUMNS, MISSING, ROW_OF, TABLES, Kept, micros
from itpm_prep.store.documents import Document
from itpm_prep.store.handed_in import Opened

MOST_LISTED = 50
"""Faults of one file that are told one by one."""
CLASH = "be the same in every bundle: all of it is kept, and the one from the oldest bundle counts"

_ENCODE = msgspec.json.Encoder().encode
_INSERT = {
    kind: f"INSERT INTO {table} VALUES ({', '.join('?' * (6 + len(COLUMNS[kind])))})"  # noqa: S608 -- our names
    for kind, table in TABLES.items()
}


class FileMerged(Struct, frozen=True):
    """What came of one file; ``learner`` is empty when it was no bundle, and ``problems`` says why.

    ``sender`` is the reviewer whose ratings the file holds, empty for a learner's own. ``documents`` counts
    stories, plans and the like, which are not kept here.
    """

    name: str
    learner: Learner = Learner()
    sender: str = ""
    added: int = 0
    known: int = 0
    documents: int = 0
    problems: tuple[Problem, ...] = ()


class Merged(Struct, frozen=True):
    """What came of a hand-in, file by file."""

    files: tuple[FileMerged, ...]

    @property
    def added(self) -> int:
        """How many facts are new."""
        return sum(one.added for one in self.files)

    @property
    def known(self) -> int:
        """How many were there already."""
        return sum(one.known for one in self.files)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that could not be used as it is, and why."""
        return tuple(problem for one in self.files for problem in one.problems)


class Clash(Struct, frozen=True, order=True):
    """One id under which a learner handed in several contents; ``kind`` is "attempt", "rating" ..."""

    learner: Learner
    kind: str
    id: str
    contents: int


class Bundle(Struct, frozen=True):
    """A bundle as it was read: what is sound with its line numbers, and what is not."""

    name: str
    header: Header
    learner: Learner
    items: list[tuple[int, Kept]]
    documents: int
    problems: list[Problem]


def read_bundles(opened: Iterable[Opened]) -> Iterator[Bundle | FileMerged]:
    """Each file as a bundle, or as what is to be said of it."""
    for name, file in opened:
        try:
            if isinstance(file, StoreError):
                raise file
            yield _read_bundle(name, file)
        except StoreError as error:
            fault = Problem(name, 0, "", str(error).rstrip("."), "be a bundle", RULE)
            yield FileMerged(name, problems=(fault,))


def _read_bundle(name: str, file: BinaryIO) -> Bundle:
    header = read_header(file, name)
    problems: list[Problem] = []
    items: list[tuple[int, Kept]] = []
    documents = 0
    for number, item in read_items(file, name, header, problems):
        try:
            if header.sender:
                check_sender(item, header.sender)
        except Skip as skip:
            problems.append(skip.problem(name, number))
            continue
        if isinstance(item, Document):
            documents += 1
        else:
            items.append((number, item))
    return Bundle(name, header, _whose(name, header, items), items, documents, problems)


def _whose(name: str, header: Header, items: list[tuple[int, Kept]]) -> Learner:
    """The learner; of a bundle without, who gave the oldest answer in it.

    Before version 3 a bundle held the whole record, so that its oldest answer is the same every time.
    """
    if header.learner.id:
        return header.learner
    attempts = [(item.submitted_at, item.id) for _, item in items if isinstance(item, Attempt)]
    if not attempts:
        raise StoreError(f"{name} says not whose it is and holds no answer. Ask for a new one.")
    return Learner(f"first-{min(attempts)[1]}", header.learner.name)


# Writing ------------------------------------------------------------------------------------------


def merge_bundle(connection: Connection, bundle: Bundle) -> FileMerged:
    """Write what is new of a bundle; what is there already is passed over."""
    learner = _keep_learner(connection, bundle)
    hand_in = HandIn(connection, learner, micros(bundle.header.created_at))
    measured = {item.attempt_id: item.words for _, item in bundle.items if isinstance(item, Measures)}
    problems = bundle.problems
    for line, item in bundle.items:
        try:
            hand_in.add(item, measured)
        except Skip as clash:
            problems.append(clash.problem(bundle.name, line))
    hand_in.write()
    return FileMerged(
        name=bundle.name,
        learner=bundle.learner,
        sender=bundle.header.sender,
        added=hand_in.added,
        known=hand_in.known,
        documents=bundle.documents,
        problems=_listed(bundle.name, sorted(problems)),
    )


def _listed(name: str, problems: list[Problem]) -> tuple[Problem, ...]:
    """The first faults, and how many more there are."""
    more = len(problems) - MOST_LISTED
    if more <= 0:
        return tuple(problems)
    rest = Problem(name, 0, "", f"with {more:,} more faults like these", "be a bundle", RULE)
    return (*problems[:MOST_LISTED], rest)


def _keep_learner(connection: Connection, bundle: Bundle) -> int:
    """The number of the learner; name and target are those of the bundle made last."""
    header, target = bundle.header, bundle.header.target
    row = (
        bundle.learner.id,
        bundle.learner.name,
        target.level if target else "",
        target.specialisation if target else "",
        MISSING if header.sender else micros(header.created_at),
        header.id,
    )
    connection.exec_driver_sql(
        "INSERT INTO learner (id, name, level, specialisation, bundle_at, bundle_id) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "name = excluded.name, level = excluded.level, "
        "specialisation = excluded.specialisation, bundle_at = excluded.bundle_at, "
        "bundle_id = excluded.bundle_id "
        "WHERE (excluded.bundle_at, excluded.bundle_id) > (learner.bundle_at, learner.bundle_id)",
        row,
    )
    query = "SELECT number FROM learner WHERE id = ?"
    return int(connection.exec_driver_sql(query, (bundle.learner.id,)).scalar_one())


class HandIn:
    """Facts of one learner on their way into the tables; ``bundle_at`` is when their bundle was made."""

    def __init__(self, connection: Connection, learner: int, bundle_at: int) -> None:
        self.added = self.known = 0
        self._connection, self._learner, self._bundle_at = connection, learner, bundle_at
        # Kind to id to digest to number and time of the oldest bundle.
        self._kept = {kind: self._look_up(table) for kind, table in TABLES.items()}
        self._rows: dict[type[Kept], list[tuple[Any, ...]]] = {kind: [] for kind in TABLES}
        self._bodies: list[tuple[int, bytes]] = []
        self._older: list[tuple[type[Kept], int]] = []
        self._unsettled: set[tuple[type[Kept], str]] = set()
        last = connection.exec_driver_sql("SELECT max(number) FROM body").scalar()
        self._next = (last or 0) + 1

    def _look_up(self, table: str) -> dict[str, dict[bytes, tuple[int, int]]]:
        found: dict[str, dict[bytes, tuple[int, int]]] = {}
        query = f"SELECT id, digest, number, bundle_at FROM {table} WHERE learner = ?"  # noqa: S608 -- our names
        for id_, digest, number, bundle_at in self._connection.exec_driver_sql(query, (self._learner,)):
            found.setdefault(id_, {})[digest] = (number, bundle_at)
        return found

    def add(self, item: Kept, measured: Mapping[str, int]) -> None:
        """Note a fact; raises ``Skip`` when another content of its id is there, and keeps it all the same.

        ``measured`` gives the words of attempts that were counted on the learner's machine.
        """
        kind, id_ = type(item), item.attempt_id if isinstance(item, Measures) else item.id
        body = _ENCODE(item)
        digest = blake2b(body, digest_size=16).digest()
        contents = self._kept[kind].setdefault(id_, {})
        if digest in contents:
            self._meet(kind, id_, contents, digest)
            return
        number, self._next = self._next, self._next + 1
        self.added += 1
        row = ROW_OF[kind](item, measured)
        self._rows[kind].append((number, self._learner, id_, digest, self._bundle_at, 1, *row))
        self._bodies.append((number, body))
        contents[digest] = (number, self._bundle_at)
        if len(contents) > 1:
            self._unsettled.add((kind, id_))
            if kind is not Measures:  # counted anew, with newer rules, is no fault
                raise Skip(f"{NAMES[kind]} {id_}", "here with other content too", CLASH)

    def _meet(
        self, kind: type[Kept], id_: str, contents: dict[bytes, tuple[int, int]], digest: bytes
    ) -> None:
        """The same content again, maybe from an older bundle."""
        self.known += 1
        number, bundle_at = contents[digest]
        if self._bundle_at < bundle_at:
            contents[digest] = (number, self._bundle_at)
            self._older.append((kind, number))
            if len(contents) > 1:
                self._unsettled.add((kind, id_))

    def write(self) -> None:
        """Write what was noted, and settle which of several contents counts."""
        run = self._connection.exec_driver_sql
        for kind, rows in self._rows.items():
            if rows:
                run(_INSERT[kind], rows)
        if self._bodies:
            run("INSERT INTO body VALUES (?, ?)", self._bodies)
        for kind, number in self._older:
            run(f"UPDATE {TABLES[kind]} SET bundle_at = ? WHERE number = ?", (self._bundle_at, number))  # noqa: S608
        for kind, id_ in self._unsettled:
            contents = self._kept[kind][id_]
            first = min(contents, key=lambda digest: (contents[digest][1], digest))
            counts = [(int(digest == first), number) for digest, (number, _) in contents.items()]
            run(f"UPDATE {TABLES[kind]} SET counts = ? WHERE number = ?", counts)  # noqa: S608 -- our names
