"""Bundles: what a record holds for good as one file of JSON lines, to move it, merge it or hand it in.

The first line is the header, every further line one fact, calibration, document or measure, and the last
line says how many there were::

    {"bundle": "itpm_prep", "version": 3, "created_at": "2026-10-04T08:00:00Z", "id": "...",
     "learner": {"id": "...", "name": "..."}, "target": {"level": "mid", ...}, "from": ""}
    {"kind": "attempt", "fact": {"id": "...", ...}}
    {"kind": "end", "fact": {"lines": 1}}

Version 1 had no calibrations and no documents; version 2 did not say whose it was and had no measures and
no last line. Interviews under way, drafts and preferences stay where they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, select

from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import Question
from itpm_prep.practice.measures import Measures, measure
from itpm_prep.practice.records import Attempt, Calibration, Fact, Rating, Reply
from itpm_prep.practice.target import TARGET, Target, read_target
from itpm_prep.problems import NotSaved, Problem, StoreError
from itpm_prep.store import files
from itpm_prep.store.bundle_checks import Item, Skip, check_sender
from itpm_prep.store.bundle_lines import (
    NAMES,
    Aim,
    Learner,
    clean_name,
    read_header,
    read_items,
    write_bundle,
)
from itpm_prep.store.calibrations import append_calibration, read_calibrations
from itpm_prep.store.covering import cover
from itpm_prep.store.documents import Document, find_document, keep_document, read_documents
from itpm_prep.store.facts import TABLES, append, find, read_attempts, read_ratings, read_replies
from itpm_prep.store.learner import adopt, make_learner
from itpm_prep.store.local import LocalRecord


class ImportResult(Struct, frozen=True):
    """How much was added or brought up to date, how much was there already, what was skipped and why.

    A document that is older than the stored one counts as there already. ``reviewer`` is who sent a bundle
    of reviews, empty for any other.
    """

    added: int
    known: int
    problems: tuple[Problem, ...]
    reviewer: str = ""


# Out ----------------------------------------------------------------------------------------------


def export_bundle(
    record: LocalRecord,
    file: Path | BinaryIO,
    *,
    learner: Learner | None = None,
    attempt_ids: Collection[str] | None = None,
    blackout: Sequence[str] = (),
    bank: Bank | None = None,
) -> dict[str, int]:
    """Write what a record holds for good to a new owner-only file; returns the number of each kind.

    ``learner`` says whose it is, by default the learner of the record. With ``attempt_ids`` only these go
    along, with their replies, ratings and measures, and without their notes, which were for oneself
    alone. ``blackout`` covers words in all that was typed; the measures are those of the full text.
    Either way the gates go along and the documents (stories, plans ...) do not: they are for moving a
    record, and no business of whoever reads the answers. ``bank`` adds what the measures need the
    question for.

    Raises ``NotSaved`` when the file exists or cannot be written, when an attempt is not in the record,
    and when a word can still be read where it should be covered; nothing half-written is left.
    """
    chosen = None if attempt_ids is None else frozenset(attempt_ids)
    whose = learner or make_learner(record)
    with record.reading() as connection:
        aim = _aim(find_document(connection, "target", TARGET))
        items = cover(_items(connection, chosen, bank, documents=chosen is None and not blackout), blackout)
        return write_bundle(file, items, Learner(whose.id, clean_name(whose.name)), target=aim)


def _aim(document: Document | None) -> Aim | None:
    target: Target | None = read_target({TARGET: document.text}) if document else None
    return Aim(target.level, target.specialisation) if target else None


def _items(
    connection: Connection, chosen: frozenset[str] | None, bank: Bank | None, *, documents: bool
) -> Iterator[Item]:
    attempts = [one for one in read_attempts(connection) if chosen is None or one.id in chosen]
    there = frozenset(one.id for one in attempts)
    if chosen is not None and (unknown := chosen - there):
        raise NotSaved(f"Nothing was written: the record has no answer {min(unknown)}.")
    yield from attempts if chosen is None else (replace(one, notes="") for one in attempts)
    yield from (one for one in read_replies(connection) if one.attempt_id in there)
    yield from (one for one in read_ratings(connection) if one.attempt_id in there)
    yield from read_calibrations(connection)
    if documents:
        yield from read_documents(connection)
    yield from (measure(one, _question(bank, one.question_id)) for one in attempts)


def _question(bank: Bank | None, question_id: str) -> Question | None:
    return bank.question(question_id) if bank and question_id in bank else None


# In -----------------------------------------------------------------------------------------------


def import_bundle(record: LocalRecord, file: Path | BinaryIO, name: str = "") -> ImportResult:
    """Add what a bundle holds and the record does not hold yet, in one transaction.

    A fact or calibration of a known id and the same content is passed over, so a bundle may be
    imported twice. The stored one always stays: one of the same id with other content is listed, as
    are damaged lines and replies and ratings whose attempt is nowhere. Replies and ratings may stand
    before their attempt. Of a document in both places the one kept later wins. Measures are made anew
    whenever they are needed. Of a reviewer's bundle nothing but that reviewer's ratings is taken.
    An empty record becomes that of the learner whose bundle it is. An open ``file`` is reported as ``name``.

    Raises ``StoreError`` when the file is no bundle, newer, or unreadable, and ``NotSaved`` when the
    record could not be written; nothing has been imported then.
    """
    if not isinstance(file, Path):
        return _import(record, file, name or "the bundle")
    try:
        with file.open("rb") as stream:
            return _import(record, stream, str(file))
    except OSError as error:
        raise StoreError(f"The bundle {file} cannot be read: {files.reason(error)}.") from error


def _import(record: LocalRecord, file: BinaryIO, name: str) -> ImportResult:
    header = read_header(file, name)
    problems: list[Problem] = []
    with record.writing() as connection:
        if not header.sender:
            adopt(connection, header.learner)
        importing = _Import(connection, name, header.sender, problems)
        importing.add_all(read_items(file, name, header, problems))
    return ImportResult(importing.added, importing.known, tuple(sorted(problems)), header.sender)


class _Import:
    """The lines of one bundle on their way into a record."""

    def __init__(self, connection: Connection, name: str, sender: str, problems: list[Problem]) -> None:
        self.added = self.known = 0
        self._connection, self._name, self._sender, self._problems = connection, name, sender, problems
        self._kept = {kind: set(connection.scalars(select(table.c.id))) for kind, table in TABLES.items()}
        self._calibrations = {one.id: one for one in read_calibrations(connection)}

    def add_all(self, numbered: Iterable[tuple[int, Item]]) -> None:
        """Add each; replies and ratings that stand before their attempt come last."""
        waiting: list[tuple[int, Item]] = []
        for number, item in numbered:
            if self._is_orphan(item):
                waiting.append((number, item))
            else:
                self._add(number, item)
        for number, item in waiting:
            self._add(number, item)

    def _add(self, number: int, item: Item) -> None:
        try:
            if self._sender:
                check_sender(item, self._sender)
            if isinstance(item, Measures):
                return
            if self._add_item(item):
                self.added += 1
            else:
                self.known += 1
        except Skip as skip:
            self._problems.append(skip.problem(self._name, number))

    def _add_item(self, item: Fact | Calibration | Document) -> bool:
        """Add an item; False when it was there already."""
        if isinstance(item, Document):
            return _merge_document(self._connection, item)
        if isinstance(item, Calibration):
            return self._add_calibration(item)
        return self._add_fact(item)

    def _is_orphan(self, item: Item) -> bool:
        return isinstance(item, Reply | Rating) and item.attempt_id not in self._kept[Attempt]

    def _add_fact(self, fact: Fact) -> bool:
        kind = type(fact)
        if fact.id in self._kept[kind]:
            if find(self._connection, kind, fact.id) == fact:
                return False
            raise _other_content(f"{NAMES[kind]} {fact.id}")
        if not isinstance(fact, Attempt) and self._is_orphan(fact):
            must = "name an attempt that is kept" + ("; are the reviews for you?" if self._sender else "")
            raise Skip("attempt_id", f"{fact.attempt_id}, which is nowhere", must)
        append(self._connection, fact)
        self._kept[kind].add(fact.id)
        return True

    def _add_calibration(self, new: Calibration) -> bool:
        if new.id in self._calibrations:
            if self._calibrations[new.id] == new:
                return False
            raise _other_content(f"calibration {new.id}")
        append_calibration(self._connection, new)
        self._calibrations[new.id] = new
        return True


def _merge_document(connection: Connection, new: Document) -> bool:
    """Keep a document that is new, or newer than the stored one; False when the stored one stays."""
    stored = find_document(connection, new.kind, new.id)
    if stored and new.kept_at <= stored.kept_at:
        if new.kept_at == stored.kept_at and new.text != stored.text:
            raise _other_content(f"{new.kind} {new.id}")
        return False
    keep_document(connection, new)
    return True


def _other_content(key: str) -> Skip:
    return Skip(key, "in the record already with other content", "be the same as the stored one, which stays")
