"""``itpm-prep doctor``: whether everything is in place, one line for each thing looked at."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import stat
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path
from typing import Literal, NamedTuple

import click
import psutil
from packaging.requirements import Requirement

from itpm_prep import settings
from itpm_prep.problems import PersonError

NETWORK = re.compile(r"nfs|cifs|smb|sshfs|afs|9p|davfs|glusterfs|ceph|lustre|webdav", re.IGNORECASE)


class Finding(NamedTuple):
    """What was found: in order, worth knowing, or something to do."""

    kind: Literal["ok", "note", "todo"]
    text: str


def check_python() -> Iterator[Finding]:
    """Python is one of the versions the package claims."""
    claimed = metadata("itpm_prep")["Requires-Python"]
    here = f"Python {platform.python_version()} at {sys.executable}"
    if Requirement(f"python{claimed}").specifier.contains(platform.python_version(), prereleases=True):
        yield Finding("ok", here)
    else:
        yield Finding("todo", f"{here}: install Python {claimed}.")


def check_packages() -> Iterator[Finding]:
    """Every package we depend on is there in a version we know."""
    found = []
    for text in requires("itpm_prep") or []:
        needed = Requirement(text)
        if needed.marker and not needed.marker.evaluate():
            continue
        try:
            here = version(needed.name)
        except PackageNotFoundError:
            here = ""
        if here and needed.specifier.contains(here, prereleases=True):
            found.append(f"{needed.name} {here}")
        else:
            what = f"{here} is too old or too new" if here else "is missing"
            yield Finding("todo", f'{needed.name} {what}: pip install "{needed.name}{needed.specifier}".')
    yield Finding("ok", f"packages: {', '.join(found)}")


def check_folder() -> Iterator[Finding]:
    """The data folder is the learner's own and can be written."""
    folder, path = settings.home(), settings.database()
    if not folder.exists():
        yield Finding("ok", f"data folder {folder}: will be made when you first practise")
        return
    if not folder.is_dir():
        yield Finding("todo", f"{folder} is a file: move it away, or set ITPM_PREP_HOME to a folder.")
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield Finding("todo", f"data folder {folder}: let yourself read and write it.")
    elif not (open_to_others := [place for place in (folder, path) if _open_to_others(place)]):
        yield Finding("ok", f"data folder {folder}: only you can read it")
    else:
        for place in open_to_others:
            mode = "700" if place.is_dir() else "600"
            yield Finding("todo", f"others can get at {place}: chmod {mode} '{place}'.")


def _open_to_others(place: Path) -> bool:
    return os.name == "posix" and place.exists() and bool(stat.S_IMODE(place.stat().st_mode) & 0o077)


def check_record() -> Iterator[Finding]:
    """SQLite can be used, and the record, if there is one, is sound and not in WAL mode."""
    library, path = f"SQLite {sqlite3.sqlite_version}", settings.database()
    if not path.exists():
        yield Finding("ok", f"{library}; no practice record yet")
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            sound = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        yield Finding(
            "todo", f"practice record {path}: {error}. Put a copy in its place: itpm-prep data where."
        )
        return
    if sound != "ok":
        yield Finding("todo", f"practice record {path} is damaged: put a copy in its place ({sound}).")
    elif mode == "wal":
        yield Finding("todo", f"practice record {path} is in WAL mode: start itpm-prep app once to undo it.")
    else:
        yield Finding("ok", f"{library}; practice record {path} is sound, journal mode {mode}")


def check_disk() -> Iterator[Finding]:
    """The data folder lies on a local disk with room: SQLite locks badly on a network one."""
    folder = settings.home().absolute()
    while not folder.exists():
        folder = folder.parent
    mounts = [part for part in psutil.disk_partitions(all=True) if folder.is_relative_to(part.mountpoint)]
    kind = max(mounts, key=lambda part: len(part.mountpoint)).fstype if mounts else "unknown"
    free = psutil.disk_usage(str(folder)).free / 1e6
    if NETWORK.search(kind):
        yield Finding(
            "todo", f"{folder} is on a network disk ({kind}): set ITPM_PREP_HOME to a local folder."
        )
    elif free < 100:
        yield Finding("todo", f"{folder} has {free:.0f} MB left: make room.")
    else:
        yield Finding("ok", f"file system {kind}, {free / 1000:,.1f} GB free")


def check_browser() -> Iterator[Finding]:
    """A browser can be opened."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        yield Finding("note", "browser: none found to open; go to the address that itpm-prep app prints")
    else:
        yield Finding("ok", "browser found")


def check_bank() -> Iterator[Finding]:
    """The question bank can be loaded, and every file of it is sound."""
    from itpm_prep.bank.compiled import load_bank

    folder = settings.bank_dir()
    try:
        bank = load_bank()
    except PersonError as fault:
        yield Finding(
            "todo", f"question bank {folder}: {str(fault).splitlines()[0]} Run: itpm-prep bank check"
        )
        return
    yield Finding("ok", f"question bank {folder}: {len(bank)} questions")
    if bank.problems:
        files = len({problem.file for problem in bank.problems})
        yield Finding("todo", f"question bank: {files} file(s) left out. Run: itpm-prep bank check")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    check_python,
    check_packages,
    check_folder,
    check_record,
    check_disk,
    check_browser,
    check_bank,
)


@click.command()
def doctor() -> None:
    """Look whether everything is in place, and say what to do if not.

    Changes nothing. Exit code 1 when there is something to do.
    """
    findings = [finding for check in CHECKS for finding in check()]
    for kind, text in findings:
        click.echo(f"{kind:<5} {text}")
    if any(finding.kind == "todo" for finding in findings):
        raise SystemExit(1)
