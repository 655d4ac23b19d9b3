"""How long the check of a whole bank takes, and how that grows with the bank."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import copy
from typing import Any

import msgspec
import yaml

from itpm_prep import settings
from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.topics import TOPICS_FILE
from itpm_prep.bank.types import CATEGORY_CODES, Question
from itpm_prep.cli.bench.goals import Result
from itpm_prep.cli.bench.loading import inside_ms

CHECK = """
import sys
from datetime import date
from pathlib import Path
from time import process_time
from itpm_prep.bank.check import check_bank
start = process_time()
report = check_bank(Path(sys.argv[1]), date(2027, 1, 1))
print((process_time() - start) * 1000, report.files)
"""
PARSE = """
import sys
from pathlib import Path
from time import process_time
import yaml
start = process_time()
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
files = [yaml.load(path.read_bytes(), loader) for path in Path(sys.argv[1]).rglob("*.yaml")]
print((process_time() - start) * 1000, len(files))
"""
SEED = 7
CHANGED = 0.3  # the share of words of the second half of a doubled bank that are not those of the first
_WORD = re.compile("[a-z]{4,}")


def measure_check(rounds: int, folder: Path, names: Sequence[str]) -> list[Result]:
    """Seconds of one core to check a bank, in a fresh process.

    Of the whole bank the control only parses the files; of the doubled one it checks the single one,
    both written in the same layout.
    """
    bank = load_bank(settings.bank_dir())
    questions = [bank.question(entry.id) for entry in bank.entries]
    single, double = folder / "check-single", folder / "check-double"
    _write_bank(single, map(_plain, questions))
    chance = random.Random(SEED)  # noqa: S311 -- the same bank each time, and no secret
    _write_bank(double, [*map(_plain, questions), *_perturb(questions, chance)])
    runs = {
        "check-bank": ((CHECK, single, len(questions)), (PARSE, single, len(questions))),
        "check-double": ((CHECK, double, 2 * len(questions)), (CHECK, single, len(questions))),
    }
    results = []
    for name in names:
        ours, control = runs[name]
        figures = [(_seconds(*ours), _seconds(*control)) for _ in range(rounds)]
        results.append(Result(name, [one for one, _ in figures], [one for _, one in figures]))
    return results


def _seconds(code: str, folder: Path, count: int) -> float:
    return inside_ms(code, count, {}, str(folder)) / 1000


def _write_bank(folder: Path, questions: Iterable[dict[str, Any]]) -> None:
    for data in questions:
        path = folder / CATEGORY_CODES[data["id"][:3]] / f"{data['id']}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    copy(settings.bank_dir() / TOPICS_FILE, folder)


def _plain(question: Question) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(question)
    return data


def _perturb(questions: Sequence[Question], chance: random.Random) -> Iterable[dict[str, Any]]:
    """As many questions again: other ids, and words of other questions in place of some of theirs."""
    words = sorted({word for question in questions for word in _WORD.findall(question.stem)})

    def swap(word: re.Match[str]) -> str:
        return chance.choice(words) if chance.random() < CHANGED else word[0]

    for question in questions:
        data = _plain(question)
        data["id"] = f"{question.id[:8]}{int(question.id[8:]) + 500}"
        for key in ("stem", "intent", "context"):
            if key in data:
                data[key] = _WORD.sub(swap, data[key])
        data["strong_points"] = [_WORD.sub(swap, point) for point in data["strong_points"]]
        for criterion in data["criteria"]:
            criterion["anchors"] = {
                score: _WORD.sub(swap, anchor) for score, anchor in criterion["anchors"].items()
            }
        yield data
