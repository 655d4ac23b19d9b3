"""How long all frames of a cohort take, what memory, and how that grows; the control is DuckDB."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd

from itpm_prep.bank.compiled import Bank, load_bank
from itpm_prep.bank.names import CRITERION_NAMES
from itpm_prep.bank.types import LEVELS
from itpm_prep.cli.bench.cohort_files import write_cohort
from itpm_prep.cli.bench.cohorts import NOW, CohortMaker
from itpm_prep.cli.bench.goals import Result
from itpm_prep.problems import PersonError
from itpm_prep.reports.facts import Source
from itpm_prep.reports.frames import frames_of
from itpm_prep.reports.source import source_of_tables

try:
    import duckdb
except ImportError as error:
    raise PersonError(
        'The frames are measured beside DuckDB, which is missing: pip install "itpm_prep[test]".'
    ) from error

MOST, FEW = 2_000, 200
"""Learners: 1,000,000 criterion scores and 100,000."""

PEAK = """
from pathlib import Path
lines = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM")))
"""
IDLE = "import pandas, plotly.graph_objects, pyarrow"
MEMORY = """
import sys
from pathlib import Path
from itpm_prep.bank.compiled import load_bank
from itpm_prep.cli.bench.cohorts import NOW
from itpm_prep.reports.frames import frames_of
from itpm_prep.reports.source import source_of_cohort
from itpm_prep.store.cohort import open_cohort
with open_cohort(Path(sys.argv[1])) as cohort:
    tables = frames_of(source_of_cohort(cohort), load_bank(), NOW).tables()
"""
TABLES = ("learners", "attempts", "ratings", "scores", "gates", "measures")
SHARED = (
    *("learner_id", "question_id", "rater", "criterion", "category", "level", "specialisation"),
    *("competency", "mode", "outcome", "preset", "kit"),
)
"""Texts of few different words: an ENUM for all tables, which DuckDB joins by number."""
_PART = re.compile(r"^-- (make|frame) (\w+)\n", re.MULTILINE)


def measure_cohort(rounds: int, folder: Path, names: Sequence[str]) -> list[Result]:
    """Seconds for all frames of 1,000,000 criterion scores, both sides with the facts in memory.

    The control answers hand-written queries from its own tables, few-worded texts as ENUM, and hands
    over Arrow tables, which costs it no conversion; it stops before the model's linear algebra. Growth is
    against 100,000 scores. Memory is that of a whole process that reads the cohort's file.
    """
    bank = load_bank()
    results = []
    if {"cohort-frames", "cohort-growth"} & set(names):
        results = _measure_frames(rounds, bank, names)
    if "cohort-memory" in names:
        file = folder / "cohort.sqlite3"
        write_cohort(CohortMaker(MOST, bank.entries).tables(), file)
        ours, idle = (_process_mb(code, file) for code in (MEMORY, IDLE))
        results.append(Result("cohort-memory", [ours], [idle]))
    return results


def _measure_frames(rounds: int, bank: Bank, names: Sequence[str]) -> list[Result]:
    many, few = (source_of_tables(CohortMaker(size, bank.entries).tables()) for size in (MOST, FEW))
    control = Control(many, bank)
    figures: dict[str, list[float]] = {"many": [], "few": [], "control": []}
    for round_ in range(rounds + 1):
        taken = {
            "control": _seconds(lambda: sum(len(frame) for _, frame in control.frames())),
            "many": _seconds(lambda: frames_of(many, bank, NOW).tables()),
            "few": _seconds(lambda: frames_of(few, bank, NOW).tables()),
        }
        if round_:  # the first one warms both
            for side, seconds in taken.items():
                figures[side].append(seconds)
    found = {
        "cohort-frames": Result("cohort-frames", figures["many"], figures["control"]),
        "cohort-growth": Result("cohort-growth", figures["many"], figures["few"]),
    }
    return [found[name] for name in names if name in found]


def _seconds(work: Any) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _process_mb(code: str, file: Path) -> float:
    told = subprocess.run(  # noqa: S603 -- our own code
        [sys.executable, "-c", code + PEAK, str(file)], capture_output=True, text=True, check=True
    ).stdout
    return float(told)


class Control:
    """DuckDB with the facts in tables of its own, and the queries of ``cohorts.sql``."""

    def __init__(self, source: Source, bank: Bank) -> None:
        self.connection = duckdb.connect()
        levels = ", ".join(f"'{level}'" for level in LEVELS)
        self._do("SET TimeZone = 'UTC'")
        self._do(f"CREATE MACRO level_rank(l) AS list_position([{levels}], l::VARCHAR)")
        titles = [(entry.id, entry.title) for entry in bank.entries]
        self._fill(
            {
                "questions": pd.DataFrame(titles, columns=["question_id", "title"]),
                "criteria": pd.DataFrame(CRITERION_NAMES.items(), columns=["criterion", "name"]),
                **{name: getattr(source, name) for name in TABLES},
            }
        )
        parts = _PART.split((Path(__file__).parent / "cohorts.sql").read_text(encoding="utf-8"))[1:]
        self.steps = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))

    def _do(self, query: str, **values: Any) -> None:
        self.connection.execute(query, values or None)

    def _fill(self, tables: Mapping[str, pd.DataFrame]) -> None:
        for name, table in tables.items():
            texts = [c for c in table if isinstance(table[c].dtype, pd.CategoricalDtype)]
            self.connection.register(f"{name}_", table.astype(dict.fromkeys(texts, "str")))
        for column in SHARED:
            holders = [name for name, table in tables.items() if column in table]
            held = " UNION ".join(f"SELECT {column}::VARCHAR FROM {name}_" for name in holders)  # noqa: S608
            self._do(f"CREATE TYPE {column}_type AS ENUM ({held})")
        for name, table in tables.items():
            typed = [f"{c}::{c}_type AS {c}" if c in SHARED else str(c) for c in table]
            self._do(f"CREATE TABLE {name} AS SELECT {', '.join(typed)} FROM {name}_")  # noqa: S608
            self.connection.unregister(f"{name}_")

    def frames(self) -> Iterator[tuple[str, Any]]:
        """Frame name to Arrow table, one after the other."""
        for kind, name, query in self.steps:
            values = {"now": NOW} if "$now" in query else {}
            if kind == "make":
                self._do(query, **values)
            else:
                yield name, self.connection.sql(query, params=values).to_arrow_table()
