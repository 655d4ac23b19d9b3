"""How long plain Python takes: to import the package, and to load a compiled bank."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice, product
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from itpm_prep.bank.compiled import compiled_path, encode_bank, fingerprint, load_bank
from itpm_prep.bank.types import CATEGORY_CODES, SPECIALISATION_CODES
from itpm_prep.cli.bench.goals import Result

LOAD = """
from time import perf_counter
from itpm_prep.bank.compiled import load_bank
start = perf_counter()
bank = load_bank()
print((perf_counter() - start) * 1000, len(bank))
"""
PARSE = """
import json, sys
from time import perf_counter
start = perf_counter()
with open(sys.argv[1], encoding="utf-8") as file:
    next(file)  # the index
    questions = [json.loads(line) for line in file]
print((perf_counter() - start) * 1000, len(questions))
"""


def measure_import(rounds: int) -> list[Result]:
    """Milliseconds of a whole Python process with and without ``import itpm_prep``."""
    ours, control = [], []
    for round_ in range(rounds + 1):
        bare, full = _process_ms("pass"), _process_ms("import itpm_prep")
        if round_:  # the first one warms the disk
            control.append(bare)
            ours.append(full)
    return [Result("import", ours, control)]


def _process_ms(code: str) -> float:
    start = perf_counter()
    subprocess.run(  # noqa: S603 -- our own code
        [sys.executable, "-c", code], check=True
    )
    return (perf_counter() - start) * 1000


def measure_bank(rounds: int, folder: Path, names: list[str]) -> list[Result]:
    """Milliseconds to load a compiled bank in a fresh process; the control parses the same file."""
    results = []
    for name in names:
        count, home, sources = int(name.removeprefix("bank-")), folder / name, folder / f"{name}-sources"
        file = _generate(count, home, sources)
        places = {"ITPM_PREP_HOME": str(home), "ITPM_PREP_BASE_BANK": str(sources), "ITPM_PREP_BANK": ""}
        ours, control = [], []
        for _ in range(rounds):
            control.append(inside_ms(PARSE, count, places, str(file)))
            ours.append(inside_ms(LOAD, count, places))
        results.append(Result(name, ours, control))
    return results


def _generate(count: int, home: Path, sources: Path) -> Path:
    """A bank of ``count`` copies of one question, compiled; its sources are only there to be listed."""
    bank = load_bank()
    question = bank.question(bank.entries[0].id)
    names = (f"{c}-{s}-{n:03}" for n, s, c in product(range(1000), SPECIALISATION_CODES, CATEGORY_CODES))
    questions = [replace(question, id=name) for name in islice(names, count)]
    for category in CATEGORY_CODES.values():
        (sources / category).mkdir(parents=True)
    for copy in questions:
        (sources / CATEGORY_CODES[copy.id[:3]] / f"{copy.id}.yaml").touch()
    file = home / "cache" / compiled_path(sources).name
    file.parent.mkdir(parents=True)
    # Reading and checking 10,000 files would take minutes and is not what is measured.
    file.write_bytes(encode_bank(questions, [], fingerprint(sources)))
    return file


def inside_ms(code: str, count: int, places: dict[str, str], *arguments: str) -> float:
    """What ``code`` prints of its own time, having found ``count`` questions."""
    command = [sys.executable, "-c", code, *arguments]
    answer = subprocess.run(  # noqa: S603 -- our own code
        command, env={**os.environ, **places}, capture_output=True, text=True, check=True
    ).stdout
    milliseconds, found = answer.split()
    if int(found) != count:
        raise RuntimeError(f"loaded {found} questions, not {count}")
    return float(milliseconds)
