"""Checks files that stand in no bank yet, as they would stand in this one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from itpm_prep.bank.check import apply_across, apply_alone, read_case
from itpm_prep.bank.rules import ACROSS, NOTICES, QUALITY, STRUCTURE
from itpm_prep.bank.rules.case import Case
from itpm_prep.bank.source import MOST_BYTES, Source
from itpm_prep.bank.types import CATEGORY_CODES, Question
from itpm_prep.problems import Problem


class FileReport(Struct, frozen=True):
    """What the check of one file found; ``question`` is None when it cannot be asked."""

    name: str
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    question: Question | None


def check_handed(
    files: Mapping[str, bytes | None], bank: Iterable[Question], today: date, topics: Collection[str] | None
) -> list[FileReport]:
    """Check the content of files, by name, against all rules and a bank; nothing is kept.

    A file stands in for the bank's own question of the same id. ``topics`` are the ids that a question
    may name (None: any); the content None stands for a file over the limit of 256 KB.
    """
    usable = None if topics is None else frozenset(topics)
    with TemporaryDirectory(prefix="itpm-prep-check-") as folder:
        read = {name: _read(Path(folder), name, content, today, usable) for name, content in files.items()}
    handed = [case for case, _ in read.values() if case]
    ids = {case.question.id for case in handed}
    # The rules between questions blame the later one.
    cases = [*(_beside(question, today) for question in bank if question.id not in ids), *handed]
    across, notices = apply_across(ACROSS, cases), apply_across(NOTICES, cases)
    return [_report(name, case, faults, across, notices) for name, (case, faults) in read.items()]


def _read(
    folder: Path, name: str, content: bytes | None, today: date, topics: frozenset[str] | None
) -> tuple[Case | None, list[Problem]]:
    if content is None:
        must = f"have {MOST_BYTES // 1024} KB at most"
        return None, [Problem(name, 0, "", "a larger file than a question can be", must, "yaml")]
    # In the folder of the category that its name stands for, where the author would put it.
    place = folder / CATEGORY_CODES.get(name[:3], "other") / Path(name).name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    return read_case(place, name, today, topics)


def _beside(question: Question, today: date) -> Case:
    """A question of the bank, for the rules between questions; its file is not read again."""
    path = Path(question.category) / f"{question.id}.yaml"
    return Case(question, Source(path, f"question_bank/{path.as_posix()}", {}, {}), today)


def _report(
    name: str, case: Case | None, faults: list[Problem], across: list[Problem], notices: list[Problem]
) -> FileReport:
    if case is None:
        return FileReport(name, tuple(faults), (), None)
    broken = list(apply_alone(STRUCTURE, case))
    own = [*faults, *broken, *apply_alone(QUALITY, case), *(one for one in across if one.file == name)]
    remarks = tuple(one for one in notices if one.file == name)
    return FileReport(name, tuple(sorted(own)), remarks, None if broken else case.question)
