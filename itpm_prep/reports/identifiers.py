"""Which identifier of a learning platform belongs to which learner: read from a table or typed.

A name is what a learner chose, so it is no proof of who it is: where two learners share one, only the
learner id tells them apart, and neither is guessed.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from itpm_prep.problems import PersonError
from itpm_prep.reports.cells import FORMULA_STARTS, defuse_one

IDENTIFIER = "identifier"
"""The column of identifiers in a table that does not name it after the platform's."""

_ID_COLUMNS = ("learner_id", "learner id")
_NAME_COLUMNS = ("name", "learner", "student")
_SEPARATORS = "\t=,"


class IdentifierError(PersonError):
    """A table of identifiers, or a line of it, that cannot be read."""


@dataclass(frozen=True)
class Identifiers:
    """What was given: a learner id or a name, folded, to its identifiers; more than one is a fault."""

    given: dict[str, set[str]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    def add(self, learner: str, identifier: str) -> None:
        """Note one for a learner id or a name."""
        self.given.setdefault(fold(learner), set()).add(identifier)
        self.written[fold(learner)] = learner

    def unused(self, learners: pd.DataFrame) -> list[str]:
        """Learner ids and names for which an identifier was given and that no learner has."""
        met = {fold(key) for column in ("learner_id", "name") for key in learners[column]}
        return sorted(written for key, written in self.written.items() if key not in met)


def fold(name: str) -> str:
    """A name as it is compared: case, white space and the way accents are stored make no difference."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def read_identifiers(data: bytes, file: str, column: str, into: Identifiers) -> None:
    """Add the rows of a CSV file whose first row names its columns.

    It needs ``learner_id`` or ``name`` (or ``student``), and ``column`` or ``identifier``; so a class list
    saved from the platform will do where learners use their full names. Rows without an identifier are
    passed over. ``file`` is what the message of ``IdentifierError`` calls it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise IdentifierError(f'{file} is no UTF-8 text. Save it as "CSV UTF-8".') from None
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval=""))
    except csv.Error as error:
        raise IdentifierError(f"{file} is no table ({error}). Save it as CSV.") from None
    names = [str(name).strip() for name in (rows[0] if rows else {}) if name]
    ids, called, identifier = _columns(names, column)
    if identifier is None or (ids is None and called is None):
        raise IdentifierError(
            f"{file} needs a first row with learner_id or name, and {column} or {IDENTIFIER}"
            f"{'; it has ' + ', '.join(names) if names else ''}."
        )
    for row in rows:
        cells = {str(name).strip(): _restored(cell or "") for name, cell in row.items() if name}
        learner_id, name = (cells[one] if one else "" for one in (ids, called))
        if cells[identifier] and (learner_id or name):
            into.add(learner_id or name, cells[identifier])


def _columns(names: Iterable[str], column: str) -> tuple[str | None, str | None, str | None]:
    """The columns of learner id, name and identifier."""
    folded = {name.casefold(): name for name in names}

    def first(wanted: Iterable[str]) -> str | None:
        return next((folded[one] for one in wanted if one in folded), None)

    return first(_ID_COLUMNS), first(_NAME_COLUMNS), first((column.casefold(), IDENTIFIER))


def _restored(cell: str) -> str:
    """A cell without the apostrophe that our own tables put before what looks like a formula."""
    bare = cell.strip()
    return bare[1:] if bare.startswith("'") and bare[1:].startswith(FORMULA_STARTS) else bare


def read_typed(lines: str, into: Identifiers) -> None:
    """Add what was typed, one learner on each line: name or learner id, then ``=``, then the identifier.

    A tab or a comma parts them too. Raises ``IdentifierError`` for a line without one of them.
    """
    for line in filter(None, map(str.strip, lines.splitlines())):
        separator = next((one for one in _SEPARATORS if one in line), "")
        name, _, identifier = line.rpartition(separator) if separator else ("", "", "")
        if not name.strip() or not identifier.strip():
            raise IdentifierError(
                f'"{line[:80]}" must be a name, =, and an identifier: Ada = ada@example.org'
            )
        into.add(name.strip(), identifier.strip())


def match(learners: pd.DataFrame, identifiers: Identifiers) -> dict[str, tuple[str, str]]:
    """Learner id to identifier and, where it is empty, the reason."""
    sharing = Counter(fold(name) for name in learners["name"])
    found = {}
    for learner_id, name in zip(learners["learner_id"], learners["name"], strict=True):
        found[learner_id] = _match_one(learner_id, name, identifiers, sharing)
    return _without_doubles(found)


def _match_one(
    learner_id: str, name: str, identifiers: Identifiers, sharing: Mapping[str, int]
) -> tuple[str, str]:
    by_id, by_name = (identifiers.given.get(fold(key)) for key in (learner_id, name))
    given = by_id or by_name
    if not given:
        return "", "no identifier"
    if not by_id and sharing[fold(name)] > 1:
        return "", f"{sharing[fold(name)]} learners have this name: give the identifier by learner_id"
    if len(given) > 1:
        return "", f"two identifiers: {' and '.join(sorted(given))}"
    return next(iter(given)), ""


def _without_doubles(found: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """A grade must not go to the wrong person: an identifier of two learners is nobody's."""
    owners = Counter(identifier for identifier, _ in found.values() if identifier)
    doubled = {identifier for identifier, number in owners.items() if number > 1}
    return {
        learner: ("", f"the identifier {one} belongs to another learner too")
        if one in doubled
        else (one, why)
        for learner, (one, why) in found.items()
    }


def write_list(left_out: pd.DataFrame) -> bytes:
    """The learners left out, as a table to fill in and to give back as identifiers."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(("learner_id", "name", IDENTIFIER, "reason"))
    for learner_id, name, reason in zip(
        left_out["learner_id"], left_out["name"], left_out["reason"], strict=True
    ):
        writer.writerow((defuse_one(learner_id), defuse_one(name), "", defuse_one(reason)))
    return file.getvalue().encode("utf-8-sig")
