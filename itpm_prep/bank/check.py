"""Reads and checks question files: every fault of every file in one run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from itpm_prep.bank.rules import ACROSS, NOTICES, QUALITY, STRUCTURE
from itpm_prep.bank.rules.case import BankRule, Case, Rule
from itpm_prep.bank.schema import read_question
from itpm_prep.bank.source import read_source
from itpm_prep.bank.types import Question
from itpm_prep.problems import Problem

TOPICS = "topics.csv"


class Report(Struct, frozen=True):
    """What a check found: faults and notices in file order, and how many files were looked at."""

    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    files: int


def question_files(folder: Path) -> list[Path]:
    """Every ``*.yaml`` file below a folder, sorted; hidden folders are left alone."""
    found = folder.rglob("*.yaml")
    return sorted(path for path in found if not _is_hidden(path.relative_to(folder)))


def check_bank(folder: Path, today: date, only: Iterable[Path] = ()) -> Report:
    """Check a bank by every rule.

    With ``only`` (files or folders, inside the bank or not) just their faults are reported, while
    the rules between questions still compare them with the whole bank.
    """
    chosen = [file for path in only for file in (question_files(path) if path.is_dir() else [path])]
    files = {path.resolve(): path for path in [*question_files(folder), *chosen]}
    shown = {path.resolve() for path in chosen} or set(files)
    topics, problems = _read_topics(folder)
    cases = []
    for path in files.values():
        case, faults = read_case(path, _shown(path), today, topics)
        problems += faults
        if case is not None:
            cases.append(case)
            problems += _apply(STRUCTURE | QUALITY, case)
    problems += apply_across(ACROSS, cases)
    names = {_shown(folder / TOPICS), *(_shown(files[path]) for path in shown)}
    kept = sorted({problem for problem in problems if problem.file in names})
    notices = [notice for notice in apply_across(NOTICES, cases) if notice.file in names]
    return Report(tuple(kept), tuple(notices), len(shown))


def read_case(
    path: Path, file: str, today: date = date.max, topics: frozenset[str] | None = None
) -> tuple[Case | None, list[Problem]]:
    """One file as a case for the rules, or None and what keeps it from being read.

    ``file`` is what problems call it; ``today`` and ``topics`` are for the rules of quality only.
    """
    source, problems = read_source(path, file)
    if source is None:
        return None, problems
    question, problems = read_question(source)
    return (Case(question, source, today, topics) if question else None), problems


def read_sound(folder: Path) -> tuple[list[Question], list[Problem]]:
    """The questions that can be asked, and the faults of the files that cannot be used."""
    sound: dict[str, Question] = {}
    problems: list[Problem] = []
    cases = []
    for path in question_files(folder):
        case, faults = read_case(path, str(path.absolute()))
        faults += _apply(STRUCTURE, case) if case else []
        problems += faults
        if case and not faults:
            cases.append(case)
            sound.setdefault(case.question.id, case.question)
    problems += apply_across({"unique_id": ACROSS["unique_id"]}, cases)
    return list(sound.values()), sorted(problems)


def apply_across(rules: Mapping[str, BankRule], cases: Sequence[Case]) -> list[Problem]:
    """The faults of the rules between questions."""
    return [
        Problem(case.source.file, case.source.line(fault.key), fault.key, fault.found, fault.must, name)
        for name, rule in rules.items()
        for case, fault in rule(cases)
    ]


def _apply(rules: Mapping[str, Rule], case: Case) -> Iterator[Problem]:
    source = case.source
    for name, rule in rules.items():
        for fault in rule(case):
            yield Problem(source.file, source.line(fault.key), fault.key, fault.found, fault.must, name)


def _shown(path: Path) -> str:
    """The path as a person in the current folder would write it."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read_topics(folder: Path) -> tuple[frozenset[str] | None, list[Problem]]:
    path = folder / TOPICS
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return frozenset(row["id"] for row in rows if row["use"] == "question"), []
    except (OSError, ValueError, KeyError, csv.Error) as error:
        found = f"not readable ({type(error).__name__})"
        must = "list the topics under id, group, topic and use"
        return None, [Problem(_shown(path), 0, "", found, must, "topics")]
