"""The files of a hand-in: a folder's, a ZIP archive's, or those of an upload, each opened within limits.

Nothing is unpacked to the disk, and nothing is trusted: an archive says how large it is, and what is
really read is counted all the same.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from itpm_prep.problems import StoreError
from itpm_prep.store.files import reason

FILE_LIMIT = 100_000_000
"""Bytes of one bundle. 125 answers take a quarter of one million."""
MOST_FILES = 20_000
"""Files of a folder or an archive that are looked at."""
MOST_RATIO = 100
"""How much larger than in the archive a bundle may be; answers shrink to a fifth."""
RATIO_FROM = 1_000_000
"""Bytes from which on the ratio matters."""
DIRECTORY_LIMIT = 8_000_000
"""Bytes of the list of files in an archive."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_TAIL = 22 + 65_535
_NOTHING = "Nothing of it was imported."
# What reading a damaged, locked or strangely packed member of an archive raises.
_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError)

Source = Path | BinaryIO
Opened = tuple[str, BinaryIO | StoreError]
"""A name to report by, and the open file or why it cannot be used."""


class Bounded(io.RawIOBase):
    """A file read line by line; raises ``StoreError`` past the limit and for any fault of an archive."""

    def __init__(self, file: BinaryIO, name: str, limit: int = FILE_LIMIT) -> None:
        super().__init__()
        self._file, self._name, self._limit, self._left = file, name, limit, limit

    def readline(self, size: int | None = -1) -> bytes:
        """The next line, or its first ``size`` bytes."""
        most = self._left + 1 if size is None or size < 0 else min(size, self._left + 1)
        try:
            line = self._file.readline(most)
        except OSError as error:
            raise StoreError(f"{self._name} cannot be read: {reason(error)}.") from error
        except _FAULTS as error:
            raise StoreError(f"{self._name} cannot be unpacked: {error}.") from error
        self._left -= len(line)
        if self._left < 0:
            raise StoreError(f"{self._name} holds more than {self._limit:,} bytes. {_NOTHING}")
        return line


def open_all(files: Iterable[tuple[str, Source]]) -> Iterator[Opened]:
    """Every file, and every file of every archive; each is open until the next one is asked for."""
    for name, source in files:
        if not isinstance(source, Path):
            yield from _open_stream(name, source)
            continue
        try:
            if not stat.S_ISREG(source.stat().st_mode):  # opening a pipe would wait for ever
                yield name, StoreError(f"{name} is no file.")
                continue
            with source.open("rb") as file:
                yield from _open_stream(name, file)
        except OSError as error:
            yield name, StoreError(f"{name} cannot be read: {reason(error)}.")


def list_folder(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a folder and those inside it, by name; links to other folders are not followed.

    Raises ``StoreError`` when it is no folder, or holds more files than anybody hands in.
    """
    if not folder.is_dir():
        raise StoreError(f"There is no folder {folder}: name the one that the bundles are in.")
    found = (Path(place) / name for place, _, names in os.walk(folder) for name in names)
    listed = []
    for path in found:
        listed.append(path)
        if len(listed) > MOST_FILES:
            raise StoreError(
                f"{folder} holds more than {MOST_FILES:,} files: put the bundles into a folder of their own."
            )
    for path in sorted(listed):
        yield str(path.relative_to(folder)), path


def _open_stream(name: str, file: BinaryIO) -> Iterator[Opened]:
    start = file.read(4)
    file.seek(0)
    if start in _ZIP:
        yield from _open_archive(name, file)
    else:
        yield name, Bounded(file, name)  # type: ignore[misc]


def _open_archive(name: str, file: BinaryIO) -> Iterator[Opened]:
    try:
        _check_directory(file)
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    yield from _open_member(archive, member, f"{name}/{member.filename}")
    except (*_FAULTS, OSError) as error:
        yield name, StoreError(f"The archive {name} cannot be used: {error}.")


def _check_directory(file: BinaryIO) -> None:
    """Look at how long the list of files says it is before anything reads it into memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise ValueError("it is cut off")
    members, length = struct.unpack("<HL", tail[end + 10 : end + 16])
    if members > MOST_FILES or length > DIRECTORY_LIMIT or _END_64 in tail:
        raise ValueError(f"it holds more than {MOST_FILES:,} files")
    file.seek(0)


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[Opened]:
    if member.file_size > FILE_LIMIT:
        yield name, StoreError(f"{name} holds more than {FILE_LIMIT:,} bytes. {_NOTHING}")
        return
    if member.file_size > max(RATIO_FROM, member.compress_size * MOST_RATIO):
        grows = member.file_size // max(1, member.compress_size)
        yield name, StoreError(f"{name} would grow {grows:,} times, as no bundle does. It was not unpacked.")
        return
    try:
        file = archive.open(member)
    except (*_FAULTS, OSError) as error:
        yield name, StoreError(f"{name} cannot be unpacked: {error}.")
        return
    with file:
        yield name, Bounded(file, name, max(RATIO_FROM, member.file_size))  # type: ignore[misc,arg-type]
