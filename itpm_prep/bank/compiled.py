"""The bank as the apps use it: one compiled file, read in milliseconds, decoded question by question.

The file is a header line (its checksum, then JSON) and one JSON line per question. It is a cache: keyed
by the folders of the bank, rebuilt when a source or the reading code has changed or the file is damaged, and
done without when it cannot be written. Only rebuilding imports the YAML reader.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from itpm_prep import settings
from itpm_prep.bank.types import Category, Competency, Level, Question, Specialisation, Status
from itpm_prep.problems import BankError, Problem

FORMAT = 1  # goes up when the layout of the file changes


class Entry(Struct, frozen=True, array_like=True):
    """What lists and selection need of a question; ``figures`` counts its keyed numbers.

    ``prep_s`` and ``target_s`` are seconds; ``offset`` and ``length`` are bytes in the compiled body,
    ``checksum`` is the CRC-32 of those bytes.
    """

    id: str
    version: int
    status: Status
    category: Category
    level: Level
    level_also: tuple[Level, ...]
    specialisation: Specialisation
    competencies: tuple[Competency, ...]
    title: str
    prep_s: int
    target_s: int
    figures: int
    offset: int
    length: int
    checksum: int


class _Header(Struct, frozen=True):
    fingerprint: str
    hash: str
    length: int
    problems: tuple[Problem, ...]
    entries: tuple[Entry, ...]


_HEADER = msgspec.json.Decoder(_Header)
_QUESTION = msgspec.json.Decoder(Question)


class Bank:
    """A loaded bank: ``entries`` sorted by id; a question is decoded when it is asked for.

    ``hash`` is the SHA-256 (hex) of all ids and contents, whatever the folders are called.
    ``problems`` lists the faults of files and packs that were left out.
    """

    def __init__(self, folders: Sequence[Path], header: _Header, body: memoryview) -> None:
        self._folders = folders
        self._hold(header, body)

    def _hold(self, header: _Header, body: memoryview) -> None:
        self.hash = header.hash
        self.problems = header.problems
        self.entries = header.entries
        self._body = body
        self._by_id = {entry.id: entry for entry in header.entries}

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._by_id

    def question(self, question_id: str) -> Question:
        """The question of that id; ``KeyError`` when the bank has none."""
        line = self._line(question_id)
        if zlib.crc32(line) != self._by_id[question_id].checksum:  # damaged since it was written
            self._hold(*_rebuild(self._folders, fingerprint(*self._folders)))
            line = self._line(question_id)
        return _QUESTION.decode(line)

    def _line(self, question_id: str) -> memoryview:
        if question_id not in self._by_id:
            raise KeyError(f"The bank has no question {question_id}.")
        entry = self._by_id[question_id]
        return self._body[entry.offset : entry.offset + entry.length]

    def select(
        self,
        category: Category | None = None,
        level: Level | None = None,
        specialisation: Specialisation | None = None,
        competency: Competency | None = None,
        status: Status | None = None,
    ) -> list[Entry]:
        """The entries that fit every choice made, by id; a level also fits by ``level_also``."""
        return [
            entry
            for entry in self.entries
            if category in (None, entry.category)
            and (level in (None, entry.level) or level in entry.level_also)
            and specialisation in (None, entry.specialisation)
            and (competency is None or competency in entry.competencies)
            and status in (None, entry.status)
        ]


def load_bank(folder: Path | None = None) -> Bank:
    """The whole bank: the base with the packs beside it, or ``folder`` alone; compiled first if need be.

    The base is ``settings.bank_dir()``, the packs are ``settings.pack_dirs()``. Files with faults, and
    packs that cannot be used, are left out and listed in ``Bank.problems``. Raises ``BankError`` with
    all faults when the base is no folder or not one question is sound.
    """
    folders = [folder] if folder else [settings.bank_dir(), *settings.pack_dirs()]
    if not folders[0].is_dir():
        must = "be a folder of questions (ITPM_PREP_BASE_BANK names another one)"
        raise BankError([Problem(str(folders[0]), 0, "", "not a folder", must)])
    mark = fingerprint(*folders)
    return Bank(folders, *(_read(compiled_path(*folders), mark) or _rebuild(folders, mark)))


def compiled_path(*folders: Path) -> Path:
    """Where the compiled form of these folders is kept."""
    places = b"\0".join(os.fsencode(folder.resolve()) for folder in folders)
    return settings.cache_dir() / f"bank-{hashlib.sha256(places).hexdigest()[:16]}.jsonl"


def fingerprint(*folders: Path) -> str:
    """Stamp of folders; it changes with each edit of a question file or of the code that reads them."""
    stamps = [_stamps(folder, b".yaml") for folder in folders]
    code = _stamps(settings.PACKAGE / "bank", b".py")
    return hashlib.sha256(msgspec.json.encode([FORMAT, stamps, code])).hexdigest()


def _stamps(folder: Path, suffix: bytes) -> list[tuple[bytes, int, int]]:
    """Path below the folder, size and time of change of every file with that suffix, sorted."""
    root = os.fsencode(folder)
    stamps, waiting = [], [root]
    while waiting:
        try:
            found = list(os.scandir(waiting.pop()))
        except OSError:  # a pack that is not there or not ours to read: said when it is read
            continue
        for item in found:
            if item.is_dir(follow_symlinks=False):
                waiting.append(item.path)
            elif item.name.endswith(suffix):
                stamps.append((item.path[len(root) :], *_size_and_time(item)))
    return sorted(stamps)


def _size_and_time(item: os.DirEntry[bytes]) -> tuple[int, int]:
    try:
        kind = item.stat()
    except OSError:  # a link to nothing, or removed just now
        return -1, -1
    return kind.st_size, kind.st_mtime_ns


def encode_bank(questions: list[Question], problems: list[Problem], mark: str) -> bytes:
    """The compiled form of sound questions, for folders with the fingerprint ``mark``."""
    entries, lines, offset = [], [], 0
    for question in sorted(questions, key=lambda question: question.id):
        line = msgspec.json.encode(question, order="sorted") + b"\n"
        entries.append(_entry(question, offset, line))
        lines.append(line)
        offset += len(line)
    body = b"".join(lines)
    header = _Header(
        fingerprint=mark,
        hash=hashlib.sha256(body).hexdigest(),
        length=len(body),
        problems=tuple(problems),
        entries=tuple(entries),
    )
    index = msgspec.json.encode(header)
    return b"%08x" % zlib.crc32(index) + index + b"\n" + body


def _decode(data: bytes | mmap.mmap) -> tuple[_Header, memoryview]:
    """Header and body; ``ValueError`` when the header is damaged (msgspec's errors are ValueErrors)."""
    end = data.find(b"\n")
    index, body = memoryview(data)[8:end], memoryview(data)[end + 1 :]
    if zlib.crc32(index) != int(data[:8], 16):
        raise ValueError("the header is not the one that was written")
    header = _HEADER.decode(index)
    if len(body) != header.length:
        raise ValueError("the body is not as long as it was written")
    return header, body


def _read(path: Path, mark: str) -> tuple[_Header, memoryview] | None:
    """The compiled bank, or None when it is absent, stale or damaged."""
    try:
        with path.open("rb") as file:
            header, body = _decode(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    return (header, body) if header.fingerprint == mark else None


def _rebuild(folders: Sequence[Path], mark: str) -> tuple[_Header, memoryview]:
    from itpm_prep.bank.check import read_sound  # the YAML reader and the rules: only when needed

    questions, problems = read_sound(folders[0], folders[1:])
    if not questions:
        must = "hold questions as <category>/<id>.yaml"
        raise BankError(problems or [Problem(str(folders[0]), 0, "", "a folder without questions", must)])
    data = encode_bank(questions, problems, mark)
    _write(compiled_path(*folders), data)
    return _decode(data)


def _entry(question: Question, offset: int, line: bytes) -> Entry:
    return Entry(
        id=question.id,
        version=question.version,
        status=question.status,
        category=question.category,
        level=question.level,
        level_also=question.level_also,
        specialisation=question.specialisation,
        competencies=question.competencies,
        title=question.title,
        prep_s=question.timing.prep_s,
        target_s=question.timing.target_s,
        figures=len(question.figures),
        offset=offset,
        length=len(line),
        checksum=zlib.crc32(line),
    )


def _write(path: Path, data: bytes) -> None:
    """Put the file in place in one step; a cache that cannot be written is done without."""
    import tempfile  # costs more than the rest of this module, and is seldom needed

    part = None
    try:
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            part = Path(file.name)
            file.write(data)
        part.replace(path)
    except OSError:
        if part is not None:
            part.unlink(missing_ok=True)


def bank_of(questions: list[Question]) -> Bank:
    """A bank of these questions alone, held in memory."""
    return Bank((), *_decode(encode_bank(questions, [], "")))
