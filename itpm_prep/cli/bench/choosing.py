"""How long it takes to choose an interview from a large bank."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter

from msgspec.structs import replace

from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.types import CATEGORIES
from itpm_prep.cli.bench.goals import Result
from itpm_prep.practice.interviewers import choose_panel
from itpm_prep.practice.records import Setup
from itpm_prep.practice.selection import choose_questions

COUNT, LENGTH = 10_000, 10
SETUP = Setup(level="mid", specialisation="agile", categories=CATEGORIES, mode="mock", length=LENGTH, seed=0)


def measure_choice(rounds: int, names: list[str]) -> list[Result]:
    """Milliseconds to choose 10 of 10,000 questions, a third of them seen; the control draws 10 blindly."""
    known = load_bank().entries
    entries = tuple(replace(known[at % len(known)], id=f"Q-{at:05}") for at in range(COUNT))
    now = datetime.now(UTC)
    seen = {entry.id: now - timedelta(days=at % 50) for at, entry in enumerate(entries) if at % 3 == 0}
    choices = {"choose-10000": choose_questions, "choose-panel": choose_panel}
    results = []
    for name in names:
        ours, control = [], []
        for seed in range(rounds):
            control.append(_ms(lambda rng: rng.sample(entries, LENGTH), seed))
            ours.append(_ms(lambda rng, choose=choices[name]: choose(entries, SETUP, seen, rng), seed))  # type: ignore[misc]
        results.append(Result(name, ours, control))
    return results


def _ms(choose: Callable[[Random], object], seed: int) -> float:
    rng = Random(seed)  # noqa: S311 - practice, not secrets
    start = perf_counter()
    choose(rng)
    return (perf_counter() - start) * 1000
