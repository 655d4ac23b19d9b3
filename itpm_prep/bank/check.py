"""Reads and checks question files: every fault of every file in one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from itpm_prep.bank.packs import PACK_FILE, Part, add_prefix, read_parts
from itpm_prep.bank.rules import ACROSS, NOTICES, QUALITY, STRUCTURE
from itpm_prep.bank.rules.case import BankRule, Case, Rule
from itpm_prep.bank.schema import read_question
from itpm_prep.bank.source import read_source
from itpm_prep.bank.topics import TOPICS_FILE, TopicsError, read_topics
from itpm_prep.bank.types import Question
from itpm_prep.problems import Problem


class Report(Struct, frozen=True):
    """What a check found: faults and notices in file order, and how many files were looked at."""

    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    files: int


def question_files(folder: Path) -> list[Path]:
    """Every ``*.yaml`` file below a folder but ``pack.yaml``, sorted; hidden folders are left alone."""
    found = (path for path in folder.rglob("*.yaml") if path != folder / PACK_FILE)
    return sorted(path for path in found if not _is_hidden(path.relative_to(folder)))


def check_bank(folder: Path, today: date, only: Iterable[Path] = (), packs: Iterable[Path] = ()) -> Report:
    """Check a bank and the packs beside it by every rule.

    With ``only`` (files or folders, inside the bank or not) just their faults are reported, while
    the rules between questions still compare them with the whole bank. A folder among them that is
    a pack is taken as one.
    """
    only = list(only)
    parts, problems = read_parts(folder, [*packs, *filter(is_pack, only)], _shown)
    files = {path.resolve(): (path, part) for part in parts for path in question_files(part.folder)}
    chosen = [file for path in only for file in (question_files(path) if path.is_dir() else [path])]
    for path in chosen:
        files.setdefault(path.resolve(), (path, Part(folder)))
    shown = {path.resolve() for path in chosen} if only else set(files)
    names = {_shown(folder / TOPICS_FILE), *(_shown(files[path][0]) for path in shown)}
    names |= {problem.file for problem in problems} if not only else _pack_names(only)
    topics, faults = _usable_topics(folder)
    problems += faults
    cases = []
    for path, part in files.values():
        case, faults = read_case(path, _shown(path), today, topics)
        problems += faults
        if case is not None:
            problems += apply_alone(STRUCTURE | QUALITY, case)
            cases.append(_placed(case, part))
    problems += apply_across(ACROSS, cases)
    kept = sorted({problem for problem in problems if problem.file in names})
    notices = [notice for notice in apply_across(NOTICES, cases) if notice.file in names]
    return Report(tuple(kept), tuple(notices), len(shown))


def is_pack(path: Path) -> bool:
    """Whether it is a folder with the file that makes it a pack."""
    return (path / PACK_FILE).is_file()


def _pack_names(folders: Iterable[Path]) -> set[str]:
    """What faults of these packs as a whole are filed under."""
    return {_shown(path) for folder in folders for path in (folder, folder / PACK_FILE)}


def _placed(case: Case, part: Part) -> Case:
    """The case among those of the whole bank."""
    return replace(case, question=add_prefix(case.question, part.prefix))


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


def read_sound(folder: Path, packs: Iterable[Path] = ()) -> tuple[list[Question], list[Problem]]:
    """The questions that can be asked, and the faults of the files and packs that cannot be used."""
    sound: dict[str, Question] = {}
    parts, problems = read_parts(folder, packs)
    cases = []
    for part in parts:
        for path in question_files(part.folder):
            case, faults = read_case(path, str(path.absolute()))
            faults += apply_alone(STRUCTURE, case) if case else []
            problems += faults
            if case and not faults:
                case = _placed(case, part)
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


def apply_alone(rules: Mapping[str, Rule], case: Case) -> Iterator[Problem]:
    """The faults of the rules within a question."""
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


def _usable_topics(folder: Path) -> tuple[frozenset[str] | None, list[Problem]]:
    try:
        return frozenset(topic.id for topic in read_topics(folder) if topic.use == "question"), []
    except TopicsError as error:
        must = "list the topics under id, group, topic and use"
        return None, [Problem(_shown(folder / TOPICS_FILE), 0, "", str(error), must, "topics")]
